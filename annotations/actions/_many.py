"""What the actions on many notes share: how many may be chosen at once, and what undoing such a step tells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from archive.errors import Invalid

Item = TypeVar("Item")

#: Notes of one step.
MOST = 200


def chosen(items: Iterable[Item], *, field: str, nothing: str = "nothing_chosen") -> list[Item]:
    """Return what was chosen, each once.

    Raises Invalid (`nothing`, or "too_many" beyond `MOST`).
    """
    found = list(dict.fromkeys(items))
    if not found:
        raise Invalid(nothing, field=field)
    if len(found) > MOST:
        raise Invalid("too_many", field=field, limit_count=MOST)
    return found


@dataclass(frozen=True, slots=True)
class Undone:
    """What became of the notes of a step that was undone."""

    undone: int
    #: Changed or handed in since: they stay, and are looked at one by one.
    kept: int
