"""What is sought in the texts, and what is to stand on what was found."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.access.others import Scope, Sought
from annotations.enums import Category, Visibility
from annotations.presenters.labels import CATEGORIES, choices
from annotations.presenters.sentences import SENTENCES
from annotations.values import MAX_BODY, NoteInput
from archive.presenters.languages import NAMES
from archive.text.phrases import Spelling

#: Names sought at once.
MAX_NAMES = 12

SCOPES = [
    (Scope.TEXT, _("This text")), (Scope.WORK, _("All texts of this work")),
    (Scope.COLLECTION, _("Its collection")), (Scope.ARCHIVE, _("The whole archive")),
]  # fmt: skip
SPELLINGS = [
    (Spelling.PREFIXES, _("In any spelling, also behind و ف ب ك ل ال")), (Spelling.SAME, _("In any spelling")),
    (Spelling.ENDINGS, _("With pronouns, plurals and other endings too")),
]  # fmt: skip


class SoughtForm(forms.Form):
    """Which words are sought, and where."""

    words = forms.CharField(
        label=_("Words and names, one a line"), max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )  # fmt: skip
    scope = forms.ChoiceField(label=_("Where"), choices=SCOPES)
    spelling = forms.ChoiceField(label=_("How"), choices=SPELLINGS)
    parts = forms.BooleanField(
        label=_("Parts of names too"), required=False,
        help_text=_("A longer word of a name that stands alone. Nothing of this is ticked by itself."),
    )  # fmt: skip

    def sought(self) -> Sought:
        """Return what was asked for."""
        data: dict[str, Any] = self.cleaned_data
        names = tuple(line.strip() for line in data["words"].splitlines() if line.strip())[:MAX_NAMES]
        return Sought(names, Spelling(data["spelling"]), data["parts"])

    def scope_of(self) -> Scope:
        """Return where is sought."""
        return Scope(self.cleaned_data["scope"])


class SaidForm(forms.Form):
    """What is to stand on the passages that are ticked."""

    term = forms.CharField(
        label=_("Tag"), max_length=200, required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "list": "likely-terms", "autocomplete": "off"}),
        help_text=_("A term of the vocabulary, by any of its names."),
    )  # fmt: skip
    category = forms.ChoiceField(label=_("What it is about"), choices=choices(CATEGORIES))
    body = forms.CharField(
        label=_("Your note"), max_length=MAX_BODY, required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}), help_text=_("Markdown may be used."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language of the note"), choices=list(NAMES.items()))
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)

    def clean(self) -> dict[str, Any]:
        """Refuse what says nothing."""
        data: dict[str, Any] = super().clean() or {}
        if not data.get("term", "").strip() and not data.get("body", "").strip():
            self.add_error("term", str(SENTENCES["nothing_to_put"]))
        return data

    def note(self, tags: tuple[str, ...]) -> NoteInput:
        """Return what was typed; `tags` are the public ids of the terms that it names."""
        data: dict[str, Any] = self.cleaned_data
        return NoteInput(
            body=data["body"], language=data["language"], category=Category(data["category"]), tags=tags,
            visibility=Visibility.OPEN,
        )  # fmt: skip
