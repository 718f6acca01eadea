"""What is typed before an account's personal data is erased."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ErasureForm(forms.Form):
    """The password of whoever asks, and that they read what will be gone."""

    password = forms.CharField(
        label=_("Your password"), max_length=256, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )  # fmt: skip
    understood = forms.BooleanField(
        label=_("I read what is erased and what stays, and that nothing of it comes back")
    )
