"""Bytes on their way between the archive's originals and a backup's pool: each read once, hashed as it goes."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from archive.errors import StorageFull
from archive.keeping.sets import CHUNK, sha256_of
from archive.media import folders


class Copied(StrEnum):
    """What became of one file."""

    DONE = "done"
    #: It was there already.
    KEPT = "kept"
    MISSING = "missing"
    #: Its bytes no longer have the hash of their name; nothing was copied.
    DAMAGED = "damaged"
    #: The disk would not give it.
    UNREADABLE = "unreadable"


def copy(source: Path, target: Path, sha256: str, *, hash_present: bool) -> Copied:
    """Copy bytes durably if they have this hash; raises StorageFull when the target's disk is full.

    What is at the target already stays if it is right: by its length, or with `hash_present` by its hash.
    """
    try:
        if target.exists() and _is_right(target, source, sha256, hash_present):
            return Copied.KEPT
        chunks = read(source)
        first = next(chunks, b"")
    except FileNotFoundError:
        return Copied.MISSING
    except OSError:
        return Copied.UNREADABLE
    folders.make(target.parent)
    part = target.with_name(f"{target.name}.{secrets.token_hex(4)}.part")
    try:
        return _write(part, target, sha256, first, chunks)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise StorageFull("backup_full") from error
        raise
    finally:
        part.unlink(missing_ok=True)


def _is_right(target: Path, source: Path, sha256: str, hash_present: bool) -> bool:
    if hash_present:
        return sha256_of(target) == sha256
    return target.stat().st_size == source.stat().st_size


def read(path: Path) -> Iterator[bytes]:
    """Yield the bytes of a file; raises OSError."""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def _write(part: Path, target: Path, sha256: str, first: bytes, rest: Iterator[bytes]) -> Copied:
    digest = hashlib.sha256(first)
    with part.open("xb") as file:
        file.write(first)
        while True:
            try:
                chunk = next(rest, b"")
            except OSError:
                return Copied.UNREADABLE
            if not chunk:
                break
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    if digest.hexdigest() != sha256:
        return Copied.DAMAGED
    part.replace(target)
    folders.sync(target.parent)
    return Copied.DONE
