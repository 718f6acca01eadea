"""Put the good bytes of a second copy, here or elsewhere, in the place of damaged ones."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from archive import kinds
from archive.access import require_may
from archive.actions.check_chain import is_genuine
from archive.actions.check_file import check_file
from archive.actions.copy_elsewhere import COPY_ELSEWHERE
from archive.actions.enqueue import enqueue
from archive.actions.record_event import record_event
from archive.enums import Fixity
from archive.errors import Invalid
from archive.keeping import pool
from archive.keeping.sets import sha256_of, stamp
from archive.media import elsewhere, folders, paths, replica
from archive.models import AuditEvent, FileArrival, FixityCheck, StoredFile, User

REPAIR_FILE = "repair_file"


def repair_file(*, stored_file: StoredFile, by: User | None, check: bool = True) -> FixityCheck:
    """Replace damaged bytes, which are set aside and never deleted; return the check made afterwards.

    Only when a copy's bytes have the recorded hash and the audit chain says the same of their arrival. The folder is
    asked first, then the storage elsewhere. Raises StoreError, NotAllowed, Invalid("file_intact"), Invalid("no_replica"), Invalid("replica_bad"),
    Invalid("not_in_chain"), StorageFull.
    """
    if check:
        require_may(by, "repair", FileArrival)
    if check_file(stored_file=stored_file, by=by).outcome == Fixity.INTACT:
        raise Invalid("file_intact")
    if not in_folder(stored_file) and elsewhere.store() is None:
        raise Invalid("no_replica")
    if not _chain_knows(stored_file):
        raise Invalid("not_in_chain")
    with _good_copy(stored_file) as source:
        target = paths.of_sha256(stored_file.sha256)
        aside = _put_aside(target)
        if pool.copy(source, target, stored_file.sha256, hash_present=True) is not pool.Copied.DONE:
            if aside:
                aside.rename(target)
            raise Invalid("replica_bad")
    if elsewhere.place():
        enqueue(COPY_ELSEWHERE, dedupe_key=str(stored_file.pk), file=stored_file.pk, by=by)
    return _record(stored_file, check_file(stored_file=stored_file, by=by), by)


def in_folder(stored_file: StoredFile) -> bool:
    """Whether the folder of second copies has one of this file."""
    return replica.root() is not None and replica.of_sha256(stored_file.sha256).is_file()


@contextmanager
def _good_copy(stored_file: StoredFile) -> Iterator[Path]:
    """Give a path at which bytes with the recorded hash lie.

    Raises Invalid("no_replica") when no place has any, Invalid("replica_bad") when none of them is right.
    """
    sha256, is_there = stored_file.sha256, in_folder(stored_file)
    if is_there and sha256_of(replica.of_sha256(sha256)) == sha256:
        yield replica.of_sha256(sha256)
        return
    store, name = elsewhere.store(), elsewhere.name_of(sha256)
    size = store.size_of(name) if store else None
    if store is None or size is None:
        raise Invalid("replica_bad" if is_there else "no_replica")
    folders.make(paths.staging())
    fetched = paths.staging() / f"repair-{secrets.token_hex(8)}"
    try:
        with fetched.open("xb") as file:
            got = store.read(name, into=file, most=stored_file.size)
        if size != stored_file.size or got != sha256:
            raise Invalid("replica_bad")
        yield fetched
    finally:
        fetched.unlink(missing_ok=True)


def _chain_knows(stored_file: StoredFile) -> bool:
    """Whether an unchanged event says that these bytes arrived, or were made here."""
    arrivals = list(stored_file.arrivals.values_list("public_id", flat=True))
    images = [
        *stored_file.derivatives.values_list("image__public_id", flat=True),
        *stored_file.pyramids.values_list("image__public_id", flat=True),
    ]
    received = AuditEvent.objects.filter(
        action="file.received", target_kind="filearrival", target_id__in=arrivals
    )
    derived = AuditEvent.objects.filter(
        action__in=["image.derived", "image.tiled"], target_kind="image", target_id__in=images
    )
    told = [event for event in received if event.facts.get("sha256") == stored_file.sha256]
    told += [event for event in derived if stored_file.sha256 in event.facts.get("sha256", [])]
    return any(is_genuine(event) for event in told)


def _put_aside(path: Path) -> Path | None:
    """Move damaged bytes out of the way; they may be all that is left of something."""
    if not path.exists():
        return None
    folder = paths.root() / "damaged"
    folders.make(folder)
    aside = folder / f"{path.name}.{stamp(timezone.now())}"
    path.rename(aside)
    folders.sync(folder)
    return aside


@transaction.atomic
def promise_repair(*, stored_file: StoredFile, by: User) -> None:
    """Have a file mended from the storage elsewhere in the background, since fetching takes its time.

    Raises NotAllowed.
    """
    require_may(by, "repair", FileArrival)
    enqueue(REPAIR_FILE, dedupe_key=str(stored_file.pk), file=stored_file.pk, by=by)


@kinds.handles(REPAIR_FILE)
def _handle(job: Any, progress: Callable[..., None]) -> dict[str, Any]:
    """Mend it; one that is intact meanwhile needs nothing."""
    try:
        stored = StoredFile.objects.get(pk=job.payload["file"])
        return {"outcome": repair_file(stored_file=stored, by=job.created_by).outcome}
    except Invalid as error:
        if error.code == "file_intact":
            return {"outcome": "intact"}
        raise


@transaction.atomic
def _record(stored_file: StoredFile, check: FixityCheck, by: User | None) -> FixityCheck:
    record_event("file.repaired", target=stored_file, by=by, sha256=stored_file.sha256, outcome=check.outcome)
    return check
