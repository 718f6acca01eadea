"""How a draft's row holds a text: there and back, and the difference between two of its states."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from archive.enums import ProblemKind, ProblemState
from archive.models import ImportProblem, TextDraft
from archive.text import serialize
from archive.text.context import context_of
from archive.text.types import ParsedText, Problem, Repair

#: Repairs whose places operations carry along for us: every problem of the draft, whatever its state.
_TRACK = "problem-row:"
_FIELDS = ("content", "blocks", "marks", "repairs")


def text_of(draft: TextDraft, rows: Sequence[ImportProblem] = (), *, track: bool = False) -> ParsedText:
    """Return the draft as a value, its open problems keyed by row.

    With `track`, operations carry the places of all rows along, for `move_rows`.
    """
    parsed = serialize.from_json(
        {
            "content": draft.content, "blocks": draft.blocks, "marks": draft.marks, "repairs": draft.repairs,
            "title": draft.title, "language": draft.language, "direction": draft.direction,
        }
    )  # fmt: skip
    tracked = tuple(Repair(f"{_TRACK}{row.pk}", row.start, row.end, "", "") for row in rows if track)
    problems = tuple(problem_of(row) for row in rows if row.state == ProblemState.OPEN)
    return replace(parsed, problems=problems, repairs=parsed.repairs + tracked)


def problem_of(row: ImportProblem) -> Problem:
    """Return a stored problem as a value, keyed by its row."""
    return Problem(
        ProblemKind(row.kind), row.start, row.end, row.context,
        proposal=row.proposal, params=row.params, key=str(row.pk),
    )  # fmt: skip


def store_text(draft: TextDraft, parsed: ParsedText) -> None:
    """Put a value into the draft's columns; the row is not saved."""
    data = serialize.to_json(parsed)
    draft.content, draft.blocks, draft.marks = data["content"], data["blocks"], data["marks"]
    draft.repairs = [repair for repair in data["repairs"] if not repair["kind"].startswith(_TRACK)]
    draft.title = draft.title or parsed.title[:300]
    draft.language, draft.direction = parsed.language, parsed.direction
    draft.sha256 = hashlib.sha256(serialize.text_bytes(parsed)).hexdigest()


def problem_rows(draft: TextDraft, problems: Iterable[Problem]) -> list[ImportProblem]:
    """Return new rows for problems that were found."""
    return [
        ImportProblem(
            draft=draft, kind=problem.kind.value, start=problem.start, end=problem.end,
            context=problem.context, proposal=dict(problem.proposal), params=dict(problem.params),
        )
        for problem in problems
    ]  # fmt: skip


def move_rows(rows: Sequence[ImportProblem], parsed: ParsedText) -> list[ImportProblem]:
    """Give rows the places and states that they have in the changed text; return those that changed.

    An open problem that the text no longer has was fixed by the change.
    """
    places = {r.kind: (r.start, r.end) for r in parsed.repairs if r.kind.startswith(_TRACK)}
    places |= {f"{_TRACK}{p.key}": (p.start, p.end) for p in parsed.problems}
    still_open = {problem.key for problem in parsed.problems}
    changed = []
    for row in rows:
        old = (row.start, row.end, row.state)
        row.start, row.end = places.get(f"{_TRACK}{row.pk}", (row.start, row.end))
        if row.state == ProblemState.OPEN and str(row.pk) not in still_open:
            row.state = ProblemState.FIXED
        if (row.start, row.end, row.state) != old:
            row.context = context_of(parsed.content, row.start, row.end)
            changed.append(row)
    return changed


def columns(draft: TextDraft) -> dict[str, Any]:
    """Return the columns that a change of the text changes."""
    return {name: getattr(draft, name) for name in _FIELDS}


def difference(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """Return what `restore` needs to come from `after` back to `before`: only the middle that differs."""
    return {name: _splice(before[name], after[name]) for name in _FIELDS if before[name] != after[name]}


def restore(after: dict[str, Any], delta: dict[str, Any]) -> dict[str, Any]:
    """Return the columns before a change, from those after it."""
    before = dict(after)
    for name, (head, tail, middle) in delta.items():
        value = after[name]
        before[name] = value[:head] + middle + value[len(value) - tail :]
    return before


def _splice(before: Any, after: Any) -> list[Any]:
    shortest = min(len(before), len(after))
    head = 0
    if isinstance(before, str):
        head = _shared(before, after, shortest)
        tail = _shared(before[head:][::-1], after[head:][::-1], shortest - head)
    else:
        while head < shortest and before[head] == after[head]:
            head += 1
        tail = 0
        while tail < shortest - head and before[-1 - tail] == after[-1 - tail]:
            tail += 1
    return [head, tail, before[head : len(before) - tail]]


def _shared(left: str, right: str, most: int) -> int:
    """Return how many letters two strings begin with in common, at most `most`."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if left[low:middle] == right[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
