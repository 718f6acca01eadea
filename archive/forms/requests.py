"""What people outside ask, and what becomes of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from archive.enums import RequestKind, RequestOutcome, RequestRelation

KINDS = {
    RequestKind.CORRECTION: _("Correct something that is wrong"),
    RequestKind.REMOVAL: _("Take something away"),
    RequestKind.RESTRICTION: _("Show something to fewer people"),
    RequestKind.OTHER: _("Something else"),
}
RELATIONS = {
    RequestRelation.NAMED: _("I am named, heard or seen in it"),
    RequestRelation.FAMILY: _("Somebody of my family is"),
    RequestRelation.AUTHOR: _("I made it, or hold rights in it"),
    RequestRelation.REPRESENTATIVE: _("I speak for somebody whom it concerns"),
    RequestRelation.READER: _("I am a reader"),
}
OUTCOMES = {
    RequestOutcome.DONE: _("Done as asked"),
    RequestOutcome.PARTLY: _("Done in part"),
    RequestOutcome.DECLINED: _("Declined"),
    RequestOutcome.NOT_OURS: _("Not about this archive"),
}


class PublicRequestForm(forms.Form):
    """As few questions as an answer needs."""

    kind = forms.ChoiceField(
        label=_("What do you ask for?"), choices=list(KINDS.items()), widget=forms.RadioSelect
    )
    about = forms.CharField(
        label=_("What is it about?"), max_length=500, widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("The address of the page, or words by which we find it."),
    )  # fmt: skip
    words = forms.CharField(
        label=_("What should be done, and why?"), max_length=5000, widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        help_text=_("Say no more about yourself or others than is needed."),
    )  # fmt: skip
    relation = forms.ChoiceField(
        label=_("What are you to it?"), choices=list(RELATIONS.items()), widget=forms.RadioSelect
    )
    email = forms.EmailField(
        label=_("Where do we answer you?"), max_length=254,
        help_text=_("An e-mail address. Only those who keep the archive see it; it is erased when the matter is closed and you ask for that."),
    )  # fmt: skip
    name = forms.CharField(
        label=_("Your name"), max_length=120, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )


class AnswerForm(forms.Form):
    """What became of a request."""

    outcome = forms.ChoiceField(
        label=_("What became of it"), choices=list(OUTCOMES.items()), widget=forms.RadioSelect
    )
    remark = forms.CharField(
        label=_("What was done, and why"), max_length=5000, widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("For those who keep the archive. The answer itself goes by mail from your own address."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, row: Any, **kwargs: Any) -> None:
        initial = {"outcome": row.outcome or None, "remark": row.remark, "version": row.version}
        super().__init__(*args, initial=initial, **kwargs)
