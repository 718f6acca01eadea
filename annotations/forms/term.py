"""An entry of the vocabulary, as its keepers type it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.enums import TermKind
from annotations.models import Term
from annotations.presenters.labels import TERM_KINDS, choices
from annotations.values import Name, TermInput

#: Authority files that a term can be linked to: code, name, what an identifier looks like.
AUTHORITIES = (
    ("wikidata", "Wikidata", "Q41183"), ("geonames", "GeoNames", "170063"), ("viaf", "VIAF", "49234752"),
    ("gnd", "GND", "4001451-9"),
)  # fmt: skip


def _lines(rows: int, language: str) -> forms.Textarea:
    direction = "rtl" if language == "ar" else "ltr"
    return forms.Textarea(attrs={"rows": rows, "lang": language, "dir": direction})


class TermForm(forms.Form):
    """Labels, variants, description, what is broader, where and when, and what others call it."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=choices(TERM_KINDS))
    label_ar = forms.CharField(label=_("Name in Arabic"), max_length=200, required=False)
    label_en = forms.CharField(label=_("Name in English"), max_length=200, required=False)
    names_ar = forms.CharField(
        label=_("Other names in Arabic"),
        required=False,
        widget=_lines(3, "ar"),
        help_text=_("One on each line."),
    )
    names_en = forms.CharField(
        label=_("Other names in English"),
        required=False,
        widget=_lines(3, "en"),
        help_text=_("One on each line."),
    )
    description_ar = forms.CharField(label=_("Description in Arabic"), required=False, widget=_lines(3, "ar"))
    description_en = forms.CharField(
        label=_("Description in English"), required=False, widget=_lines(3, "en")
    )
    broader = forms.CharField(
        label=_("Broader term"),
        max_length=200,
        required=False,
        help_text=_("Its name, as the vocabulary has it."),
        widget=forms.TextInput(attrs={"list": "term-names", "autocomplete": "off", "dir": "auto"}),
    )
    latitude = forms.FloatField(label=_("Latitude"), required=False)
    longitude = forms.FloatField(label=_("Longitude"), required=False)
    date_edtf = forms.CharField(
        label=_("When"), max_length=60, required=False, widget=forms.TextInput(attrs={"dir": "ltr"}),
        help_text=_("In EDTF: 2016, 2016-07, 2016-07-17, 1235/1236, 1172~."),
    )  # fmt: skip
    slug = forms.CharField(
        label=_("Address"), max_length=100, required=False, widget=forms.TextInput(attrs={"dir": "ltr"}),
        help_text=_("Small Latin letters, digits and hyphens. Made from the name when empty."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, name, example in AUTHORITIES:
            self.fields[f"authority_{code}"] = forms.CharField(
                label=name, max_length=80, required=False,
                widget=forms.TextInput(attrs={"dir": "ltr", "placeholder": example}),
            )  # fmt: skip

    def values(self, *, broader: str) -> TermInput:
        """Return what was typed; `broader` is the public id of the term that was named."""
        data = self.cleaned_data
        names = [
            Name(language, line.strip())
            for language in ("ar", "en")
            for line in data[f"names_{language}"].splitlines()
            if line.strip()
        ]
        return TermInput(
            kind=TermKind(data["kind"]), names=tuple(names), broader=broader, latitude=data["latitude"],
            longitude=data["longitude"], date_edtf=data["date_edtf"], slug=data["slug"],
            authority={code: data[f"authority_{code}"] for code, _name, _example in AUTHORITIES},
            **{name: data[name] for name in ("label_ar", "label_en", "description_ar", "description_en")},
        )  # fmt: skip


def initial_of(term: Term) -> dict[str, Any]:
    """Return what the form shows of a term."""
    others = list(term.names.filter(is_label=False))
    names = {
        f"names_{language}": "\n".join(n.name for n in others if n.language == language)
        for language in ("ar", "en")
    }
    authority = {f"authority_{code}": term.authority.get(code, "") for code, _name, _example in AUTHORITIES}
    plain = ("kind", "label_ar", "label_en", "description_ar", "description_en", "latitude", "longitude",
             "date_edtf", "slug", "version")  # fmt: skip
    return {
        **{name: getattr(term, name) for name in plain}, **names, **authority,
        "broader": str(term.broader) if term.broader else "",
    }  # fmt: skip
