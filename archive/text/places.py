"""Two states of a sequence laid beside each other: what stayed, what was replaced, what came in and what went."""

from __future__ import annotations

from collections.abc import Sequence

#: What a pair that says the same is worth; what a run of items that came in or went costs, and each more of it.
SAME, OPENED, LONGER = 40, 30, 1
#: The most that it costs to begin or to end elsewhere than expected: less than one pair is worth.
FAR = 36
NEVER = -(1 << 30)

#: How many of the old and of the new items the best way to a place takes last: (1, 1) is a pair.
Move = tuple[int, int]


def aligned(
    old: Sequence[str], new: Sequence[str], *, home: int = 0, end: int | None = None
) -> list[int | None]:
    """Return the place in `new` of each of `old`, in order; None for one that is gone.

    What stands at a place may be something else: what an item was replaced by. `new` may reach farther than `old`,
    which began at `home` in it and ended before `end`, if that is known. Among equal items their order decides; difflib would take the longest run of equal
    ones wherever it lies, and so read "x theirs same same" for "x same same same" as one that came in and one that
    went.
    """
    width = len(new) + 1
    best = [-_cost(abs(place - home)) for place in range(width)]
    went: list[tuple[int, int]] = [(NEVER, 0)] * width
    table: list[list[Move]] = []
    for item in old:
        went = [
            max((score - OPENED, 1), (longer - LONGER, length + 1))
            for score, (longer, length) in zip(best, went, strict=True)
        ]
        best, moves = _row(item, new, best, went)
        table.append(moves)
    if end is not None:
        best = [score - _cost(abs(place - end)) for place, score in enumerate(best)]
    last = max(range(width), key=lambda place: (best[place], -abs(place - home - len(old))))
    return _traced(table, last)


def _cost(far: int) -> int:
    return min(OPENED + LONGER * (far - 1), FAR) if far else 0


def _row(
    item: str, new: Sequence[str], above: Sequence[int], went: Sequence[tuple[int, int]]
) -> tuple[list[int], list[Move]]:
    """Return the best scores with one more of the old items, at each place, and how they come about."""
    best, moves = [went[0][0]], [(went[0][1], 0)]
    came = (NEVER, 0)
    for place, other in enumerate(new, start=1):
        came = max((best[-1] - OPENED, 1), (came[0] - LONGER, came[1] + 1))
        paired = above[place - 1] + (SAME if item == other else 0)
        score, move = max(
            (paired, (1, 1)), (went[place][0], (went[place][1], 0)), (came[0], (0, came[1])),
            key=lambda way: way[0],
        )  # fmt: skip
        best.append(score)
        moves.append(move)
    return best, moves


def _traced(table: Sequence[Sequence[Move]], place: int) -> list[int | None]:
    found: list[int | None] = [None] * len(table)
    row = len(table)
    while row:
        up, back = table[row - 1][place]
        if (up, back) == (1, 1):
            found[row - 1] = place - 1
        row, place = row - up, place - back
    return found
