"""The editor of a draft: a page of blocks as Markdown, saved as one step."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from archive.actions.decide_problem import OUTCOMES, decide_problem
from archive.actions.draft_state import text_of
from archive.actions.edit_blocks import edit_blocks
from archive.errors import HashiyaError, Invalid, InvalidTransition, OperationRefused, Stale
from archive.models import TextDraft
from archive.presenters import draft_editor
from archive.presenters.draft_editor import Sent
from archive.presenters.messages import sentence
from archive.text.numbers import whole_number
from archive.views.desk_tools import DeskRequest, desk_view, version_of
from archive.views.draft_kept import kept_of
from archive.views.drafts import draft_of, head, page_of_blocks

#: Blocks on one page of the editor.
BLOCKS = 50
BOX = re.compile(r"text-([0-9]{1,9})")


@require_http_methods(["GET", "POST"])
@desk_view(TextDraft)
def draft_edit(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """Correct a page of blocks, with what the report says of them beside; save it, and decide, as was pressed."""
    row = draft_of(request, public_id)
    if request.method == "GET":
        if row.state != "open":
            return redirect("draft_text", row.public_id)
        return _page(request, row, page_of_blocks(row, request, per_page=BLOCKS))
    version, sent = version_of(request), _sent(request)
    kept_of(request, row).take_up()
    try:
        row, blocks = edit_blocks(
            draft_id=row.pk, version=version, typed={index: each.text for index, each in sent.items()}, by=request.user
        )  # fmt: skip
    except Stale:
        return _later_page(request, draft_of(request, public_id), sent, status=412)
    except InvalidTransition as error:
        why = sentence(error.code, error.params)
        return _later_page(request, draft_of(request, public_id), sent, status=409, why=why)
    except (OperationRefused, Invalid) as error:
        return _refused_page(request, row, sent, error)
    kept_of(request, row).saved(version)
    if blocks:
        words = ngettext("Saved: %(n)s block was changed.", "Saved: %(n)s blocks were changed.", len(blocks))
        messages.success(request, words % {"n": len(blocks)})
    at = _decide(request, row) if request.POST.get("decide") else None
    if request.POST.get("then") == "changes":
        return redirect("draft_changes" if row.base_id else "draft_text", row.public_id)
    if not blocks and at is None:
        messages.info(request, _("Nothing was changed, so nothing was saved."))
    return redirect(_address(request, row, at if at is not None else min(blocks, default=None)))


def _sent(request: DeskRequest) -> dict[int, Sent]:
    """Return what came back from the boxes, by the number of the block."""
    found = {}
    for name, text in request.POST.items():
        box = BOX.fullmatch(name)
        if box:
            found[int(box[1])] = Sent(str(text), request.POST.get(f"was-{box[1]}", ""))
    return found


def _decide(request: DeskRequest, row: TextDraft) -> int | None:
    """Do what was pressed beside a block after its page was saved; return the block at which it is."""
    outcome, _colon, problem_id = request.POST["decide"].partition(":")
    problem = row.problems.filter(public_id=problem_id).first()
    if outcome not in OUTCOMES or problem is None:
        messages.error(request, sentence("unknown_operation", {"operation": outcome}))
        return None
    href = request.POST.get(f"href-{problem_id}", "")
    try:
        decide_problem(
            problem_id=problem.pk, outcome=outcome, version=None, values={"href": href} if href else {}, by=request.user
        )  # fmt: skip
    except HashiyaError as error:
        messages.error(request, sentence(error.code, error.params))
    else:
        kept_of(request, row).used(problem_id)
    starts = [block["start"] for block in row.blocks]
    return max(0, sum(start <= problem.start for start in starts) - 1)


def _address(request: DeskRequest, row: TextDraft, block: int | None) -> str:
    page = whole_number(request.POST.get("page", "")) or 1
    place = f"#e{block + 1}" if block is not None else ""
    return f"{reverse('draft_edit', args=[row.public_id])}?page={page}{place}"


def _sent_page(request: DeskRequest, row: TextDraft) -> Page[Any]:
    return Paginator(row.blocks, BLOCKS).get_page(request.POST.get("page"))


def _refused_page(
    request: DeskRequest, row: TextDraft, sent: dict[int, Sent], error: HashiyaError
) -> HttpResponse:
    """Give back all that was typed, with the reason at its block."""
    why, index = sentence(error.code, error.params), error.params.get("index")
    return _page(
        request, row, _sent_page(request, row), status=422, why=why, refused=index,
        fill=lambda page: draft_editor.typed_again(page, sent, refused=index, why=why),
    )  # fmt: skip


def _later_page(
    request: DeskRequest, row: TextDraft, sent: dict[int, Sent], *, status: int, why: str = ""
) -> HttpResponse:
    """Give back all that was typed, each at the block that it was typed for, beside what stands there now."""
    parsed, blocks = text_of(row), whole_number(request.POST.get("blocks", ""))
    return _page(
        request, row, _sent_page(request, row), status=status, why=why,
        fill=lambda page: draft_editor.moved_to(parsed, page, sent, blocks=blocks),
    )  # fmt: skip


def _page(
    request: DeskRequest,
    row: TextDraft,
    page_obj: Page[Any],
    *,
    status: int = 200,
    fill: Any = None,
    **more: Any,
) -> HttpResponse:
    first, last = page_obj.start_index() - 1, page_obj.end_index()
    parsed = text_of(row)
    page = draft_editor.rows(parsed, max(0, first), last)
    kept, unplaced = kept_of(request, row), (fill(page) if fill else None) or []
    kept.add(unplaced)
    if page:
        start, end = parsed.blocks[page[0].index].start, parsed.blocks[page[-1].index].end
        problems = row.problems.filter(start__lt=max(end, start + 1), end__gt=start)
        draft_editor.put_beside(page, row, parsed, problems, addresses=kept.href)
    context = head(row, "edit") | {
        "page_obj": page_obj, "rows": page, "unplaced": kept.unplaced, "taken": " ".join(kept.taken), "stale": status == 412,
        "unsaved": any(each.unsaved for each in page) or bool(unplaced), **more,
    }  # fmt: skip
    return render(request, "archive/desk/draft_edit.html", context, status=status)
