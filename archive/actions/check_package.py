"""Look at a package that came: whether it is sound, and what it would make."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction

from archive import kinds
from archive.access import require
from archive.actions._package_preview import preview
from archive.actions.ask_bring_in import CHECK_PACKAGE
from archive.actions.bring_in import opened_package, require_to_bring_in, try_out
from archive.actions.record_event import record_event
from archive.media import paths
from archive.models import PackageArrival

Progress = Callable[..., None]


def check_package(*, package_id: int, progress: Progress = lambda percent, **message: None) -> PackageArrival:
    """Verify every byte of a package, tell what it would make, and try it: then all is as before.

    A package in whose way something stands is not tried. Raises what `bring_in` raises.
    """
    package = PackageArrival.objects.select_related("arrival__stored_file", "created_by").get(pk=package_id)
    require_to_bring_in(package.created_by)
    require(package.created_by, "view", package.arrival)
    path = paths.of_sha256(package.arrival.stored_file.sha256)
    with opened_package(path, by=package.created_by) as loading:
        progress(60, code="package_trying", params={})
        told = preview(loading)
        if not told["obstacles"]:
            try_out(loading)
    return _record(package, told)


@transaction.atomic
def _record(package: PackageArrival, told: dict[str, Any]) -> PackageArrival:
    package.preview = told
    package.save(update_fields=["preview"])
    record_event("package.checked", target=package, by=package.created_by, obstacles=len(told["obstacles"]))
    return package


@kinds.handles(CHECK_PACKAGE, of=(PackageArrival, "package"))
def _handle(job: Any, progress: Progress) -> dict[str, Any]:
    package = check_package(package_id=job.payload["package"], progress=progress)
    return {"package": package.public_id, "result_url": package.get_absolute_url()}
