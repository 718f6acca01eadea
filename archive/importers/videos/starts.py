"""At which second an address asks a film to begin."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl

from archive.importers.videos.address import Address

NAMES = ("t", "start", "time_continue", "starttime")
UNITS = re.compile(r"(?:(\d{1,4})h)?(?:(\d{1,5})m)?(?:(\d{1,6})(?:\.\d+)?s?)?\Z", re.ASCII)
CLOCK = re.compile(r"(?:npt:)?(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:\.\d+)?\Z", re.ASCII)
#: No film lasts four days; a number beyond is something else.
LATEST = 4 * 24 * 3600


def start_of(address: Address) -> int:
    """Return the second that the query or else the fragment names; 0 when none does."""
    fragment = dict(parse_qsl(address.fragment))
    for values in (address.values, fragment):
        for name in NAMES:
            if second := seconds(values.get(name, "")):
                return second
    return 0


def seconds(text: str) -> int:
    """Return how many seconds "90", "90s", "1h2m3s", "1:02:03" or "npt:10,20" are; 0 for anything else."""
    text = text.split(",", 1)[0].strip().lower()
    found = CLOCK.match(text) or UNITS.match(text.removeprefix("npt:"))
    if not found:
        return 0
    hours, minutes, rest = (int(part or 0) for part in found.groups())
    total = hours * 3600 + minutes * 60 + rest
    return total if total <= LATEST else 0
