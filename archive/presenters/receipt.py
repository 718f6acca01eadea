"""The receipt of a deposit: sent against kept, file by file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from archive.presenters import cells
from archive.presenters.messages import sentence


def named(item: Any) -> str:
    """Return what a file is called among the others: with the folders in which it lay, where they are known."""
    return item.path or item.filename


def outcome(item: Any) -> str:
    """Return what became of one file, in words."""
    if item.state == "refused":
        why = sentence(item.error["code"], item.error.get("params"))
        return _("Not taken. %(why)s") % {"why": why}
    if item.state == "sending" and not item.offset:
        return _("Nothing of it is here yet")
    if item.state == "sending":
        return _("On its way: %(percent)s%%") % {"percent": item.offset * 100 // item.size}
    if item.state == "arrived":
        return _("Here; being hashed")
    if item.error:
        return _("Kept as a file. %(why)s") % {"why": sentence(item.error["code"], item.error.get("params"))}
    if item.image_id:
        return _("Kept, and entered as an image")
    if item.video_id:
        is_sound = item.video.is_recording
        return _("Kept, and entered as a recording") if is_sound else _("Kept, and entered as a film")
    if item.run_id:
        return _("Kept, and read as a text")
    return _("Kept as a file")


def rows(items: Iterable[Any]) -> Iterator[list[str]]:
    """Yield the receipt's table, its heading first."""
    yield [_("File"), _("Bytes sent"), _("Bytes kept"), "SHA-256", _("Received"), _("Outcome"), _("Path")]
    for item in items:
        stored = item.arrival.stored_file if item.arrival else None
        yield [
            item.filename, str(item.size), str(stored.size if stored else 0), stored.sha256 if stored else "",
            item.arrival.arrived_at.isoformat(timespec="seconds") if item.arrival else "", outcome(item),
            item.path,
        ]  # fmt: skip


def as_csv(items: Iterable[Any]) -> Iterator[str]:
    """Yield the receipt as CSV (RFC 4180, with a byte order mark for spreadsheets)."""
    yield "\ufeff"
    for row in rows(items):
        yield cells.row(row)
