"""Who is to decide, and by when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class AssignmentForm(forms.Form):
    """A reviewer and a day; neither is needed."""

    reviewer = forms.ChoiceField(label=_("Who decides?"), required=False)
    due_on = forms.DateField(
        label=_("To be decided by"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
    )  # fmt: skip

    def __init__(self, *args: Any, reviewers: list[tuple[str, str]], row: Any, **kwargs: Any) -> None:
        chosen = row.reviewer.public_id if row and row.reviewer else ""
        initial = {"reviewer": chosen, "due_on": row.due_on if row else None}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["reviewer"].choices = [("", _("Nobody")), *reviewers]
