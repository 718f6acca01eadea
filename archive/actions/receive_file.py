"""Take bytes in so that an answer "received" is never a lie."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import transaction

from archive.access import require_may
from archive.actions.copy_elsewhere import COPY_ELSEWHERE
from archive.actions.enqueue import enqueue
from archive.actions.record_event import record_event
from archive.actions.replicate_file import REPLICATE_FILE
from archive.errors import Invalid, StorageFull
from archive.media import elsewhere, folders, paths, sniff
from archive.models import FileArrival, StoredFile, User

CHUNK = 1024 * 1024
HEAD = 4096


def receive_file(
    *, source: BinaryIO | Iterable[bytes], filename: str, max_bytes: int, by: User | None, check: bool = True
) -> FileArrival:
    """Store the bytes under their hash and record who sent them.

    The order is trust.md's: staging on the same device, stream and hash, fsync, rename, fsync of the folder,
    then the database. Not atomic as a whole on purpose: bytes without a row are the only residue allowed.
    Raises Invalid("too_large"), StorageFull, NotAllowed.
    """
    if check:
        require_may(by, "add", FileArrival)
    sha256, size, head = store_bytes(_chunks(source), max_bytes=max_bytes)
    return _record(sha256, size=size, media_type=sniff.media_type(head), filename=filename, by=by)


def store_bytes(chunks: Iterable[bytes], *, max_bytes: int) -> tuple[str, int, bytes]:
    """Write the bytes durably; return their SHA-256, size and first bytes.

    Raises Invalid("too_large") and StorageFull; leaves nothing behind then.
    """
    staged = paths.staging() / secrets.token_hex(16)
    try:
        folders.make(paths.staging())
        sha256, size, head = _stage(staged, chunks, max_bytes)
        _settle(staged, paths.of_sha256(sha256))
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise StorageFull("storage_full") from error
        raise
    finally:
        staged.unlink(missing_ok=True)
    return sha256, size, head


def adopt_bytes(
    staged: Path, *, expect: str = "", alive: Callable[[], object] = lambda: None
) -> tuple[str, int, bytes]:
    """Give a complete, durable file of the staging area its place; return its SHA-256, size and first bytes.

    One whose hash is not the one that is expected, if one is, stays where it is: Invalid("other_bytes") names what it
    has. It takes the place of what lies there, which may have rotted. Both names stand until the caller removes the
    staged one after its commit, so that a crash loses neither; nobody may write through it meanwhile.
    """
    digest, size, head = hashlib.sha256(), 0, b""
    with staged.open("rb") as file:
        while chunk := file.read(CHUNK):
            head = head or chunk[:HEAD]
            digest.update(chunk)
            size += len(chunk)
            if size % (64 * CHUNK) == 0:
                alive()
    if expect not in ("", digest.hexdigest()):
        raise Invalid("other_bytes", sha256=digest.hexdigest())
    final = paths.of_sha256(digest.hexdigest())
    link = staged.with_name(f"{staged.name}.{secrets.token_hex(4)}")
    os.link(staged, link)
    try:
        _settle(link, final)
    finally:
        # Two names of one file are not renamed to each other: it is so after a crash.
        link.unlink(missing_ok=True)
    return digest.hexdigest(), size, head


def record_arrival(
    *, sha256: str, size: int, head: bytes, filename: str, public_id: str = "", by: User | None
) -> FileArrival:
    """Record the arrival of bytes that are in their place, in the caller's transaction.

    With `public_id`, under the id that it had elsewhere.
    """
    media_type = sniff.media_type(head)
    return _record(sha256, size=size, media_type=media_type, filename=filename, by=by, public_id=public_id)


def _chunks(source: BinaryIO | Iterable[bytes]) -> Iterable[bytes]:
    if hasattr(source, "read"):
        return iter(lambda: source.read(CHUNK), b"")
    return source


def _stage(staged: Path, chunks: Iterable[bytes], max_bytes: int) -> tuple[str, int, bytes]:
    digest, size, head = hashlib.sha256(), 0, b""
    with staged.open("xb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > max_bytes:
                raise Invalid("too_large", limit=max_bytes)
            head = head or chunk[:HEAD]
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest(), size, head


def _settle(staged: Path, final: Path) -> None:
    """Move the staged bytes to their place and make the names durable, up to the folder of all bytes."""
    folders.make(final.parent)
    staged.replace(final)
    folders.sync(final.parent)


@transaction.atomic
def _record(
    sha256: str, *, size: int, media_type: str, filename: str, by: User | None, public_id: str = ""
) -> FileArrival:
    stored = keep_stored(sha256=sha256, size=size, media_type=media_type)
    named = {"public_id": public_id} if public_id else {}
    arrival = FileArrival.objects.create(
        stored_file=stored, filename=clean_name(filename), sent_by=by, **named
    )
    if settings.REPLICA_ROOT:
        enqueue(REPLICATE_FILE, file=stored.pk, by=by)
    if elsewhere.place():
        enqueue(COPY_ELSEWHERE, dedupe_key=str(stored.pk), file=stored.pk, by=by)
    record_event("file.received", target=arrival, by=by, sha256=sha256, size=size)
    return arrival


def keep_stored(*, sha256: str, size: int, media_type: str) -> StoredFile:
    """Return the row of bytes that are in their place, in the caller's transaction."""
    stored, _made = StoredFile.objects.get_or_create(
        sha256=sha256, defaults={"size": size, "media_type": media_type}
    )
    return stored


def clean_name(filename: str) -> str:
    """Return the last part of a name, printable and at most 255 characters; the path it claims is ignored."""
    name = filename.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in name if c.isprintable())[-255:] or "unnamed"
