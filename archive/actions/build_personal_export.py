"""Build a package of a person's own data that was asked for."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.urls import reverse

from archive import kinds
from archive.access import require
from archive.actions._kept_packages import finish, tell_ready
from archive.actions.ask_personal_export import EXPORT_PERSON
from archive.actions.record_event import record_event
from archive.exports.personal.package import pack
from archive.exports.sinks import ZipSink
from archive.media.packages import lay_down
from archive.models import PersonalExport

Progress = Callable[..., None]
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
    size, sha256 = lay_down(package, lambda staged: _write(staged, package, progress))
    return finish(package, size, sha256, record=_record)


def _write(staged: Path, package: PersonalExport, progress: Progress) -> None:
    for_owner = package.created_by_id == package.account_id
    with ZipSink(staged, f"hashiya-{package.public_id}") as sink:
        pack(sink, package.account, for_owner=for_owner, tick=_ticking(progress))


def _ticking(progress: Progress) -> Callable[[int], None]:
    state = {"told": 0.0}

    def tick(size: int) -> None:
        if time.monotonic() - state["told"] >= PACE:
            state["told"] = time.monotonic()
            progress(50, code="package_writing", params={})

    return tick


def _record(package: PersonalExport) -> None:
    tell_ready(package, "data_ready", lambda: _page(package))
    record_event("person.exported", target=package.account, by=package.created_by, size=package.size)


def _page(package: PersonalExport) -> str:
    """Return the page on which whoever asked fetches it."""
    of_another = package.created_by_id != package.account_id
    return reverse("person_data", args=[package.account.public_id]) if of_another else reverse("own_data")


@kinds.handles(EXPORT_PERSON, of=(PersonalExport, "export"))
def _handle(job: Any, progress: Progress) -> dict[str, Any]:
    build_personal_export(export_id=job.payload["export"], progress=progress)
    return {}
