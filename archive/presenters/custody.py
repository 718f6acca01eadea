"""What happened to a file, in words: its custody log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

#: States of the design system, by what happened.
_TONES = {"intact": "accepted", "damaged": "lost", "could_not_check": "returned"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log."""

    at: datetime
    words: str
    #: Name of a status color; empty: none.
    tone: str = ""
    #: Number of the acting account; None: the site itself.
    actor_id: int | None = None


def check_entry(outcome: str, at: datetime) -> Entry:
    """Return the line of one check."""
    words = {
        "intact": _("Read again: intact, byte for byte."),
        "damaged": _("Read again: damaged or gone."),
        "could_not_check": _("Could not be read; it will be tried again tomorrow."),
    }
    return Entry(at, words.get(outcome, outcome), _TONES.get(outcome, ""))


def event_entry(action: str, facts: Mapping[str, Any], at: datetime, actor_id: int | None) -> Entry | None:
    """Return the line of one act of the record; None for acts that the checks tell already."""
    words = {
        "file.received": _("Received, and its hash taken."),
        "file.repaired": _("Damaged bytes were replaced by the second copy; they are set aside."),
        "image.added": _("Entered as an image."),
        "image.derived": _("Copies for readers were made from it."),
        "image.covered": _("Parts of the picture were covered; these bytes stay as they are."),
        "image.uncovered": _("Nothing of the picture is covered any more."),
        "image.tiled": _("Cut into tiles for deep zoom."),
        "image.broken": _("It does not decode as a picture; it is kept as it came."),
        "capture.added": _("Kept as a capture of a film."),
        "capture.cleaned": _("A copy for readers was made from it."),
        "capture.looked_into": _(
            "The recorded page was looked into, and its parts compared with their list."
        ),
        "capture.described": _("What is said of the capture was changed."),
        "import.started": _("Reading it as a text began."),
        "import.parsed": _("Read as a text."),
    }.get(action)
    return Entry(at, words, actor_id=actor_id) if words else None


def log(entries: Iterable[Entry | None]) -> list[Entry]:
    """Return the lines, the newest first."""
    return sorted((entry for entry in entries if entry), key=lambda entry: entry.at, reverse=True)
