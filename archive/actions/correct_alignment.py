"""Correct the pairing of a translation with its original, approve it, or take the last change back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from archive.access import require
from archive.actions.align_texts import newest, stored
from archive.actions.bump_epoch import bump_epoch
from archive.actions.record_event import record_event
from archive.enums import AlignmentOrigin
from archive.errors import Conflict, Invalid, OperationRefused, Stale
from archive.models import Alignment, Text, User
from archive.text.alignment import Row, fits, merge, shift, split
from archive.text.pairing import Pieces, propose

#: What can be done to one row, each with the numbers that it needs.
ROW_ACTS = ("merge", "split", "shift", "right")
#: What can be done to the whole.
ACTS = (*ROW_ACTS, "approve", "hide", "undo", "propose")


@transaction.atomic
def correct_alignment(
    *, text_id: int, read: str, act: str, values: Mapping[str, Any] | None = None, by: User
) -> Alignment:
    """Insert the next state of a translation's pairing, made from the one with the public id `read`.

    Raises Stale("alignment_changed") when that is not the newest, Conflict("no_alignment"),
    OperationRefused("no_such_row") for an act that does not fit, Invalid("unknown_operation"), NotAllowed, NotVisible.
    """
    text = Text.objects.select_for_update(of=("self",), no_key=True).select_related("work").get(pk=text_id)
    require(by, "correct", text)
    before = newest(text)
    if before is None:
        raise Conflict("no_alignment")
    if before.public_id != read:
        raise Stale("alignment_changed", current=before.public_id, yours=read)
    if act not in ACTS:
        raise Invalid("unknown_operation", operation=act)
    past = _earlier(before) if act == "undo" else None
    rows, is_approved = (past.pairs, past.is_approved) if past else _next(before, act, values or {})
    made = Alignment.objects.create(
        original=before.original, translation=before.translation, rows=stored(rows), before=before, created_by=by,
        origin=AlignmentOrigin.PROPOSED if act == "propose" else AlignmentOrigin.CORRECTED, restores=past,
        is_approved=is_approved,
    )  # fmt: skip
    if made.is_approved or before.is_approved:
        bump_epoch()
    record_event("alignment.corrected", target=made, by=by, text=text.public_id, act=act)
    return made


def _next(before: Alignment, act: str, values: Mapping[str, Any]) -> tuple[Sequence[Row], bool]:
    """Return the rows after an act, and whether they may be read."""
    rows = before.pairs
    if act == "approve":
        return [row._replace(to_check=False) for row in rows], True
    if act == "hide":
        return rows, False
    left, right = Pieces.of(before.original.blocks), Pieces.of(before.translation.blocks)
    if act == "propose":
        return propose(left, right), False
    try:
        changed = _changed(rows, act, values)
    except (ValueError, KeyError, IndexError) as error:
        raise OperationRefused("no_such_row") from error
    if not fits(changed, len(left), len(right)):
        raise OperationRefused("no_such_row")
    return changed, before.is_approved


def _changed(rows: list[Row], act: str, values: Mapping[str, Any]) -> Sequence[Row]:
    at = values["row"]
    if act == "merge":
        return merge(rows, at)
    if act == "split":
        return split(rows, at, values["left"], values["right"])
    if act == "shift":
        return shift(rows, at, values["side"], values["step"])
    if not 0 <= at < len(rows):
        raise ValueError("no such row")
    return [*rows[:at], rows[at]._replace(to_check=False), *rows[at + 1 :]]


def _earlier(before: Alignment) -> Alignment:
    """Return the state before the last change that was not taken back already, of the same two revisions."""
    past = (before.restores or before).before
    if past is None or (past.original_id, past.translation_id) != (before.original_id, before.translation_id):
        raise Conflict("nothing_to_undo")
    return past.restores or past
