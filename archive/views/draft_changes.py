"""What is done to a draft: decisions, edits, undo, acceptance."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from archive.actions.abandon_draft import abandon_draft
from archive.actions.decide_problem import OUTCOMES, decide_all, decide_problem
from archive.actions.edit_draft import edit_draft
from archive.actions.undo_draft_step import undo_draft_step
from archive.enums import ProblemKind
from archive.errors import HashiyaError, Invalid, NotVisible, OperationRefused, Stale
from archive.models import TextDraft
from archive.presenters import import_words
from archive.presenters.import_report import item
from archive.presenters.messages import sentence
from archive.text.numbers import whole_number
from archive.views.desk_tools import DeskRequest, desk_view, version_of
from archive.views.drafts import draft_of, head


def _outcome(request: DeskRequest) -> str:
    outcome = request.POST.get("outcome", "")
    if outcome not in OUTCOMES:
        raise Invalid("unknown_operation", operation=outcome)
    return outcome


@require_POST
@desk_view(TextDraft)
def decide(request: DeskRequest, public_id: str, problem_id: str) -> HttpResponseBase:
    """Decide on one problem, then show the report at its place."""
    row = draft_of(request, public_id)
    problem = row.problems.filter(public_id=problem_id).first()
    if problem is None:
        raise NotVisible("not_visible")
    outcome, version, values = _outcome(request), version_of(request), {}
    if request.POST.get("href"):
        values["href"] = request.POST["href"]
    try:
        decide_problem(
            problem_id=problem.pk, outcome=outcome, version=version, values=values, by=request.user
        )  # fmt: skip
    except Stale:
        problem.refresh_from_db()
        row = draft_of(request, public_id)
        starts = [block["start"] for block in row.blocks]
        context = head(row, "report") | {
            "item": item(row, problem, starts),
            "outcome": outcome,
            "values": values,
        }
        return render(request, "archive/desk/stale_problem.html", context, status=412)
    except HashiyaError as error:
        messages.error(request, sentence(error.code, error.params))
    return redirect(f"{_report(row, request)}#p-{problem_id}")


def _report(row: TextDraft, request: DeskRequest) -> str:
    """Return the address of the report as the person was looking at it."""
    kind = request.POST.get("back_kind", "")
    page = request.POST.get("back_page", "")
    query = (
        f"?kind={kind}" + (f"&page={page}" if page.isdecimal() else "") if kind in set(ProblemKind) else ""
    )
    return reverse("draft", args=[row.public_id]) + query


@require_POST
@desk_view(TextDraft)
def decide_kind(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """Decide on all problems of a kind that are open."""
    row = draft_of(request, public_id)
    kind, outcome, version = request.POST.get("kind", ""), _outcome(request), version_of(request)
    try:
        decide_all(
            draft_id=row.pk, kind=kind, outcome=outcome, version=version, by=request.user
        )  # fmt: skip
    except Stale:
        messages.warning(
            request, _("The draft changed meanwhile, so nothing was done. This is how it stands now.")
        )
    except HashiyaError as error:
        messages.error(request, sentence(error.code, error.params))
    return redirect(f"{_report(row, request)}#g-{kind}")


@require_POST
@desk_view(TextDraft)
def undo(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """Take back the last change."""
    row, version = draft_of(request, public_id), version_of(request)
    try:
        undo_draft_step(draft_id=row.pk, version=version, by=request.user)
        messages.success(request, _("The last change was taken back."))
    except Stale:
        messages.warning(
            request, _("The draft changed meanwhile, so nothing was done. This is how it stands now.")
        )
    except HashiyaError as error:
        messages.error(request, sentence(error.code, error.params))
    back = request.POST.get("back", "")
    if back == "edit":
        page = request.POST.get("back_page", "")
        return redirect(
            reverse("draft_edit", args=[row.public_id]) + (f"?page={page}" if page.isdecimal() else "")
        )
    return redirect("draft_blocks" if back == "blocks" else "draft", row.public_id)


@require_POST
@desk_view(TextDraft)
def abandon(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """Lay the draft aside."""
    row = draft_of(request, public_id)
    abandon_draft(draft_id=row.pk, version=version_of(request), by=request.user)
    messages.success(request, _("The draft was laid aside. The file that it came from is kept."))
    return redirect("desk_texts")


@require_http_methods(["GET", "POST"])
@desk_view(TextDraft)
def block(request: DeskRequest, public_id: str, number: int) -> HttpResponseBase:
    """Edit one block by hand."""
    row = draft_of(request, public_id)
    if not 1 <= number <= len(row.blocks):
        raise NotVisible("not_visible")
    if request.method == "GET":
        return _block_page(request, row, number)
    values = {
        name: request.POST[name] for name in ("text", "level", "kind", "offset") if request.POST.get(name)
    }
    operation = request.POST.get("operation", "edit")
    try:
        edit_draft(
            draft_id=row.pk, version=version_of(request), operation=operation, block=number - 1,
            by=request.user, **_checked(operation, values),
        )  # fmt: skip
    except Stale as error:
        row = draft_of(request, public_id)
        words = sentence(error.code, error.params)
        return _block_page(request, row, number, typed=values.get("text", ""), problem=words, status=412)
    except (OperationRefused, Invalid) as error:
        words = sentence(error.code, error.params)
        return _block_page(request, row, number, typed=values.get("text", ""), problem=words, status=422)
    return redirect(_after(request, row, number))


def _checked(operation: str, values: dict[str, str]) -> dict[str, Any]:
    """Return the values that the operation takes, numbers as numbers."""
    needed = {"edit": ["text"], "level": ["level"], "kind": ["kind"], "split": ["offset"], "insert": ["text"]}
    for name in needed.get(operation, []):
        if not values.get(name):
            raise Invalid("block_empty" if name == "text" else "required", field=name)
    if values.get("kind", "paragraph") not in import_words.BLOCK_KINDS:
        raise Invalid("unknown_operation")
    if any(whole_number(values.get(name, "0")) is None for name in ("level", "offset")):
        raise Invalid("no_level")
    return dict(values)


def _after(request: DeskRequest, row: TextDraft, number: int) -> str:
    if request.POST.get("back") == "report":
        return reverse("draft", args=[row.public_id])
    return f"{reverse('draft_blocks', args=[row.public_id])}?block={number - 1}#b{number}"


def _block_page(
    request: DeskRequest,
    row: TextDraft,
    number: int,
    *,
    typed: str = "",
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    number = min(number, len(row.blocks))
    block = row.blocks[number - 1]
    words = row.content[block["start"] : block["end"]]
    context = head(row, "blocks") | {
        "piece": block, "number": number, "words": words, "typed": typed or words, "refused": problem,
        "stale": status == 412, "block_kinds": import_words.BLOCK_KINDS, "last": number == len(row.blocks),
        "levels": range(1, 7), "back": request.POST.get("back") or request.GET.get("back", ""),
    }  # fmt: skip
    return render(request, "archive/desk/draft_block.html", context, status=status)
