"""The whole database as one file, at one moment; and back into an empty one."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from archive.errors import Invalid
from archive.media import folders

NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}
Rows = Sequence[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Dumped:
    """A database's file and a way to ask it what it held at that moment."""

    vendor: str
    name: str
    ask: Callable[[str], Rows]


@contextmanager
def dump(folder: Path) -> Iterator[Dumped]:
    """Write the database into `folder`; questions asked of it meanwhile see what the file holds.

    Raises Invalid("pg_program_missing") and Invalid("pg_program_failed").
    """
    path = folder / NAMES[connection.vendor]
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as copy:
            connection.connection.backup(copy)
            # A backup is one file: without a journal beside it.
            copy.execute("PRAGMA journal_mode=DELETE")
            yield Dumped("sqlite", path.name, lambda sql: copy.execute(sql).fetchall())
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        _run("pg_dump", "--format=custom", "--no-owner", f"--snapshot={snapshot}", f"--file={path}")

        def ask(sql: str) -> Rows:
            cursor.execute(sql)
            return list(cursor.fetchall())

        yield Dumped("postgresql", path.name, ask)


def vendor() -> str:
    """Return the kind of the configured database: "sqlite" or "postgresql"."""
    return connection.vendor


def is_empty() -> bool:
    """Tell whether the configured database holds no tables yet."""
    name = _name()
    # To look into a file that is not there would make it; a database in memory (of tests) is no file.
    if connection.vendor == "sqlite" and not name.startswith("file:") and not Path(name).exists():
        return True
    return not connection.introspection.table_names()


def load(path: Path) -> None:
    """Put the database's file into the configured, empty database, wholly or not at all.

    Raises Invalid("pg_program_missing") and Invalid("pg_program_failed").
    """
    connection.close()
    if connection.vendor == "sqlite":
        _settle(path, Path(connection.settings_dict["NAME"]))
        return
    _close_pool()
    _run(
        "pg_restore",
        "--no-owner",
        "--single-transaction",
        "--exit-on-error",
        f"--dbname={_name()}",
        str(path),
    )


def _settle(path: Path, final: Path) -> None:
    folders.make(final.parent)
    for beside in ("-wal", "-shm"):
        final.with_name(final.name + beside).unlink(missing_ok=True)
    part = final.with_name(final.name + ".part")
    shutil.copyfile(path, part)
    folders.sync(part)
    part.replace(final)
    folders.sync(final.parent)


def _close_pool() -> None:
    # Connections that wait in the pool would see the database of before.
    close: Callable[[], None] | None = getattr(connection, "close_pool", None)
    if close:
        close()


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _run(program: str, *arguments: str) -> None:
    """Run a PostgreSQL client program on the configured database; its password is not on the command line."""
    settings = connection.settings_dict
    given = {"PGHOST": settings["HOST"], "PGPORT": settings["PORT"], "PGUSER": settings["USER"],
             "PGPASSWORD": settings["PASSWORD"], "PGDATABASE": settings["NAME"]}  # fmt: skip
    environment = {**os.environ, **{name: str(value) for name, value in given.items() if value}}
    try:
        done = subprocess.run(  # noqa: S603 a fixed program, no shell
            [program, *arguments], env=environment, capture_output=True, text=True, check=False
        )
    except FileNotFoundError as error:
        raise Invalid("pg_program_missing", program=program) from error
    if done.returncode:
        raise Invalid("pg_program_failed", program=program, words=done.stderr.strip()[-500:])
