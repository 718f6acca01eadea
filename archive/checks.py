"""`manage.py check` refuses settings under which an acknowledged write can be lost."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connection

from archive.outside.store import Store, StoreError, configured


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
def storage_elsewhere(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a storage of which half is said, and warn of one that is talked to in the clear."""
    names = ("REPLICA_S3_ENDPOINT", "REPLICA_S3_BUCKET", "REPLICA_S3_KEY_ID", "REPLICA_S3_SECRET")
    lacking = [name for name in names if not getattr(settings, name)]
    if len(lacking) == len(names):
        return []
    if lacking:
        return [
            Error(
                f"The storage elsewhere lacks {', '.join(lacking)}.",
                hint="Set all four, or none of them.", id="hashiya.E009",
            )
        ]  # fmt: skip
    parts = urlsplit(settings.REPLICA_S3_ENDPOINT)
    if parts.scheme == "http" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        return [
            Warning(
                "REPLICA_S3_ENDPOINT is not https: everybody on the way can read the files.",
                id="hashiya.W001",
            )
        ]
    return []


@register(deploy=True)
def storage_elsewhere_opens(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Try the storage itself, for `manage.py check --deploy`."""
    place = configured()
    if place is None:
        return []
    try:
        Store(place).try_it()
    except StoreError as error:
        hints = {
            "store_keys": "It refuses the key: look at REPLICA_S3_KEY_ID, REPLICA_S3_SECRET and REPLICA_S3_REGION.",
            "store_no_bucket": "There is no such bucket: make it, or look at REPLICA_S3_BUCKET.",
            "store_unreachable": "It cannot be reached: look at REPLICA_S3_ENDPOINT, its certificate and the network.",
        }
        hint = hints.get(error.code, "It answers with an error.")
        return [Error(f"The storage elsewhere ({place.name}) does not work.", hint=hint, id="hashiya.E010")]
    return []


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
