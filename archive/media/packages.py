"""Where files lie that were made for somebody and are kept for a while, and how they are laid down."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from archive.errors import StorageFull
from archive.media import paths, space


class Kept(Protocol):
    """A row of which a file is kept."""

    @property
    def public_id(self) -> str:
        """Names the file."""

    @property
    def ending(self) -> str:
        """Ends its name."""


def place_of(package: Kept) -> Path:
    """Return where a finished one lies."""
    return paths.packages() / f"{package.public_id}.{package.ending}"


def lay_down(package: Kept, write: Callable[[Path], object]) -> tuple[int, str]:
    """Let `write` fill a new file, and put that in its place at once; return its size and SHA-256.

    Killed at any moment, it leaves nothing in that place, and what lies beside it is swept. Raises StorageFull.
    """
    paths.packages().mkdir(parents=True, exist_ok=True)
    staged = paths.packages() / f".{secrets.token_hex(16)}"
    try:
        write(staged)
        with staged.open("rb") as file:
            os.fsync(file.fileno())
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        size = staged.stat().st_size
        staged.replace(place_of(package))
    except OSError as error:
        if space.is_full(error):
            raise StorageFull("storage_full") from error
        raise
    finally:
        staged.unlink(missing_ok=True)
    return size, sha256
