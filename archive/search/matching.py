"""The newest entries that match and may be seen: of each kind as many as asked for, and few more are looked at.

Matches are taken from the newest to the oldest, some at a time, and of these is asked which the viewer may see, until there
are enough. What may not be seen has no effect, except that going past it takes time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection

from archive import kinds
from archive.access import Viewer
from archive.models.statements import among, fetch, listed
from archive.search import expressions

#: Key of an entry, and the keys by which it is decided who may see it, as named in `SearchEntry`.
Row = tuple[int, dict[str, int]]
#: A kind, and the place of an expression among those that are asked for.
Step = tuple[str, int]


class Cursor(NamedTuple):
    """After which match to go on: the place of its expression among those that are asked for, and its key."""

    step: int
    below: int


@dataclass(frozen=True, slots=True)
class Found:
    """The newest matches of a kind that may be seen."""

    #: Keys of entries, those that an earlier expression matches first, each newest first.
    keys: list[int]
    #: Where the older ones begin; None when there are none.
    older: Cursor | None = None


def newest(
    words: Sequence[Sequence[str]], viewer: Viewer, names: Iterable[str], enough: int, after: Cursor | None = None
) -> dict[str, Found]:  # fmt: skip
    """Return by kind the newest entries that match and may be seen, at most `enough` of each; only kinds that have some.

    Of each word there are as many expressions, each wider than the one before, which is asked for what is still wanting.
    With `after`, what was found before it is left out: it goes with the same words.
    """
    going = [_Going(name, *(after or ())) for name in names]
    asked = list(going)
    at_a_time = 2 * (enough + 1)
    while going:
        rows = _matching(words, going, at_a_time)
        seen = _seen(viewer, _deciding(rows))
        for one in going:
            one.take(rows, seen, at_a_time)
            if after is not None:
                one.leave_out_what_came_before(words)
        going = [one for one in going if one.step < len(words[0]) and len(one.found) <= enough]
        at_a_time *= 2
    return {one.name: one.told(enough) for one in asked if one.found}


@dataclass(slots=True)
class _Going:
    """How far the matches of a kind were gone through."""

    name: str
    #: The expression that is asked for, and below which key.
    step: int = 0
    below: int = expressions.HIGHEST
    #: Keys of entries that may be seen, in the order in which they were met, and by which expression.
    found: dict[int, int] = field(default_factory=dict)

    def take(self, rows: Mapping[Step, list[Row]], seen: set[tuple[str, int]], at_a_time: int) -> None:
        """Take what may be seen of the rows; where an expression has run out, those of the next one as well."""
        key = kinds.search_kinds[self.name].key
        for step in (self.step, self.step + 1):
            of_step = rows.get((self.name, step), [])
            for pk, keys in of_step:
                if (self.name, keys[key]) in seen:
                    self.found.setdefault(pk, step)
            if len(of_step) == at_a_time:
                self.below = of_step[-1][0]
                return
            self.step, self.below = step + 1, expressions.HIGHEST

    def leave_out_what_came_before(self, words: Sequence[Sequence[str]]) -> None:
        """Forget what only a wider expression has met here, but an earlier one before."""
        wider = [pk for pk, step in self.found.items() if step]
        if wider:
            rows = expressions.entries(self.name, expressions.all_of(alike[0] for alike in words))
            for pk in rows.filter(pk__in=wider).values_list("pk", flat=True):
                del self.found[pk]

    def told(self, enough: int) -> Found:
        """Return what was found, and where it goes on."""
        keys = list(self.found)
        older = Cursor(self.found[keys[enough - 1]], keys[enough - 1]) if len(keys) > enough else None
        return Found(keys[:enough], older)


def _matching(words: Sequence[Sequence[str]], going: Iterable[_Going], enough: int) -> dict[Step, list[Row]]:
    """Return the newest matches, whoever may see them, by kind and expression: of one that runs out also of the next."""
    sql, values = expressions.newest(words, [(one.name, one.step, one.below) for one in going], enough)
    found: dict[Step, list[Row]] = {}
    for name, step, pk, owner_id, object_id in fetch(sql, values):
        found.setdefault((name, step), []).append((pk, {"owner_id": owner_id, "object_id": object_id}))
    for rows in found.values():
        rows.sort(key=lambda row: -row[0])
    return found


def _deciding(rows: Mapping[Step, list[Row]]) -> dict[str, set[int]]:
    """Return by kind the keys by which is decided who may see the rows."""
    asked: dict[str, set[int]] = {}
    for (name, _step), of_step in rows.items():
        key = kinds.search_kinds[name].key
        asked.setdefault(name, set()).update(keys[key] for _pk, keys in of_step)
    return asked


def _seen(viewer: Viewer, asked: Mapping[str, set[int]]) -> set[tuple[str, int]]:
    """Return those of the deciding rows that the viewer may see."""
    # Who asks is looked at also when nothing matches: an answer that does not vary with the cookie would tell that nothing,
    # not even hidden, holds the words.
    sql, values = _asking(viewer, connection.vendor)
    if not asked:
        return set()
    keys = {kind: listed(sorted(asked.get(kind, ()))) for kind in kinds.search_kinds}
    return set(fetch(sql, [keys[value.kind] if isinstance(value, _Keys) else value for value in values]))


class _Keys:
    """Stands for the keys of a kind that are asked about, while the statement is kept."""

    def __init__(self, kind: str) -> None:
        self.kind = kind


@lru_cache(maxsize=512)
def _asking(viewer: Viewer, _vendor: str) -> tuple[str, tuple[Any, ...]]:
    """Return the statement that tells which keys of each kind a viewer may see, and its values.

    Kept, since to put it together takes longer than to ask it: it holds nothing but the viewer's own facts, and the clock
    is the database's. The database plans it once for a connection, whatever the keys.
    """
    parts, values = [], []
    for kind in kinds.search_kinds.values():
        rows = kind.visible(viewer)
        these = among(rows.model, _Keys(kind.name))
        try:
            sql, own = rows.filter(these).values_list("pk").query.sql_with_params()
        except EmptyResultSet:
            continue
        parts.append(f"SELECT '{kind.name}', found.* FROM ({sql}) found")  # noqa: S608 - our own words alone.
        values += own
    return " UNION ALL ".join(parts), tuple(values)
