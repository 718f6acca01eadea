"""Every version of a note with what changed in it, and what was decided in between."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotations.access.note_history import history_of
from annotations.models import Annotation
from annotations.presenters.labels import CATEGORIES, OUTCOME_STATUSES, OUTCOMES, STATUSES
from annotations.presenters.note_history import happened
from annotations.presenters.paging import page_of
from annotations.views.note_head import head_of
from annotations.views.requests import Request
from archive.access import visible_to
from archive.errors import NotVisible

PER_PAGE = 30


@login_required
@require_safe
def note_history(request: Request, public_id: str) -> HttpResponseBase:
    """Show the past of a note, the newest first."""
    rows = visible_to(Annotation, request.viewer).select_related("author", "group", "text", "image", "video")
    note = rows.filter(public_id=public_id).first()
    if note is None:
        raise NotVisible("not_visible")
    history = history_of(request.viewer, note)
    page = page_of(request, happened(history, note, request.viewer), PER_PAGE)
    words = {
        "categories": CATEGORIES,
        "statuses": STATUSES,
        "outcomes": OUTCOMES,
        "outcome_statuses": OUTCOME_STATUSES,
    }
    context = {"page": page, "is_withheld": history.is_withheld, **words, **head_of(request, note)}
    return render(request, "annotations/talk/history.html", context)
