"""How a passage of a release reads in the other releases of its edition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from annotations.editions.values import Note
from annotations.editions.wordings import Reading, backwards, reading
from annotations.presenters.compared import compared
from annotations.presenters.issue import Issue
from annotations.presenters.placed import label_of
from annotations.presenters.since import Since, markable
from archive.presenters.differences import Part, shortened

#: Code points of a passage that are compared, and of what stood in the place of words.
LONGEST, SHOWN = 5_000, 2_000
#: Notes that are told of one release.
NOTES = 20
_KINDS = {"gone": "del", "new": "ins"}


@dataclass(frozen=True, slots=True)
class Read:
    """A passage in another release, as the page tells it."""

    row: Any
    #: "same", "other", or "none" when no word of it stands there.
    state: str
    parts: list[Part]
    #: Where it is read there, and where this release or that one shows what changed in its text.
    url: str
    since_url: str
    #: Notes on it that are new, changed or left out, from the earlier release to the later one.
    notes: list[dict[str, Any]]
    is_earlier: bool


def read_in(issue: Issue, span: tuple[int, int], row: Any, other: Issue) -> Read:
    """Return how a passage of `issue` reads in another release of the same edition."""
    is_earlier = other.snapshot.number < issue.snapshot.number
    pair = (other, issue) if is_earlier else (issue, other)
    changes = compared(*pair).changes
    found = reading(changes if is_earlier else backwards(changes), *span)
    there = other.snapshot.text.content[slice(*found.before)]
    state = "none" if found.changes and not there.strip() else "other" if found.changes else "same"
    older, newer = (found.before, found.after) if is_earlier else (found.after, found.before)
    return Read(
        row=row, state=state, parts=_parts(found, issue, other, is_earlier=is_earlier) if state == "other" else [],
        url=other.passage_url(*markable(found.before, other.snapshot.text.content)),
        since_url=_since_url(pair, newer), notes=_notes(Since(*pair), older, newer), is_earlier=is_earlier,
    )  # fmt: skip


def _since_url(pair: tuple[Issue, Issue], newer: tuple[int, int]) -> str:
    """Return where the later of two releases shows the passage with what changed since the earlier one."""
    before, after = pair
    start, end = markable(newer, after.snapshot.text.content)
    return f"{after.base}?since={before.snapshot.number}&at={start}-{end}#at-{start}-{end}"


def _parts(found: Reading, issue: Issue, other: Issue, *, is_earlier: bool) -> list[Part]:
    """Return the passage as it was and is: what went is always of the earlier release."""
    if not is_earlier:
        found = Reading(found.after, found.before, backwards(found.changes))
        issue, other = other, issue
    pieces = found.pieces(other.snapshot.text.content, issue.snapshot.text.content)
    return shortened([_part(*piece) for piece in pieces])


def _part(kind: str, words: str) -> Part:
    name = _KINDS.get(kind, "same")
    return Part(name, words if name == "same" or len(words) <= SHOWN else f"{words[:SHOWN]}…")


def _notes(since: Since, older: tuple[int, int], newer: tuple[int, int]) -> list[dict[str, Any]]:
    """Return the notes on a passage that are new, changed or left out from one release to the next."""
    later = [(note, since.kinds[note.id][0]) for note in since.issue.snapshot.notes if note.id in since.kinds]
    found = [_line(since.issue, note, kind) for note, kind in later if _is_on(note, newer)]
    found += [
        _line(since.before, note, "left_out") for note in since.comparison.removed if _is_on(note, older)
    ]
    return found[:NOTES]


def _is_on(note: Note, span: tuple[int, int]) -> bool:
    return note.place is None and note.start < span[1] and note.end > span[0]


def _line(issue: Issue, note: Note, kind: str) -> dict[str, Any]:
    return {"kind": kind, "label": label_of(issue, note), "url": issue.note_url(note.id)}
