"""Triggers by which the database itself refuses to change or delete facts, on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_FUNCTION = """
CREATE OR REPLACE FUNCTION hashiya_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'insert-only table: %', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$
"""


def create_statements(vendor: str, table: str) -> Iterator[str]:
    """Yield the SQL that makes `table` insert-only.

    SQLite fires the trigger on the rows that INSERT OR REPLACE takes away only with `recursive_triggers=ON`.
    """
    if vendor == "postgresql":
        yield _FUNCTION
        yield (
            f"CREATE OR REPLACE TRIGGER {table}_insert_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION hashiya_refuse()"
        )
        yield (
            f"CREATE OR REPLACE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION hashiya_refuse()"
        )
        return
    for act in ("UPDATE", "DELETE"):
        yield (
            f"CREATE TRIGGER IF NOT EXISTS {table}_no_{act.lower()} BEFORE {act} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'insert-only table: {table}'); END"
        )


def drop_statements(vendor: str, table: str) -> Iterator[str]:
    """Yield the SQL that takes the guard away (tests that empty the database, migrations backwards)."""
    if vendor == "postgresql":
        yield f"DROP TRIGGER IF EXISTS {table}_insert_only ON {table}"
        yield f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}"
        return
    for act in ("UPDATE", "DELETE"):
        yield f"DROP TRIGGER IF EXISTS {table}_no_{act.lower()}"


def guard(tables: list[str]) -> Any:
    """Return a migration operation that makes these tables insert-only."""
    from django.db import migrations

    def forwards(apps: Any, schema_editor: Any) -> None:
        for table in tables:
            for statement in create_statements(schema_editor.connection.vendor, table):
                schema_editor.execute(statement, params=None)

    def backwards(apps: Any, schema_editor: Any) -> None:
        for table in tables:
            for statement in drop_statements(schema_editor.connection.vendor, table):
                schema_editor.execute(statement, params=None)

    return migrations.RunPython(forwards, backwards)
