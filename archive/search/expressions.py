"""What both databases are asked for words: one small language over their two full-text indexes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from archive.models import SearchEntry


def word(form: str, *, begins: bool = False) -> str:
    """Return the expression of one folded word, or of all words that begin so."""
    if connection.vendor == "postgresql":
        return f"'{form}'" + (":*" if begins else "")
    return f'"{form}"' + ("*" if begins else "")


def any_of(expressions: Iterable[str]) -> str:
    """Return what at least one of the expressions matches."""
    return f"({(' | ' if connection.vendor == 'postgresql' else ' OR ').join(expressions)})"


def all_of(expressions: Iterable[str]) -> str:
    """Return what all of the expressions match."""
    return f"({(' & ' if connection.vendor == 'postgresql' else ' AND ').join(expressions)})"


def newest_of_kind(kind: str, expression: str, below: int, enough: int) -> tuple[str, list[Any]]:
    """Return the statement of a kind's newest entries under a key that an expression matches, and its values.

    Its rows are the kind, and the entry's key, owner and object.
    """
    if connection.vendor == "postgresql":
        sql = "SELECT %s, id, owner_id, object_id FROM archive_search_newest(%s, to_tsquery('simple', %s), %s, %s)"
        return sql, [kind, kind, expression, below, enough]
    # The index of words is gone through backwards, and the table only asked: CROSS keeps SQLite to that order.
    sql = (
        "SELECT * FROM (SELECT %s, entry.id, entry.owner_id, entry.object_id FROM archive_search_fts "
        "CROSS JOIN archive_searchentry entry ON entry.id = archive_search_fts.rowid "
        "WHERE archive_search_fts MATCH %s AND archive_search_fts.rowid < %s "
        "ORDER BY archive_search_fts.rowid DESC LIMIT %s)"
    )
    return sql, [kind, _of_kind(kind, expression), below, enough]


def _of_kind(kind: str, expression: str) -> str:
    """Return an expression with the kind, which the index of SQLite knows as a word."""
    return f'kind : "{kind}" AND folded : {expression}'


def entries(kind: str, expression: str) -> QuerySet[SearchEntry]:
    """Return the entries of a kind that an expression matches, whoever may see them."""
    if connection.vendor != "postgresql":
        ids = RawSQL(
            "SELECT rowid FROM archive_search_fts WHERE archive_search_fts MATCH %s",
            [_of_kind(kind, expression)],
        )
        return SearchEntry.objects.filter(pk__in=ids)
    # Materialized, so that the index answers first, whatever else is asked of the entries. The kind is named in the
    # statement itself: each of the large ones has its own index.
    ids = RawSQL(  # noqa: S611
        f"WITH found AS MATERIALIZED (SELECT id FROM archive_searchentry WHERE kind = '{kind}' "  # noqa: S608
        "AND words @@ to_tsquery('simple', %s)) SELECT id FROM found",
        [expression],
    )
    return SearchEntry.objects.filter(pk__in=ids)
