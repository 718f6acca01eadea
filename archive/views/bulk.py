"""Changes of many descriptions: chosen in a list, looked at row by row, applied and taken back as one step."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from archive.access import permitted, visible_to
from archive.access.shown_with import hidden_with_any, published_by
from archive.actions.apply_step import apply_step, made_before, undo_step
from archive.actions.open_with_work import open_with_step
from archive.actions.plan_step import MOST, plan_step
from archive.actions.plan_table import can_be_named
from archive.actions.run_job import run_job
from archive.enums import JobState, RowOutcome, StepState
from archive.errors import HashiyaError
from archive.forms.bulk import BulkForm, field_choices
from archive.forms.opening import OpenShownForm
from archive.models import BulkStep
from archive.presenters import step_words
from archive.presenters.described_values import KINDS
from archive.presenters.description_history import LABELS, names_for, with_new
from archive.presenters.hidden_words import opened_words
from archive.presenters.messages import sentence
from archive.views.desk_tools import DeskRequest, desk_view, found, page_of
from archive.views.jobs import job_words
from archive.views.lists import FILTERS, filtered

#: Steps of no more rows are applied while the person waits; longer ones by a worker.
AT_ONCE = 30


def _chosen(request: DeskRequest, kind: str) -> list[str]:
    """Return the public ids that the form means: the ticked ones, or one more than allowed of all that are listed."""
    if request.POST.get("which") == "all":
        rows = filtered(permitted(KINDS[kind], request.viewer, "change"), request.POST)
        return list(rows.order_by("-pk").values_list("public_id", flat=True)[: MOST + 1])
    return request.POST.getlist("item")[: MOST + 1]


@require_http_methods(["GET", "POST"])
@desk_view(BulkStep)
def bulk(request: DeskRequest, kind: str) -> HttpResponseBase:
    """Ask what to do to the chosen field, then show what it would do to each item."""
    chosen = _chosen(request, kind) if request.method == "POST" else []
    field = request.POST.get("field", "")
    if not chosen or len(chosen) > MOST or field not in dict(field_choices(kind)):
        if request.method == "POST":
            code = "too_many_items" if len(chosen) > MOST else "no_items" if not chosen else "unknown_field"
            messages.error(request, sentence(code, {"most": MOST}))
        return redirect(f"desk_{kind}s")
    form = BulkForm(
        request.POST if "op" in request.POST else None, kind=kind, field=field, viewer=request.viewer
    )
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            return redirect(plan_step(kind=kind, items=chosen, asked=form.asked(), by=request.user))
        except HashiyaError as error:
            form.add_error(None, sentence(error.code, error.params))
            status = error.status
    context = {
        "form": form, "kind": kind, "field": field, "label": LABELS[field], "count": len(chosen),
        "hidden": _handed_on(request), "list_url": f"desk_{kind}s", "words": step_words,
    }  # fmt: skip
    return render(request, "archive/desk/bulk.html", context, status=status)


def _handed_on(request: DeskRequest) -> list[tuple[str, str]]:
    """Return the hidden fields that keep the choice from one form to the next."""
    kept = [("field", request.POST["field"]), ("which", request.POST.get("which", ""))]
    if request.POST.get("which") == "all":
        return kept + [(name, request.POST[name]) for name in FILTERS if request.POST.get(name)]
    return kept + [("item", item) for item in request.POST.getlist("item")]


@require_GET
@desk_view(BulkStep)
def steps(request: DeskRequest) -> HttpResponse:
    """All steps, the newest first."""
    rows = visible_to(BulkStep, request.viewer).select_related("created_by").annotate(row_count=Count("rows"))
    page = page_of(rows.order_by("-pk"), request)
    names = names_for(request.viewer, [_said(step) for step in page])
    listed = [(step, step_words.asked_in_words(step, names)) for step in page]
    context = {"page_obj": page, "listed": listed, "states": step_words.STATES, "looks": step_words.LOOKS}
    return render(request, "archive/desk/steps.html", context)


def _said(step: BulkStep) -> dict[str, Any]:
    return {step.asked["field"]: step.asked["value"]} if "field" in step.asked else {}


@require_GET
@desk_view(BulkStep)
def step(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """What a step does or did, row by row."""
    rows = BulkStep.objects.select_related("created_by", "job")
    row = found(rows, request, public_id)
    if row.state == StepState.MAPPING:
        return redirect("table_columns", public_id)
    return render(request, "archive/desk/step.html", _step_context(request, row))


@require_POST
@desk_view(BulkStep)
def open_shown(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """Let the public see the chosen pictures and films of the works that the step made public."""
    row = found(BulkStep.objects.select_related("created_by", "job"), request, public_id)
    form = _opening(request, row)
    if form is not None and form.is_valid():
        try:
            opened = open_with_step(step_id=row.pk, names=form.cleaned_data["opened"], by=request.user)
        except HashiyaError as error:
            messages.error(request, sentence(error.code, error.params))
        else:
            messages.success(request, opened_words(opened))
    else:
        messages.error(request, form.errors["opened"][0] if form is not None else sentence("shown_changed"))
    return redirect(row)


def _opening(request: DeskRequest, row: BulkStep) -> OpenShownForm | None:
    """Return the form that lists what stays closed in the works that the step made public; None: nothing does."""
    works = published_by(row)
    hidden = hidden_with_any(works, request.viewer) if works else []
    return (
        OpenShownForm(request.POST if request.method == "POST" else None, hidden=hidden) if hidden else None
    )


def _step_context(request: DeskRequest, row: BulkStep) -> dict[str, Any]:
    counts = dict(row.rows.order_by().values_list("outcome").annotate(n=Count("pk")))
    show = request.GET.get("show", "")
    listed = row.rows.filter(outcome=show) if show in counts else row.rows.all()
    page = page_of(listed.order_by("place"), request, per_page=50)
    names = names_for(request.viewer, [_said(row), *(s for r in page for s in (r.before, r.after))])
    if row.kind == "collection":
        parents = [one.after["parent"] for one in page if one.after.get("parent")]
        new = row.rows.filter(outcome=RowOutcome.NEW, after__id__in=parents)
        names = with_new(names, {one.after["id"]: one.label for one in new})
    items = visible_to(KINDS[row.kind], request.viewer).filter(pk__in=[r.item_id for r in page if r.item_id])
    shown = step_words.shown(page, dict(items.values_list("pk", "public_id")), names)
    failed = row.job is not None and row.job.state == JobState.FAILED
    return {
        "step": row, "page_obj": page, "rows": shown, "show": show, "item_page": f"desk_{row.kind}",
        "asked": step_words.asked_in_words(row, names), "states": step_words.STATES, "looks": step_words.LOOKS,
        "outcomes": step_words.OUTCOMES,
        "tabs": [(code, words, counts[code]) for code, words in step_words.OUTCOMES.items() if code in counts],
        "list_name": f"desk_{row.kind}s", "job": row.job, "opening": _opening(request, row),
        "can_apply": row.state == StepState.PREVIEWED and counts.get(RowOutcome.CHANGES, 0) + counts.get(RowOutcome.NEW, 0),
        "makes": counts.get(RowOutcome.NEW, 0),
        "can_undo": row.state == StepState.APPLIED and counts.get(RowOutcome.DONE, 0) + counts.get(RowOutcome.MADE, 0),
        "running": row.state in (StepState.PLANNING, StepState.APPLYING, StepState.UNDOING) and not failed,
        "can_name": can_be_named(row),
        "same_before": _same_before(request, row) if counts.get(RowOutcome.NEW) else None,
        "failed": job_words(row.job) if failed and row.job else "",
        "progress_words": job_words(row.job) if row.job else "",
    }  # fmt: skip


def _same_before(request: DeskRequest, row: BulkStep) -> BulkStep | None:
    """Return the newest other step that made new ones of the same bytes, and was not taken back."""
    return visible_to(made_before(row), request.viewer).first()


@require_POST
@desk_view(BulkStep)
def apply(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """Apply a step that was looked at."""
    again = bool(request.POST.get("again"))
    return _act(request, found(BulkStep, request, public_id), partial(apply_step, again=again))


@require_POST
@desk_view(BulkStep)
def undo(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """Take a step back where nobody changed the same since."""
    return _act(request, found(BulkStep, request, public_id), undo_step)


def _act(request: DeskRequest, row: BulkStep, action: Any) -> HttpResponse:
    try:
        done = action(step_id=row.pk, by=request.user)
    except HashiyaError as error:
        messages.error(request, sentence(error.code, error.params))
        return redirect(row)
    if done.rows.count() <= AT_ONCE:
        run_job(done.job_id)
    done.refresh_from_db()
    if done.state == StepState.APPLIED:
        messages.success(request, _("The step is applied. It can be taken back from this page."))
    elif done.state == StepState.UNDONE:
        messages.success(request, _("The step is taken back. Below is what was left as it is, and why."))
    return redirect(row)
