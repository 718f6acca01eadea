"""A note written without a script: its place is named by quoting the words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.enums import Category, Visibility
from annotations.presenters.labels import CATEGORIES, VISIBILITIES, choices
from annotations.values import MAX_BODY, MAX_SPAN, NoteInput
from archive.presenters.languages import NAMES


class NoteForm(forms.Form):
    """What is said of which words."""

    words = forms.CharField(
        label=_("The words of the text"), max_length=MAX_SPAN, strip=True,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("Copy them from the text, as they stand there."),
    )  # fmt: skip
    body = forms.CharField(
        label=_("Your note"), max_length=MAX_BODY,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}), help_text=_("Markdown may be used."),
    )  # fmt: skip
    category = forms.ChoiceField(
        label=_("What it is about"), choices=choices(CATEGORIES), initial=Category.NOTE
    )
    language = forms.ChoiceField(label=_("Language of the note"), choices=list(NAMES.items()))
    visibility = forms.ChoiceField(
        label=_("Who may see it"), initial=Visibility.OPEN,
        choices=[(code, words) for code, words in choices(VISIBILITIES) if code != Visibility.GROUP],
    )  # fmt: skip
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)
    #: "start-end" of the occurrence that was chosen among several.
    place = forms.CharField(widget=forms.HiddenInput, required=False, max_length=30)

    def note(self) -> NoteInput:
        """Return what was typed, as the actions take it."""
        data: dict[str, Any] = self.cleaned_data
        return NoteInput(
            body=data["body"], language=data["language"], category=Category(data["category"]),
            visibility=Visibility(data["visibility"]),
        )  # fmt: skip
