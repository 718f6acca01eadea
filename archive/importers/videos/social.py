"""Facebook: films by number, and short addresses that only Facebook can resolve."""

from __future__ import annotations

import re

from archive.importers.videos.address import Address
from archive.importers.videos.link import VideoLink
from archive.importers.videos.starts import start_of

HOSTS = frozenset(
    f"{part}facebook.com" for part in ("", "m.", "web.", "mbasic.", "touch.", "business.", "fb.")
)
PATH = re.compile(
    r"/(?:[^/]+/videos/(?:[^/]+/)?|reel/|reels/|videos/|watch/live/|live/)(\d{6,20})/?\Z", re.ASCII
)
NAMED_PATHS = frozenset({"/watch", "/watch/live", "/video.php", "/video/video.php", "/video/embed"})
NUMBER = re.compile(r"\d{6,20}\Z", re.ASCII)
SHARED = re.compile(r"/(share/[vr]/[A-Za-z0-9_-]{4,40})/?\Z")
SHORT = re.compile(r"/(?:v/)?([A-Za-z0-9_-]{4,40})/?\Z")


def facebook(address: Address) -> VideoLink | None:
    """Return the film; a short address keeps its own name, since nothing is asked of Facebook."""
    if address.host == "fb.watch":
        found = SHORT.match(address.path)
        name = f"fb.watch/{found.group(1)}" if found else ""
        return VideoLink("facebook", name, f"https://{name}/", start_of(address)) if name else None
    if address.host not in HOSTS:
        return None
    if shared := SHARED.match(address.path):
        return VideoLink("facebook", shared.group(1), f"https://www.facebook.com/{shared.group(1)}/")
    video = _number(address)
    if not video:
        return None
    return VideoLink("facebook", video, f"https://www.facebook.com/watch/?v={video}", start_of(address))


def _number(address: Address) -> str:
    if address.path.rstrip("/") in NAMED_PATHS:
        video = address.value("v", "video_id")
    else:
        found = PATH.match(address.path)
        video = found.group(1) if found else ""
    return video if NUMBER.match(video) else ""
