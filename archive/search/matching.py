"""The newest entries that match and may be seen: of each kind as many as asked for, and few more are looked at.

Matches are taken from the newest to the oldest, some at a time, and of these is asked which the viewer may see, until there
are enough. What may not be seen has no effect, except that going past it takes time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from archive import kinds
from archive.access import Viewer
from archive.models.statements import fetch
from archive.search.expressions import newest_of_kind

#: Key of an entry, and the keys by which it is decided who may see it, as named in `SearchEntry`.
Row = tuple[int, dict[str, int]]
#: Below which key matches of each kind are looked for.
Below = dict[str, int]
_HIGHEST = 2**62


def newest(expression: str, viewer: Viewer, names: Iterable[str], enough: int) -> dict[str, list[int]]:
    """Return by kind the keys of the newest entries that match and may be seen, newest first, at most `enough` of each."""
    found: dict[str, list[int]] = {}
    below: Below = dict.fromkeys(names, _HIGHEST)
    at_a_time = 2 * enough
    while below:
        rows = _matching(expression, below, at_a_time)
        seen = _seen(viewer, {name: _deciding(name, of_kind) for name, of_kind in rows.items()})
        for name in list(below):
            of_kind = rows.get(name, [])
            key = kinds.search_kinds[name].key
            found.setdefault(name, []).extend(pk for pk, keys in of_kind if (name, keys[key]) in seen)
            if len(found[name]) >= enough or len(of_kind) < at_a_time:
                del below[name]
            else:
                below[name] = of_kind[-1][0]
        at_a_time *= 2
    return {name: keys[:enough] for name, keys in found.items() if keys}


def _matching(expression: str, below: Below, enough: int) -> dict[str, list[Row]]:
    """Return by kind the newest matches, whoever may see them."""
    parts = [newest_of_kind(name, expression, key, enough) for name, key in below.items()]
    found: dict[str, list[Row]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(sql for sql, _values in parts), [v for _sql, values in parts for v in values]
        )
        for name, pk, owner_id, object_id in cursor.fetchall():
            found.setdefault(name, []).append((pk, {"owner_id": owner_id, "object_id": object_id}))
    for rows in found.values():
        rows.sort(key=lambda row: -row[0])
    return found


def _deciding(name: str, rows: Sequence[Row]) -> set[int]:
    key = kinds.search_kinds[name].key
    return {keys[key] for _pk, keys in rows}


def _seen(viewer: Viewer, asked: Mapping[str, set[int]]) -> set[tuple[str, int]]:
    """Return those of the deciding rows that the viewer may see."""
    # Who asks is looked at also when nothing matches: an answer that does not vary with the cookie would tell that nothing,
    # not even hidden, holds the words.
    sql, values = _asking(viewer, connection.vendor)
    if not asked:
        return set()
    listed = {name: ",".join(map(str, sorted(keys))) for name, keys in asked.items()}
    form = "{%s}" if connection.vendor == "postgresql" else "[%s]"
    return set(fetch(sql, [form % listed.get(v.kind, "") if isinstance(v, _Keys) else v for v in values]))


class _Keys:
    """Stands for the keys of a kind that are asked about, while the statement is kept."""

    def __init__(self, kind: str) -> None:
        self.kind = kind


@lru_cache(maxsize=512)
def _asking(viewer: Viewer, vendor: str) -> tuple[str, tuple[Any, ...]]:
    """Return the statement that tells which keys of each kind a viewer may see, and its values.

    Kept, since to put it together takes longer than to ask it: it holds nothing but the viewer's own facts, and the clock
    is the database's. The database plans it once for a connection, whatever the keys.
    """
    parts, values = [], []
    for kind in kinds.search_kinds.values():
        rows = kind.visible(viewer)
        column = f'"{rows.model._meta.db_table}"."id"'
        among = "= ANY(%s::bigint[])" if vendor == "postgresql" else "IN (SELECT value FROM json_each(%s))"
        these = RawSQL(f"{column} {among}", [_Keys(kind.name)], output_field=BooleanField())  # noqa: S611 - our own words.
        try:
            sql, own = rows.filter(these).values_list("pk").query.sql_with_params()
        except EmptyResultSet:
            continue
        parts.append(f"SELECT '{kind.name}', found.* FROM ({sql}) found")  # noqa: S608 - our own words alone.
        values += own
    return " UNION ALL ".join(parts), tuple(values)
