"""The receipt of a deposit: sent against kept, file by file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from archive.enums import Compared
from archive.presenters import cells
from archive.presenters.messages import sentence


def named(item: Any) -> str:
    """Return what a file is called among the others: with the folders in which it lay, where they are known."""
    return item.path or item.filename


def outcome(item: Any) -> str:
    """Return what became of one file, in words."""
    if item.compared == Compared.DIFFERS:
        return _differing(item)
    if item.state == "refused":
        why = sentence(item.error["code"], item.error.get("params"))
        return _("Not taken. %(why)s") % {"why": why}
    if item.state == "sending" and not item.offset:
        return _("Nothing of it is here yet")
    if item.state == "sending":
        return _("On its way: %(percent)s%%") % {"percent": item.offset * 100 // item.size}
    if item.state == "arrived" and item.hash_follows:
        return _("Here; its sender is still working out its hash")
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


def _differing(item: Any) -> str:
    words = sentence(item.error["code"], item.error.get("params"))
    if item.image_id or item.video_id or item.run_id:
        stays = _("What was made of it first is in use, so it stays: look at it.")
        words = f"{words} {stays}"
    return words


def comparison(item: Any) -> str:
    """Return what the sender's hash says of one file, in words; empty while there is nothing to compare."""
    return {
        Compared.SAME: _("The same"), Compared.DIFFERS: _("Differs"), Compared.UNTOLD: _("Not told by the sender"),
        Compared.WAITING: "",
    }[item.compared]  # fmt: skip


def rows(items: Iterable[Any]) -> Iterator[list[str]]:
    """Yield the receipt's table, its heading first."""
    yield [
        _("File"), _("Bytes at the sender"), _("Bytes kept"), _("SHA-256 as kept"), _("Received"), _("Outcome"), _("Path"),
        _("SHA-256 as sent"), _("Comparison"),
    ]  # fmt: skip
    for item in items:
        stored = item.arrival.stored_file if item.arrival else None
        yield [
            item.filename, str(item.size), str(stored.size if stored else 0), item.found_sha256,
            item.arrival.arrived_at.isoformat(timespec="seconds") if item.arrival else "", outcome(item),
            item.path, item.told_sha256, comparison(item),
        ]  # fmt: skip


def as_csv(items: Iterable[Any]) -> Iterator[str]:
    """Yield the receipt as CSV (RFC 4180, with a byte order mark for spreadsheets)."""
    yield "\ufeff"
    for row in rows(items):
        yield cells.row(row)
