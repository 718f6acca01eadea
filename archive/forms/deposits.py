"""The form that begins a deposit."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from archive.access import Viewer, permitted
from archive.forms.imports import new_key
from archive.models import Collection, Deposit
from archive.presenters.languages import NAMES


class DepositForm(forms.Form):
    """What is being sent, where its images go, and how its texts are read."""

    note = forms.CharField(
        label=_("What you are sending"), max_length=300, required=False,
        help_text=_("A word for yourself and for the receipt: whose papers, which box."),
    )  # fmt: skip
    collection = forms.ModelChoiceField(
        label=_("Collection"), queryset=Collection.objects.none(), required=False, to_field_name="public_id",
        empty_label=_("None yet"), help_text=_("Images are put there. It can be changed later."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language of the texts"), choices=list(NAMES.items()), initial="ar")
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)

    def __init__(self, *args: Any, viewer: Viewer, like: Deposit | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if like is not None:
            collection = like.collection.public_id if like.collection else None
            self.initial = {"note": like.note, "collection": collection, "language": like.language}
        self.fields["collection"].queryset = permitted(Collection, viewer, "change")
        self.fields["key"].initial = new_key()


class AgreementForm(forms.Form):
    """Who gave what a deposit holds, and under which terms."""

    giver = forms.CharField(label=_("Who gives?"), max_length=300)
    signed_on = forms.DateField(
        label=_("Signed on which day?"),
        widget=forms.DateInput(attrs={"type": "date", "dir": "ltr"}, format="%Y-%m-%d"),
    )
    terms = forms.CharField(
        label=pgettext_lazy("agreement", "Terms"), required=False, max_length=50_000, widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        help_text=_("In words, or as a file below, or both."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("What was signed"), required=False, max_length=255,
        help_text=_("A scan or a document of any kind. It is kept as it is."),
    )  # fmt: skip


class WithdrawAgreementForm(forms.Form):
    """Why an agreement does not hold any more."""

    reason = forms.CharField(
        label=_("Reason"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("For the record: that it was recorded by mistake, or that it was taken back."),
    )  # fmt: skip
