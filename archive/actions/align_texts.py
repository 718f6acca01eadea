"""Pair a translation with its original, block by block; let the pairs follow either to its next revision."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction

from archive import kinds
from archive.actions.bump_epoch import bump_epoch
from archive.actions.enqueue import enqueue
from archive.actions.record_event import record_event
from archive.enums import AlignmentOrigin
from archive.models import Alignment, Job, Text, TextRevision, User
from archive.text.alignment import Row
from archive.text.following import carried
from archive.text.pairing import Pieces, propose

ALIGN_TEXTS = "align_texts"
#: As rows are stored.
Rows = list[list[int]]


def promise_alignment(text: Text, *, by: User | None) -> Job | None:
    """Promise that a translation is paired with its original as both stand then; None when it is of nothing."""
    if text.translation_of_id is None:
        return None
    return enqueue(ALIGN_TEXTS, dedupe_key=str(text.pk), by=by, text=text.pk)


def promise_alignments(text_id: int, *, by: User | None) -> None:
    """Promise it for a text that has a new revision, and for whatever translates it."""
    text = Text.objects.get(pk=text_id)
    for one in (text, *text.translations.all()):
        promise_alignment(one, by=by)


def newest(text: Text) -> Alignment | None:
    """Return the pairing of a translation with what it translates now that counts, approved or not."""
    rows = Alignment.objects.filter(translation__text=text, original__text=text.translation_of_id)
    return rows.select_related("original", "translation").order_by("-pk").first()


def stored(rows: Sequence[Row]) -> Rows:
    """Return rows as they are stored."""
    return [[row.left, row.right, int(row.to_check)] for row in rows]


def align_texts(*, text_id: int, by: User | None) -> Alignment | None:
    """Insert the pairing of a translation with its original as both stand now, unless there is one.

    An earlier pairing of the same two texts is carried over, approved if that was; what is not the same as before is
    marked as to be checked. Without one it is proposed, for an archivist to look at. None when there is nothing to
    pair. The work is done before anything is locked; when a text moved meanwhile, another promise sees to it.
    """
    text = Text.objects.select_related("translation_of").get(pk=text_id)
    original = text.translation_of
    if original is None or not (text.current_revision_id and original.current_revision_id):
        return None
    left = TextRevision.objects.get(pk=original.current_revision_id)
    right = TextRevision.objects.get(pk=text.current_revision_id)
    before = newest(text)
    if before is not None and (before.original_id, before.translation_id) == (left.pk, right.pk):
        return before
    rows = (
        _followed(before, left, right) if before else propose(Pieces.of(left.blocks), Pieces.of(right.blocks))
    )
    return _insert(text, before, left, right, stored(rows), by)


def _followed(before: Alignment, left: TextRevision, right: TextRevision) -> tuple[Row, ...]:
    rows: tuple[Row, ...] = tuple(before.pairs)
    for side, old, new in (("left", before.original, left), ("right", before.translation, right)):
        if old.pk != new.pk:
            rows = carried(rows, side, _words(old), _words(new))
    return rows


def _words(revision: TextRevision) -> list[str]:
    """Return the words of each block, with what kind of block it is."""
    return [f"{b['kind']} {revision.content[b['start'] : b['end']]}" for b in revision.blocks]


@transaction.atomic
def _insert(
    text: Text, before: Alignment | None, left: TextRevision, right: TextRevision, rows: Rows, by: User | None
) -> Alignment | None:
    locked = Text.objects.select_for_update(no_key=True).get(pk=text.pk)
    known = newest(locked)
    if (known and known.pk) != (before and before.pk) or locked.translation_of_id != text.translation_of_id:
        return known
    made = Alignment.objects.create(
        original=left, translation=right, rows=rows, before=before, created_by=by,
        origin=AlignmentOrigin.CARRIED if before else AlignmentOrigin.PROPOSED,
        is_approved=bool(before and before.is_approved),
    )  # fmt: skip
    if made.is_approved:
        bump_epoch()
    record_event(
        "alignment.made", target=made, by=by, text=text.public_id, origin=made.origin,
        revisions=[left.number, right.number], to_check=sum(row[2] for row in rows),
    )  # fmt: skip
    return made


@kinds.handles(ALIGN_TEXTS, of=(Text, "text"))
def _handle(job: Any, progress: Callable[..., None]) -> dict[str, Any]:
    progress(10, code="texts_aligning", params={})
    made = align_texts(text_id=job.payload["text"], by=job.created_by)
    return {"alignment": made.public_id if made else ""}
