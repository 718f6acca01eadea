"""What an editor says when a sealed release is published, scheduled or withdrawn."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class PublishForm(forms.Form):
    """When a release becomes public."""

    at = forms.DateTimeField(
        label=_("Publish on"), required=False, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say in which time zone the moment is typed."""
        super().__init__(*args, **kwargs)
        zone = {"zone": f"\u2068{timezone.get_current_timezone_name()}\u2069"}
        self.fields["at"].help_text = self.help_words() % zone

    def help_words(self) -> str:
        """Return what is said of the field."""
        return gettext("Leave empty to publish at once. Time zone: %(zone)s.")


class RescheduleForm(PublishForm):
    """On which other day a scheduled release becomes public."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for a day: an empty field must not publish at once what was to wait."""
        super().__init__(*args, **kwargs)
        self.fields["at"].required = True
        self.fields["at"].label = _("New day")

    def help_words(self) -> str:
        """Return what is said of the field."""
        return gettext("Time zone: %(zone)s.")


class WithdrawForm(forms.Form):
    """Why a release is taken away."""

    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 4}), max_length=5000,
        help_text=_("Everyone who comes to the release's address will read it."),
    )  # fmt: skip
