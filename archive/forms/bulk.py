"""One change of one field of many items."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from archive.forms.described import DescribeForm
from archive.forms.media import DescribeImageForm, DescribeVideoForm
from archive.forms.works import DescribeWorkForm
from archive.presenters.bulk_changes import OPERATION_WORDS, OPERATIONS, REPLACE, SET, Asked
from archive.presenters.described_values import FIELDS, KINDS, as_json
from archive.presenters.description_history import LABELS
from archive.presenters.messages import sentence
from archive.text.edtf import is_edtf

FORMS: dict[str, type[DescribeForm]] = {
    "work": DescribeWorkForm,
    "image": DescribeImageForm,
    "video": DescribeVideoForm,
}


def field_choices(kind: str) -> list[tuple[str, Any]]:
    """Return the fields of a kind of item that can be changed in many at once."""
    return [(name, LABELS[name]) for name in OPERATIONS if name in FIELDS[KINDS[kind]]]


class BulkForm(forms.Form):
    """What is done to a field, and with which value: the field itself is that of the form which describes one item."""

    op = forms.ChoiceField(label=_("What is done"), widget=forms.RadioSelect)
    old = forms.CharField(
        label=_("In place of whom"), max_length=200, required=False,
        help_text=_("The name as it stands in the descriptions now; only for replacing."),
    )  # fmt: skip

    def __init__(self, *args: Any, kind: str, field: str, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name = field
        operations = OPERATIONS[field]
        value = FORMS[kind](viewer=viewer).fields[field]
        value.required = False
        # A value that many items should get is chosen, not what a new item begins with.
        value.initial = None
        self.fields["value"] = value
        self.fields["op"].choices = [(op, OPERATION_WORDS[op]) for op in operations]
        self.fields["op"].initial = operations[0]
        if REPLACE not in operations:
            del self.fields["old"]
        self.order_fields(["op", "old", "value"])

    def clean(self) -> dict[str, Any]:
        """Ask for a value wherever an empty one would do nothing, or could not stand."""
        values: dict[str, Any] = super().clean() or {}
        must = self.name in ("access", "language", "kind") or values.get("op") != SET
        if "value" in values and must and not values["value"]:
            self.add_error("value", _("Please fill this in."))
        if values.get("op") == REPLACE and not values.get("old", "").strip():
            self.add_error("old", _("Please fill this in."))
        if self.name == "date_edtf" and values.get("value") and not is_edtf(values["value"].strip()):
            self.add_error("value", sentence("not_edtf"))
        return values

    def asked(self) -> Asked:
        """Return the change in stored values."""
        data = self.cleaned_data
        value = as_json(self.name, data["value"])
        if isinstance(value, str):
            value = value.strip()
        return Asked(self.name, data["op"], value, data.get("old", "").strip())
