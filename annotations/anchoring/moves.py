"""Passages that moved as a whole: found among what the main line left over on both sides."""

from __future__ import annotations

from collections.abc import Mapping

from annotations.anchoring.chain import exactly, gaps, join
from annotations.anchoring.rows import common_head, common_tail, grams, once
from annotations.anchoring.tidy import Lines
from annotations.anchoring.types import Gap, Lane, Run

Words = tuple[int, ...]
Hole = tuple[int, int]
Place = tuple[int, int, int]

#: A row of this many words, once on either side, is where a moved passage is recognized.
GRAM = 4
#: Fewer words than this are not a passage.
SHORTEST = 6
#: Words that may have changed between two pieces of one moved passage.
REACH = 12
#: A passage that stands so many times among what was left over on a side is not paired with any.
COPIES = 4
#: So many words at its ends, changed, may belong to a moved passage.
FRINGE = 4


def blocks(a: list[int], b: list[int], holes: list[Gap], lines: Lines) -> list[Lane]:
    """Return the passages that were taken from one hole and stand in another."""
    taken = [(hole.old, hole.old_end) for hole in holes if hole.old_end - hole.old >= SHORTEST]
    given = [(hole.new, hole.new_end) for hole in holes if hole.new_end - hole.new >= SHORTEST]
    pieces = _pieces(a, b, taken, given)
    lanes = [_whole(a, b, group) for group in _groups(pieces)]
    found = [runs for runs in lanes if sum(run.length for run in runs) >= SHORTEST]
    if not found:
        return []
    only = _only(a, found, 0) & _only(b, found, 1)
    return [_lane(a, runs, only, lines) for runs in found]


def _lane(a: list[int], runs: list[Run], only: set[Words], lines: Lines) -> Lane:
    rows = [row for run in runs for row in grams(a, run.old, run.old + run.length, GRAM)]
    first, last = runs[0], runs[-1]
    old_end, new_end = last.old + last.length, last.new + last.length
    return Lane(
        runs,
        [run.old for run in runs],
        moved=True,
        sure=any(row in only for row in rows),
        before=Gap(_reach(first.old, lines.old, -1), first.old, _reach(first.new, lines.new, -1), first.new),
        after=Gap(old_end, _reach(old_end, lines.old, 1), new_end, _reach(new_end, lines.new, 1)),
    )


def _reach(word: int, lines: set[int], step: int) -> int:
    """Return the word a few steps away, or the beginning of a line on the way there."""
    for _ in range(FRINGE):
        if word in lines:
            return word
        word += step
    return word


def _pieces(a: list[int], b: list[int], taken: list[Hole], given: list[Hole]) -> list[Run]:
    """Return equal runs between the holes, grown as far as the holes go, disjoint in both texts.

    What stands once on either side is paired first; of what stands there more often, each in its turn.
    """
    mine = _few_in(a, taken)
    theirs = _few_in(b, given, mine)
    places = sorted(
        (len(mine[row]) * len(theirs[row]) > 1, *one, *other)
        for row in theirs
        for one, other in zip(mine[row], theirs[row], strict=False)
    )
    pieces: list[Run] = []
    used: set[int] = set()
    claimed: set[int] = set()
    for _, i, low, high, j, new_low, new_high in places:
        if i in used or j in claimed:
            continue
        back = common_tail(a, low, i, b, new_low, j)
        run = Run(i - back, j - back, back + common_head(a, i, high, b, j, new_high))
        olds, news = range(run.old, run.old + run.length), range(run.new, run.new + run.length)
        if used.isdisjoint(olds) and claimed.isdisjoint(news):
            used.update(olds)
            claimed.update(news)
            pieces.append(run)
    return sorted(pieces)


def _few_in(
    row: list[int], holes: list[Hole], wanted: Mapping[Words, object] | None = None
) -> dict[Words, list[Place]]:
    """Return the rows that occur a few times in all the holes, each with the ends of its hole."""
    found: dict[Words, list[Place]] = {}
    for hole in holes:
        for place, gram in enumerate(grams(row, *hole, GRAM), hole[0]):
            if wanted is None or gram in wanted:
                found.setdefault(gram, []).append((place, *hole))
    return {gram: places for gram, places in found.items() if len(places) <= COPIES}


def _groups(pieces: list[Run]) -> list[list[Run]]:
    """Return the pieces by the passage they belong to."""
    groups: list[list[Run]] = []
    for piece in pieces:
        if groups:
            last = groups[-1][-1]
            old, new = piece.old - last.old - last.length, piece.new - last.new - last.length
            if 0 <= old <= REACH and 0 <= new <= REACH:
                groups[-1].append(piece)
                continue
        groups.append([piece])
    return groups


def _whole(a: list[int], b: list[int], group: list[Run]) -> list[Run]:
    """Return the group with what is equal between its pieces."""
    first, last = group[0], group[-1]
    within = Gap(first.old, last.old + last.length, first.new, last.new + last.length)
    between = [run for gap in gaps(group, within) if gap.pairs for run in exactly(a, b, gap)]
    return join(sorted([*group, *between]))


def _only(row: list[int], lanes: list[list[Run]], side: int) -> set[Words]:
    """Return the rows of the lanes that occur once in the whole text."""
    wanted = {
        gram for runs in lanes for run in runs for gram in grams(row, run[side], run[side] + run.length, GRAM)
    }
    rows = [gram for gram in grams(row, 0, len(row), GRAM) if gram in wanted]
    return set(once(rows, 0))
