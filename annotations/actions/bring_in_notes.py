"""Make notes of the footnotes that an imported text brought with it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import transaction

from annotations.actions._places import NewPlace, Reading, new_anchor, tick
from annotations.actions._references import Parts
from annotations.actions._versions import new_version, rows_of
from annotations.actions.promise_carry_over import promise_carry_over
from annotations.enums import LocusKind
from annotations.models import Annotation, Locus
from annotations.presenters.search_kinds import PASSAGE, note_entry
from annotations.values import MAX_BODY, NoteInput, TextPlace
from archive import kinds
from archive.access import require
from archive.actions.enqueue import enqueue
from archive.actions.index_entry import indexed_at_once
from archive.actions.notify import notify
from archive.actions.record_event import record_event
from archive.models import IdempotencyKey, Job, TextRevision, User
from archive.models.inserting import insert
from archive.text.footnotes import Footnote, footnotes

BRING_IN_NOTES = "bring_in_notes"
#: The notice to the person who accepted the text; its sentence is in `presenters/sentences.py`.
NOTICE = "notes_brought_in"
SCOPE = "footnote"
#: Notes made in one transaction; short ones keep the write lock free for people.
BATCH = 100
#: How the anchor of such a note was found.
METHOD = "footnote"


@transaction.atomic
def promise_notes(*, revision_id: int, by: User | None) -> Job | None:
    """Queue the making of notes of a revision's footnotes; None unless it was imported and has some."""
    revision = TextRevision.objects.select_related("draft").get(pk=revision_id)
    if by is None or revision.draft is None or revision.draft.run_id is None or not _found(revision):
        return None
    return enqueue(BRING_IN_NOTES, dedupe_key=str(revision_id), by=by, revision=revision_id)


def bring_in_notes(
    *, revision_id: int, progress: Any = lambda percent, **message: None, by: User
) -> dict[str, int]:
    """Make a draft note, of the person who accepted the text, of every footnote that has none yet; return the counts.

    A footnote is known by its words in its text, so neither running it again nor another import of the same text
    makes it twice. The words stay in the text as they came. Raises NotVisible, NotAllowed.
    """
    revision = TextRevision.objects.select_related("text").get(pk=revision_id)
    require(by, "correct", revision.text)
    waiting = list(_unknown(revision))
    for start in range(0, len(waiting), BATCH):
        _make(revision, waiting[start : start + BATCH], by)
        done = min(start + BATCH, len(waiting))
        progress(
            5 + 90 * done // len(waiting),
            code="notes_coming_in",
            params={"done": done, "total": len(waiting)},
        )
    if waiting:
        _finish(revision, len(waiting), by)
    return {"made": len(waiting), "found": len(_found(revision))}


def _found(revision: TextRevision) -> list[Footnote]:
    return footnotes(revision.content, revision.blocks, revision.marks)


def _unknown(revision: TextRevision) -> Iterator[tuple[str, Footnote]]:
    """Yield the footnotes that no note was made of, each with its key."""
    prefix = f"{revision.text.public_id}:"
    known = set(
        IdempotencyKey.objects.filter(scope=SCOPE, key__startswith=prefix).values_list("key", flat=True)
    )
    met: Counter[str] = Counter()
    for footnote in _found(revision):
        digest = hashlib.sha256(footnote.body.encode()).hexdigest()[:32]
        met[digest] += 1
        key = f"{prefix}{digest}:{met[digest]}"
        if key not in known:
            yield key, footnote


@transaction.atomic
def _make(revision: TextRevision, batch: Sequence[tuple[str, Footnote]], by: User) -> None:
    reading = Reading(revision.text, revision.pk, revision.number, revision.content)
    for key, footnote in batch:
        _write(reading, footnote, key, revision.language, by)
    record_event("notes.brought_in", target=revision.text, by=by, revision=revision.number, notes=len(batch))
    tick(revision.text_id)


def _write(reading: Reading, footnote: Footnote, key: str, language: str, by: User) -> None:
    exact = reading.content[footnote.start : footnote.end]
    place = TextPlace(reading.text.public_id, reading.number, footnote.start, footnote.end, exact)
    locus = Locus(kind=LocusKind.TEXT, text=reading.text)
    new = NewPlace(locus, new_anchor(reading, place, locus, by=by, method=METHOD), reading)
    note = NoteInput(body=_fitting(footnote.body), language=language)
    annotation = Annotation(author=by, text=reading.text, visibility=note.visibility)
    version = new_version(annotation, note, Parts(), number=1, locus=locus, exact=exact, by=by)
    rows = rows_of(version, Parts(), places=[new])
    made = IdempotencyKey(user=by, scope=SCOPE, key=key, made=annotation.public_id)
    entry = note_entry(annotation.pk, version, exact[:PASSAGE])
    insert([made, annotation, *rows, *indexed_at_once(entry, by=by)])


def _fitting(body: str) -> str:
    """Return the body within what a note may hold; the whole of it stays in the text."""
    return body if len(body) <= MAX_BODY else f"{body[: MAX_BODY - 1]}…"


@transaction.atomic
def _finish(revision: TextRevision, made: int, by: User) -> None:
    """Tell the person, and see that the notes follow when the text was corrected meanwhile."""
    notify(NOTICE, user=by, url="", count=made)
    current = type(revision.text).objects.values_list("current_revision", flat=True).get(pk=revision.text_id)
    if current is not None and current != revision.pk:
        promise_carry_over(revision_id=current, by=by)


@kinds.handles(BRING_IN_NOTES, of=(TextRevision, "revision"))
def _handle(job: Any, progress: Any) -> dict[str, int]:
    return bring_in_notes(revision_id=job.payload["revision"], progress=progress, by=job.created_by)
