"""Cards that other sites may show in a frame, and what tells those sites of them (oEmbed 1.0)."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override

from annotations.editions.reading import stone_of_release, tombstones
from annotations.presenters.embed_card import card_of, frame_of
from annotations.presenters.pointed import Pointed, at_address, at_names
from annotations.presenters.released import site_name
from archive.access.tombstones import stone_at
from archive.models import Image, Video, Work
from archive.views.shared import shared

#: No script at all, nothing of other sites; and anybody may frame it, as nothing else here.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors *"
)
_MODELS: dict[str, Any] = {
    "work": (Work, "slug"),
    "image": (Image, "public_id"),
    "video": (Video, "public_id"),
}


@shared
def card(request: HttpRequest, page: str, **names: Any) -> HttpResponse:
    """Show the card of what the page of this name points at; of what was taken back, that it was."""
    pointed = at_names(page, names, request.GET.dict())
    if pointed is not None:
        return _framed(render(request, "annotations/embed/card.html", {"card": card_of(pointed)}))
    if not _is_gone(page, names):
        raise Http404
    return _framed(render(request, "annotations/embed/gone.html", status=410))


def _framed(response: HttpResponse) -> HttpResponse:
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Robots-Tag"] = "noindex"
    response.xframe_options_exempt = True
    return response


def _is_gone(page: str, names: dict[str, Any]) -> bool:
    """Whether there is a tombstone at the page's own address."""
    if page == "release":
        slug, number = names["slug"], names["number"]
        return tombstones().filter(edition__slug=slug, number=number).exists() or bool(
            stone_of_release(slug, number)
        )
    model, key = _MODELS[page]
    return stone_at(model, key, names[key]) is not None


@shared
def oembed(request: HttpRequest) -> HttpResponse:
    """Answer which card stands for an address of this site."""
    form = request.GET.get("format", "json")
    if form not in ("json", "xml"):
        return _refused(501, "Only json and xml are spoken here.")
    if not request.GET.get("url"):
        return _refused(400, "Name an address of this site: ?url=…")
    asked, language = at_address(request.GET["url"])
    if asked is None:
        return _refused(404, "There is no card for this address.")
    with override(language or settings.LANGUAGE_CODE):
        told = _told(asked, (_limit(request, "maxwidth"), _limit(request, "maxheight")))
    response = JsonResponse(told, json_dumps_params={"ensure_ascii": False}) if form == "json" else _xml(told)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _told(pointed: Pointed, most: tuple[int, int]) -> dict[str, Any]:
    html, width, height = frame_of(pointed, most=most)
    card = card_of(pointed)
    told = {
        "version": "1.0", "type": "rich", "title": pointed.label.text, "author_name": _(", ").join(filter(None, card.people)),
        "provider_name": site_name() or "Hashiya",
        "provider_url": settings.PUBLIC_URL, "cache_age": 3600, "html": html, "width": width, "height": height,
    }  # fmt: skip
    wide, high = card.picture_size
    fits = all(size <= limit for size, limit in zip((wide, high), most, strict=True) if limit)
    if card.picture and wide and fits:
        told |= {
            "thumbnail_url": f"{settings.PUBLIC_URL}{card.picture}",
            "thumbnail_width": wide,
            "thumbnail_height": high,
        }
    return {name: value for name, value in told.items() if value}


def _limit(request: HttpRequest, name: str) -> int:
    """Return the limit that is asked for, 0 for none; a card narrower than 120 pixels cannot be read."""
    asked = request.GET.get(name, "")
    return max(int(asked), 120) if asked.isascii() and asked.isdigit() and 0 < len(asked) < 6 else 0


def _xml(told: dict[str, Any]) -> HttpResponse:
    root = ET.Element("oembed")
    for name, value in told.items():
        ET.SubElement(root, name).text = str(value)
    return HttpResponse(
        ET.tostring(root, encoding="utf-8", xml_declaration=True), content_type="text/xml; charset=utf-8"
    )


def _refused(status: int, words: str) -> HttpResponse:
    return HttpResponse(f"{words}\n", status=status, content_type="text/plain; charset=utf-8")
