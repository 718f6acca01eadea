"""The pages on which an image and a film are annotated; without a script they list the notes and take new ones."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from annotations.access.media_notes import Item, Lies, lies_on
from annotations.access.narrowed import narrowed_of
from annotations.access.note_facts import NoteFacts, read_notes
from annotations.actions.write_annotation import write_annotation
from annotations.forms.note import RegionNoteForm, TimeNoteForm
from annotations.models import Annotation
from annotations.presenters.annotation import note_json, place_url
from annotations.presenters.film_page import (
    kept_words,
    player_of,
    second_of,
    ties_of,
    tracks_of,
    transcript_of,
)
from annotations.presenters.labels import CATEGORIES, OUTCOME_STATUSES, OUTCOMES, STATUSES
from annotations.presenters.media_place import PlaceView, place_views
from annotations.presenters.site_cards import title_of
from annotations.presenters.words import said_of
from annotations.values import Place, RegionPlace, TimePlace
from annotations.views.bootstrap import common_bootstrap
from annotations.views.media_notes import item_of
from annotations.views.narrowing import narrowed_address, narrowing
from annotations.views.picking import is_picking, picked
from annotations.views.requests import Request
from archive.access import may
from archive.enums import RECORDING
from archive.errors import HashiyaError
from archive.models import Image, Video
from archive.presenters.films import provider_name
from archive.presenters.iiif import page_id
from archive.presenters.messages import sentence
from archive.presenters.veils import warned_of
from archive.text.numbers import whole_number

#: Notes listed beside the picture or the film when no script fetches them.
LISTED = 60


@login_required
def image_workbench(request: Request, public_id: str) -> HttpResponseBase:
    """Show a picture with its notes, ready to be annotated; take a note on a part of it, typed in numbers."""
    image: Image = item_of(request, Image, public_id)
    tiles = list(image.tiles.filter(pixels=image.pixels))
    lies = lies_on(request.viewer, image, narrowed_of(request.GET))
    chosen = _chosen(request, lies)
    asked = (chosen.region or {}).get("page", 1) if chosen else whole_number(request.GET.get("page", "")) or 1
    page = next((row for row in tiles if row.page == asked), tiles[0] if tiles else None)
    number = page.page if page else 1
    form = RegionNoteForm(request.POST or None, initial=_fresh())
    picks = is_picking(request, form)
    if request.method == "POST" and form.is_valid():
        points = form.points()
        place = RegionPlace(image.public_id, form.cleaned_data["shape"], points, number)
        if picks and picked(request, form, place):
            return redirect("basket")
        if not picks and (written := _written(request, form, place, field="numbers")):
            return redirect(place_url(image, note=written))
    here = [one for one in lies if (one.region or {}).get("page", 1) == number]
    size = (page.width, page.height) if page else (image.width or 0, image.height or 0)
    context = {
        **_page(request, image, form, lies, here, chosen), "number": number,
        "pages": [row.page for row in tiles] if len(tiles) > 1 else [], "size": size,
        "alternative": said_of(image, "alternative"),
        "warned": warned_of(image.warnings),
        "bootstrap": common_bootstrap(request) | {
            "kind": "region", "item": image.public_id, "page": number, "width": size[0], "height": size[1],
            "service": reverse("iiif_image", args=[page_id(image.public_id, number)]) if page else "",
            "is_warned": bool(image.warnings), "places_url": narrowed_address(request, "image_places", image.public_id),
            "annotations_url": reverse("image_notes", args=[image.public_id]),
        },
    }  # fmt: skip
    return render(request, "annotations/workbench/image.html", context)


@login_required
def video_workbench(request: Request, public_id: str) -> HttpResponseBase:
    """Show a film with its notes, ready to be annotated; take a note on typed seconds of it."""
    video: Video = item_of(request, Video, public_id)
    lies = lies_on(request.viewer, video, narrowed_of(request.GET))
    form = TimeNoteForm(request.POST or None, initial=_fresh())
    picks = is_picking(request, form)
    if request.method == "POST" and form.is_valid():
        place = TimePlace(video.public_id, form.cleaned_data["start"], form.cleaned_data["end"])
        if picks and picked(request, form, place):
            return redirect("basket")
        if not picks and (written := _written(request, form, place, field="end")):
            return redirect(place_url(video, note=written))
    chosen = _chosen(request, lies)
    second = int(chosen.start or 0) if chosen else second_of(request.GET.get("t", ""))
    player = player_of(video, request.viewer, second=second)
    ties = ties_of(video, request.viewer)
    context = {
        **_page(request, video, form, lies, lies, chosen), "player": player,
        "is_sound": video.provider == RECORDING,
        "kept_words": kept_words(player.captured_at) if player.src else "",
        "provider": provider_name(video.provider), "warned": warned_of(video.warnings),
        "tracks": tracks_of(ties) if player.src else [],
        "transcript": transcript_of(video, ties, player, wanted=request.GET.get("text", "")),
        "bootstrap": common_bootstrap(request) | {
            "kind": "time", "item": video.public_id, "duration": video.duration,
            "places_url": narrowed_address(request, "video_places", video.public_id),
            "annotations_url": reverse("video_notes", args=[video.public_id]),
        },
    }  # fmt: skip
    return render(request, "annotations/workbench/video.html", context)


def _fresh() -> dict[str, str]:
    return {"language": get_language() or "", "key": secrets.token_urlsafe(16)}


def _written(request: Request, form: Any, place: Place, *, field: str) -> str:
    """Write the note and return its public id; empty when it was refused, which the form then says."""
    try:
        written = write_annotation(
            place=place, note=form.note(), idempotency_key=form.cleaned_data["key"], by=request.user
        )
    except HashiyaError as error:
        at = field if error.params.get("field") == "place" else None
        form.add_error(at, sentence(error.code, error.params))
        return ""
    messages.success(request, _("Your note is kept as a draft. Hand it in when it is ready."))
    return written.annotation.public_id


def _chosen(request: Request, lies: list[Lies]) -> Lies | None:
    """Return the note that the address names, when it is here."""
    public_id = request.GET.get("note", "")
    return next((one for one in lies if one.note == public_id), None)


def _page(
    request: Request, item: Item, form: Any, lies: list[Lies], here: list[Lies], chosen: Lies | None
) -> dict[str, Any]:
    listed = here[:LISTED]
    if chosen and chosen not in listed:
        listed = [chosen, *listed]
    notes = read_notes(request.viewer, [one.pk for one in listed], revision_id=None)
    numbers = {one.note: index for index, one in enumerate(here, start=1)}
    views = _views(request, item, notes)
    return {
        "item": item, "title": title_of(item), "form": form, "total": len(lies),
        **narrowing(request, item, keeps=("page", "text")),
        "chosen": chosen.note if chosen else "",
        "is_unknown": bool(request.GET.get("note")) and chosen is None and not narrowed_of(request.GET),
        "more": max(0, len(here) - len(listed)),
        "notes": [
            note_json(note) | {"facts": note, "place": views.get(note.id), "number": numbers.get(note.id, "")}
            for note in notes
        ],
        "categories": CATEGORIES, "statuses": STATUSES, "outcomes": OUTCOMES, "outcome_statuses": OUTCOME_STATUSES,
        "is_writer": may(request.viewer, "add", Annotation),
    }  # fmt: skip


def _views(request: Request, item: Item, notes: list[NoteFacts]) -> dict[str, PlaceView]:
    places = []
    for note in notes:
        if note.locus is None:
            continue
        if isinstance(item, Image):
            note.locus.image = item
        else:
            note.locus.video = item
        places.append((note.id, note.id, note.locus))
    return place_views(request.viewer, places)
