"""Statements that are asked several hundred times a second: plain SQL for both databases, `%s` for values.

PostgreSQL plans each of them once for a connection.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db import connection


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
