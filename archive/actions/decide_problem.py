"""Decide on something that looks wrong in a draft."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from archive.actions.change_draft import Change, apply_change, change_draft, lock_draft
from archive.enums import ProblemKind, ProblemState
from archive.errors import Conflict, Stale
from archive.models import ImportProblem, TextDraft, User
from archive.text import operations
from archive.text.chunks import changed_by_pieces
from archive.text.types import ParsedText

#: What a person may say, and the state in which the problem is then.
OUTCOMES = {
    "apply": ProblemState.FIXED,
    "dismiss": ProblemState.DISMISSED,
    "reopen": ProblemState.OPEN,
}


@transaction.atomic
def decide_problem(
    *, problem_id: int, outcome: str, version: int | None, values: Mapping[str, Any] | None = None, by: User
) -> TextDraft:
    """Apply a problem's proposal, dismiss it, or open a dismissed one again; said twice, it is done once.

    `values` are those that the proposal needs from a person. Raises Stale, OperationRefused, and
    Conflict("problem_decided") when it was decided otherwise meanwhile.
    """
    problem = ImportProblem.objects.select_related("draft").get(pk=problem_id)
    draft = lock_draft(problem.draft_id, version=None, by=by)
    problem.refresh_from_db(fields=["state"])
    if problem.state == OUTCOMES[outcome]:
        return draft
    if version is not None and version != draft.version:
        raise Stale("stale", current=draft.version, yours=version)
    if outcome != "reopen" and problem.state != ProblemState.OPEN:
        raise Conflict("problem_decided", state=problem.state)
    if outcome == "reopen" and problem.state == ProblemState.FIXED:
        raise Conflict("problem_fixed")
    return change_draft(
        draft_id=draft.pk, version=None, label=outcome,
        change=_applying([problem.pk], values) if outcome == "apply" else None,
        decide={problem.pk: OUTCOMES[outcome]}, by=by,
    )  # fmt: skip


@transaction.atomic
def decide_all(*, draft_id: int, kind: str, outcome: str, version: int | None, by: User) -> TextDraft:
    """Apply or dismiss every open problem of a kind, as one step.

    Those whose proposal needs a value from a person stay open. Raises Stale, Conflict("nothing_open").
    """
    draft = lock_draft(draft_id, version=version, by=by)
    rows = draft.problems.filter(kind=kind, state=ProblemState.OPEN)
    chosen = [row.pk for row in rows if outcome != "apply" or is_ready(row)]
    if not chosen:
        raise Conflict("nothing_open", kind=kind)
    return change_draft(
        draft_id=draft_id, version=None, label=f"{outcome}_all",
        change=_applying(chosen) if outcome == "apply" else None,
        decide=dict.fromkeys(chosen, OUTCOMES[outcome]), by=by,
    )  # fmt: skip


def keep_gaps(draft: TextDraft, *, by: User) -> TextDraft:
    """Make the missing figures that are still open labelled gaps, as a part of accepting the draft."""
    rows = draft.problems.filter(kind=ProblemKind.MISSING_FIGURE, state=ProblemState.OPEN)
    ready = [row.pk for row in rows if is_ready(row)]
    if not ready:
        return draft
    return apply_change(
        draft_id=draft.pk, version=None, label="apply_all", change=_applying(ready),
        decide=dict.fromkeys(ready, ProblemState.FIXED), by=by,
    )  # fmt: skip


def is_ready(problem: ImportProblem) -> bool:
    """Whether the proposal can be applied as it is, without a value from a person."""
    return bool(problem.proposal.get("op")) and not problem.proposal.get("needs")


def _applying(rows: list[int], values: Mapping[str, Any] | None = None) -> Change:
    """Return a change that applies the proposals of these rows, each at the place it has by then."""
    wanted = {str(pk) for pk in rows}

    def change(parsed: ParsedText) -> ParsedText:
        for key in [problem.key for problem in parsed.problems if problem.key in wanted]:
            problem = next((each for each in parsed.problems if each.key == key), None)
            if problem is not None:
                parsed = operations.apply_proposal(parsed, problem, values=values)
        return parsed

    if len(rows) == 1:
        return change
    return lambda parsed: changed_by_pieces(parsed, change)
