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


def entries(expression: str) -> QuerySet[SearchEntry]:
    """Return the entries that an expression matches, whoever may see them."""
    if connection.vendor != "postgresql":
        ids = RawSQL("SELECT rowid FROM archive_search_fts WHERE archive_search_fts MATCH %s", [expression])
        return SearchEntry.objects.filter(pk__in=ids)
    # Materialized, so that the index answers first: PostgreSQL takes `to_tsvector` for cheap, and would rather cut
    # every text of a work into words again (1 s for a million words) than join what the index knows at once.
    ids = RawSQL(
        "WITH found AS MATERIALIZED (SELECT id FROM archive_searchentry "
        "WHERE to_tsvector('simple', folded) @@ to_tsquery('simple', %s)) SELECT id FROM found",
        [expression],
    )
    return SearchEntry.objects.filter(pk__in=ids)
