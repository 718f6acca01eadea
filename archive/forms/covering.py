"""The form that covers parts of an image: rectangles by their numbers, and the reasons."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from archive.media.areas import MOST, NUMBERS
from archive.models import Image


class CoverForm(forms.Form):
    """Why; for the record, and for readers."""

    reason = forms.CharField(
        label=_("Reason for the record"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("Kept with the act; only archivists read it."),
    )  # fmt: skip
    because_ar = forms.CharField(
        label=_("What readers are told, in Arabic"), max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Beside the sentence that parts are covered, for example: to protect a person."),
    )  # fmt: skip
    because_en = forms.CharField(
        label=_("What readers are told, in English"), max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @staticmethod
    def initial_of(image: Image) -> dict[str, Any]:
        """Return what stands there for an image."""
        return {
            "version": image.version, "because_ar": image.covered_because_ar,
            "because_en": image.covered_because_en,
        }  # fmt: skip


def _number(label: Any, least: int) -> forms.IntegerField:
    attrs = {"inputmode": "numeric", "dir": "ltr", "aria-label": label}
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=least,
        max_value=9_999_999,
        widget=forms.NumberInput(attrs=attrs),
    )


class AreaForm(forms.Form):
    """One rectangle; a row without numbers is none."""

    page = _number(_("Page"), 1)
    x = _number(_("From the left edge"), 0)
    y = _number(_("From the top edge"), 0)
    width = _number(_("Width"), 1)
    height = _number(_("Height"), 1)

    def clean(self) -> dict[str, Any]:
        """All four numbers, or none."""
        values: dict[str, Any] = super().clean() or {}
        given = [values.get(name) is not None for name in NUMBERS]
        if any(given) and not all(given) and not self.errors:
            raise ValidationError(_("Type all four numbers, or empty the row."))
        return values


AreaFormSet = forms.formset_factory(AreaForm, extra=3, max_num=MOST, absolute_max=MOST + 50)


def areas_of(rows: Any) -> list[dict[str, int]]:
    """Return the rectangles of a checked set of rows."""
    found = []
    for form in rows:
        values = form.cleaned_data
        if values.get("x") is not None:
            found.append({"page": values.get("page") or 1, **{name: values[name] for name in NUMBERS}})
    return found
