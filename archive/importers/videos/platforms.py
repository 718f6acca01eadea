"""Vimeo, Dailymotion, and PeerTube on any host."""

from __future__ import annotations

import re
import uuid

from archive.importers.videos.address import Address
from archive.importers.videos.link import VideoLink, short_id
from archive.importers.videos.starts import start_of

VIMEO_PATH = re.compile(
    r"/(?:(?:video|manage/videos)/|channels/[^/]+/|groups/[^/]+/videos/|(?:album|showcase)/\d+/video/"
    r"|ondemand/[^/]+/)?(\d{1,12})(?:/([0-9a-f]{6,20}))?(?:/settings.*)?/?\Z",
    re.ASCII,
)
VIMEO_SECRET = re.compile(r"[0-9a-f]{6,20}\Z")
DAILYMOTION_HOSTS = frozenset({"dailymotion.com", "geo.dailymotion.com", "touch.dailymotion.com"})
DAILYMOTION_PATH = re.compile(r"/(?:embed/|swf/)?(?:video/)?([kx][A-Za-z0-9]{3,20})(?:_[^/]*)?/?\Z")
DAILYMOTION_ID = re.compile(r"[kx][A-Za-z0-9]{3,20}\Z")
PEERTUBE_PATH = re.compile(
    r"/(?:w|videos/(?:watch|embed))/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[1-9A-HJ-NP-Za-km-z]{21,22})/?\Z"
)
#: The order in which PeerTube counts when it shortens a UUID.
LETTERS = "123456789abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ"


def vimeo(address: Address) -> VideoLink | None:
    """Return the film; the secret of one that is not listed stays in its address."""
    if address.host not in {"vimeo.com", "player.vimeo.com"}:
        return None
    path = f"/{address.value('clip_id')}" if address.path == "/moogaloop.swf" else address.path
    found = VIMEO_PATH.match(path)
    if not found:
        return None
    video, secret = found.groups()
    named = address.value("h")
    secret = secret or (named if VIMEO_SECRET.match(named) else "")
    url = f"https://vimeo.com/{video}" + (f"/{secret}" if secret else "")
    return VideoLink("vimeo", video, url, start_of(address))


def dailymotion(address: Address) -> VideoLink | None:
    """Return the film."""
    if address.host == "dai.ly" or (address.host in DAILYMOTION_HOSTS and "/video/" in address.path):
        found = DAILYMOTION_PATH.match(address.path)
        video = found.group(1) if found else ""
    elif address.host in DAILYMOTION_HOSTS and address.path.startswith("/player"):
        video = address.value("video")
    else:
        return None
    if not DAILYMOTION_ID.match(video):
        return None
    return VideoLink("dailymotion", video, f"https://www.dailymotion.com/video/{video}", start_of(address))


def peertube(address: Address) -> VideoLink | None:
    """Return the film of any host that has PeerTube's paths; short and long ids are one."""
    found = PEERTUBE_PATH.match(address.path)
    short = _shortened(found.group(1)) if found else ""
    if not short:
        return None
    url = f"{address.scheme}://{address.site}/w/{short}"
    return VideoLink("peertube", short_id(f"{address.site}/{short}"), url, start_of(address))


def _shortened(name: str) -> str:
    """Return PeerTube's short form of an id; "" for what is no id."""
    number = uuid.UUID(name).int if "-" in name else _number(name)
    if number >> 128:
        return ""
    letters = ""
    while number:
        number, letter = divmod(number, len(LETTERS))
        letters = LETTERS[letter] + letters
    return letters.rjust(22, LETTERS[0])


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * len(LETTERS) + LETTERS.index(letter)
    return number
