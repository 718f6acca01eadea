"""YouTube: one film under a dozen hosts and paths."""

from __future__ import annotations

import re

from archive.importers.videos.address import Address
from archive.importers.videos.link import VideoLink
from archive.importers.videos.starts import start_of

HOSTS = frozenset({
    "youtube.com", "m.youtube.com", "music.youtube.com", "gaming.youtube.com", "youtubekids.com",
    "youtube-nocookie.com", "youtube.googleapis.com", "youtubeeducation.com",
})  # fmt: skip
#: Old players were written with "&" where the query should begin.
ID = r"([A-Za-z0-9_-]{11})(?:[&?/].*)?\Z"
SHORT = re.compile("/" + ID)
PATH = re.compile(r"/(?:shorts|embed|live|v|vi|e|watch)/" + ID)
NAMED_PATHS = frozenset({"", "/watch", "/watch_popup", "/ytscreeningroom", "/playlist", "/embed", "/movie"})
#: Players of lists and channels, whose names are as long as an id.
NOT_IDS = frozenset({"videoseries", "live_stream"})


def youtube(address: Address) -> VideoLink | None:
    """Return the film; a playlist counts when the address also says which film of it."""
    video = _id(address)
    if not video or video in NOT_IDS:
        return None
    return VideoLink("youtube", video, f"https://www.youtube.com/watch?v={video}", start_of(address))


def _id(address: Address) -> str:
    if address.host == "youtu.be":
        found = SHORT.match(address.path)
    elif address.host not in HOSTS:
        return ""
    elif address.path.rstrip("/") in NAMED_PATHS:
        found = SHORT.match("/" + address.value("v", "vi"))
    else:
        found = PATH.match(address.path)
    return found.group(1) if found else ""
