"""The rows of a pairing, with the words that stand in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet

from archive.access import visible_to
from archive.models import Alignment, Text, TextRevision
from archive.text.alignment import Row, spans
from archive.text.sections import count_words

#: Rows on one page of readers, unless their words are many.
A_PAGE = 40
#: Words on one page, unless a single row has more.
WORDS = 4_000


def readable(translations: Iterable[Text], who: object) -> QuerySet[Alignment]:
    """Return the pairings of these translations that `who` may read: of each the newest, if it was approved."""
    newest = Alignment.objects.newest_of(translations).filter(original__text__in=visible_to(Text, who))
    return visible_to(newest, who).filter(is_approved=True)


def numbered(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Return the rows with the blocks that each spans."""
    return [
        {"index": index, "row": row, "left": (l_from, l_to), "right": (r_from, r_to)}
        for index, (row, (l_from, l_to, r_from, r_to)) in enumerate(zip(rows, spans(rows), strict=True))
    ]


def cut(rows: Sequence[Row], left: TextRevision, right: TextRevision) -> list[tuple[int, int]]:
    """Return the pages of a pairing as rows from and to, each as long as can be read at once."""
    sizes = [
        _words(left, l_from, l_to) + _words(right, r_from, r_to) for l_from, l_to, r_from, r_to in spans(rows)
    ]
    pages, first, words = [], 0, 0
    for index, size in enumerate(sizes):
        if index > first and (index - first >= A_PAGE or words + size > WORDS):
            pages.append((first, index))
            first, words = index, 0
        words += size
    return [*pages, (first, len(sizes))]


def _words(revision: TextRevision, first: int, last: int) -> int:
    return sum(
        count_words(revision.content[block["start"] : block["end"]]) for block in revision.blocks[first:last]
    )


def pairs_of(alignment: Alignment) -> list[dict[str, Any]]:
    """Return the rows of a pairing with the code points that each spans in either revision."""
    return [
        {
            "original": _span(alignment.original, *one["left"]), "to_check": one["row"].to_check,
            "translation": _span(alignment.translation, *one["right"]),
        }
        for one in numbered(alignment.pairs)
    ]  # fmt: skip


def _span(revision: TextRevision, first: int, last: int) -> dict[str, int | None]:
    blocks = revision.blocks[first:last]
    return {
        "first": first, "last": last, "start": blocks[0]["start"] if blocks else None,
        "end": blocks[-1]["end"] if blocks else None,
    }  # fmt: skip
