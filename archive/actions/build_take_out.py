"""Build a package that was asked for."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db.models import Sum

from archive import kinds
from archive.access import as_viewer, require
from archive.actions._kept_packages import finish, tell_ready
from archive.actions.ask_take_out import BUILD_TAKE_OUT
from archive.actions.record_event import record_event
from archive.enums import PackageFormat
from archive.errors import Conflict
from archive.exports import packing
from archive.exports.holding import Holding, contents, holding, is_down
from archive.exports.sinks import ZipSink
from archive.media.packages import lay_down
from archive.models import FileArrival, SiteSettings, TakeOut

Progress = Callable[..., None]

#: The page is told how far it is at most so often, in seconds.
PACE = 1.0
#: Formats that are one file.
SINGLE = frozenset({PackageFormat.CSV, PackageFormat.JSONLD})


def build_take_out(*, take_out_id: int, progress: Progress = lambda percent, **message: None) -> TakeOut:
    """Write the package as its asker may have it now; one that is there stays as it is.

    Not atomic as a whole: packing takes long. Killed at any moment, it can simply be run again.
    Raises NotAllowed, NotVisible, Conflict("down_already"), StorageFull, HashiyaError("bytes_missing", "file_not_intact").
    """
    package = TakeOut.objects.select_related("work", "collection", "created_by").get(pk=take_out_id)
    if package.size is not None:
        return package
    item = package.work or package.collection
    assert item is not None
    require(package.created_by, "take_out", item)
    if is_down(item):
        raise Conflict("down_already")
    held = holding(item, as_viewer(package.created_by))
    _tell_contents(package, held)
    size, sha256 = lay_down(package, lambda staged: _write(staged, package, held, progress))
    return finish(package, size, sha256, record=_record)


def packer() -> str:
    """Return in whose name packages are made: the site's."""
    site = SiteSettings.objects.filter(pk=1).first()
    return (site.name if site else "") or "Hashiya"


def _write(staged: Path, package: TakeOut, held: Holding, progress: Progress) -> None:
    layout = PackageFormat(package.format)
    if layout in SINGLE:
        with staged.open("xb") as file:
            file.writelines(packing.single(held, layout))
        return
    order = packing.Order(held, package.created_at, packer(), _ticking(held, progress))
    with ZipSink(staged, package.public_id) as sink:
        packing.pack(sink, order, layout)


def _tell_contents(package: TakeOut, held: Holding) -> None:
    """Write down what is packed before it is, so that a takedown meanwhile finds the package.

    Pages to be read name what lies around the things they show: of these it stays unknown.
    """
    if package.format == PackageFormat.STATIC:
        return
    found = {kind: set(keys) for kind, keys in contents(held).items()}
    for part in kinds.package_parts:
        for kind, pk in part.names(held.ids, held.viewer) if part.names else ():
            found[kind].add(pk)
    told = {kind: sorted(keys) for kind, keys in found.items()}
    TakeOut.objects.filter(pk=package.pk).update(holds=told)


def _ticking(held: Holding, progress: Progress) -> Callable[[int], None]:
    """Return what is told of every piece, and tells the page now and then."""
    keys = [arrival.pk for arrival in held.files()]
    total = FileArrival.objects.filter(pk__in=keys).aggregate(all=Sum("stored_file__size"))["all"] or 1
    state = {"done": 0, "told": 0.0}

    def tick(size: int) -> None:
        state["done"] += size
        if time.monotonic() - state["told"] >= PACE:
            state["told"] = time.monotonic()
            progress(
                int(state["done"] * 100 // (total + state["done"] // 20)), code="package_writing", params={}
            )

    return tick


def _record(package: TakeOut) -> None:
    tell_ready(package, "package_ready", package.get_absolute_url)
    record_event(
        "package.built", target=package, by=package.created_by, sha256=package.sha256, size=package.size
    )


@kinds.handles(BUILD_TAKE_OUT, of=(TakeOut, "take_out"))
def _handle(job: Any, progress: Progress) -> dict[str, Any]:
    package = build_take_out(take_out_id=job.payload["take_out"], progress=progress)
    return {"take_out": package.public_id, "result_url": package.get_absolute_url()}
