"""How long work that failed waits before it is tried again, and when it is given up."""

from __future__ import annotations

import subprocess
from datetime import timedelta

from celery.exceptions import SoftTimeLimitExceeded
from django.db import InterfaceError, OperationalError

from archive.errors import StorageFull
from archive.media.space import is_full

#: Pauses for code that fails, which fails again: three attempts in a minute.
SHORT = (timedelta(seconds=20), timedelta(seconds=40))
#: Pauses for what passes by itself or by an administrator's hand: nine attempts in two days.
LONG = (
    timedelta(seconds=20), timedelta(minutes=2), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=3),
    timedelta(hours=6), timedelta(hours=12), timedelta(hours=24),
)  # fmt: skip
#: A database that is away or busy, a disk that is full or ill, a program that is missing, time that ran out.
PASSING = (
    OperationalError, InterfaceError, OSError, StorageFull, SoftTimeLimitExceeded, subprocess.TimeoutExpired,
)  # fmt: skip


def passes(error: BaseException) -> bool:
    """Whether the work may succeed later, although nobody changes the program."""
    return isinstance(error, PASSING) or is_full(error)


def pause_after(attempts: int, error: BaseException | None) -> timedelta | None:
    """Return how long to wait after so many attempts, the last of which ended so; None to give the work up.

    Without an error its worker fell silent: it was killed, or could not write down how the work ended.
    """
    pauses = LONG if error is None or passes(error) else SHORT
    return pauses[attempts - 1] if attempts <= len(pauses) else None
