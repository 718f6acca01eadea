"""What every template may use."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from archive import kinds
from archive.access import ANYBODY, Viewer, visible_to
from archive.enums import ImageState
from archive.models import Image, SiteSettings
from archive.models.statements import fetch
from archive.presenters import desk_words
from archive.presenters.demo import demo_accounts
from archive.views.accounts import signup_is_open


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the site's name, its navigation, and the desks that this person has."""
    settings_row = SimpleLazyObject(_site_settings)
    return {
        "site": settings_row,
        "archive_site": settings_row,  # The account pages of allauth say `site` for the host.
        "logo_url": SimpleLazyObject(lambda: _logo_url(settings_row)),
        "view_as": desk_words.LOOKS.get(getattr(request, "view_as", "")),
        "demo": settings.DEMO,
        "demo_accounts": SimpleLazyObject(demo_accounts),
        "sends_mail": settings.SENDS_MAIL,
        "signup_is_open": signup_is_open(),
        "time_zone": settings.TIME_ZONE,
        "public_url": settings.PUBLIC_URL,
        "site_nav": SimpleLazyObject(lambda: _navigation(request)),
        "desk_nav": SimpleLazyObject(lambda: desk_navigation(request)),
    }


def _site_settings() -> SiteSettings:
    """Return the one row; each page asks for it, which is why it is planned once.

    Its columns are words and numbers: others (JSON, dates) would come from here as the database has them.
    """
    fields = SiteSettings._meta.concrete_fields
    columns = ", ".join(field.column for field in fields)
    found = fetch(f"SELECT {columns} FROM archive_sitesettings WHERE id = 1")  # noqa: S608 - our own words.
    names = [field.attname for field in fields]
    return SiteSettings(**dict(zip(names, found[0], strict=True))) if found else SiteSettings()


def _logo_url(row: SiteSettings) -> str:
    """Return the address of the logo's copy; empty while there is none that everybody may see."""
    logo = (
        visible_to(Image, ANYBODY).filter(pk=row.logo_id, state=ImageState.READY).first()
        if row.logo_id
        else None
    )
    return reverse("derivative", args=[logo.public_id, "thumb"]) if logo else ""


def _navigation(request: HttpRequest) -> list[dict[str, Any]]:
    entries = [
        ("catalogue", _("Catalogue")),
        ("editions", _("Editions")),
        ("terms", _("Terms")),
        ("about", _("About")),
    ]
    nav = []
    for name, label in entries:
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        nav.append({"url": url, "label": label, "current": request.path.startswith(url)})
    return nav


def desk_navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the desk sections open to the viewer, with how much waits in each."""
    viewer = getattr(request, "viewer", None)
    if viewer is None or not viewer.is_member:
        return []
    sections = sorted((s for s in kinds.desk_sections if viewer.has(*s.roles)), key=lambda s: s.order)
    # One section may lie below another's address: the nearest above the page is the one where the viewer is.
    above = [url for section in sections if request.path.startswith(url := reverse(section.url_name))]
    return [_section(section, viewer, max(above, key=len, default="")) for section in sections]


def _section(section: kinds.DeskSection, viewer: Viewer, current: str) -> dict[str, Any]:
    url, count = reverse(section.url_name), section.count(viewer) if section.count else None
    return {
        "url": url, "label": _(section.label), "icon": section.icon, "count": count,
        "counted": section.counted % {"count": count} if section.counted and count else "",
        "current": url == current,
    }  # fmt: skip
