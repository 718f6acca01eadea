"""Reading and writing the notes of a text, as the workbench does it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseBase, JsonResponse

from annotations.access.arrivals import arrival_places, arrivals_between
from annotations.access.narrowed import narrowed_of
from annotations.access.note_facts import notes_between, read_note
from annotations.access.notes import shown_to
from annotations.access.said import said_before
from annotations.access.texts import revision_of
from annotations.actions.revise_annotation import revise_annotation
from annotations.actions.take_wording import take_wording
from annotations.actions.withdraw_annotation import withdraw_annotation
from annotations.actions.write_annotation import write_annotation
from annotations.models import Annotation
from annotations.presenters.annotation import arrival_json, note_json
from annotations.presenters.incoming import note_input, region_place, taken_from, text_place, time_place
from annotations.values import Place
from annotations.views.json_door import body_of, if_match, json_door, refusal, whole
from annotations.views.requests import Request
from archive.errors import NotVisible, Stale

#: Notes in one answer.
PAGE = 200


def _list(request: Request, public_id: str) -> HttpResponseBase:
    revision = revision_of(request.viewer, public_id, whole(request, "revision", 0))
    stretch = {
        "revision_id": revision.pk, "start": whole(request, "from", 0), "end": whole(request, "to", revision.length),
    }  # fmt: skip
    skip = whole(request, "skip", 0)
    narrowed = narrowed_of(request.GET)
    page = notes_between(
        request.viewer, text_id=revision.text_id, **stretch, skip=skip, limit=PAGE, narrowed=narrowed
    )
    following = None
    if page.next_skip is not None:
        query = request.GET.copy()
        query["skip"] = str(page.next_skip)
        following = f"{request.path}?{query.urlencode()}"
    notes = [note_json(note) for note in page.notes]
    if skip == 0 and not narrowed:
        places = arrival_places(request.viewer, text_id=revision.text_id, revision_id=revision.pk)
        notes += [arrival_json(one) for one in arrivals_between(request.viewer, places, **stretch)]
    return JsonResponse({"revision": revision.number, "annotations": notes, "next": following})


def _write(request: Request, public_id: str) -> HttpResponseBase:
    data = body_of(request)
    written = write_annotation(
        place=text_place(data, text=public_id), note=note_input(data),
        idempotency_key=str(data.get("idempotency_key") or ""), draft_key=str(data.get("draft_key") or ""),
        by=request.user,
    )  # fmt: skip
    return JsonResponse(note_json(written.facts or read_note(request.viewer, written.annotation)), status=201)


def _found(request: Request, public_id: str) -> Annotation:
    rows = shown_to(request.viewer).select_related("text", "image", "video")
    note = rows.filter(public_id=public_id).first()
    if note is None:
        raise NotVisible("not_visible")
    return note


def _read(request: Request, public_id: str) -> HttpResponseBase:
    facts = read_note(request.viewer, _found(request, public_id))
    return JsonResponse(note_json(facts), headers={"ETag": f'"{facts.version_id}"'})


def _revise(request: Request, public_id: str) -> HttpResponseBase:
    data = body_of(request)
    note = _found(request, public_id)
    try:
        if decision := taken_from(data):
            take_wording(
                annotation=public_id, decision=decision, version_id=if_match(request), by=request.user
            )
            return _read(request, public_id)
        revise_annotation(
            annotation=public_id, version_id=if_match(request), place=_place(data, note),
            note=note_input(data, before=said_before(note)), draft_key=str(data.get("draft_key") or ""),
            by=request.user,
        )  # fmt: skip
    except Stale as error:
        return _both_versions(request, note, error)
    return _read(request, public_id)


def _place(data: dict[str, Any], note: Annotation) -> Place | None:
    """Return the place that is sent with a change; None when the note stays where it is."""
    if note.image and "region" in data:
        return region_place(data, image=note.image.public_id)
    if note.video and "start" in data:
        return time_place(data, video=note.video.public_id)
    return text_place(data, text=note.text.public_id) if note.text and "start" in data else None


def _both_versions(request: Request, note: Annotation, error: Stale) -> HttpResponseBase:
    """Answer 412 with the note as it is now; what was sent is still in the sender's hands."""
    if error.code != "stale":
        return refusal(error)
    return refusal(error, current=note_json(read_note(request.viewer, note)), yours=body_of(request))


def _withdraw(request: Request, public_id: str) -> HttpResponseBase:
    note = _found(request, public_id)
    try:
        withdraw_annotation(annotation=public_id, version_id=if_match(request), by=request.user)
    except Stale as error:
        return _both_versions(request, note, error)
    return HttpResponse(status=204)


text_notes = json_door(get=_list, post=_write)
note = json_door(get=_read, patch=_revise, delete=_withdraw)
