"""The one spelling that we keep of a video."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

#: What the catalogue keeps; a longer address stays a link, for one cut short leads nowhere.
LONGEST_URL = 500
LONGEST_ID = 200


@dataclass(frozen=True, slots=True)
class VideoLink:
    """A video that an address names: two spellings of one video differ at most in `url` and `start`."""

    provider: str
    video_id: str
    url: str
    #: Seconds from the beginning at which the address asks to play.
    start: int = 0

    @property
    def attrs(self) -> dict[str, Any]:
        """What a video block says of its video."""
        attrs: dict[str, Any] = {"provider": self.provider, "video_id": self.video_id, "url": self.url}
        return attrs | {"start": self.start} if self.start else attrs


def short_id(name: str) -> str:
    """Return a name as an id: as it is, or its beginning and its hash when it is too long to keep."""
    if len(name) <= LONGEST_ID:
        return name
    return f"{name[:100]}…{hashlib.sha256(name.encode()).hexdigest()[:32]}"
