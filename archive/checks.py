"""`manage.py check` refuses settings under which an acknowledged write can be lost."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.db import connection


@register(Tags.database)
def durable_database(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Refuse a database that answers before its bytes are on the disk."""
    options = settings.DATABASES["default"].get("OPTIONS", {})
    errors = []
    if connection.vendor == "sqlite":
        command = str(options.get("init_command", "")).upper()
        if "SYNCHRONOUS=FULL" not in command and "SYNCHRONOUS=EXTRA" not in command:
            errors.append(Error("SQLite must run with synchronous=FULL.", id="hashiya.E001"))
        if "RECURSIVE_TRIGGERS=ON" not in command:
            errors.append(Error("SQLite must run with recursive_triggers=ON.", id="hashiya.E007"))
        if options.get("transaction_mode") != "IMMEDIATE":
            errors.append(Error("SQLite must open transactions IMMEDIATE.", id="hashiya.E002"))
    if settings.DATABASES["default"].get("ATOMIC_REQUESTS"):
        errors.append(
            Error("ATOMIC_REQUESTS would make every reader wait for every writer.", id="hashiya.E003")
        )
    if connection.vendor == "postgresql" and kwargs.get("databases"):
        errors += _durable_postgresql()
    return errors


def _durable_postgresql() -> list[Error]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, setting FROM pg_settings WHERE name IN ('synchronous_commit', 'fsync')")
        weak = [name for name, value in cursor.fetchall() if value == "off"]
    hint = "Set it to on in postgresql.conf."
    return [Error(f"PostgreSQL runs with {name} off.", hint=hint, id="hashiya.E004") for name in weak]


@register()
def durable_settings(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Refuse a worker that forgets what it was doing when it dies."""
    errors = []
    if not settings.CELERY_TASK_ACKS_LATE or not settings.CELERY_TASK_REJECT_ON_WORKER_LOST:
        errors.append(
            Error("Celery must acknowledge late and give back what a lost worker had.", id="hashiya.E005")
        )
    return errors


@register()
def sign_up_with_mail(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Refuse sign-up for everyone without mail: nobody would show that an address is theirs."""
    if settings.SIGNUP != "open" or settings.SENDS_MAIL:
        return []
    hint = "Set EMAIL_URL, or SIGNUP=invite."
    return [
        Error(
            "SIGNUP=open needs EMAIL_URL: addresses are confirmed by mail, and sign-up must not tell which are known.",
            hint=hint,
            id="hashiya.E008",
        )
    ]


@register()
def writable_folders(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Refuse folders in which nothing can be kept, before somebody sends a file."""
    return [
        Error(
            f"{name} ({folder}) cannot be written.",
            hint="Make the folder, and let the account that runs Hashiya write in it.",
            id="hashiya.E006",
        )
        for name, folder in (("MEDIA_ROOT", settings.MEDIA_ROOT), ("STATE_ROOT", settings.STATE_ROOT))
        if not _writable(Path(folder))
    ]


def _writable(folder: Path) -> bool:
    """Whether the folder can be written, or made: the nearest one above it that exists decides."""
    nearest = next((each for each in (folder, *folder.parents) if each.exists()), folder)
    return nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK)
