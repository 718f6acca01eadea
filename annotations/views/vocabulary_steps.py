"""Steps on the vocabulary: what each did, and its undoing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from annotations.actions.apply_terms import AT_ONCE, apply_import, undo_import
from annotations.actions.undo_step import undo_step
from annotations.enums import VocabularyAct
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
from archive.actions.run_job import run_job
from archive.enums import JobState, RowOutcome, StepState
from archive.errors import HashiyaError
from archive.presenters.messages import sentence
from archive.views.desk_tools import desk_view, found
from archive.views.jobs import job_words

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
    step = found(
        VocabularyStep.objects.select_related("created_by", "term", "other", "job"), request, public_id
    )
    return render(request, "annotations/terms_desk/step.html", _context(request, step))


def _context(request: Request, step: VocabularyStep) -> dict[str, Any]:
    rows = seen_rows(step, request.viewer)
    counts = dict(rows.order_by().values_list("outcome").annotate(n=Count("pk")))
    show = request.GET.get("show", "")
    listed = rows.filter(outcome=show) if show in counts else rows
    page = page_of(request, listed.order_by("place", "pk"), PER_PAGE)
    refused = counts.get(RowOutcome.REFUSED, 0)
    waiting = counts.get(RowOutcome.CHANGES, 0) + counts.get(RowOutcome.NEW, 0)
    failed = step.job is not None and step.job.state == JobState.FAILED
    return {
        "step": step, "title": step_title(step), "page_obj": page, "rows": shown_rows(page, request.viewer),
        "tabs": [(code, words, counts[code]) for code, words in OUTCOMES.items() if code in counts], "show": show,
        "acts": ACTS, "aspects": ASPECTS, "states": STATES, "looks": LOOKS,
        "can_undo": step.state == StepState.APPLIED, "kept": counts.get(RowOutcome.KEPT, 0), "refused": refused,
        "can_apply": waiting if step.state == StepState.PREVIEWED and not refused else 0,
        "left_out": step.asked.get("left_out", []), "failed": job_words(step.job) if failed and step.job else "",
        "running": step.state in (StepState.PLANNING, StepState.APPLYING, StepState.UNDOING) and not failed,
        "progress_words": job_words(step.job) if step.job else "",
    }  # fmt: skip


@require_POST
@desk_view(VocabularyStep)
def vocabulary_step_apply(request: Request, public_id: str) -> HttpResponseBase:
    """Apply an import that was looked at."""
    return _act(request, public_id, apply_import)


@require_POST
@desk_view(VocabularyStep)
def vocabulary_step_undo(request: Request, public_id: str) -> HttpResponseBase:
    """Take a step back where nobody changed the same since."""
    step = found(VocabularyStep, request, public_id)
    return _act(request, public_id, undo_import if step.act == VocabularyAct.IMPORT else undo_step)


def _act(request: Request, public_id: str, action: Any) -> HttpResponseBase:
    step = found(VocabularyStep, request, public_id)
    try:
        done = action(step=step.public_id, by=request.user)
    except HashiyaError as error:
        messages.error(request, sentence(error.code, error.params))
        return redirect(step)
    if done.state in (StepState.APPLYING, StepState.UNDOING) and done.rows.count() <= AT_ONCE:
        run_job(done.job_id)
    done.refresh_from_db()
    if done.state == StepState.APPLIED:
        messages.success(request, _("The step is applied. It can be taken back from this page."))
    elif done.state == StepState.UNDONE:
        messages.success(request, _("The step is taken back. Below is what was left as it is, and why."))
    elif done.state == StepState.PREVIEWED:
        messages.error(request, _("Nothing was taken in: a row could not be applied. It says why."))
    return redirect(step)
