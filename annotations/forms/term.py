"""An entry of the vocabulary, as its keepers type it."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.authorities import RELATIONS, SCHEMES, page_of, recognized
from annotations.enums import NameForm, TermKind
from annotations.models import Term
from annotations.presenters.labels import NAME_FORMS, TERM_KINDS, choices
from annotations.values import Match, Name, TermInput
from archive.presenters.languages import language_label

#: Authority files that have a field of their own: code, name, what an identifier looks like.
AUTHORITIES = tuple(
    (code, SCHEMES[code].name, SCHEMES[code].example) for code in ("wikidata", "geonames", "viaf", "gnd")
)
#: Names in further languages that can be added at once.
EMPTY_ROWS = 3
#: What stands before an address on a line of links.
_SIGNS = {"=": "exact", "~": "close", "≈": "close"}
_LINE = re.compile(rf"(?:(=|~|≈|{'|'.join(RELATIONS)})\s+)?(\S+)\Z")
_CODED = re.compile(r"([a-z][a-z0-9-]{1,39}):(?!//)(\S+)\Z")
#: Languages that the list offers; others are typed.
LANGUAGES = (
    "ar",
    "en",
    "ar-Latn",
    "fa",
    "ota",
    "tr",
    "ku",
    "he",
    "syr",
    "fr",
    "de",
    "la",
    "grc",
    "el",
    "hy",
    "ru",
    "ur",
    "es",
    "it",
)


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
    scope_note_ar = forms.CharField(
        label=_("How it is used, in Arabic"), required=False, widget=_lines(2, "ar"),
        help_text=_("What it takes in and what it leaves out, for those who tag notes."),
    )  # fmt: skip
    scope_note_en = forms.CharField(
        label=_("How it is used, in English"), required=False, widget=_lines(2, "en")
    )
    notation = forms.CharField(
        label=_("Notation"), max_length=60, required=False, widget=forms.TextInput(attrs={"dir": "ltr"}),
        help_text=_("A code that stands for it in lists, such as 956.9."),
    )  # fmt: skip
    links = forms.CharField(
        label=_("Further links"), required=False, widget=forms.Textarea(attrs={"rows": 3, "dir": "ltr"}),
        help_text=_(
            "One address on each line; addresses of known authority files are recognized. Put = before what is the same, ~ before what is only like it."
        ),
    )  # fmt: skip
    slug = forms.CharField(
        label=_("Address"), max_length=100, required=False, widget=forms.TextInput(attrs={"dir": "ltr"}),
        help_text=_("Small Latin letters, digits and hyphens. Made from the name when empty."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, name, example in AUTHORITIES:
            self.fields[f"authority_{code}"] = forms.CharField(
                label=name, max_length=200, required=False,
                widget=forms.TextInput(attrs={"dir": "ltr", "placeholder": example}),
            )  # fmt: skip

    @property
    def name_rows(self) -> list[tuple[str, str, str]]:
        """The names in further languages, as (language, name, form): those that were typed, else those that are there."""
        if self.is_bound:
            parts = (self.data.getlist(f"name_{part}") for part in ("language", "words", "form"))
            rows = list(zip(*parts, strict=False))
        else:
            rows = list(self.initial.get("name_rows", ()))
        return rows + [("", "", str(NameForm.ALTERNATIVE))] * EMPTY_ROWS

    @property
    def languages(self) -> list[tuple[str, str]]:
        """The languages that the list offers."""
        return [(code, language_label(code)) for code in LANGUAGES]

    @property
    def name_forms(self) -> list[tuple[str, Any]]:
        """The forms that a name can have."""
        return choices(NAME_FORMS)

    def _links(self) -> tuple[dict[str, str], tuple[Match, ...]]:
        """Return the authorities and the matches of the lines of links; what cannot be read is left to the action."""
        authority: dict[str, str] = {}
        matches: list[Match] = []
        for line in self.cleaned_data["links"].splitlines():
            if not line.strip():
                continue
            found = _LINE.match(line.strip())
            sign, address = (found[1] or "", found[2]) if found else ("", line.strip())
            relation = _SIGNS.get(sign, sign)
            known, coded = recognized(address), _CODED.match(address)
            if known and relation in ("", "exact"):
                authority[known[0]] = known[1]
            elif coded and not relation:
                authority[coded[1]] = coded[2]
            else:
                matches.append(Match(relation or "close", address))
        return authority, tuple(matches)

    def values(self, *, broader: str) -> TermInput:
        """Return what was typed; `broader` is the public id of the term that was named."""
        data = self.cleaned_data
        names = [
            Name(language, line.strip())
            for language in ("ar", "en")
            for line in data[f"names_{language}"].splitlines()
            if line.strip()
        ]
        forms_of = set(NameForm)
        names += [
            Name(
                language.strip(), words.strip(), NameForm(form) if form in forms_of else NameForm.ALTERNATIVE
            )
            for language, words, form in self.name_rows
            if words.strip()
        ]
        authority, matches = self._links()
        return TermInput(
            kind=TermKind(data["kind"]), names=tuple(names), broader=broader, latitude=data["latitude"],
            longitude=data["longitude"], date_edtf=data["date_edtf"], slug=data["slug"],
            authority=authority | {code: value for code, _n, _e in AUTHORITIES if (value := data[f"authority_{code}"])},
            matches=matches, **{name: data[name] for name in _PLAIN_WORDS},
        )  # fmt: skip


_PLAIN_WORDS = (
    "label_ar", "label_en", "description_ar", "description_en", "scope_note_ar", "scope_note_en", "notation",
)  # fmt: skip


def initial_of(term: Term) -> dict[str, Any]:
    """Return what the form shows of a term."""
    others = list(term.names.filter(is_label=False))
    plain = [n for n in others if n.language in ("ar", "en") and n.form == NameForm.ALTERNATIVE]
    names = {
        f"names_{language}": "\n".join(n.name for n in plain if n.language == language)
        for language in ("ar", "en")
    }
    own = {code for code, _name, _example in AUTHORITIES}
    authority = {f"authority_{code}": term.authority.get(code, "") for code in own}
    signs = {"exact": "= ", "close": "~ "}
    links = [page_of(code, str(v)) or f"{code}:{v}" for code, v in term.authority.items() if code not in own]
    links += [
        f"{signs.get(match['relation'], match['relation'] + ' ')}{match['url']}" for match in term.matches
    ]
    fields = (*_PLAIN_WORDS, "kind", "latitude", "longitude", "date_edtf", "slug", "version")
    return {
        **{name: getattr(term, name) for name in fields}, **names, **authority, "links": "\n".join(links),
        "name_rows": [(n.language, n.name, n.form) for n in others if n not in plain],
        "broader": str(term.broader) if term.broader else "",
    }  # fmt: skip
