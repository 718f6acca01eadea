"""Signing in without a page: the same checks as the sign-in form, second factor included."""

from __future__ import annotations

from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth import authenticate
from django.http import HttpRequest

from archive.models import User


def with_password(request: HttpRequest, *, email: str, password: str, code: str) -> User | None:
    """Return the account; None for every reason alike, so that nobody learns which accounts there are."""
    user = authenticate(request, email=email, password=password) if email and password else None
    if not isinstance(user, User) or not user.is_active:
        return None
    if is_mfa_enabled(user) and not AuthenticateForm({"code": code}, user=user).is_valid():
        return None
    return user
