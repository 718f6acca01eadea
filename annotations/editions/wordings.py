"""Where the wording of a release differs from that of an earlier one: run of blocks by run, and word by word."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from rapidfuzz.distance import Indel, Levenshtein

from annotations.editions.paired_blocks import paired
from annotations.editions.values import TextFacts
from archive.presenters.differences import word_runs

#: Words of two runs of blocks together that are compared with each other; of longer ones, those blocks that belong together.
LONGEST = 20_000
#: Blocks of one wording times those of the other: above this, as much memory as for the shortest way is not taken.
MOST = 200_000_000

#: (kind, words): kind is "same", "gone" or "new".
Piece = tuple[str, str]
#: Code points from and to.
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Run:
    """A changed run of blocks: where it was, where it is, and its words."""

    before: Span
    after: Span
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One place at which words went, came, or both: empty on one side when nothing stands there."""

    #: From one, in the order of the later wording.
    number: int
    before: Span
    after: Span


def changed_runs(old: TextFacts, new: TextFacts) -> tuple[Run, ...]:
    """Return the changed runs of blocks from one wording to the other, each as pieces by words."""
    if old.sha256 == new.sha256:
        return ()
    return runs_between(old.content, old.blocks, new.content, new.blocks)


def runs_between(before: str, old: Sequence[Any], after: str, new: Sequence[Any]) -> tuple[Run, ...]:
    """Return the changed runs of two contents with their blocks."""
    left, right = (
        [text[b["start"] : b["end"]] for b in blocks] for text, blocks in ((before, old), (after, new))
    )
    found = []
    for a, b, c, d in _differing(left, right):
        was, now = _words(before, old, a, b), _words(after, new, c, d)
        pieces = tuple(_pieces(was, now, left[a:b], right[c:d]))
        is_one_sided = a == b or c == d
        find = _with_break if is_one_sided else _span
        found.append(Run(find(old, a, b), find(new, c, d), pieces))
    return tuple(found)


