"""The list of erased accounts, outside of the database and its backups: it names random ids and nothing personal.

A backup of before an erasure still holds what was erased. After it is restored, `reapply_erasures` erases it again.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from archive.media import folders


def place() -> Path:
    """Return where the list lies."""
    return Path(settings.ERASURE_LIST)


def write_down(public_id: str) -> None:
    """Add an account to the list, on the disk before this returns; raises OSError."""
    path = place()
    if public_id in set(listed()):
        return
    folders.make(path.parent)
    with path.open("a", encoding="ascii") as file:
        file.write(f"{public_id}\n")
        file.flush()
        os.fsync(file.fileno())
    folders.sync(path.parent)


def listed(path: Path | None = None) -> Iterator[str]:
    """Yield the random ids of the accounts that were erased."""
    try:
        with (path or place()).open(encoding="ascii") as file:
            yield from (line.strip() for line in file if line.strip())
    except FileNotFoundError:
        return
