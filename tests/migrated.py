"""Migrate once, not once a run: what an empty SQLite database becomes is kept until a migration changes.

Django makes all its models anew for most operations, which takes longer than many a test file does. Databases in
memory are filled so, and the files of whole sites; PostgreSQL is migrated as ever.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.core.management import call_command
from django.core.management.commands.migrate import Command
from django.db import connections

_migrate = Command.handle


def remember() -> None:
    """From now on, let `migrate` copy what it made the last time, where it would make the same again."""
    Command.handle = _handle  # type: ignore[method-assign]


def copied(target: Path) -> bool:
    """Put a migrated database at `target` if one was made before; return whether one was."""
    kept = _kept()
    if not kept.exists():
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(kept, target)
    return True


def _handle(self: Command, *args: Any, **options: Any) -> str | None:
    connection = connections[options["database"]]
    if connection.vendor != "sqlite" or not connection.is_in_memory_db() or options["app_label"]:
        return _migrate(self, *args, **options)
    kept = _kept()
    with _alone(kept):
        connection.ensure_connection()
        if kept.exists():
            with sqlite3.connect(kept) as source:
                source.backup(connection.connection)
            source.close()
            return None
        result = _migrate(self, *args, **options)
        _keep(connection.connection, kept)
    return result


def _kept() -> Path:
    return Path(tempfile.gettempdir()) / f"hashiya-migrated-{os.getuid()}-{_key()}.sqlite3"


def _keep(made: sqlite3.Connection, kept: Path) -> None:
    """Write the file whole or not at all; a run may be ended at any moment."""
    partial = kept.with_suffix(f".{os.getpid()}")
    target = sqlite3.connect(partial)
    made.backup(target)
    target.close()
    partial.replace(kept)


@contextmanager
def _alone(kept: Path) -> Iterator[None]:
    """Let the first of several processes migrate, and the others wait for what it made."""
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _key() -> str:
    """Return what changes with any migration, and with the versions of what runs them."""
    digest = hashlib.sha256(f"{django.VERSION} {sys.version} {sqlite3.sqlite_version}".encode())
    for app in sorted(apps.get_app_configs(), key=lambda app: app.label):
        for path in sorted((Path(app.path) / "migrations").glob("*.py")):
            digest.update(f"{app.label} {path.name}".encode())
            digest.update(path.read_bytes())
    digest.update((Path(__file__).parent.parent / "archive/models/guards.py").read_bytes())
    return digest.hexdigest()[:20]


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    django.setup()
    remember()
    connections["default"].settings_dict["NAME"] = ":memory:"
    call_command("migrate", verbosity=0)
