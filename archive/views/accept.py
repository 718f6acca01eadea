"""Accepting a draft, and seeing first what it changes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from archive.actions.accept_draft import accept_draft, default_values
from archive.actions.start_correction import start_correction
from archive.enums import JobState, ProblemKind, ProblemState
from archive.errors import Conflict, Invalid, Stale
from archive.forms.imports import AcceptForm
from archive.models import Text, TextDraft, TextRevision
from archive.presenters.carried_words import OTHERS, followed
from archive.presenters.differences import changes
from archive.presenters.messages import sentence
from archive.views.desk_tools import DeskRequest, desk_view, found
from archive.views.drafts import draft_of, head
from archive.views.jobs import job_words


@require_http_methods(["GET", "POST"])
@desk_view(TextDraft)
def accept(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """Ask for what a revision needs, then make it."""
    row = draft_of(request, public_id)
    revision = TextRevision.objects.filter(draft=row).select_related("text__work").first()
    if revision is not None:
        return redirect("desk_work", revision.text.work.public_id)
    context = head(row, "accept")
    gaps = context["counts"].get((ProblemKind.MISSING_FIGURE, ProblemState.OPEN), 0)
    new_work = row.text is None and not (row.run and row.run.work)
    initial = {"sha256": row.sha256, "keep_gaps": True, **(default_values(row) if new_work else {})}
    options: dict[str, Any] = {"viewer": request.viewer, "new_work": new_work, "open_gaps": gaps}
    form = AcceptForm(request.POST or None, initial=initial, **options)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            return _accepted(request, row, form)
        except (Conflict, Invalid, Stale) as error:
            status = error.status
            form.add_error(None, sentence(error.code, error.params))
            if isinstance(error, Stale):
                data = request.POST.copy()
                data["sha256"] = row.sha256
                form.data = data
    elif request.method == "POST":
        status = 422
    context |= {"form": form, "gaps": gaps, "new_work": new_work, **_preview(row)}
    context["hunks"] = _hunks(row)[:5] if row.base_id else []
    return render(request, "archive/desk/accept.html", context, status=status)


def _accepted(request: DeskRequest, row: TextDraft, form: AcceptForm) -> HttpResponse:
    data = form.cleaned_data
    values = {**default_values(row), **form.work_values()} if form.new_work else None
    revision = accept_draft(
        draft_id=row.pk, sha256=data["sha256"], keep_gaps=data.get("keep_gaps", False),
        message=data["message"],
        values=values, by=request.user,
    )  # fmt: skip
    words = _("Revision %(n)s is accepted.") % {"n": revision.number}
    if row.base_id:
        words = f"{words} {followed(_result(row), row.sha256)}"
    messages.success(request, words)
    is_part = row.run is not None and row.run.part_order is not None
    return redirect("desk_parts" if is_part else "desk_work", revision.text.work.public_id)


def _hunks(row: TextDraft) -> list[Any]:
    base = TextRevision.objects.get(pk=row.base_id)
    return changes((base.content, base.blocks), (row.content, row.blocks))


def _preview(row: TextDraft) -> dict[str, Any]:
    """Return what is known of what acceptance would do to the notes on this text."""
    job = row.preview_job
    if job is None:
        return {"preview": None}
    done = job.state == JobState.DONE
    return {
        "preview": {
            "job": job,
            "words": job_words(job),
            "result": _result(row),
            "done": done,
            "others": OTHERS,
        }
    }


def _result(row: TextDraft) -> dict[str, Any]:
    job = row.preview_job
    return job.result if job is not None and job.state == JobState.DONE else {}


@require_GET
@desk_view(TextDraft)
def draft_changes(request: DeskRequest, public_id: str) -> HttpResponse:
    """What a correction changes, word by word, and what becomes of the notes."""
    row = draft_of(request, public_id)
    context = head(row, "changes") | {"hunks": _hunks(row) if row.base_id else [], **_preview(row)}
    return render(request, "archive/desk/draft_changes.html", context)


@require_POST
@desk_view(TextDraft)
def correct(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """Start a correction of a text, or go on with the one that is open."""
    text = found(Text, request, public_id)
    try:
        row = start_correction(text_id=text.pk, by=request.user)
    except Conflict as error:
        messages.error(request, sentence(error.code, error.params))
        return redirect("desk_work", text.work.public_id)
    return redirect(reverse("draft_edit", args=[row.public_id]))
