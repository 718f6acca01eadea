"""Parts of a film as bars over its length, in as many rows as needed so that no two lie over each other.

The script does the same on the workbench (`frontend/src/places/lanes.ts`).
"""

from __future__ import annotations

from collections.abc import Sequence


def lanes_of(parts: Sequence[tuple[float, float]], least: float, most: int) -> list[int]:
    """Return the row of each part (start, end), in the order given; more than `most` rows share the last one.

    A short part is drawn `least` seconds wide, so that it can be hit.
    """
    free: list[float] = []
    rows = []
    for start, end in parts:
        reach = max(end, start + least)
        row = next((index for index, until in enumerate(free) if until <= start), min(len(free), most - 1))
        if row == len(free):
            free.append(0.0)
        free[row] = max(free[row], reach)
        rows.append(row)
    return rows
