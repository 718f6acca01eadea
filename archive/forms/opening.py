"""Choosing what becomes public with the works that show it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from archive.access.shown_with import Hidden
from archive.presenters.desk_messages import SENTENCES
from archive.presenters.hidden_words import ticks


class OpenShownForm(forms.Form):
    """Pictures and films that works show and the public does not see; the drafts are ticked."""

    opened = forms.MultipleChoiceField(
        label=_("Pictures and films that the public does not see yet"), widget=forms.CheckboxSelectMultiple,
        help_text=_("Everyone sees the ticked ones at once, or when the embargo of the work is over. The others stay as they are."),
        error_messages={"invalid_choice": SENTENCES["shown_changed"], "required": _("Tick at least one.")},
    )  # fmt: skip

    def __init__(self, *args: Any, hidden: Sequence[Hidden], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opened"].choices = ticks(hidden)
        self.initial["opened"] = [each.name for each in hidden if not each.reserve]
