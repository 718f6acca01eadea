"""What both databases are asked for words: one small language over their two full-text indexes."""

from __future__ import annotations

from collections.abc import Iterable

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


def matches(kind: str, column: str) -> str:
    """Return the statement of the keys of a kind's entries that an expression matches, newest first, with a column besides.

    Its one value is `of_kind(expression, kind)`.
    """
    if connection.vendor == "postgresql":
        return (
            f"SELECT id, {column} FROM archive_searchentry "  # noqa: S608 - our own words alone.
            f"WHERE words @@ to_tsquery('simple', %s) AND kind = '{kind}' ORDER BY id DESC OFFSET 0"
        )
    # The index of words is gone through backwards, and the table only asked: CROSS keeps SQLite to that order.
    return (
        f"SELECT entry.id, entry.{column} FROM archive_search_fts CROSS JOIN archive_searchentry entry "  # noqa: S608
        "ON entry.id = archive_search_fts.rowid WHERE archive_search_fts MATCH %s ORDER BY archive_search_fts.rowid DESC"
    )


def of_kind(expression: str, kind: str) -> str:
    """Return an expression as `matches` takes it: on SQLite, the index itself tells kinds apart."""
    return expression if connection.vendor == "postgresql" else f'kind : "{kind}" AND folded : {expression}'


def entries(expression: str) -> QuerySet[SearchEntry]:
    """Return the entries that an expression matches, whoever may see them."""
    if connection.vendor != "postgresql":
        ids = RawSQL(
            "SELECT rowid FROM archive_search_fts WHERE archive_search_fts MATCH %s", [f"folded : {expression}"]
        )
        return SearchEntry.objects.filter(pk__in=ids)
    # Materialized, so that the index answers first, whatever else is asked of the entries.
    ids = RawSQL(
        "WITH found AS MATERIALIZED (SELECT id FROM archive_searchentry "
        "WHERE words @@ to_tsquery('simple', %s)) SELECT id FROM found",
        [expression],
    )
    return SearchEntry.objects.filter(pk__in=ids)
