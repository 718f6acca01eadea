"""New collections of a table that lie in each other: which row must be made before which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from archive.models.base import new_public_id

#: What several rows are called.
SHARED = ""


class NewShelves:
    """The collections that the rows of one table would make, by what the rows after and before call them."""

    def __init__(self, titles: Mapping[int, Iterable[str]]) -> None:
        """`titles`: of the line of each new row, what it would be called in each language."""
        self.ids = {line: new_public_id() for line in titles}
        self.names: dict[str, str] = {}
        for line, words in titles.items():
            for name in {word.strip().casefold() for word in words if word.strip()}:
                self.names[name] = SHARED if name in self.names else self.ids[line]

    def named(self, cell: str) -> str:
        """Return the id that the collection of this name will have; empty where none, or several, will be called so."""
        return self.names.get(cell.strip().casefold(), SHARED)


def outermost_first(parents: Mapping[str, str | None]) -> tuple[list[str], list[str]]:
    """Return the keys, each after the one that it lies in, and those that lie in a circle, in their first order.

    A parent that is no key is there already.
    """
    done: dict[str, None] = {}
    waiting = list(parents)
    while waiting:
        ready = [key for key in waiting if parents[key] not in parents or parents[key] in done]
        if not ready:
            return list(done), waiting
        done |= dict.fromkeys(ready)
        waiting = [key for key in waiting if key not in done]
    return list(done), []
