"""Tags of the public pages."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from annotations.presenters.labels import ANCHOR_STATUSES, CATEGORIES, STATUSES
from annotations.presenters.other_calendars import hijri_words, julian_words
from archive.text.edtf_spans import span_of

register = template.Library()

#: As in Django's `json_script`: nothing in the data can end the element.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.simple_tag
def ld_json(data: dict[str, Any]) -> SafeString:
    """Describe the page to search engines: a block of data, never run, so the content policy lets it stand."""
    body = SafeString(json.dumps(data, ensure_ascii=False, default=str).translate(_ESCAPES))
    return format_html('<script type="application/ld+json">{}</script>', body)


@register.simple_tag(takes_context=True)
def card_links(context: dict[str, Any]) -> SafeString:
    """Tell other sites where the card of this page is described (oEmbed)."""
    page = f"{settings.PUBLIC_URL}{context['request'].get_full_path()}"
    forms = (("json", "application/json+oembed"), ("xml", "text/xml+oembed"))
    at = f"{settings.PUBLIC_URL}{reverse('oembed')}?format={{}}&url={quote(page, safe='')}"
    rows = ((kind, at.format(form)) for form, kind in forms)
    return format_html_join("\n  ", '<link rel="alternate" type="{}" href="{}">', rows)


@register.simple_tag
def client_json(data: dict[str, Any]) -> SafeString:
    """Configure the Hypothesis client: a block of data, which it looks for by its class."""
    body = SafeString(json.dumps(data, ensure_ascii=False).translate(_ESCAPES))
    return format_html('<script type="application/json" class="js-hypothesis-config">{}</script>', body)


_RELEASE_STATUSES = {
    "draft": _("Nothing sealed"), "sealed": _("Sealed"), "scheduled": _("Will be public"),
    "published": _("Published"), "withdrawn": _("Withdrawn"),
}  # fmt: skip


@register.filter
def release_status(code: str) -> str:
    """Return the word for where a release stands."""
    return str(_RELEASE_STATUSES.get(code, code))


#: What identifiers are called; a scheme that has no name here is shown as it was written.
_IDENTIFIERS = {
    "local": _("Local number"), "shelfmark": _("Shelfmark"), "isbn": "ISBN", "issn": "ISSN", "doi": "DOI",
    "ark": "ARK", "oclc": "OCLC", "handle": "Handle", "wikidata": "Wikidata", "viaf": "VIAF",
    "archive.org": "Internet Archive",
}  # fmt: skip


@register.filter
def other_calendars(value: str) -> str:
    """Return a date of EDTF in the Hijri calendar, and of before 1582 in the Julian one, to stand beside its words."""
    span = span_of(value) if value else None
    if span is None:
        return ""
    julian = julian_words(span)
    said = [hijri_words(span), _("%(date)s in the Julian calendar") % {"date": julian} if julian else ""]
    return " · ".join(str(each) for each in said if each)


@register.filter
def identifier_label(scheme: str) -> str:
    """Return the name of a scheme of identifiers."""
    return str(_IDENTIFIERS.get(scheme.strip().casefold(), scheme))


@register.filter
def category_label(code: str) -> str:
    """Return the word for a note's category."""
    return str(CATEGORIES.get(code, code))


@register.filter
def note_status(code: str) -> str:
    """Return the word for where a note stands."""
    return str(STATUSES.get(code, code))


@register.filter
def anchor_status(code: str) -> str:
    """Return the word for what became of a note's place."""
    return str(ANCHOR_STATUSES.get(code, code))
