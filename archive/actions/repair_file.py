"""Put the replica's good bytes in the place of damaged ones."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction
from django.utils import timezone

from archive.access import require_may
from archive.actions.check_chain import is_genuine
from archive.actions.check_file import check_file
from archive.actions.record_event import record_event
from archive.enums import Fixity
from archive.errors import Invalid
from archive.keeping import pool
from archive.keeping.sets import stamp
from archive.media import folders, paths, replica
from archive.models import AuditEvent, FileArrival, FixityCheck, StoredFile, User


def repair_file(*, stored_file: StoredFile, by: User | None, check: bool = True) -> FixityCheck:
    """Replace damaged bytes, which are set aside and never deleted; return the check made afterwards.

    Only when the replica's bytes have the recorded hash and the audit chain says the same of their arrival.
    Raises NotAllowed, Invalid("file_intact"), Invalid("no_replica"), Invalid("replica_bad"),
    Invalid("not_in_chain"), StorageFull.
    """
    if check:
        require_may(by, "repair", FileArrival)
    if check_file(stored_file=stored_file, by=by).outcome == Fixity.INTACT:
        raise Invalid("file_intact")
    if replica.root() is None or not replica.of_sha256(stored_file.sha256).is_file():
        raise Invalid("no_replica")
    if not _chain_knows(stored_file):
        raise Invalid("not_in_chain")
    aside = _put_aside(paths.of_sha256(stored_file.sha256))
    source, target = replica.of_sha256(stored_file.sha256), paths.of_sha256(stored_file.sha256)
    if pool.copy(source, target, stored_file.sha256, hash_present=True) is not pool.Copied.DONE:
        if aside:
            aside.rename(target)
        raise Invalid("replica_bad")
    return _record(stored_file, check_file(stored_file=stored_file, by=by), by)


def _chain_knows(stored_file: StoredFile) -> bool:
    """Whether an unchanged event says that these bytes arrived, or were made here."""
    arrivals = list(stored_file.arrivals.values_list("public_id", flat=True))
    cleaned = list(stored_file.clean_copies.values_list("capture__public_id", flat=True))
    images = [
        *stored_file.derivatives.values_list("image__public_id", flat=True),
        *stored_file.pyramids.values_list("image__public_id", flat=True),
        *stored_file.fresh_pdfs.values_list("image__public_id", flat=True),
    ]
    received = AuditEvent.objects.filter(
        action="file.received", target_kind="filearrival", target_id__in=arrivals
    )
    derived = AuditEvent.objects.filter(
        action__in=["image.derived", "image.tiled", "image.bound"], target_kind="image", target_id__in=images
    )
    told = [event for event in received if event.facts.get("sha256") == stored_file.sha256]
    derived |= AuditEvent.objects.filter(
        action="capture.cleaned", target_kind="capture", target_id__in=cleaned
    )
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
def _record(stored_file: StoredFile, check: FixityCheck, by: User | None) -> FixityCheck:
    record_event("file.repaired", target=stored_file, by=by, sha256=stored_file.sha256, outcome=check.outcome)
    return check
