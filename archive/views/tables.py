"""Descriptions from a table: sent in, its columns named once, shown row by row like every change of many."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from archive.access import visible_to
from archive.actions.plan_table import can_be_named, plan_table, remembered, start_table
from archive.actions.receive_file import receive_file
from archive.errors import HashiyaError, NotVisible
from archive.forms.tables import ColumnsForm, TableForm
from archive.importers.tables import ID, MOST_ROWS
from archive.media import limits
from archive.media.upload import upload_refusal
from archive.models import BulkStep
from archive.presenters import cells, step_words
from archive.presenters.described_values import KINDS
from archive.presenters.messages import sentence
from archive.views.desk_tools import DeskRequest, desk_view, found


@require_http_methods(["GET", "POST"])
@desk_view(BulkStep)
def table(request: DeskRequest, kind: str) -> HttpResponseBase:
    """Send in a table; one whose heading is known goes straight on to its rows."""
    form = TableForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 422
        stopped = upload_refusal(request, limit=limits.TEXT_BYTES)
        if stopped is not None:
            messages.error(request, sentence(stopped.code, stopped.params))
        elif form.is_valid():
            try:
                return redirect(_received(request, form, kind))
            except HashiyaError as error:
                form.add_error("file", sentence(error.code, error.params))
                status = error.status
    context = {
        "form": form, "kind": kind, "list_name": f"desk_{kind}s", "limit_mb": limits.TEXT_BYTES // 1024**2,
        "most_rows": MOST_ROWS,
    }  # fmt: skip
    return render(request, "archive/desk/table.html", context, status=status)


def _received(request: DeskRequest, form: TableForm, kind: str) -> BulkStep:
    file = form.cleaned_data["file"]
    arrival = receive_file(
        source=file.chunks(), filename=file.name or "", max_bytes=limits.TEXT_BYTES, by=request.user
    )
    encoding = form.cleaned_data["encoding"]
    step = start_table(arrival=arrival, kind=kind, encoding=encoding, by=request.user)
    columns = remembered(step)
    # Without a column that names items, new ones were made the last time: that is asked anew.
    if ID in columns:
        plan_table(step_id=step.pk, columns=columns, by=request.user)
    return step


@require_http_methods(["GET", "POST"])
@desk_view(BulkStep)
def columns(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """Name the columns of a table."""
    step = found(BulkStep.objects.select_related("job"), request, public_id)
    if step.arrival_id is None:
        raise NotVisible("not_visible")
    if not can_be_named(step):
        return redirect(step)
    named = step.asked.get("columns") or remembered(step)
    initial = {name: step.asked.get(name, False) for name in ("empties", "makes")}
    form = ColumnsForm(request.POST or None, step=step, columns=named, initial=initial)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            empties = form.cleaned_data["empties"]
            makes = form.cleaned_data.get("makes", False)
            plan_table(step_id=step.pk, columns=form.columns(), empties=empties, makes=makes, by=request.user)
            return redirect(step)
        except HashiyaError as error:
            form.add_error(None, sentence(error.code, error.params))
            status = error.status
    elif request.method == "POST":
        status = 422
    context = {"form": form, "step": step, "list_name": f"desk_{step.kind}s"}
    return render(request, "archive/desk/columns.html", context, status=status)


@require_GET
@desk_view(BulkStep)
def rows_csv(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """Return what became of each row of a step, as a table in which no cell is a formula."""
    step = found(BulkStep, request, public_id)
    response = StreamingHttpResponse(_lines(request, step), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="step-{step.public_id}.csv"'
    return response


def _lines(request: DeskRequest, step: BulkStep) -> Any:
    items = visible_to(KINDS[step.kind], request.viewer).filter(pk__in=step.rows.values("item_id"))
    ids = dict(items.values_list("pk", "public_id"))
    yield "\ufeff" + cells.row([_("Row"), "id", _("Item"), _("Outcome"), _("Why")])
    for row in step.rows.order_by("place").iterator(chunk_size=500):
        outcome, why = step_words.OUTCOMES[row.outcome], step_words.problem_words(row.problem)
        yield cells.row([row.place, ids.get(row.item_id, ""), row.label, outcome, why])
