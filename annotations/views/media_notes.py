"""Where the notes of an image or a video lie, reading some of them, and writing one: as their workbenches do it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase, JsonResponse

from annotations.access.media_notes import Item, Lies, lies_on, own_unfinished, read_named
from annotations.access.narrowed import narrowed_of
from annotations.access.note_facts import read_note
from annotations.actions.write_annotation import write_annotation
from annotations.presenters.annotation import note_json
from annotations.presenters.incoming import note_input, region_place, time_place
from annotations.values import Place
from annotations.views.json_door import body_of, json_door, whole
from annotations.views.requests import Request
from archive.access import visible_to
from archive.errors import Invalid, NotVisible
from archive.models import Image, Video

#: Notes in one answer.
PAGE = 60


def item_of(request: Request, model: type[Item], public_id: str) -> Any:
    """Return the image or video of this public id.

    Raises NotVisible.
    """
    item = visible_to(model, request.viewer).filter(public_id=public_id).first()
    if item is None:
        raise NotVisible("not_visible")
    return item


def _places(request: Request, item: Item) -> HttpResponseBase:
    rows = [_row(lies) for lies in lies_on(request.viewer, item, narrowed_of(request.GET))]
    return JsonResponse({"places": rows}, headers={"Cache-Control": "private, no-cache"})


def _row(lies: Lies) -> dict[str, Any]:
    at = {"region": lies.region} if lies.region is not None else {"start": lies.start, "end": lies.end}
    return {"id": lies.note, "category": lies.category, **at}


def _notes(request: Request, item: Item) -> HttpResponseBase:
    """Send the notes that are named; without names one's own that can be handed in."""
    named = request.GET.get("ids", "")
    if named:
        ids = list(dict.fromkeys(named.split(",")))
        if len(ids) > PAGE:
            raise Invalid("too_many", field="ids", limit_count=PAGE)
        notes, following = read_named(request.viewer, item, ids), None
    else:
        page = own_unfinished(request.viewer, item, skip=whole(request, "skip", 0), limit=PAGE)
        notes = list(page.notes)
        following = f"{request.path}?skip={page.next_skip}" if page.next_skip is not None else None
    return JsonResponse({"annotations": [note_json(note) for note in notes], "next": following})


def _write(request: Request, place: Place, data: dict[str, Any]) -> HttpResponseBase:
    written = write_annotation(
        place=place, note=note_input(data), idempotency_key=str(data.get("idempotency_key") or ""),
        draft_key=str(data.get("draft_key") or ""), by=request.user,
    )  # fmt: skip
    return JsonResponse(note_json(written.facts or read_note(request.viewer, written.annotation)), status=201)


def _image_places(request: Request, public_id: str) -> HttpResponseBase:
    return _places(request, item_of(request, Image, public_id))


def _video_places(request: Request, public_id: str) -> HttpResponseBase:
    return _places(request, item_of(request, Video, public_id))


def _image_notes(request: Request, public_id: str) -> HttpResponseBase:
    return _notes(request, item_of(request, Image, public_id))


def _video_notes(request: Request, public_id: str) -> HttpResponseBase:
    return _notes(request, item_of(request, Video, public_id))


def _write_on_image(request: Request, public_id: str) -> HttpResponseBase:
    data = body_of(request)
    return _write(request, region_place(data, image=public_id), data)


def _write_on_video(request: Request, public_id: str) -> HttpResponseBase:
    data = body_of(request)
    return _write(request, time_place(data, video=public_id), data)


image_places = json_door(get=_image_places)
video_places = json_door(get=_video_places)
image_notes = json_door(get=_image_notes, post=_write_on_image)
video_notes = json_door(get=_video_notes, post=_write_on_video)
