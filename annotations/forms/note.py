"""A note written without a script: its place is named by quoting the words, or by typed numbers."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from annotations.anchoring.times import seconds_of
from annotations.enums import Category, Visibility
from annotations.presenters.labels import CATEGORIES, VISIBILITIES, choices
from annotations.presenters.sentences import SENTENCES
from annotations.values import MAX_BODY, MAX_SPAN, NoteInput
from archive.presenters.languages import NAMES


class _Said(forms.Form):
    """What is said in a note, whatever its place is."""

    body = forms.CharField(
        label=_("Your note"), max_length=MAX_BODY,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}), help_text=_("Markdown may be used."),
    )  # fmt: skip
    category = forms.ChoiceField(label=_("Kind of note"), choices=choices(CATEGORIES), initial=Category.NOTE)
    language = forms.ChoiceField(label=_("Language of the note"), choices=list(NAMES.items()))
    visibility = forms.ChoiceField(
        label=_("Who may see it"), initial=Visibility.OPEN,
        choices=[(code, words) for code, words in choices(VISIBILITIES) if code != Visibility.GROUP],
    )  # fmt: skip
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)

    def note(self) -> NoteInput:
        """Return what was typed, as the actions take it."""
        data: dict[str, Any] = self.cleaned_data
        return NoteInput(
            body=data["body"], language=data["language"], category=Category(data["category"]),
            visibility=Visibility(data["visibility"]),
        )  # fmt: skip


class NoteForm(_Said):
    """What is said of which words."""

    words = forms.CharField(
        label=_("The words of the text"), max_length=MAX_SPAN, strip=True,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("Copy them from the text, as they stand there."),
    )  # fmt: skip
    #: "start-end" of the occurrence that was chosen among several.
    place = forms.CharField(widget=forms.HiddenInput, required=False, max_length=30)
    field_order = ("words", "body", "category", "language", "visibility", "key", "place")


_NUMBERS = re.compile(r"[0-9]{1,7}(?:\.[0-9]{1,3})?")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫", "01234567890123456789.")


class RegionNoteForm(_Said):
    """What is said of which part of a picture, its place in typed numbers."""

    shape = forms.ChoiceField(
        label=_("Shape"),
        choices=[
            ("rect", _("Rectangle")), ("ellipse", pgettext_lazy("shape", "Ellipse")),
            ("polygon", pgettext_lazy("shape", "Polygon")),
        ],
    )  # fmt: skip
    numbers = forms.CharField(
        label=_("Its place, in pixels of the picture"), max_length=9_000,
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "decimal", "autocomplete": "off"}),
        help_text=_(
            "Rectangle: left, top, width, height. Ellipse: left and top of its center, half its width, half its height. "
            "Polygon: left and top of each corner in turn."
        ),
    )  # fmt: skip
    field_order = ("shape", "numbers", "body", "category", "language", "visibility", "key")

    def points(self) -> list[tuple[float, float]]:
        """Return the points of the shape as `RegionPlace` has them; none for what makes no pairs of numbers."""
        typed = self.cleaned_data["numbers"].translate(_DIGITS)
        numbers = [float(one) for one in re.split(r"[\s,;،؛]+", typed.strip()) if _NUMBERS.fullmatch(one)]
        pairs = list(zip(numbers[::2], numbers[1::2], strict=False))
        if len(numbers) % 2 or len(numbers) != len(re.split(r"[\s,;،؛]+", typed.strip())):
            return []
        if self.cleaned_data["shape"] == "rect" and len(pairs) == 2:
            (left, top), (width, height) = pairs
            return [(left, top), (left + width, top + height)]
        return pairs


class TimeNoteForm(_Said):
    """What is said of which seconds of a film, typed."""

    start = forms.CharField(
        label=_("From"), max_length=20, help_text=_("Like 1:05.5 or 1:02:05."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )  # fmt: skip
    end = forms.CharField(
        label=pgettext_lazy("time", "To"), max_length=20,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )  # fmt: skip
    field_order = ("start", "end", "body", "category", "language", "visibility", "key")

    def clean_start(self) -> float:
        """Return the seconds."""
        return self._seconds("start")

    def clean_end(self) -> float:
        """Return the seconds."""
        return self._seconds("end")

    def _seconds(self, name: str) -> float:
        found = seconds_of(self.cleaned_data[name])
        if found is None:
            raise forms.ValidationError(str(SENTENCES["bad_time"]))
        return found
