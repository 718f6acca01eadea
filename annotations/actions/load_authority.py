"""Load an authority file from a table, or take it out again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone

from annotations.authorities import SCHEMES
from annotations.exchange.csv_authority import MOST_BYTES, Entry, LeftOut, read_authority
from annotations.models import AuthorityFile, AuthorityName, AuthorityRecord
from archive import kinds
from archive.access import require, require_may
from archive.actions.enqueue import enqueue
from archive.actions.record_event import record_event
from archive.errors import HashiyaError, ImportRefused, Invalid, NotVisible
from archive.media import paths
from archive.models import FileArrival, User
from archive.text.folding import fold_key

LOAD_AUTHORITY = "load_authority"
_BATCH, _PIECE = 1_000, 256 * 1024
#: Rows that were left out, of which the page says why.
TOLD = 50


@transaction.atomic
def load_authority(
    *, arrival: FileArrival, name: str, scheme: str = "", address: str = "", is_open: bool = True, file: str = "", by: User
) -> AuthorityFile:  # fmt: skip
    """Promise that a table which was received becomes an authority file, or replaces what one (`file`) holds.

    `scheme` is a code of `SCHEMES`; without one, `address` before an identifier makes the address of an entry.
    Raises Invalid, ImportRefused("too_large"), NotAllowed, NotVisible.
    """
    require_may(by, "add", AuthorityFile)
    if not name.strip() or len(name.strip()) > 120:
        raise Invalid("required", field="name")
    if scheme and scheme not in SCHEMES:
        raise Invalid("choice_unknown", field="scheme")
    if address and not address.startswith(("https://", "http://")):
        raise Invalid("address_refused", field="address")
    if arrival.stored_file.size > MOST_BYTES:
        raise ImportRefused("too_large", limit_mb=MOST_BYTES // 1024**2)
    row = _locked(file, by) if file else AuthorityFile(created_by=by)
    row.name, row.scheme, row.address = name.strip(), scheme, "" if scheme else address.strip()
    row.is_open, row.arrival = is_open, arrival
    row.save()
    row.job = enqueue(LOAD_AUTHORITY, dedupe_key=str(row.pk), by=by, file=row.pk)
    row.save(update_fields=["job"])
    record_event("authority_file.sent", target=row, by=by, name=row.name, scheme=scheme)
    return row


@transaction.atomic
def drop_authority(*, file: str, by: User) -> None:
    """Take an authority file (public id) out; links that terms have to its entries stay.

    Raises NotVisible, NotAllowed.
    """
    row = _locked(file, by)
    record_event("authority_file.dropped", target=row, by=by, name=row.name)
    AuthorityName.objects.filter(file=row).delete()
    AuthorityRecord.objects.filter(file=row).delete()
    row.delete()


def _locked(public_id: str, by: User) -> AuthorityFile:
    row = AuthorityFile.objects.select_for_update(of=("self",)).filter(public_id=public_id).first()
    if row is None:
        raise NotVisible("not_visible")
    require(by, "change", row)
    return row


def run_load(*, file_id: int, by: User, progress: Callable[..., None]) -> dict[str, Any]:
    """Read the table beside what the file holds, and let it count at the end, all at once.

    The rows are written batch by batch, so that nobody else waits long. Killed at any moment, it can be run again.
    """
    row = AuthorityFile.objects.select_related("arrival__stored_file").filter(pk=file_id).first()
    if row is None or row.arrival is None:
        return {}
    require(by, "change", row)
    _clear(row)
    sha256, load = row.arrival.stored_file.sha256, row.load + 1
    size, left_out, seen = max(row.arrival.stored_file.size, 1), [], set()
    pieces = _Pieces(sha256)
    entries = read_authority(pieces, scheme=row.scheme)
    count = 0
    while batch := list(islice(entries, _BATCH)):
        good = []
        for entry in batch:
            if isinstance(entry, LeftOut) or entry.identifier in seen:
                code = entry.code if isinstance(entry, LeftOut) else "authority_twice"
                left_out.append({"line": entry.line, "code": code})
            else:
                seen.add(entry.identifier)
                good.append(entry)
        _insert(row, load, good)
        count += len(good)
        progress(min(99, pieces.read * 100 // size), code="authority_loading", params={"rows": count})
    if not _let_count(file_id, load, row.arrival_id, count, left_out, by):
        return {}
    row.load = load
    _clear(row)
    return {"rows": count, "left_out": len(left_out)}


@transaction.atomic
def _let_count(
    file_id: int, load: int, arrival_id: int | None, count: int, left_out: list[dict[str, Any]], by: User
) -> bool:
    """Let a loading count, if its table is still the one that is wanted; return whether."""
    row = AuthorityFile.objects.select_for_update(of=("self",)).filter(pk=file_id).first()
    if row is None or row.arrival_id != arrival_id or row.load != load - 1:
        return False
    row.load, row.count, row.left_out, row.loaded_at = load, count, left_out[:TOLD], timezone.now()
    row.save(update_fields=["load", "count", "left_out", "loaded_at"])
    record_event("authority_file.loaded", target=row, by=by, rows=count, left_out=len(left_out))
    return True


def _clear(row: AuthorityFile) -> None:
    """Take away the rows of loadings that do not count, some at a time."""
    for model in (AuthorityName, AuthorityRecord):
        others = model.objects.filter(file=row).exclude(load=row.load).order_by("pk")
        while keys := list(others.values_list("pk", flat=True)[:_BATCH]):
            model.objects.filter(pk__in=keys).delete()


class _Pieces:
    """The bytes of a stored file, with how many were read."""

    def __init__(self, sha256: str) -> None:
        self._path, self.read = paths.of_sha256(sha256), 0

    def __iter__(self) -> Iterator[bytes]:
        try:
            with self._path.open("rb") as file:
                while piece := file.read(_PIECE):
                    self.read += len(piece)
                    yield piece
        except OSError as error:
            raise HashiyaError("bytes_missing") from error


@transaction.atomic
def _insert(file: AuthorityFile, load: int, entries: list[Entry]) -> None:
    records = AuthorityRecord.objects.bulk_create(
        [
            AuthorityRecord(
                file=file, load=load, identifier=entry.identifier, name=entry.name, language=entry.language, type=entry.type,
                description=entry.description, latitude=entry.latitude, longitude=entry.longitude, date_edtf=entry.date_edtf,
            )
            for entry in entries
        ]
    )  # fmt: skip
    names = []
    for record, entry in zip(records, entries, strict=True):
        known = dict.fromkeys([(entry.language, entry.name), *entry.variants])
        names += [
            AuthorityName(load=load, record=record, file=file, language=language, name=name, folded=fold_key(name).strip()[:200])
            for language, name in known
        ]  # fmt: skip
    AuthorityName.objects.bulk_create(names, batch_size=2_000)


@kinds.handles(LOAD_AUTHORITY, of=(AuthorityFile, "file"))
def _load_job(job: Any, progress: Callable[..., None]) -> dict[str, Any]:
    return run_load(file_id=job.payload["file"], by=job.created_by, progress=progress)
