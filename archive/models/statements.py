"""Statements that are asked several hundred times a second: plain SQL for both databases, `%s` for values.

PostgreSQL plans each of them once for a connection.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Model, QuerySet
from django.db.models.expressions import RawSQL


def execute(sql: str, values: Sequence[Any] = ()) -> Any:
    """Run a statement and return its cursor; what it found or changed is read from that."""
    if connection.vendor != "postgresql":
        cursor = connection.cursor()
        cursor.execute(sql, values)
        return cursor
    import psycopg

    connection.ensure_connection()
    with connection.wrap_database_errors:
        planned: Any = psycopg.RawCursor(connection.connection)
        return planned.execute(_numbered(sql), values, prepare=True)


@lru_cache(maxsize=1024)
def _numbered(sql: str) -> bytes:
    """Return the statement as PostgreSQL itself reads it, so that no library takes it apart every time."""
    first, *rest = sql.split("%s")
    return (first + "".join(f"${place}{part}" for place, part in enumerate(rest, start=1))).encode()


def fetch(sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Run a statement and return its rows."""
    rows: list[tuple[Any, ...]] = execute(sql, values).fetchall()
    return rows


def planned(rows: QuerySet[Any, tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Return the rows of a queryset of plain values (no JSON); its statement must not vary with how many values it holds."""
    return fetch(*rows.query.sql_with_params())


def among(model: type[Model], keys: Any) -> RawSQL:
    """Return the condition that a row is one of the keys that `listed` gave: one value, however many they are."""
    column = f'"{model._meta.db_table}"."id"'
    return RawSQL(f"{column} {AMONG[connection.vendor]}", [keys], output_field=BooleanField())  # noqa: S611 - our own words.


#: What follows a column that must be one of the keys that `listed` gave.
AMONG = {"postgresql": "= ANY(%s::bigint[])", "sqlite": "IN (SELECT value FROM json_each(%s))"}


def listed(keys: Iterable[int]) -> str:
    """Return keys as the one value that `AMONG` takes."""
    return ("{%s}" if connection.vendor == "postgresql" else "[%s]") % ",".join(map(str, keys))
