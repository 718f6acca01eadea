"""My notes: where each stands, what became of it, what is still being typed; and the way to any note by its id."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.access.my_notes import (
    OwnNote,
    counts_by_status,
    my_notes_of,
    own_notes,
    submissions_of,
    unfinished,
)
from annotations.access.notes import public_release_of, shown_to
from annotations.actions.discard_draft import discard_draft
from annotations.actions.submit import submit
from annotations.actions.withdraw_annotation import withdraw_annotation
from annotations.enums import AnnotationStatus
from annotations.models import Submission
from annotations.presenters.annotation import place_url, workbench_url
from annotations.presenters.labels import CATEGORIES, OUTCOME_STATUSES, OUTCOMES, STATUSES
from annotations.presenters.media_place import PlaceView, place_views
from annotations.presenters.paging import page_of
from annotations.views.requests import Request
from archive.access import may
from archive.errors import HashiyaError, NotVisible
from archive.presenters.messages import sentence

PER_PAGE = 30


@login_required
def my_notes(request: Request) -> HttpResponseBase:
    """Show my notes; hand the chosen ones in, take one back, or let go of what was being typed."""
    if request.method == "POST" and _done(request):
        return redirect(request.get_full_path())
    chosen = {name: request.GET.get(name, "") for name in ("status", "work", "submission")}
    page = page_of(request, my_notes_of(request.viewer, **chosen), PER_PAGE)
    counts = counts_by_status(request.viewer)
    rows = own_notes(request.viewer, page.object_list)
    context = {
        "page": page, "rows": _with_places(request, rows), "chosen": chosen,
        "total": sum(counts.values()),
        "tabs": [(status, STATUSES[status], counts.get(status, 0)) for status in AnnotationStatus],
        "drafts": unfinished(request.viewer) if not any(chosen.values()) else [],
        "submissions": submissions_of(request.viewer), "may_submit": may(request.viewer, "add", Submission),
        "key": secrets.token_urlsafe(16), "message": request.POST.get("message", ""),
        "picked": request.POST.getlist("version"),
        "categories": CATEGORIES, "statuses": STATUSES, "outcomes": OUTCOMES, "outcome_statuses": OUTCOME_STATUSES,
    }  # fmt: skip
    return render(request, "annotations/my_notes/page.html", context)


def _with_places(request: Request, rows: list[OwnNote]) -> list[tuple[OwnNote, PlaceView | None]]:
    """Return each note with where it lies in its picture or film."""
    places = []
    for row in rows:
        note, version = row.note, row.note.newest_version
        if version is not None and note.text is None:
            version.locus.image, version.locus.video = note.image, note.video
            places.append((note.public_id, note.public_id, version.locus))
    views = place_views(request.viewer, places)
    return [(row, views.get(row.note.public_id)) for row in rows]


def _done(request: Request) -> bool:
    """Do what was posted; return whether it was done. If not, the page says why and keeps what was typed."""
    try:
        match request.POST.get("act", ""):
            case "submit":
                _hand_in(request)
            case "withdraw":
                withdraw_annotation(
                    annotation=request.POST.get("note", ""), version_id=request.POST.get("version", ""),
                    by=request.user,
                )  # fmt: skip
                messages.success(request, _("The note is taken back. Only you still see it."))
            case "discard":
                discard_draft(key=request.POST.get("key", ""), by=request.user)
                messages.success(request, _("What you had typed there is gone."))
    except HashiyaError as error:
        messages.error(request, sentence(error.code, error.params))
        return False
    return True


def _hand_in(request: Request) -> None:
    versions = request.POST.getlist("version")
    submit(
        version_ids=versions, message=request.POST.get("message", ""),
        idempotency_key=request.POST.get("key", ""), by=request.user,
    )  # fmt: skip
    words = ngettext(
        "%(n)s note is handed in. A reviewer reads it now.", "%(n)s notes are handed in. A reviewer reads them now.",
        len(versions),
    )  # fmt: skip
    messages.success(request, words % {"n": len(versions)})


def note_page(request: Request, public_id: str) -> HttpResponseBase:
    """Lead to a note where this person reads it: in the workbench, in its newest release, or beside its image."""
    note = (
        shown_to(request.viewer).select_related("text", "image", "video").filter(public_id=public_id).first()
    )
    if note is None:
        raise NotVisible("not_visible")
    released = public_release_of(note)
    if note.text and request.viewer.is_member:
        return redirect(workbench_url(note.text.public_id, note=note.public_id))
    if released and not (note.text is None and request.viewer.is_member):
        return redirect(f"{reverse('release', args=released)}?note={note.public_id}#note-{note.public_id}")
    item = note.image or note.video
    if item is None:
        raise NotVisible("not_visible")
    if request.viewer.is_member:
        return redirect(place_url(item, note=note.public_id))
    return redirect(item.get_absolute_url())
