"""Ask for a package of a work or a collection."""

from __future__ import annotations

from django.db import transaction

from archive.access import ANYBODY, VIEW, allows, require
from archive.actions.enqueue import enqueue
from archive.actions.once import once
from archive.actions.record_event import record_event
from archive.enums import PackageFormat
from archive.errors import Conflict, Invalid
from archive.exports.holding import is_down
from archive.models import Collection, TakeOut, User, Work

BUILD_TAKE_OUT = "build_take_out"


@transaction.atomic
def ask_take_out(*, item: Work | Collection, layout: str, key: str = "", by: User) -> TakeOut:
    """Promise a package for the one who asks; the same `key` twice gives the same one.

    Raises Invalid("unknown_format", "nothing_public"), Conflict("down_already"), NotAllowed, NotVisible.
    """
    require(by, "take_out", item)
    if is_down(item):
        raise Conflict("down_already")
    if layout not in set(PackageFormat):
        raise Invalid("unknown_format", field="format")
    if layout == PackageFormat.STATIC and not allows(ANYBODY, VIEW, item):
        raise Invalid("nothing_public", field="format")
    of = {"work": item} if isinstance(item, Work) else {"collection": item}

    def make() -> TakeOut:
        package = TakeOut.objects.create(**of, format=layout, created_by=by)
        package.job = enqueue(BUILD_TAKE_OUT, dedupe_key=str(package.pk), by=by, take_out=package.pk)
        package.save(update_fields=["job"])
        record_event("package.asked", target=package, by=by, item=item.public_id, format=layout)
        return package

    return once(TakeOut, scope="take_out", key=key, make=make, by=by)
