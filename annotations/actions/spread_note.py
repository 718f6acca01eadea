"""Put a note on many passages as one step, and take that step back."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from annotations.actions._locking import lock
from annotations.actions._many import Undone, chosen
from annotations.actions.withdraw_annotation import withdraw_annotation
from annotations.actions.write_annotation import write_annotation
from annotations.enums import AnnotationStatus
from annotations.models import Annotation, Spread, SpreadNote
from annotations.values import NoteInput, TextPlace
from archive.access import require_may, visible_to
from archive.actions.once import once
from archive.actions.record_event import record_event
from archive.errors import NotVisible
from archive.models import User

MAX_WORDS = 400
SCOPE = "spread"


def spread_note(
    *, places: Sequence[TextPlace], note: NoteInput, words: str, idempotency_key: str = "", by: User
) -> Spread:
    """Write the same note on each of these places, drafts of `by`: all of them or none.

    `words` are what was sought. Raises NotAllowed, NotVisible, Stale (`revision_not_current`), QuoteMismatch, Invalid.
    """
    return once(
        Spread, scope=SCOPE, key=idempotency_key, make=lambda: _spread(places, note, words, by), by=by
    )


@transaction.atomic
def _spread(places: Sequence[TextPlace], note: NoteInput, words: str, by: User) -> Spread:
    require_may(by, "add", Annotation)
    ticked = chosen(places, field="places", nothing="nothing_ticked")
    written = [write_annotation(place=place, note=note, by=by).annotation for place in ticked]
    spread = Spread(author=by, words=words.strip()[:MAX_WORDS])
    Spread.objects.bulk_create([spread])
    SpreadNote.objects.bulk_create([SpreadNote(spread=spread, annotation=one) for one in written])
    record_event("note.spread", target=spread, by=by, notes=len(written))
    return spread


@transaction.atomic
def undo_spread(*, spread: str, by: User) -> Undone:
    """Take back the notes of a step (public id) that nobody touched since.

    Raises NotVisible.
    """
    row = visible_to(Spread, by).filter(public_id=spread).first()
    if row is None:
        raise NotVisible("not_visible")
    rows = Annotation.objects.filter(spread_note__spread=row).exclude(status=AnnotationStatus.WITHDRAWN)
    notes = list(lock(rows).select_related("newest_version"))
    untouched = [note for note in notes if _is_untouched(note, by)]
    for note in untouched:
        assert note.newest_version is not None
        withdraw_annotation(annotation=note.public_id, version_id=note.newest_version.public_id, by=by)
    record_event(
        "note.spread_undone", target=row, by=by, notes=len(untouched), kept=len(notes) - len(untouched)
    )
    return Undone(len(untouched), len(notes) - len(untouched))


def _is_untouched(note: Annotation, by: User) -> bool:
    version = note.newest_version
    is_first = version is not None and version.number == 1
    return is_first and note.status == AnnotationStatus.DRAFT and note.author_id == by.pk
