"""A picked place as the basket's page and the composer show it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from annotations.access.basket import Picked, Standing
from annotations.presenters.annotation import place_url, workbench_url
from annotations.presenters.media_place import PlaceView, place_views
from annotations.presenters.note_cards import quotation
from annotations.presenters.site_cards import title_of
from archive.access import Viewer
from archive.models import Work
from archive.presenters.markup import plain_excerpt

_ICONS = {"note": "note", "text": "quote", "image": "image", "video": "video", "work": "text"}
#: Letters of a note's or a passage's words.
WORDS = 160


def basket_rows(who: Viewer, picked: Sequence[Picked]) -> list[dict[str, Any]]:
    """Return the places with their words, seconds or piece of the picture, as a template takes them."""
    places = [(one.row.public_id, one.note, one.locus) for one in picked if one.locus is not None]
    views = place_views(who, places)
    return [_row(one, views.get(one.row.public_id)) for one in picked]


def basket_json(who: Viewer, picked: Sequence[Picked]) -> list[dict[str, Any]]:
    """Return the same for the composer."""
    return [_plain(row) for row in basket_rows(who, picked)]


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    crop = row["place"].crop if row["place"] else None
    told = {
        name: row[name]
        for name in ("id", "standing", "kind", "icon", "title", "words", "label", "url", "target")
    }
    return told | {
        "picture": crop.src if crop else "", "remove_url": reverse("picked_place", args=[row["id"]]),
        "picked": row["at"].isoformat(),
    }  # fmt: skip


def _row(one: Picked, place: PlaceView | None) -> dict[str, Any]:
    row = {
        "id": one.row.public_id, "standing": str(one.standing), "at": one.row.created_at, "kind": kind_of(one),
        "target": one.target, "place": place, "title": "", "title_language": "", "words": "", "url": "", "label": "",
        "note": one.note, "icon": _ICONS.get(kind_of(one), "eye-off"),
    }  # fmt: skip
    if one.standing == Standing.GONE:
        return row | {"label": _("A place that is no longer to be seen")}
    if one.item is not None:
        title = title_of(one.item)
        row |= {"title": title.text, "title_language": title.language}
    row |= {"words": _words(one, place), "url": url_of(one)}
    return row | {"label": " · ".join(part for part in (row["title"], row["words"]) if part) or _("A note")}


def kind_of(one: Picked) -> str:
    """Return what a place is, for its icon: "note", "text", "image", "video" or "work"; nothing of what is gone."""
    if one.standing == Standing.GONE:
        return ""
    kinds = {
        "note": one.row.annotation_id,
        "text": one.row.text_id,
        "image": one.row.image_id,
        "video": one.row.video_id,
    }
    return next((kind for kind, key in kinds.items() if key), "work")


def _words(one: Picked, place: PlaceView | None) -> str:
    if one.standing == Standing.UNSURE:
        return _("The text was corrected; pick the passage up again.")
    if one.note:
        return plain_excerpt(one.words, length=WORDS) or (place.words if place else "")
    if one.words:
        return quotation(one.words)
    return place.words if place else ""


def url_of(one: Picked) -> str:
    """Return where a place is read; the caller has seen that it is not gone."""
    if one.note:
        return reverse("note_page", args=[one.note])
    if one.row.text is not None:
        at = one.target or {}
        url = workbench_url(one.row.text.public_id)
        return f"{url}?at={at['start']}-{at['end']}#at-{at['start']}-{at['end']}" if "start" in at else url
    if isinstance(one.item, Work):
        return one.item.get_absolute_url()
    assert one.item is not None
    return place_url(one.item)
