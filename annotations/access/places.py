"""Where loci sit in a revision: the newest anchor of each counts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, QuerySet

from annotations.models import Anchor
from annotations.values import MAX_SPAN
from archive.access import visible_to
from archive.models import Text


class Sits(NamedTuple):
    """A locus in one revision; `start` is None when it was lost."""

    locus_id: int
    start: int | None
    end: int | None
    exact: str
    prefix: str
    suffix: str
    status: str
    score: float


def newest(anchors: QuerySet[Anchor]) -> QuerySet[Anchor]:
    """Return those anchors that no later attempt replaced."""
    later = Anchor.objects.filter(
        locus_id=OuterRef("locus_id"), revision_id=OuterRef("revision_id"), attempt__gt=OuterRef("attempt")
    )
    return anchors.filter(~Exists(later))


def anchors_of(who: object, revision_id: int, loci: Iterable[int]) -> dict[int, Sits]:
    """Return the newest anchor of each of these loci in a revision; loci without one are missing.

    None of a text that `who` may not read whole: an author keeps their note, and not the words that it is on.
    """
    rows = Anchor.objects.filter(revision_id=revision_id, locus_id__in=list(loci))
    return _sits(rows.filter(locus__text__in=visible_to(Text, who).order_by().values("pk")))


def seen_anchors(who: object, loci: Iterable[int]) -> dict[int, Sits]:
    """Return the same in the current revision of the text of each."""
    return _sits(_current(loci).filter(locus__text__in=visible_to(Text, who).order_by().values("pk")))


def current_anchors(loci: Iterable[int]) -> dict[int, Sits]:
    """Return the same whoever asks: for what is kept and compared, and shown to nobody."""
    return _sits(_current(loci))


def _current(loci: Iterable[int]) -> QuerySet[Anchor]:
    return Anchor.objects.filter(
        locus_id__in=list(loci), revision__text__current_revision_id=F("revision_id")
    )


def _sits(anchors: QuerySet[Anchor]) -> dict[int, Sits]:
    rows = anchors.order_by("attempt").values_list(*Sits._fields)
    return {row[0]: Sits(*row) for row in rows}


def anchors_in(revision_id: int, start: int, end: int) -> QuerySet[Anchor]:
    """Return the newest anchors that share a code point with `[start, end)`.

    Spans are at most `MAX_SPAN` long when written; carrying over may stretch them, hence twice that. With the
    bound, an index on the start answers.
    """
    return newest(
        Anchor.objects.filter(
            revision_id=revision_id, start__lt=end, end__gt=start, start__gt=start - 2 * MAX_SPAN
        )
    )


def span_table(revision_id: int, loci: Iterable[int] | None = None) -> dict[int, tuple[int | None, int]]:
    """Return `[start, end)` of every locus, or of these, that was placed in a revision; start is None when it was lost."""
    rows = Anchor.objects.filter(revision_id=revision_id).order_by("attempt")
    if loci is not None:
        rows = rows.filter(locus_id__in=list(loci))
    return {
        locus_id: (start, end or 0) for locus_id, start, end in rows.values_list("locus_id", "start", "end")
    }
