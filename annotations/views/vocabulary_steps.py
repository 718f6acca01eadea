"""Steps on the vocabulary: what each did, and its undoing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from annotations.actions.undo_step import undo_step
from annotations.enums import Aspect
from annotations.models import VocabularyStep
from annotations.presenters.paging import page_of
from annotations.presenters.vocabulary_steps import (
    ACTS,
    ASPECTS,
    LOOKS,
    OUTCOMES,
    STATES,
    seen_rows,
    shown_rows,
    step_title,
)
from annotations.views.requests import Request
from archive.access import visible_to
from archive.enums import RowOutcome, StepState
from archive.errors import HashiyaError
from archive.presenters.messages import sentence
from archive.views.desk_tools import desk_view, found

PER_PAGE = 50


@require_GET
@desk_view(VocabularyStep)
def vocabulary_steps(request: Request) -> HttpResponseBase:
    """All steps, the newest first."""
    rows = visible_to(VocabularyStep, request.viewer).select_related("created_by").order_by("-pk")
    page = page_of(request, rows, PER_PAGE)
    listed = [(step, step_title(step)) for step in page]
    context = {"page_obj": page, "listed": listed, "acts": ACTS, "states": STATES, "looks": LOOKS}
    return render(request, "annotations/terms_desk/steps.html", context)


@require_GET
@desk_view(VocabularyStep)
def vocabulary_step(request: Request, public_id: str) -> HttpResponseBase:
    """What a step did, row by row."""
    step = found(VocabularyStep.objects.select_related("created_by", "term", "other", "job"), request, public_id)
    return render(request, "annotations/terms_desk/step.html", _context(request, step))


def _context(request: Request, step: VocabularyStep) -> dict[str, Any]:
    rows = seen_rows(step, request.viewer)
    counts = dict(rows.order_by().values_list("outcome").annotate(n=Count("pk")))
    show = request.GET.get("show", "")
    listed = rows.filter(outcome=show) if show in counts else rows
    page = page_of(request, listed.order_by("place", "pk"), PER_PAGE)
    return {
        "step": step, "title": step_title(step), "page_obj": page, "rows": shown_rows(page, request.viewer),
        "tabs": [(code, words, counts[code]) for code, words in OUTCOMES.items() if code in counts], "show": show,
        "acts": ACTS, "aspects": ASPECTS, "states": STATES, "looks": LOOKS, "use": Aspect.USE,
        "can_undo": step.state == StepState.APPLIED, "kept": counts.get(RowOutcome.KEPT, 0),
        "changes": step.state == StepState.PREVIEWED,
    }  # fmt: skip


@require_POST
@desk_view(VocabularyStep)
def vocabulary_step_undo(request: Request, public_id: str) -> HttpResponseBase:
    """Take a step back where nobody changed the same since."""
    step = found(VocabularyStep, request, public_id)
    try:
        undo_step(step=step.public_id, by=request.user)
    except HashiyaError as error:
        messages.error(request, sentence(error.code, error.params))
    else:
        messages.success(request, _("The step is taken back. Below is what was left as it is, and why."))
    return redirect(step)
