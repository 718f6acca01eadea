"""The parts of a release that is made of several texts, and the way from a place in one of them to its place in the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotations.editions.values import Place, Snapshot, TextFacts


@dataclass(frozen=True, slots=True)
class PartFacts:
    """One of the texts of which the wording of a release is made: `content[start:end]` is its own, code point for code point."""

    #: Public id of the text, and the number of its revision.
    id: str
    revision: int
    #: SHA-256 of its own content.
    sha256: str
    #: What it is called among the parts of its work; empty when nobody said it.
    title: str
    language: str
    start: int
    end: int
    #: Index of the block with which it begins: the heading that was put before it, else its own first.
    block: int


Parts = Sequence[PartFacts]
Span = tuple[int, int]


def part_at(parts: Parts, offset: int) -> PartFacts | None:
    """Return the part in which a code point of the whole stands, what follows the last one as if it were in it.

    A heading that was put before a part is of that part. None where there are no parts.
    """
    # From the last one on: a part without words ends where the next one can begin.
    within = next((part for part in reversed(parts) if part.start <= offset <= part.end), None)
    return within or next((part for part in parts if offset <= part.end), parts[-1] if parts else None)


def part_of_block(parts: Parts, block: int) -> PartFacts | None:
    """Return the part in which a block of the whole stands; None where there are no parts."""
    return next((part for part in reversed(parts) if part.block <= block), None)


def part_of_text(parts: Parts, text: str, revision: int | None = None) -> PartFacts | None:
    """Return the part that is a text (public id), in one of its revisions if that is said; None when there is none."""
    found = (part for part in parts if part.id == text and revision in (None, part.revision))
    return next(found, None)


def text_ids(snapshot: Snapshot) -> list[str]:
    """Return the public ids of the texts whose words are in a release as its own, in order."""
    return [part.id for part in snapshot.parts] or [snapshot.text.id]


def holds(text: TextFacts, parts: Parts) -> bool:
    """Whether a wording is these parts one after another, and nothing beside them but the titles that were put before them.

    Whether the words of each are its own is not looked at.
    """
    at, first = 0, 0
    for part in parts:
        between = text.content[at : part.start]
        if not (at <= part.start <= part.end and first <= part.block <= len(text.blocks)):
            return False
        if " ".join(between.split()) not in ("", part.title):
            return False
        at, first = part.end, part.block
    is_each_once = len({part.id for part in parts}) == len(parts) > 1
    return is_each_once and not text.content[at:].strip()


def span_in(snapshot: Snapshot, place: Place) -> Span | None:
    """Return where a place is in the wording of a release; None when it is in none of the texts that this pins."""
    if place.start is None or not place.text:
        return None
    text, start, end = snapshot.text, place.start, place.end or place.start
    if not snapshot.parts:
        return (start, end) if (place.text, place.revision) == (text.id, text.revision) else None
    part = part_of_text(snapshot.parts, place.text, place.revision)
    return (start + part.start, end + part.start) if part else None


def own_place(snapshot: Snapshot, start: int, end: int) -> tuple[str, int, Span]:
    """Return in which text (public id, revision) a passage of the whole is, and where it is in that one's own wording."""
    part = part_at(snapshot.parts, start)
    if part is None:
        return snapshot.text.id, snapshot.text.revision, (start, end)
    return part.id, part.revision, (max(start - part.start, 0), max(end - part.start, 0))
