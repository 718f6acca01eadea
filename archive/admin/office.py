"""The back office itself: entered through the site's own sign-in, second factor and attempt limits included."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class BackOffice(AdminSite):
    """Django's admin without doors of its own, and without what other libraries would put into it.

    Its own sign-in knows neither second factors nor limits; libraries register pages that change tokens,
    addresses and second factors without a record.
    """

    site_header = site_title = _("Back office")

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Send to the site's sign-in; those who are signed in and may not enter are told so."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied
        target = request.GET.get("next") or reverse("admin:index")
        return redirect_to_login(target, reverse("account_login"))

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Send to the site's own page for it."""
        return redirect("account_logout")

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Send to the site's own page for it."""
        return redirect("account_change_password")


back_office = BackOffice(name="admin")
