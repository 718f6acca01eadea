"""Files that arrive in pieces, over as many connections as it takes: the part that is on the disk."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterable
from pathlib import Path

from archive.errors import Locked, StorageFull
from archive.media import paths


def path_of(public_id: str) -> Path:
    """Return where the pieces of an item are put together, on the same device as the originals."""
    return paths.staging() / f"deposit-{public_id}"


def append(public_id: str, offset: int, pieces: Iterable[bytes], *, size: int) -> int:
    """Write pieces (which simply end where a connection breaks off) from `offset` on, durably; return how far the file reaches now.

    Whatever lies behind `offset` was never answered for and is written anew. Bytes beyond `size` are not taken.
    Raises Locked when another connection is writing the same file, and StorageFull.
    """
    path = path_of(public_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(descriptor)
        os.ftruncate(descriptor, offset)
        os.lseek(descriptor, offset, os.SEEK_SET)
        reached = _write(descriptor, pieces, offset, size)
        os.fsync(descriptor)
        return reached
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise StorageFull("storage_full") from error
        raise
    finally:
        os.close(descriptor)


def discard(public_id: str) -> None:
    """Forget the pieces; those of a file that was kept have their own name by now."""
    path_of(public_id).unlink(missing_ok=True)


def _lock(descriptor: int) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Locked("upload_busy") from None


def _write(descriptor: int, pieces: Iterable[bytes], offset: int, size: int) -> int:
    """Write what comes until it ends or is enough."""
    for piece in pieces:
        view = memoryview(piece)[: size - offset]
        offset += len(view)
        while view:
            view = view[os.write(descriptor, view) :]
        if offset == size:
            break
    return offset
