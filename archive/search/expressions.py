"""What both databases are asked for words: one small language over their two full-text indexes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from archive.models import SearchEntry
from archive.models.statements import AMONG, fetch, listed


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


#: A kind, the place of the expression that is asked for, and the key below which entries are asked for.
Asked = tuple[str, int, int]
#: A key above all.
HIGHEST = 2**62
#: Functions of PostgreSQL that give the newest entries of a kind, each by the index in which the kind is.
_FUNCTIONS = {"annotation": "notes", "passage": "passages"}
#: Stretches of keys that PostgreSQL begins with: words that begin in some way are collected anew each time.
_STRETCHES = (2, 4)


def newest(words: Sequence[Sequence[str]], kinds: Iterable[Asked], enough: int) -> tuple[str, list[Any]]:
    """Return the statement of the newest entries of some kinds that have some words, and its values.

    Of each word there are as many expressions, each wider than the one before; those of all words at the same place are asked
    for together. Where these are not enough and there are wider ones, the statement gives the newest entries that have these.
    Its rows are the kind, the place of the expressions, and the entry's key, owner and object.
    """
    asked = list(zip(*words, strict=True))
    parts = [_of_both(asked, *of_kind, enough) for of_kind in kinds]
    sql = " UNION ALL ".join(sql for sql, _values in parts)
    values = [value for _sql, values in parts for value in values]
    if connection.vendor != "postgresql":
        return sql, values
    # Read once for all kinds.
    read = ", ".join(
        f"to_tsquery('simple', %s) AS at_{place}, to_tsquery('simple', %s) AS also_{place}"
        for place in range(len(asked))
    )
    first = [value for head, *rest in asked for value in (head, all_of(rest) if rest else None)]
    return f"WITH asked AS MATERIALIZED (SELECT {read}) {sql}", [*first, *values]


def _of_both(
    asked: Sequence[Sequence[str]], kind: str, step: int, below: int, enough: int
) -> tuple[str, list[Any]]:
    near, values = _of_one(asked, kind, step, below, enough)
    if step + 1 == len(asked):
        return f"SELECT '{kind}', {step}, near.* FROM ({near}) near", values  # noqa: S608 - our own words.
    wide, wide_values = _of_one(asked, kind, step + 1, HIGHEST, enough)
    sql = (
        f"SELECT * FROM (WITH near AS MATERIALIZED ({near}) SELECT '{kind}', {step}, near.* FROM near "  # noqa: S608
        f"UNION ALL SELECT '{kind}', {step + 1}, wide.* FROM ({wide}) wide WHERE (SELECT count(*) FROM near) < %s) both_of"
    )
    return sql, [*values, *wide_values, enough]


def _of_one(
    asked: Sequence[Sequence[str]], kind: str, step: int, below: int, enough: int
) -> tuple[str, list[Any]]:
    if connection.vendor == "postgresql":
        function = f"archive_search_newest_{_FUNCTIONS.get(kind, 'others')}"
        words = f"asked.at_{step}, asked.also_{step}"
        sql = f"SELECT found.* FROM asked, {function}(%s, {words}, %s, %s, %s) found"  # noqa: S608
        return sql, [kind, below, _STRETCHES[step], enough]
    # The index of words is gone through backwards, and the table only asked: CROSS keeps SQLite to that order.
    sql = (
        "SELECT entry.id, entry.owner_id, entry.object_id FROM archive_search_fts "
        "CROSS JOIN archive_searchentry entry ON entry.id = archive_search_fts.rowid "
        "WHERE archive_search_fts MATCH %s AND archive_search_fts.rowid < %s "
        "ORDER BY archive_search_fts.rowid DESC LIMIT %s"
    )
    return sql, [_of_kind(kind, all_of(asked[step])), below, enough]


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
        f"WITH found AS MATERIALIZED (SELECT id FROM archive_searchentry WHERE (kind || '') = '{kind}' "  # noqa: S608
        "AND words @@ to_tsquery('simple', %s)) SELECT id FROM found",
        [expression],
    )
    return SearchEntry.objects.filter(pk__in=ids)


class Candidate(NamedTuple):
    """What an entry is ranked by."""

    pk: int
    kind: str
    title: str
    folded: str


def candidates(keys: Iterable[int]) -> list[Candidate]:
    """Return what some entries are ranked by: what they say is read of those alone that are shown."""
    sql = f"SELECT id, kind, title, folded FROM archive_searchentry WHERE id {AMONG[connection.vendor]}"  # noqa: S608
    return [Candidate(*row) for row in fetch(sql, [listed(keys)])]


_SHOWN = (
    "id",
    "kind",
    "owner_id",
    "object_id",
    "language",
    "start",
    "fragment",
    "title",
    "original",
    "folded",
)


def read(keys: Iterable[int]) -> dict[int, SearchEntry]:
    """Return some entries by their keys."""
    sql = f"SELECT {', '.join(_SHOWN)} FROM archive_searchentry WHERE id {AMONG[connection.vendor]}"  # noqa: S608
    return {row[0]: SearchEntry(**dict(zip(_SHOWN, row, strict=True))) for row in fetch(sql, [listed(keys)])}
