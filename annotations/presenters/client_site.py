"""What an annotation client is told of this site: its addresses and who is meant by a name."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

#: By which the client says that it is one; there are no others.
CLIENT_ID = "hypothesis-client"
#: The group of what is anybody's: every client knows it by this name.
WORLD = "__world__"


def site_of(request: HttpRequest) -> str:
    """Return scheme and host, without a slash: the site's own, or that under which it was asked."""
    named = urlsplit(settings.PUBLIC_URL)
    return (
        settings.PUBLIC_URL
        if request.get_host() == named.netloc
        else f"{request.scheme}://{request.get_host()}"
    )


def authority() -> str:
    """Return the name that stands behind the @ of every account."""
    return urlsplit(settings.PUBLIC_URL).hostname or "localhost"


def account(public_id: str) -> str:
    """Return an account's name, which is no address of mail."""
    return f"acct:{public_id}@{authority()}"


def public_id_of(name: str) -> str:
    """Return the public id in an account's name; empty for one of another site."""
    ident, _at, host = name.removeprefix("acct:").partition("@")
    return ident if host in ("", authority()) else ""


def api_url(request: HttpRequest) -> str:
    """Return the address that the client is configured with."""
    return f"{site_of(request)}{reverse('hypothesis_index')}"


def is_on() -> bool:
    """Whether the site carries the client itself."""
    return bool(settings.HYPOTHESIS_CLIENT)


def may_ask(origin: str, request: HttpRequest) -> bool:
    """Whether a client of this origin may ask people to be let in."""
    return origin == site_of(request) or origin in settings.HYPOTHESIS_ORIGINS


def sidebar_settings(request: HttpRequest) -> dict[str, Any]:
    """Return what the sidebar's own page configures."""
    site = site_of(request)
    return {
        "apiUrl": api_url(request), "assetRoot": f"{site}{reverse('hypothesis_assets')}",
        "authDomain": authority(), "oauthClientId": CLIENT_ID,
        "sidebarAppUrl": f"{site}{reverse('hypothesis_app')}", "rpcAllowedOrigins": [],
    }  # fmt: skip


def page_settings(request: HttpRequest, *, grant: str) -> dict[str, Any]:
    """Return what a page on which the client works configures; `grant` says who looks at it, empty for nobody."""
    site = site_of(request)
    app = f"{site}{reverse('hypothesis_app')}"
    found: dict[str, Any] = {
        "assetRoot": f"{site}{reverse('hypothesis_assets')}", "sidebarAppUrl": app, "notebookAppUrl": app,
        "profileAppUrl": app, "openSidebar": True,
    }  # fmt: skip
    if grant:
        found["services"] = [{"apiUrl": api_url(request), "authority": authority(), "grantToken": grant}]
    return found
