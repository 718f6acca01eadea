"""The newest entries that match and may be seen: of each kind as many as asked for, and not one more is looked at.

Matches are gone through from the newest to the oldest, and each is asked whether the viewer may see it, until there are
enough. What may not be seen has no effect, except that going past it takes time.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models.expressions import RawSQL

from archive import kinds
from archive.access import Viewer
from archive.search.expressions import matches, of_kind

#: Stand for the words and the number asked for, while the statement is kept.
_WORDS, _ENOUGH = object(), object()


def newest(expression: str, viewer: Viewer, names: Iterable[str], enough: int) -> dict[str, list[int]]:
    """Return by kind the keys of the newest entries that match and may be seen, at most `enough` of each; one question."""
    parts = {name: part for name in names if (part := _part(name, viewer, connection.vendor))}
    if not parts:
        return {}
    params = [
        of_kind(expression, name) if value is _WORDS else enough if value is _ENOUGH else value
        for name, (_sql, values) in parts.items()
        for value in values
    ]
    found: dict[str, list[int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(sql for sql, _values in parts.values()), params)
        for name, pk in cursor.fetchall():
            found.setdefault(name, []).append(pk)
    return found


@lru_cache(maxsize=1024)
def _part(name: str, viewer: Viewer, _vendor: str) -> tuple[str, tuple[Any, ...]] | None:
    """Return the statement for one kind and its values; None when its rules leave nothing.

    Kept, since to put it together takes longer than to ask it: it holds nothing but the viewer's own facts.
    """
    kind = kinds.search_kinds[name]
    this = RawSQL(f"found.{kind.key}", ())  # noqa: S611 - one of two columns.
    try:
        sql, params = kind.visible(viewer).filter(pk=this).values_list("pk").query.sql_with_params()
    except EmptyResultSet:
        return None
    return (
        f"SELECT * FROM (SELECT '{name}', found.id FROM ({matches(name, kind.key)}) found "  # noqa: S608 - our own words.
        f"WHERE EXISTS ({sql}) ORDER BY found.id DESC LIMIT %s) newest_{name}",
        (_WORDS, *params, _ENOUGH),
    )
