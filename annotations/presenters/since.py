"""A release read with what changed in it since an earlier one: places to go to, in the order of the text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from annotations.editions.compare import Comparison
from annotations.editions.values import Note
from annotations.editions.wordings import Change, backwards, place_before
from annotations.presenters.compared import Compared, compared
from annotations.presenters.comparing import comparison_of
from annotations.presenters.issue import Issue
from annotations.presenters.placed import label_of
from annotations.presenters.released import issue_of
from archive.presenters.markup import plain_excerpt

#: Changes that the list below a part of the text has; the page that compares has all.
LISTED = 400
#: Words around a change that the list shows, and those of a change itself, in code points.
AROUND, WORDS = 40, 300


@dataclass(frozen=True, slots=True)
class Stop:
    """One thing that changed: "text", or a note that is "added", "changed", "moved", "kept_otherwise" or "left_out"."""

    kind: str
    #: Where it stands in the text, or where it stood.
    offset: int
    #: Id of the element that shows it.
    anchor: str
    #: What an address asks for to show it, without the release that is compared with.
    query: str
    change: Change | None = None
    note: Note | None = None


@dataclass(frozen=True)
class Since:
    """What changed in `issue` since the earlier release `before`."""

    before: Issue
    issue: Issue

    @cached_property
    def wordings(self) -> Compared:
        """What differs in the text."""
        return compared(self.before, self.issue)

    @cached_property
    def comparison(self) -> Comparison:
        """What differs besides, without what may not be read in one of the two."""
        return comparison_of(self.before, self.issue)

    @property
    def number(self) -> int:
        """The number of the earlier release."""
        return self.before.snapshot.number

    @property
    def changes(self) -> tuple[Change, ...]:
        """The places at which words changed."""
        return self.wordings.changes

    @cached_property
    def kinds(self) -> Mapping[str, tuple[str, Note | None]]:
        """By the id of a note of this release: how it changed, and what it was."""
        found = self.comparison
        kinds: dict[str, tuple[str, Note | None]] = {note.id: ("added", None) for note in found.added}
        for kind, pairs in (
            ("kept_otherwise", found.shown_otherwise), ("moved", found.moved), ("changed", found.changed),
        ):  # fmt: skip
            kinds |= {new.id: (kind, old) for old, new in pairs}
        return kinds

    @cached_property
    def gone(self) -> list[tuple[int, Note]]:
        """The notes that were left out, each with the place in this text where it would be."""
        back = backwards(self.changes)
        return sorted(
            ((place_before(back, note.start), note) for note in self.comparison.removed),
            key=lambda one: (one[0], one[1].number),
        )

    @cached_property
    def stops(self) -> list[Stop]:
        """All that changed, in the order of the text."""
        return sorted(self._stops(), key=lambda stop: stop.offset)

    def _stops(self) -> Iterator[Stop]:
        for one in self.changes:
            yield Stop("text", one.after[0], f"change-{one.number}", f"change={one.number}", change=one)
        for note in self.issue.snapshot.notes:
            if note.id in self.kinds:
                yield Stop(
                    self.kinds[note.id][0], note.start, f"note-{note.id}", f"note={note.id}", note=note
                )
        for offset, note in self.gone:
            yield Stop("left_out", offset, f"gone-{note.id}", f"section={self.section_of(offset)}", note=note)

    def offset_of(self, number: int) -> int | None:
        """Return where the change of this number is; None when there is none."""
        return self.changes[number - 1].after[0] if 0 < number <= len(self.changes) else None

    def section_of(self, offset: int) -> int:
        """Return the number of the part of the text in which a place is read."""
        return self.issue.book.section_of(offset) + 1

    def gone_in(self, part: int) -> list[tuple[int, Note]]:
        """Return the notes that were left out of a part of the text; 0 is the whole."""
        return [one for one in self.gone if part in (0, self.section_of(one[0]))]

    def url(self, stop: Stop) -> str:
        """Return the address of a change, wherever in the text it is."""
        return f"{self.issue.base}?since={self.number}&{stop.query}#{stop.anchor}"

    def change_url(self, number: int) -> str:
        """Return the address of a change of the text."""
        return f"{self.issue.base}?since={self.number}&change={number}#change-{number}"

    def was_url(self, change: Change) -> str:
        """Return where the words that stood at a change are read."""
        text = self.before.snapshot.text
        return self.before.passage_url(*markable(change.before, text.content))


def markable(span: tuple[int, int], content: str) -> tuple[int, int]:
    """Return a span that can be marked: without white space at its edges, and never empty."""
    start, end = span
    words = content[start:end]
    start, end = start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip()))
    if start < end:
        return start, end
    at = min(span[0], max(len(content) - 1, 0))
    return at, min(at + 1, len(content))


def since_of(issue: Issue, others: Iterable[Any], number: int) -> Since | None:
    """Return what changed since the release of this number, if it is one of those before that may be read; else None."""
    if not 0 < number < issue.snapshot.number:
        return None
    row = next((row for row in others if row.number == number), None)
    return Since(issue_of(row), issue) if row else None


@dataclass(frozen=True, slots=True)
class Told:
    """What the page says of the changes."""

    since: Since
    #: Those in the part that is shown, as the list has them.
    lines: list[dict[str, Any]]
    #: How many changes there are: in the text, of notes of each kind, and in the shown part.
    counts: Mapping[str, int]
    here: int
    total: int
    #: Addresses of the last change before this part and of the first after it.
    earlier: str
    later: str


def told(since: Since, part: int) -> Told:
    """Return what the page of a part of the text says of the changes in it; 0 is the whole."""
    parts = [since.section_of(stop.offset) for stop in since.stops] if part else [0] * len(since.stops)
    first, last = bisect_left(parts, part), bisect_right(parts, part)
    counts = {"text": len(since.changes), "left_out": len(since.gone)}
    counts |= Counter(kind for kind, _old in since.kinds.values())
    return Told(
        since=since, lines=_lines(since, since.stops[first : min(last, first + LISTED)]), counts=counts,
        here=last - first, total=len(since.stops),
        earlier=since.url(since.stops[first - 1]) if first else "",
        later=since.url(since.stops[last]) if last < len(since.stops) else "",
    )  # fmt: skip


def _lines(since: Since, stops: Sequence[Stop]) -> list[dict[str, Any]]:
    return [
        _text_line(since, stop, stop.change) if stop.change else _note_line(since, stop) for stop in stops
    ]


def _text_line(since: Since, stop: Stop, change: Change) -> dict[str, Any]:
    old, new = since.before.snapshot.text, since.issue.snapshot.text
    start, end = change.after
    gone, came = old.content[slice(*change.before)], new.content[start:end]
    # What came or went with its line end is a paragraph of its own.
    opens, ends = f"{gone or came}".startswith("\n"), f"{gone or came}".endswith("\n")
    return {
        "stop": stop, "url": since.url(stop), "was_url": since.was_url(change), "gone": _cut(gone), "came": _cut(came),
        "lead": "" if opens else _tail(new.content[max(start - AROUND, 0) : start]),
        "rest": "" if ends else _head(new.content[end : end + AROUND]),
    }  # fmt: skip


def _cut(words: str) -> str:
    return words if len(words) <= WORDS else f"{words[:WORDS].rpartition(' ')[0] or words[:WORDS]}…"


def _tail(words: str) -> str:
    """Return the end of what stands before: whole words of the same paragraph."""
    line = words.rpartition("\n")[2]
    return f"… {line.partition(' ')[2]}" if len(line) == AROUND else line


def _head(words: str) -> str:
    line = words.partition("\n")[0]
    return f"{line.rpartition(' ')[0]} …" if len(line) == AROUND else line


def _note_line(since: Since, stop: Stop) -> dict[str, Any]:
    note = stop.note
    assert note is not None
    issue = since.before if stop.kind == "left_out" else since.issue
    return {
        "stop": stop, "url": since.url(stop), "note": note, "label": label_of(issue, note),
        "excerpt": plain_excerpt(note.body, length=160),
        "was_url": "" if stop.kind == "added" else since.before.note_url(note.id),
    }  # fmt: skip
