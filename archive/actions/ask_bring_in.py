"""Have a package that was received looked at."""

from __future__ import annotations

from django.db import transaction

from archive.access import require, require_may
from archive.actions.enqueue import enqueue
from archive.actions.once import once
from archive.actions.record_event import record_event
from archive.models import FileArrival, PackageArrival, User

CHECK_PACKAGE = "check_package"


@transaction.atomic
def ask_bring_in(*, arrival: FileArrival, key: str = "", by: User) -> PackageArrival:
    """Promise to look at a package: what it would make, for the one who asks; the same `key` twice gives the same one.

    Nothing of it is brought in by that. Raises NotAllowed, NotVisible.
    """
    require_may(by, "add", PackageArrival)
    require(by, "view", arrival)

    def make() -> PackageArrival:
        package = PackageArrival.objects.create(arrival=arrival, created_by=by)
        package.job = enqueue(CHECK_PACKAGE, dedupe_key=str(package.pk), by=by, package=package.pk)
        package.save(update_fields=["job"])
        record_event("package.came", target=package, by=by, arrival=arrival.public_id)
        return package

    return once(PackageArrival, scope="package_arrival", key=key, make=make, by=by)