def _differing(left: Sequence[str], right: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Yield from and to, in either, of runs that differ."""
    way = Indel if len(left) * len(right) <= MOST else Levenshtein
    for same, group in groupby(way.opcodes(left, right), key=lambda step: step.tag == "equal"):
        steps = list(group)
        if not same:
            yield steps[0].src_start, steps[-1].src_end, steps[0].dest_start, steps[-1].dest_end


def _words(content: str, blocks: Sequence[Any], first: int, last: int) -> str:
    return content[slice(*_span(blocks, first, last))] if first < last else ""


def _span(blocks: Sequence[Any], first: int, last: int) -> Span:
    return blocks[first]["start"], blocks[last - 1]["end"]


def _with_break(blocks: Sequence[Any], first: int, last: int) -> Span:
    """Return from where to where blocks reach with the line end that comes and goes with them, or where none of them stand."""
    if last < len(blocks):
        return blocks[first]["start"], blocks[last]["start"]
    return blocks[first - 1]["end"] if first else 0, blocks[-1]["end"] if blocks else 0


def _pieces(before: str, after: str, old: Sequence[str], new: Sequence[str]) -> list[Piece]:
    if not before or not after or before == after:
        return [("same", before)] if before and before == after else _both(before, after)
    if len(before.split()) + len(after.split()) <= LONGEST:
        return _by_words(before, after)
    pairs = paired(old, new)
    if len(old) == len(new) == 1 or not pairs:
        return _both(before, after)
    return _by_blocks(old, new, pairs)


def _by_blocks(old: Sequence[str], new: Sequence[str], pairs: Sequence[tuple[int, int]]) -> list[Piece]:
    """Return the words of two long runs: blocks that belong together are compared, and what stands between them."""
    pieces: list[Piece] = []
    one = other = 0
    for left, right in [*pairs, (len(old), len(new))]:
        between, there = old[one:left], new[other:right]
        pieces += _pieces(_joined(between, left < len(old)), _joined(there, right < len(new)), between, there)
        if left < len(old):
            ends = ("\n" if left + 1 < len(old) else "", "\n" if right + 1 < len(new) else "")
            pieces += _pieces(old[left] + ends[0], new[right] + ends[1], [old[left]], [new[right]])
        one, other = left + 1, right + 1
    return _merged(pieces)


def _joined(blocks: Sequence[str], goes_on: bool) -> str:
    return "\n".join(blocks) + ("\n" if blocks and goes_on else "")


def _merged(pieces: Sequence[Piece]) -> list[Piece]:
    """Return pieces of which no two neighbors are of one kind, what went before what came."""
    found: list[Piece] = []
    for same, group in groupby(pieces, key=lambda piece: piece[0] == "same"):
        run = list(group)
        if same:
            found.append(("same", "".join(words for _kind, words in run)))
            continue
        found += _both(*("".join(w for kind, w in run if kind == name) for name in ("gone", "new")))
    return found


def _both(before: str, after: str) -> list[Piece]:
    return [piece for piece in (("gone", before), ("new", after)) if piece[1]]


def _by_words(before: str, after: str) -> list[Piece]:
    pieces: list[Piece] = []
    for run in word_runs(before, after):
        pieces += [("same", run.went)] if run.is_same else _both(run.went, run.came)
    return pieces


def word_changes(runs: Sequence[Run]) -> tuple[Change, ...]:
    """Return the places at which words changed, numbered through the whole text."""
    spans = [pair for run in runs for pair in _changed_spans(run)]
    return tuple(Change(number, *pair) for number, pair in enumerate(spans, start=1))


def _changed_spans(run: Run) -> Iterator[tuple[Span, Span]]:
    """Yield (before, after) of what changed in a run; blocks that came or went take their line end with them."""
    if not any(kind == "same" for kind, _words in run.pieces):
        yield run.before, run.after
        return
    was, now = was_at, now_at = run.before[0], run.after[0]
    for kind, words in run.pieces:
        if kind == "same":
            if (was_at, now_at) != (was, now):
                yield (was, was_at), (now, now_at)
            was, now = was_at, now_at = was_at + len(words), now_at + len(words)
        elif kind == "gone":
            was_at += len(words)
        else:
            now_at += len(words)
    if (was_at, now_at) != (was, now):
        yield (was, was_at), (now, now_at)


def backwards(changes: Sequence[Change]) -> tuple[Change, ...]:
    """Return the same changes as they lead from the later wording to the earlier one."""
    return tuple(Change(one.number, one.after, one.before) for one in changes)


@dataclass(frozen=True, slots=True)
class Reading:
    """A passage in two wordings, made as long as the changes that it touches."""

    before: Span
    after: Span
    changes: tuple[Change, ...]

    def pieces(self, old: str, new: str) -> list[Piece]:
        """Return its words in the two contents, as pieces."""
        found: list[Piece] = []
        at = self.after[0]
        for change in self.changes:
            found += [("same", new[at : change.after[0]])] if change.after[0] > at else []
            found += _both(old[slice(*change.before)], new[slice(*change.after)])
            at = change.after[1]
        return [*found, ("same", new[at : self.after[1]])] if at < self.after[1] else found


def reading(changes: Sequence[Change], start: int, end: int) -> Reading:
    """Return how a passage of the later wording reads in the earlier one.

    What was left out at its very edge stood beside it, and is no part of it.
    """
    touched = tuple(change for change in changes if _touches(change.after, start, end))
    start = min([start, *(change.after[0] for change in touched)])
    end = max([end, *(change.after[1] for change in touched)])
    return Reading(
        (_earlier(changes, start, opens=True), _earlier(changes, end, opens=False)), (start, end), touched
    )


def _touches(span: Span, start: int, end: int) -> bool:
    if span[0] == span[1]:
        return start < span[0] < end
    return span[0] < end and span[1] > start


def place_before(changes: Sequence[Change], offset: int) -> int:
    """Return where a code point of the later wording is in the earlier one; what is new there, where it would be."""
    return _earlier(changes, offset, opens=True)


def _earlier(changes: Sequence[Change], offset: int, *, opens: bool) -> int:
    """Return the earlier place of an edge: the first of a passage (`opens`) or the one behind its last code point."""
    find = bisect_right if opens else bisect_left
    index = find(changes, offset, key=lambda change: change.after[0]) - 1
    if index < 0:
        return offset
    (start, end), before = changes[index].after, changes[index].before
    if opens and start <= offset < end:
        return before[0]
    if not opens and offset <= end:
        return before[1]
    return offset + before[1] - end
