"""Forms of works that come in several parts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from archive.access import permitted
from archive.actions.arrange_parts import Named
from archive.enums import TextRole
from archive.forms.imports import ManyFilesField, importer_choices, new_key, newest
from archive.models import ImportRun, Text, Work
from archive.presenters import import_words
from archive.presenters.languages import NAMES

ROLES = [(TextRole.VOLUME.value, _("Volumes")), (TextRole.CHAPTER.value, _("Chapters"))]


class PartsForm(forms.Form):
    """Several files that are one work."""

    work = forms.ModelChoiceField(
        label=_("They belong to"), queryset=Work.objects.none(), required=False, to_field_name="public_id",
        empty_label=_("A new work"),
    )  # fmt: skip
    title_ar = forms.CharField(label=_("Title of the new work in Arabic"), max_length=300, required=False)
    title_en = forms.CharField(label=_("Title of the new work in English"), max_length=300, required=False)
    role = forms.ChoiceField(label=_("The files are"), choices=ROLES, initial=TextRole.VOLUME)
    language = forms.ChoiceField(label=_("Language of the text"), choices=list(NAMES.items()), initial="ar")
    importer = forms.ChoiceField(label=_("Importer"), choices=importer_choices, required=False)
    encoding = forms.ChoiceField(
        label=_("Encoding"), choices=import_words.encoding_choices, required=False,
        help_text=_("Only for plain text, Markdown and HTML; a guess is told in the report, and can be changed there."),
    )  # fmt: skip
    # An empty file is told of by itself, like any that cannot be taken.
    file = ManyFilesField(
        label=_("Files"),
        allow_empty_file=True,
        help_text=_(
            "Choose them all at once. They are put in the order of the numbers in their names; order and titles "
            "can be changed on the next page."
        ),
    )
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)

    def __init__(self, *args: Any, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["work"].queryset = newest(
            permitted(Work, viewer, "change"), self.data.get("work") or self.initial.get("work") or ""
        )
        self.fields["key"].initial = new_key

    def clean(self) -> dict[str, Any]:
        """A new work has a title in one language at least."""
        values: dict[str, Any] = super().clean() or {}
        if not (values.get("work") or values.get("title_ar") or values.get("title_en")):
            self.add_error(
                "title_ar", _("Choose a work, or give a new one a title in one language at least.")
            )
        return values


class ReplacementForm(forms.Form):
    """Another file in the place of one."""

    file = forms.FileField(label=_("Another file"))


class ArrangeForm(forms.Form):
    """Number and titles of each part, in fields that carry its public id."""

    stamp = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, texts: Iterable[Text], runs: Iterable[ImportRun], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ids: list[str] = []
        for text in texts:
            self._add(text.public_id, text.title_ar, text.title_en)
        for run in runs:
            self._add(run.public_id, run.part_title_ar, run.part_title_en)

    def _add(self, public_id: str, title_ar: str | None, title_en: str | None) -> None:
        self.ids.append(public_id)
        self.fields[f"number-{public_id}"] = forms.IntegerField(
            label=_("Number"), min_value=1, max_value=9999, initial=len(self.ids)
        )
        for code, label, title in (
            ("ar", _("Title in Arabic"), title_ar), ("en", _("Title in English"), title_en),
        ):  # fmt: skip
            self.fields[f"title-{code}-{public_id}"] = forms.CharField(
                label=label, max_length=300, required=False, initial=title or "",
                widget=forms.TextInput(attrs={"lang": code, "dir": "rtl" if code == "ar" else "ltr"}),
            )  # fmt: skip

    def fields_of(self, public_id: str) -> dict[str, Any]:
        """Return the bound fields of one part."""
        return {
            "number": self[f"number-{public_id}"],
            "titles": [self[f"title-{code}-{public_id}"] for code in ("ar", "en")],
        }

    def wanted(self) -> dict[str, Named]:
        """Return what the form asks for, by part."""
        data = self.cleaned_data
        return {
            public_id: Named(
                data[f"number-{public_id}"], data[f"title-ar-{public_id}"], data[f"title-en-{public_id}"]
            )
            for public_id in self.ids
        }
