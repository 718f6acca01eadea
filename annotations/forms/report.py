"""What readers report, and what they are answered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.enums import ReportOutcome, ReportReason

REASONS = {
    ReportReason.WRONG: _("Something in it is wrong"),
    ReportReason.MISPLACED: _("The note is not about this passage"),
    ReportReason.DANGER: _("It can bring somebody into danger, or shows what is private"),
    ReportReason.OFFENSIVE: _("It insults or incites"),
    ReportReason.RIGHTS: _("It breaks somebody's rights"),
    ReportReason.OTHER: _("Another reason"),
}
OUTCOMES = {
    ReportOutcome.MENDED: _("It was mended"),
    ReportOutcome.WILL_BE: _("It will be mended in the next release"),
    ReportOutcome.KEPT: _("It stays as it is"),
    ReportOutcome.UNCLEAR: _("We could not find out what is meant"),
}


class ReportForm(forms.Form):
    """Why, and in which words; nothing about who writes."""

    about = forms.CharField(
        label=_("What is it about?"), max_length=500, widget=forms.TextInput(attrs={"dir": "ltr"}),
        help_text=_("The address of the note, the passage or the page."),
    )  # fmt: skip
    reason = forms.ChoiceField(
        label=_("What is the matter with it?"), choices=list(REASONS.items()), widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("In your own words"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        help_text=_("What is wrong, and how you know. Name nobody who does not stand there already."),
    )  # fmt: skip

    def __init__(self, *args: Any, is_known: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_known:
            self.fields["about"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """Ask for words where the reason says nothing."""
        data = super().clean() or {}
        if data.get("reason") == ReportReason.OTHER and not data.get("words", "").strip():
            self.add_error("words", _("Say in a few words what the matter is."))
        return data


class AnswerReportForm(forms.Form):
    """What became of a report."""

    outcome = forms.ChoiceField(
        label=_("What became of it"), choices=list(OUTCOMES.items()), widget=forms.RadioSelect
    )
    answer = forms.CharField(
        label=_("Answer to the reader"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("Whoever has the number of the report reads this; no one is named as its writer."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, row: Any, **kwargs: Any) -> None:
        initial = {"outcome": row.outcome or None, "answer": row.answer, "version": row.version}
        super().__init__(*args, initial=initial, **kwargs)
