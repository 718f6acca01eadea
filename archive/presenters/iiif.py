"""IIIF: what an image service says of itself (Image API 3.0), and manifests (Presentation API 3.0)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import override

from archive.models.names import in_each_language
from archive.presenters.covering import in_both_languages
from archive.presenters.details import TERMS
from archive.presenters.veils import warned_in_each_language
from archive.text.details import places_of, said, statements

IMAGE_CONTEXT = "http://iiif.io/api/image/3/context.json"
PRESENTATION_CONTEXT = "http://iiif.io/api/presentation/3/context.json"
PROFILE = "http://iiif.io/api/image/3/level2.json"
#: What we do beyond level 2.
_MORE = ["canonicalLinkHeader", "mirroring", "profileLinkHeader", "regionSquare"]


def service_of(address: str, width: int, height: int) -> dict[str, Any]:
    """Return the reference to an image service, as a manifest holds it."""
    return {"id": address, "type": "ImageService3", "profile": "level2", "width": width, "height": height}


def information(
    address: str, width: int, height: int, *, tile: int, factors: Sequence[int], max_area: int, rights: str
) -> dict[str, Any]:
    """Return `info.json`."""
    levels = [(-(-width // factor), -(-height // factor)) for factor in reversed(factors)]
    sizes = [{"width": w, "height": h} for w, h in levels if w * h <= max_area]
    said: dict[str, Any] = {
        "@context": IMAGE_CONTEXT, **service_of(address, width, height), "protocol": "http://iiif.io/api/image",
        "maxArea": max_area, "sizes": sizes,
        "tiles": [{"width": tile, "height": tile, "scaleFactors": list(factors)}],
        "preferredFormats": ["jpg"], "extraFormats": ["webp"],
        "extraQualities": ["color", "gray", "bitonal"], "extraFeatures": _MORE,
    }  # fmt: skip
    return said | ({"rights": rights} if rights else {})


def page_id(public_id: str, page: int) -> str:
    """Return how addresses name a page of an image; the first is the image itself."""
    return public_id if page == 1 else f"{public_id}:{page}"


def in_both(item: Any, field: str) -> dict[str, list[str]]:
    """Return a translated column as a language map; empty when neither language says anything."""
    words = {language: getattr(item, f"{field}_{language}", "") or "" for language in ("ar", "en")}
    return {language: [text] for language, text in words.items() if text}


def in_each(words: Any) -> dict[str, list[str]]:
    """Return words of the interface as a language map."""
    found = {}
    for code in ("ar", "en"):
        with override(code):
            found[code] = [str(words)]
    return found


def label_of(item: Any) -> dict[str, list[str]]:
    """Return what an item is called as a language map, also while nobody has given it a title."""
    return {language: [text] for language, text in in_each_language(item).items() if text}


def canvas(
    tiles: Any, base: str, address: str, *, warned: Iterable[str] = (), cover: str = ""
) -> dict[str, Any]:
    """Return the canvas of one page of an image, in the manifest whose address begins with `base`.

    `warned` is what the work around it warns of; `cover` the address of the picture that stands for one of which
    readers are warned: viewers would make a small one of the pixels for their lists and show it unasked.
    """
    image, width, height = tiles.image, tiles.width, tiles.height
    place = f"{base}/canvas/{page_id(image.public_id, tiles.page)}"
    body = {
        "id": f"{address}/full/max/0/default.jpg", "type": "Image", "format": "image/jpeg", "width": width,
        "height": height, "service": [service_of(address, width, height)],
    }  # fmt: skip
    painting = {
        "id": f"{place}/painting", "type": "Annotation", "motivation": "painting", "body": body, "target": place,
    }  # fmt: skip
    page = {"id": f"{place}/page", "type": "AnnotationPage", "items": [painting]}
    label = label_of(image)
    if image.pages > 1:
        label = {"none": [str(tiles.page)]}
    warning = warned_in_each_language(image, warned)
    said = {
        "id": place, "type": "Canvas", "label": label, "width": width, "height": height, "items": [page],
        "thumbnail": [{"id": cover, "type": "Image", "format": "image/svg+xml"}] if warning and cover else [],
        "requiredStatement": _statement(warning, in_both_languages(image) if image.covered else {}),
    }  # fmt: skip
    return {name: value for name, value in said.items() if value}


def _statement(*said: dict[str, list[str]]) -> dict[str, Any]:
    """Return what every viewer has to show; empty when nothing is to be said."""
    value = {code: [words for one in said for words in one.get(code, ())] for code in ("ar", "en")}
    value = {code: words for code, words in value.items() if words}
    return {"label": {"ar": ["تنبيه"], "en": ["Note"]}, "value": value} if value else {}


def manifest(item: Any, address: str, canvases: Iterable[dict[str, Any]], homepage: str) -> dict[str, Any]:
    """Return the manifest of a described item over its canvases."""
    label = label_of(item)
    said: dict[str, Any] = {
        "@context": PRESENTATION_CONTEXT, "id": address, "type": "Manifest", "label": label,
        "summary": in_both(item, "description"), "metadata": _metadata(item), "rights": item.rights_uri,
        "requiredStatement": _required(item),
        "homepage": [{"id": homepage, "type": "Text", "label": label, "format": "text/html"}],
        "items": list(canvases),
    }  # fmt: skip
    return {name: value for name, value in said.items() if value}


def collection(item: Any, address: str, homepage: str, items: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Return a described collection over what it holds: `reference`s, or further parts of itself."""
    said = manifest(item, address, (), homepage)
    return said | {"type": "Collection", "items": list(items)}


def reference(item: Any, address: str, kind: str) -> dict[str, Any]:
    """Return how a collection names a manifest or a collection within it."""
    return {"id": address, "type": kind, "label": label_of(item)}


def part(address: str, first: int, last: int) -> dict[str, Any]:
    """Return how a long collection names a part of itself, from its `first` thing to its `last`."""
    return {"id": address, "type": "Collection", "label": {"none": [f"{first}–{last}"]}}


def _metadata(item: Any) -> list[dict[str, Any]]:
    rows = []
    if item.creators:
        names = [person["name"] for person in item.creators if person.get("name")]
        rows.append(({"ar": ["صنعه"], "en": ["Creator"]}, {"none": names}))
    if item.date_edtf:
        rows.append(({"ar": ["التاريخ"], "en": ["Date"]}, {"none": [item.date_edtf]}))
    if places := [name for name, _role in places_of(item)]:
        rows.append(({"ar": ["المكان"], "en": ["Place"]}, {"none": places}))
    for term in dict.fromkeys(term for term, _words in statements(item.details)):
        rows.append((in_each(TERMS[term]), {"none": said(item, term)}))
    if provenance := in_both(item, "provenance"):
        rows.append(({"ar": ["المصدر والمسار"], "en": ["Provenance"]}, provenance))
    return [{"label": label, "value": value} for label, value in rows]


def _required(item: Any) -> dict[str, Any]:
    """Return what every viewer has to show with a manifest: whose it is and, first, what readers are warned of."""
    warning, holder = warned_in_each_language(item), _attribution(item)
    if not warning or not holder:
        return _statement(warning) or holder
    label, value = holder["label"], holder["value"]
    return _statement(
        warning, {code: [f"{label[code][0]}: {words}" for words in value[code]] for code in value}
    )


def _attribution(item: Any) -> dict[str, Any]:
    holder = in_both(item, "rights_holder")
    return {"label": {"ar": ["صاحب الحقوق"], "en": ["Rights holder"]}, "value": holder} if holder else {}
