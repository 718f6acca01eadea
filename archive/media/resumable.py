"""Files that arrive in pieces, over as many connections as it takes: the part that is on the disk."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from archive.errors import Locked, StorageFull
from archive.media import folders, paths


@dataclass(frozen=True, slots=True)
class Pieces:
    """The file of one item, while nobody else may write it."""

    path: Path
    descriptor: int

    @property
    def length(self) -> int:
        """Bytes that are here."""
        return os.fstat(self.descriptor).st_size

    def holds(self, length: int) -> bool:
        """Whether as many bytes are here as were answered for, in a file that is not an original too."""
        told = os.fstat(self.descriptor)
        return told.st_size >= length and told.st_nlink == 1

    def append(self, offset: int, pieces: Iterable[bytes], *, size: int) -> int:
        """Write pieces (which simply end where a connection breaks off) from `offset` on, durably.

        Returns how far the file reaches now. Whatever lies behind `offset` was never answered for and is
        written anew. Bytes beyond `size` are not taken. Raises StorageFull.
        """
        with _full_disk_told():
            os.ftruncate(self.descriptor, offset)
            os.lseek(self.descriptor, offset, os.SEEK_SET)
            reached = _write(self.descriptor, pieces, offset, size)
            os.fsync(self.descriptor)
            if not offset:
                # Its name, too: nothing was answered for before this.
                folders.sync(self.path.parent)
        return reached


def path_of(public_id: str) -> Path:
    """Return where the pieces of an item are put together, on the same device as the originals."""
    return paths.staging() / f"deposit-{public_id}"


@contextmanager
def alone(public_id: str, *, wait: bool = False) -> Iterator[Pieces]:
    """Hold the file of an item, made if there is none; nobody else writes it until the block ends.

    What the row says is certain only once this holds. Raises Locked when somebody else holds it, unless told to
    `wait`, and StorageFull.
    """
    path = path_of(public_id)
    descriptor = _held(path, wait)
    try:
        yield Pieces(path, descriptor)
    finally:
        os.close(descriptor)


def discard(public_id: str) -> None:
    """Forget the pieces; those of a file that was kept have their own name by now."""
    path_of(public_id).unlink(missing_ok=True)


def _held(path: Path, wait: bool) -> int:
    """Open and lock the file that has this name, also once the lock is there."""
    while True:
        with _full_disk_told():
            folders.make(path.parent)
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            if _is_named(path, descriptor):
                return descriptor
        except BlockingIOError:
            os.close(descriptor)
            raise Locked("upload_busy") from None
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)


def _is_named(path: Path, descriptor: int) -> bool:
    """Whether the open file still has its name: another may have laid it down meanwhile."""
    try:
        return path.stat().st_ino == os.fstat(descriptor).st_ino
    except FileNotFoundError:
        return False


@contextmanager
def _full_disk_told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise StorageFull("storage_full") from error
        raise


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
