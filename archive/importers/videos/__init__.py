"""Which addresses are videos, in every spelling that people use; nothing is asked of the network."""

from __future__ import annotations

from collections.abc import Callable

from archive.importers.videos.address import Address, read_address
from archive.importers.videos.files import archive_item, media_file
from archive.importers.videos.link import LONGEST_URL, VideoLink
from archive.importers.videos.platforms import dailymotion, peertube, vimeo
from archive.importers.videos.social import facebook
from archive.importers.videos.wrappers import unwrapped
from archive.importers.videos.youtube import youtube

__all__ = ["VideoLink", "recognise"]

#: Those that know their hosts come first; any host may run PeerTube or keep a file.
READERS: tuple[Callable[[Address], VideoLink | None], ...] = (
    youtube, vimeo, dailymotion, facebook, archive_item, peertube, media_file,
)  # fmt: skip
#: A link inside a link inside a link is nobody's spelling of a video.
DEEPEST = 2


def recognise(text: str) -> VideoLink | None:
    """Return the video that an address names, or None; tracking parameters are dropped.

    The Internet Archive holds more than videos: its items count as one only when nothing tells otherwise.
    """
    address = read_address(text)
    for _ in range(DEEPEST):
        inner = unwrapped(address) if address else ""
        address = read_address(inner) if inner else address
    if address is None:
        return None
    found = next((link for reader in READERS if (link := reader(address))), None)
    return found if found and len(found.url) <= LONGEST_URL else None
