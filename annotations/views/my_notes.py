"""My notes: where each stands, what became of it, what is still being typed; and the way to any note by its id."""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.access.my_notes import (
    FILTERS,
    OwnNote,
    counts_by_status,
    my_notes_of,
    own_notes,
    own_steps,
    submissions_of,
    unfinished,
)
from annotations.access.notes import public_release_of, shown_to
from annotations.access.terms import named
from annotations.actions.change_notes import change_notes, undo_note_step
from annotations.actions.discard_draft import discard_draft
from annotations.actions.recall_submission import recall_submission
from annotations.actions.submit import submit
from annotations.actions.withdraw_annotation import withdraw_annotation
from annotations.enums import AnnotationStatus, NoteChange
from annotations.models import NoteImport, Submission
from annotations.presenters.annotation import place_url, reference_json, workbench_url
from annotations.presenters.labels import CATEGORIES, OUTCOME_STATUSES, OUTCOMES, STATUSES
from annotations.presenters.media_place import PlaceView, place_views
from annotations.presenters.note_steps import change_choices, names_by_id, step_words
from annotations.presenters.paging import page_of
from annotations.views.requests import Request
from annotations.views.told import tell_kept
from archive.access import may
from archive.errors import HashiyaError, Invalid, NotVisible
from archive.presenters.messages import sentence

PER_PAGE = 30


@login_required
def my_notes(request: Request) -> HttpResponseBase:
    """Show my notes; hand the chosen ones in, take one back, or let go of what was being typed."""
    if request.method == "POST" and _done(request):
        return redirect(request.get_full_path())
    chosen = {name: request.GET.get(name, "") for name in FILTERS}
    page = page_of(request, my_notes_of(request.viewer, **chosen), PER_PAGE)
    counts = counts_by_status(request.viewer)
    rows = own_notes(request.viewer, page.object_list)
    steps = list(own_steps(request.viewer))
    names = names_by_id(request.viewer, steps)
    context = {
        "page": page, "rows": _shown(request, rows), "chosen": chosen,
        "total": sum(counts.values()),
        "tabs": [(status, STATUSES[status], counts.get(status, 0)) for status in AnnotationStatus],
        "drafts": unfinished(request.viewer) if not any(chosen.values()) else [],
        "narrowed": urlencode({name: value for name, value in chosen.items() if value}),
        "steps": [(step, step_words(step, names)) for step in steps], "changes": change_choices(request.viewer),
        "typed": request.POST,
        "submissions": submissions_of(request.viewer), "may_submit": may(request.viewer, "add", Submission),
        "may_write": may(request.viewer, "add", NoteImport),
        "key": secrets.token_urlsafe(16), "message": request.POST.get("message", ""),
        "picked": request.POST.getlist("version"),
        "categories": CATEGORIES, "statuses": STATUSES, "outcomes": OUTCOMES, "outcome_statuses": OUTCOME_STATUSES,
    }  # fmt: skip
    return render(request, "annotations/my_notes/page.html", context)


def _shown(
    request: Request, rows: list[OwnNote]
) -> list[tuple[OwnNote, PlaceView | None, list[dict[str, Any]]]]:
    """Return each note with where it lies in its picture or film, and with where its references lead."""
    places = []
    for row in rows:
        note, version = row.note, row.note.newest_version
        if version is not None and note.text is None:
            version.locus.image, version.locus.video = note.image, note.video
            places.append((note.public_id, note.public_id, version.locus))
    views = place_views(request.viewer, places)
    return [
        (row, views.get(row.note.public_id), [reference_json(one) for one in row.references]) for row in rows
    ]


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
            case "change":
                _change(request)
            case "undo":
                _undo(request)
            case "recall":
                _recall(request)
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


def _change(request: Request) -> None:
    """Change what is ticked; the select names the change, and its value after a colon where it has one."""
    name, _colon, value = request.POST.get("change", "").partition(":")
    if name not in set(NoteChange):
        raise Invalid("choice_unknown", field="change")
    if name in (NoteChange.TAG, NoteChange.UNTAG):
        term = named(request.viewer, request.POST.get("term", ""))
        if term is None:
            raise Invalid("term_unnamed", field="term")
        value = term.public_id
    step = change_notes(
        version_ids=request.POST.getlist("version"), change=NoteChange(name), value=value,
        idempotency_key=request.POST.get("key", ""), by=request.user,
    )  # fmt: skip
    count = step.items.count()
    words = ngettext("%(n)s note was changed.", "%(n)s notes were changed.", count)
    messages.success(request, words % {"n": count})


def _undo(request: Request) -> None:
    done = undo_note_step(step=request.POST.get("step", ""), by=request.user)
    words = ngettext("%(n)s note is as it was before.", "%(n)s notes are as they were before.", done.undone)
    messages.success(request, words % {"n": done.undone})
    tell_kept(request, done.kept)


def _recall(request: Request) -> None:
    done = recall_submission(submission=request.POST.get("submission", ""), by=request.user)
    words = ngettext("%(n)s note is a draft again.", "%(n)s notes are drafts again.", done.undone)
    messages.success(request, words % {"n": done.undone})
    tell_kept(request, done.kept)


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
        # On what is elsewhere; such a note is seen by its author alone.
        return redirect(f"{reverse('my_notes')}?note={note.public_id}")
    if request.viewer.is_member:
        return redirect(place_url(item, note=note.public_id))
    return redirect(item.get_absolute_url())
