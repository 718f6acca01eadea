"""Insert rows of many kinds with SQL that is made once.

Django builds the statement of every insert anew, which costs more than the insert. Where one act inserts
many kinds of rows, several hundred times a second, this is used in place of `bulk_create`; it does the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db import connection, models

from archive.models.statements import execute, fetch

Row = models.Model
#: A model, how many of its rows, and whether they have keys already.
Kind = tuple[type[Row], int, bool]
#: A statement and its values.
Step = tuple[str, Sequence[Any]]


def number(rows: Sequence[Row]) -> None:
    """Give new rows the keys under which `insert` will insert them, so that they can name each other.

    Call it in the transaction that inserts them.
    """
    tables = [row._meta.db_table for row in rows]
    keys = _next_postgresql(tables) if connection.vendor == "postgresql" else _next_sqlite(tables)
    for row, key in zip(rows, keys, strict=True):
        row.pk = key


def _next_postgresql(tables: Sequence[str]) -> Sequence[int]:
    columns = ", ".join(["nextval(pg_get_serial_sequence(%s, 'id'))"] * len(tables))
    return fetch(f"SELECT {columns}", tables)[0]


def _next_sqlite(tables: Sequence[str]) -> Sequence[int]:
    """Count on from the last key; the transaction holds the database, so nobody else counts."""
    last: dict[str, int] = dict(fetch("SELECT name, seq FROM sqlite_sequence"))
    keys = []
    for table in tables:
        last[table] = last.get(table, 0) + 1
        keys.append(last[table])
    return keys


def insert(rows: Sequence[Row], *, then: Sequence[Step] = ()) -> int:
    """Insert rows, those of one model side by side, in the caller's transaction, and run what comes `then`.

    Rows that are not numbered get no key here: nobody asks for it. Foreign keys are checked when the
    transaction ends. What comes `then` does not look at the rows. Returns how many rows the last statement
    wrote. Raises IntegrityError as `bulk_create` does.
    """
    groups = [list(group) for _model, group in groupby(rows, type)]
    steps = [*((_insert_of(_kind_of(group)), _values_of(group)) for group in groups), *then]
    written = 0
    for sql, values in [_joined(steps)] if connection.vendor == "postgresql" else steps:
        written = execute(sql, values).rowcount
    for row in rows:
        row._state.adding, row._state.db = False, "default"
    return written


def _kind_of(group: Sequence[Row]) -> Kind:
    return type(group[0]), len(group), group[0].pk is not None


def _joined(steps: Sequence[Step]) -> tuple[str, list[Any]]:
    return _one_of(tuple(sql for sql, _values in steps)), [one for _sql, values in steps for one in values]


@lru_cache(maxsize=512)
def _one_of(statements: tuple[str, ...]) -> str:
    """Return one statement, which PostgreSQL takes in one journey: all but the last are clauses of it."""
    *before, last = statements
    clauses = ", ".join(f"i{place} AS ({sql})" for place, sql in enumerate(before))
    return f"WITH {clauses} {last}" if clauses else last


@lru_cache(maxsize=256)
def _insert_of(kind: Kind) -> str:
    model, count, numbered = kind
    quote, fields = connection.ops.quote_name, _fields(model, numbered)
    columns = ", ".join(quote(str(field.column)) for field in fields)
    values = ", ".join(["(" + ", ".join(["%s"] * len(fields)) + ")"] * count)
    return f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES {values}"  # noqa: S608


@lru_cache(maxsize=256)
def _fields(model: type[Row], numbered: bool) -> tuple[models.Field[Any, Any], ...]:
    fields = model._meta.local_concrete_fields
    return tuple(field for field in fields if numbered or not isinstance(field, models.AutoField))


def _values_of(group: Sequence[Row]) -> list[Any]:
    take, others = _taking(type(group[0]), group[0].pk is not None)
    values: list[Any] = []
    for row in group:
        taken = list(take(row))
        for place, field in others:
            taken[place] = field.get_db_prep_save(field.pre_save(row, True), connection)
        values += taken
    return values


#: Fields whose values go to the database as they are.
_PLAIN = (models.CharField, models.TextField, models.IntegerField, models.FloatField, models.BooleanField)


@lru_cache(maxsize=256)
def _taking(model: type[Row], numbered: bool) -> tuple[attrgetter[Any], list[tuple[int, Any]]]:
    """Return what takes all values from a row, and the fields with their places that ask for more than that."""
    fields = _fields(model, numbered)
    others = [(place, field) for place, field in enumerate(fields) if not _is_plain(field)]
    return attrgetter(*(field.attname for field in fields)), others


def _is_plain(field: models.Field[Any, Any]) -> bool:
    return isinstance(field, (*_PLAIN, models.ForeignKey))
