"""Build a package of a person's own data that was asked for."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from archive import kinds
from archive.access import require
from archive.actions.ask_personal_export import EXPORT_PERSON
from archive.actions.record_event import record_event
from archive.errors import StorageFull
from archive.exports.personal.package import pack
from archive.exports.sinks import ZipSink
from archive.media import paths, space
from archive.models import PersonalExport

Progress = Callable[..., None]
#: How long a package waits to be fetched.
KEPT = timedelta(days=7)
#: The page is told that it is alive at most so often, in seconds.
PACE = 1.0


def build_personal_export(
    *, export_id: int, progress: Progress = lambda percent, **message: None
) -> PersonalExport:
    """Write the package; one that is there stays as it is, and one whose time is over is not written again.

    Not atomic as a whole: packing takes long. Killed at any moment, it can simply be run again.
    Raises NotAllowed when who asked may not any more, StorageFull, HashiyaError("file_not_intact").
    """
    package = PersonalExport.objects.select_related("account", "created_by").get(pk=export_id)
    if package.size is not None or package.expires_at is not None:
        return package
    if package.created_by_id != package.account_id:
        require(package.created_by, "change", package.account)
    paths.packages().mkdir(parents=True, exist_ok=True)
    staged = paths.packages() / f".{secrets.token_hex(16)}"
    try:
        with ZipSink(staged, f"hashiya-{package.public_id}") as sink:
            for_owner = package.created_by_id == package.account_id
            pack(sink, package.account, for_owner=for_owner, tick=_ticking(progress))
        with staged.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        size = staged.stat().st_size
        staged.replace(place_of(package))
    except OSError as error:
        if space.is_full(error):
            raise StorageFull("storage_full") from error
        raise
    finally:
        staged.unlink(missing_ok=True)
    return _record(package, size, sha256)


def place_of(package: PersonalExport) -> Path:
    """Return where a finished package lies."""
    return paths.packages() / f"{package.public_id}.zip"


def _ticking(progress: Progress) -> Callable[[int], None]:
    state = {"told": 0.0}

    def tick(size: int) -> None:
        if time.monotonic() - state["told"] >= PACE:
            state["told"] = time.monotonic()
            progress(50, code="package_writing", params={})

    return tick


@transaction.atomic
def _record(package: PersonalExport, size: int, sha256: str) -> PersonalExport:
    locked = PersonalExport.objects.select_for_update(no_key=True).get(pk=package.pk)
    if locked.size is None:
        locked.size, locked.sha256 = size, sha256
        # One that was taken back by an erasure while it was being written is not given out.
        locked.expires_at = locked.expires_at or timezone.now() + KEPT
        locked.save(update_fields=["size", "sha256", "expires_at"])
        record_event("person.exported", target=package.account, by=package.created_by, size=size)
    return locked


@kinds.handles(EXPORT_PERSON, of=(PersonalExport, "export"))
def _handle(job: Any, progress: Progress) -> dict[str, Any]:
    build_personal_export(export_id=job.payload["export"], progress=progress)
    return {}
