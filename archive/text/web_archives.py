"""Addresses at which public web archives keep a page as it was at one moment."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

#: Archives whose addresses name the moment to the second; what stands before it is theirs.
_ARCHIVES = (
    r"web\.archive\.org/web/",
    r"wayback\.archive-it\.org/(?:[0-9]{1,9}|all)/",
    r"arquivo\.pt/wayback/",
    r"webarchive\.loc\.gov/all/",
)
_COPY = re.compile(
    rf"https?://(?:{'|'.join(_ARCHIVES)})([0-9]{{14}})(?:[a-z]{{2}}_)?/((?:https?:/{{1,2}})?[^\s\x00-\x1f]{{4,1800}})\Z",
    re.ASCII | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class KeptCopy:
    """A copy that a web archive keeps."""

    url: str
    at: datetime


def kept_copy(url: str) -> KeptCopy | None:
    """Return the copy that an address names; None for an address of anything else, or without a whole moment.

    A shorter moment leads to whatever copy is nearest on the day of asking, so it is no evidence.
    """
    url = url.strip()
    found = _COPY.match(url)
    if found is None:
        return None
    try:
        at = datetime.strptime(found.group(1), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
    return KeptCopy(re.sub(r"\Ahttp:", "https:", url, flags=re.IGNORECASE), at)
