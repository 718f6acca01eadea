"""A draft: its report, its text, its blocks; deciding and correcting."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Case, Count, F, When, Window
from django.db.models.functions import RowNumber
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from archive.actions.draft_state import text_of
from archive.enums import ProblemKind, ProblemState
from archive.forms.imports import ReadAgainForm
from archive.models import ImportProblem, TextDraft
from archive.presenters import desk_words, import_report, import_words
from archive.presenters.article import Extras, Marked, render_article
from archive.text.numbers import whole_number
from archive.views.desk_tools import DeskRequest, desk_view, found, page_of

#: Problems of one kind shown before "show all".
SHOWN = 25
#: Blocks on one page of the text or of the list of blocks.
BLOCKS = 100


def draft_of(request: DeskRequest, public_id: str) -> TextDraft:
    """Return the draft with this id; raises NotVisible."""
    rows = TextDraft.objects.select_related(
        "run__arrival", "run__work", "text__work", "base", "created_by", "preview_job"
    ).defer("base__content", "base__blocks", "base__marks")
    return found(rows, request, public_id)


def problem_counts(draft: TextDraft) -> dict[tuple[str, str], int]:
    """Return how many problems a draft has, by kind and state."""
    rows = draft.problems.order_by().values_list("kind", "state").annotate(n=Count("pk"))
    return {(kind, state): number for kind, state, number in rows}


def head(draft: TextDraft, tab: str) -> dict[str, Any]:
    """Return what the head of every page of a draft shows."""
    counts = problem_counts(draft)
    open_ = sum(number for (_kind, state), number in counts.items() if state == ProblemState.OPEN)
    work = draft.text.work if draft.text else (draft.run.work if draft.run else None)
    return {
        "draft": draft, "tab": tab, "counts": counts, "open_count": open_, "is_open": draft.state == "open",
        "work": work, "last_step": draft.steps.order_by("-version").defer("before").first(),
        "steps_words": import_words.STEPS, "status": desk_words.STATUS, "states": import_words.RUN_STATES,
    }  # fmt: skip


@require_GET
@desk_view(TextDraft)
def draft(request: DeskRequest, public_id: str) -> HttpResponse:
    """The report: what was found, what was repaired, what a person has to decide."""
    row = draft_of(request, public_id)
    context = head(row, "report")
    kind = request.GET.get("kind", "")
    if kind in set(ProblemKind):
        page = page_of(row.problems.filter(kind=kind).order_by("start", "pk"), request, per_page=50)
        context["page_obj"], problems = page, list(page.object_list)
    else:
        kind, problems = "", _first_of_each(row)
    parsed = text_of(row)
    context |= {
        "groups": import_report.groups(row, problems, context["counts"]), "kind": kind,
        "summary": import_report.summary(parsed, context["counts"]),
        "found": import_report.found_lists(parsed),
        "encoding": row.run.facts.get("encoding", "") if row.run else "",
    }  # fmt: skip
    context["again"] = ReadAgainForm() if context["encoding"] and context["is_open"] else None
    return render(request, "archive/desk/draft.html", context)


def _first_of_each(row: TextDraft) -> list[ImportProblem]:
    """Return the first problems of each kind, open ones first."""
    closed = Case(When(state=ProblemState.OPEN, then=0), default=1)
    number = Window(RowNumber(), partition_by=F("kind"), order_by=[closed, "start", "pk"])
    return list(row.problems.annotate(n=number).filter(n__lte=SHOWN).order_by("start", "pk"))


@require_GET
@desk_view(TextDraft)
def draft_text(request: DeskRequest, public_id: str) -> HttpResponse:
    """The text as readers would see it, with the places of problems marked."""
    row = draft_of(request, public_id)
    page = page_of_blocks(row, request)
    first, last = page.start_index() - 1, page.end_index()
    blocks = row.blocks[first:last]
    begin, end = (blocks[0]["start"], blocks[-1]["end"]) if blocks else (0, 0)
    problems = row.problems.filter(start__lt=end, end__gt=begin, state=ProblemState.OPEN)
    context = head(row, "text") | {
        "page_obj": page, "data_start": begin,
        "article": render_article(
            content=row.content, blocks=row.blocks, marks=row.marks, first=first, last=last,
            extras=_extras(problems),
        ),
    }  # fmt: skip
    return render(request, "archive/desk/draft_text.html", context)


def _extras(problems: Iterable[ImportProblem]) -> Extras:
    return Extras(
        marked=[
            Marked(
                row.start, row.end, anchor=f"place-{row.public_id}",
                attrs={"class": f"problem-mark problem-mark--{row.kind}",
                "title": str(import_words.PROBLEM_TITLES[row.kind])},
            )
            for row in problems
        ]
    )  # fmt: skip


def page_of_blocks(row: TextDraft, request: DeskRequest, *, per_page: int = BLOCKS) -> Any:
    """Return the page of blocks that the address asks for: by number of page, or of a block on it."""
    paginator = Paginator(row.blocks, per_page)
    number: Any = request.GET.get("page")
    block = whole_number(request.GET.get("block", ""))
    if block is not None:
        number = block // per_page + 1
    return paginator.get_page(number)


@require_GET
@desk_view(TextDraft)
def draft_blocks(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """All blocks in a list, each with what can be done to it."""
    row = draft_of(request, public_id)
    page = page_of_blocks(row, request)
    blocks = [
        {
            **block, "index": index, "number": index + 1, "words": row.content[block["start"] : block["end"]],
            "kind_words": import_words.BLOCK_KINDS[block["kind"]], "last": index == len(row.blocks) - 1,
        }
        for index, block in enumerate(page.object_list, start=page.start_index() - 1)
    ]  # fmt: skip
    context = head(row, "blocks") | {
        "page_obj": page,
        "blocks": blocks,
        "block_kinds": import_words.BLOCK_KINDS,
    }
    return render(request, "archive/desk/draft_blocks.html", context)
