"""How allauth opens accounts here."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language


def signup_is_open() -> bool:
    """Whether everyone may sign up: without mail nobody would show that an address is theirs."""
    return bool(settings.SIGNUP == "open" and settings.SENDS_MAIL)


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up follows the site's policy."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether anyone may open an account without an invitation; `manage.py check` says that it needs mail."""
        return signup_is_open()

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        """Fold the address's case and give the account a name to be shown by."""
        user = super().save_user(request, user, form, commit=False)
        user.email = user.email.strip().casefold()
        user.language = get_language() or settings.LANGUAGE_CODE
        user.display_name = user.display_name or user.email.split("@")[0]
        if commit:
            user.save()
        return user
