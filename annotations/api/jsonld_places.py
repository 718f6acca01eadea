"""Targets of W3C annotations as places: which text, image or video is meant, and which part of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db.models import F

from annotations.access.contents import content_of
from annotations.errors import QuoteMismatch
from annotations.values import CONTEXT, Place, RegionPlace, TextPlace, TimePlace, WebPlace
from archive.access import Viewer, visible_to
from archive.errors import Invalid, NotVisible
from archive.models import Image, ImageTiles, TextRevision

Json = Mapping[str, Any]
_ID = r"(?P<id>[0-9a-z]{1,16})"
_NUMBER = r"(-?\d+(?:\.\d+)?)"
_XYWH = re.compile(rf"xywh=(pixel:|percent:)?{_NUMBER},{_NUMBER},{_NUMBER},{_NUMBER}\Z")
_TIME = re.compile(rf"t=(?:npt:)?{_NUMBER}?(?:,{_NUMBER})?\Z")
_POLYGON = re.compile(r"<polygon\b[^>]*\bpoints=[\"']([-\d., ]+)[\"']")
_ELLIPSE = re.compile(r"<ellipse\b([^>]*)>")


def source_id(source: Any, kind: str) -> str:
    """Return the public id in the address of a thing of this site ("texts", "terms"…), empty for all else."""
    if not isinstance(source, str):
        return ""
    path = source.removeprefix(settings.PUBLIC_URL)
    found = re.match(rf"(?:/api)?/{kind}/{_ID}(/|\Z)", path) or re.match(
        rf"urn:hashiya:{kind[:-1]}:{_ID}\Z", path
    )
    return found["id"] if found else ""


def specific(target: Any, viewer: Viewer, *, field: str) -> Place:
    """Return the place that a target names; whatever names nothing of this archive is elsewhere, if anywhere.

    Raises Invalid, NotVisible for a text that is not there, QuoteMismatch when its words are not.
    """
    if isinstance(target, list) and len(target) == 1:
        target = target[0]
    if not isinstance(target, dict):
        return WebPlace(target)
    source, selectors = target.get("source"), _selectors(target, field)
    source = source.get("id") if isinstance(source, dict) else source
    text, image, video = (source_id(source, kind) for kind in ("texts", "images", "videos"))
    if text:
        return _in_text(text, str(source), selectors, viewer, field)
    if image:
        return _region(image, _page(target, field), selectors, viewer, field)
    if video:
        return _time(video, selectors, field)
    return WebPlace(target)


def _selectors(target: Json, field: str) -> dict[str, Json]:
    given = target.get("selector", [])
    listed = given if isinstance(given, list) else [given]
    if not all(isinstance(one, dict) for one in listed):
        raise Invalid("target_unsupported", field=field)
    return {str(one.get("type")): one for one in listed}


def _in_text(text: str, source: str, selectors: dict[str, Json], viewer: Viewer, field: str) -> TextPlace:
    asked = re.search(r"/revisions/(\d{1,6})/", source)
    row = (
        visible_to(TextRevision, viewer).filter(text__public_id=text, text__current_revision=F("pk"))
        .values_list("pk", "sha256", "number").first()
    )  # fmt: skip
    if row is None:
        raise NotVisible("not_visible")
    revision = int(asked[1]) if asked else row[2]
    position, quote = selectors.get("TextPositionSelector"), selectors.get("TextQuoteSelector")
    if position is not None:
        start, end = _whole(position, "start", field), _whole(position, "end", field)
        exact = quote.get("exact") if quote else content_of(row[0], row[1])[start:end]
        if not isinstance(exact, str):
            raise Invalid("target_unsupported", field=field)
        return TextPlace(text, revision, start, end, exact)
    if quote is None:
        raise Invalid("target_unsupported", field=field)
    start, exact = _find(content_of(row[0], row[1]), quote, field)
    return TextPlace(text, revision, start, start + len(exact), exact)


def _find(content: str, quote: Json, field: str) -> tuple[int, str]:
    """Return where a quote stands, if it stands in one place only, told apart by what is around it.

    Raises QuoteMismatch.
    """
    parts = [quote.get(name, "") for name in ("exact", "prefix", "suffix")]
    if not all(isinstance(part, str) for part in parts) or not parts[0]:
        raise Invalid("target_unsupported", field=field)
    exact, prefix, suffix = parts[0], parts[1][-CONTEXT:], parts[2][:CONTEXT]
    whole = prefix + exact + suffix
    at = content.find(whole)
    if at < 0 or content.find(whole, at + 1) >= 0:
        raise QuoteMismatch("quote_mismatch", field=field)
    return at + len(prefix), exact


def _whole(selector: Json, name: str, field: str) -> int:
    value = selector.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise Invalid("number_required", field=field)
    return value


def _page(target: Json, field: str) -> int:
    """Return which page of an image is meant: the standard has no word for it."""
    page = target.get("hashiya:page", 1)
    if not isinstance(page, int) or isinstance(page, bool):
        raise Invalid("number_required", field=field)
    return page


def _region(
    image: str, page: int, selectors: dict[str, Json], viewer: Viewer, field: str
) -> RegionPlace:  # fmt: skip
    fragment = _XYWH.match(_value(selectors, "FragmentSelector"))
    if fragment:
        left, top, width, height = map(float, fragment.groups()[1:])
        if fragment[1] == "percent:":
            full = _size(image, page, viewer, field)
            left, width = (round(part * full[0] / 100, 3) for part in (left, width))
            top, height = (round(part * full[1] / 100, 3) for part in (top, height))
        return RegionPlace(image, "rect", ((left, top), (left + width, top + height)), page)
    drawn = _value(selectors, "SvgSelector")
    polygon, ellipse = _POLYGON.search(drawn), _ELLIPSE.search(drawn)
    if polygon:
        return RegionPlace(image, "polygon", _pairs(polygon[1], field), page)
    if ellipse:
        named = dict(re.findall(r"\b(cx|cy|rx|ry)=[\"'](-?\d+(?:\.\d+)?)[\"']", ellipse[1]))
        if len(named) == 4:
            x, y, rx, ry = (float(named[name]) for name in ("cx", "cy", "rx", "ry"))
            return RegionPlace(image, "ellipse", ((x, y), (rx, ry)), page)
    raise Invalid("bad_region", field=field)


def _size(image: str, page: int, viewer: Viewer, field: str) -> tuple[int, int]:
    """Return the size of the page of which the hundredths are meant.

    Raises NotVisible; Invalid for a picture, or a page, that was not decoded.
    """
    rows = visible_to(Image, viewer).filter(public_id=image)
    size = rows.values_list("width", "height").first()
    if size is None:
        raise NotVisible("not_visible")
    if page > 1:
        tiles = ImageTiles.objects.filter(image__in=rows, page=page).order_by("-pixels")
        size = tiles.values_list("width", "height").first() or (0, 0)
    if not (size[0] and size[1]):
        raise Invalid("bad_region", field=field)
    return size


def _pairs(points: str, field: str) -> tuple[tuple[float, float], ...]:
    try:
        numbers = [float(one) for one in re.split(r"[\s,]+", points.strip())]
    except ValueError:
        raise Invalid("bad_region", field=field) from None
    if len(numbers) % 2:
        raise Invalid("bad_region", field=field)
    return tuple(zip(numbers[::2], numbers[1::2], strict=True))


def _time(video: str, selectors: dict[str, Json], field: str) -> TimePlace:
    fragment = _TIME.match(_value(selectors, "FragmentSelector"))
    if not fragment or fragment[2] is None:
        raise Invalid("target_unsupported", field=field)
    return TimePlace(video, float(fragment[1] or 0), float(fragment[2]))


def _value(selectors: dict[str, Json], kind: str) -> str:
    value = selectors.get(kind, {}).get("value", "")
    return value if isinstance(value, str) else ""
