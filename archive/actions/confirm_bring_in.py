"""Bring in a package that was looked at, as one step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction

from archive import kinds
from archive.access import require, require_may
from archive.actions.bring_in import bring_in
from archive.actions.enqueue import enqueue
from archive.actions.record_event import record_event
from archive.enums import JobState
from archive.errors import Conflict
from archive.media import paths
from archive.models import Collection, PackageArrival, User, Work

Progress = Callable[..., None]

LOAD_PACKAGE = "load_package"


@transaction.atomic
def confirm_bring_in(*, package_id: int, by: User) -> PackageArrival:
    """Promise to bring in what the page showed; confirmed twice, it is brought in once.

    Raises Conflict("package_not_ready") before it was looked at, or when something is in its way, NotAllowed, NotVisible.
    """
    package = PackageArrival.objects.select_for_update(no_key=True, of=("self",)).get(pk=package_id)
    require_may(by, "add", PackageArrival)
    require(by, "view", package)
    if package.preview is None or package.preview["obstacles"]:
        raise Conflict("package_not_ready")
    job = package.job
    if is_in(package) or (job is not None and job.kind == LOAD_PACKAGE and job.state != JobState.FAILED):
        return package
    package.job = enqueue(LOAD_PACKAGE, dedupe_key=str(package.pk), by=by, package=package.pk)
    package.save(update_fields=["job"])
    record_event("package.confirmed", target=package, by=by)
    return package


def is_in(package: PackageArrival) -> bool:
    """Whether it was brought in."""
    return package.work_id is not None or package.collection_id is not None


def load_package(*, package_id: int, progress: Progress = lambda percent, **message: None) -> PackageArrival:
    """Bring it in; one that was brought in stays as it is. Raises what `bring_in` raises."""
    package = PackageArrival.objects.select_related("arrival__stored_file", "created_by").get(pk=package_id)
    if is_in(package):
        return package
    require(package.created_by, "view", package.arrival)

    def note(root: Work | Collection) -> None:
        """Write down what it became, in the same step: killed afterwards, it is not tried again."""
        if isinstance(root, Work):
            package.work = root
        else:
            package.collection = root
        package.save(update_fields=["work", "collection"])

    path = paths.of_sha256(package.arrival.stored_file.sha256)
    bring_in(path=path, by=package.created_by, progress=progress, done=note)
    return package


@kinds.handles(LOAD_PACKAGE, of=(PackageArrival, "package"))
def _handle(job: Any, progress: Progress) -> dict[str, Any]:
    package = load_package(package_id=job.payload["package"], progress=progress)
    return {"package": package.public_id, "result_url": package.get_absolute_url()}
