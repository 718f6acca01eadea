"""The form that has a package looked at."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from archive.access import visible_to
from archive.forms.imports import new_key, newest
from archive.models import FileArrival


class PackageForm(forms.Form):
    """A package: a file, or one that came with a deposit."""

    file = forms.FileField(
        label=_("The package, as a ZIP archive"), required=False,
        help_text=_("A BagIt bag, as “Take out” makes it; kept exactly as it is."),
    )  # fmt: skip
    arrival = forms.ModelChoiceField(
        label=_("Or a package that was received"), queryset=FileArrival.objects.none(), required=False,
        to_field_name="public_id", empty_label=_("None"),
        help_text=_("Large packages are sent in with a deposit first, and chosen here."),
    )  # fmt: skip
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)

    def __init__(self, *args: Any, viewer: Any, named: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = visible_to(FileArrival, viewer).filter(stored_file__media_type="application/zip")
        self.fields["arrival"].queryset = newest(rows, named)
        self.fields["key"].initial = new_key()

    def clean(self) -> dict[str, Any]:
        """One of the two is needed."""
        values: dict[str, Any] = super().clean() or {}
        if not self.errors and bool(values.get("file")) == bool(values.get("arrival")):
            self.add_error("file", _("Choose a file, or a package that was received; one of the two."))
        return values
