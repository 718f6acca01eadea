"""Which addresses are videos, in every spelling that people use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

YOUTUBE_HOSTS = frozenset({"youtube.com", "m.youtube.com", "music.youtube.com", "youtube-nocookie.com"})
YOUTUBE_ID = re.compile(r"[A-Za-z0-9_-]{11}\Z")
YOUTUBE_PATH = re.compile(r"/(?:shorts|embed|live|v|e)/([^/]+)/?\Z")
VIMEO_PATH = re.compile(
    r"/(?:video/|channels/[^/]+/|groups/[^/]+/videos/|album/\d+/video/|ondemand/[^/]+/)?(\d+)(?:/(\w+))?/?\Z"
)
PEERTUBE_PATH = re.compile(
    r"/(?:w|videos/(?:watch|embed))/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[1-9A-HJ-NP-Za-km-z]{22})/?\Z"
)
ARCHIVE_PATH = re.compile(r"/(?:details|embed)/([A-Za-z0-9._-]+)(?:/.*)?\Z")
FILE_PATH = re.compile(r"/[^/]+\.(?:mp4|m4v|webm|ogv|mov)\Z", re.IGNORECASE)
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


@dataclass(frozen=True, slots=True)
class VideoLink:
    """A video that an address names, with the one spelling that we keep of it."""

    provider: str
    video_id: str
    url: str

    @property
    def attrs(self) -> dict[str, Any]:
        """What a video block says of its video."""
        return {"provider": self.provider, "video_id": self.video_id, "url": self.url}


def recognise(address: str) -> VideoLink | None:
    """Return the video that an address names, or None; start times and tracking parameters are dropped.

    The Internet Archive holds more than videos: its items count as one only when nothing tells otherwise.
    """
    address = ESCAPED.sub(r"\1", address.strip().replace("\\\\", "\\"))
    if not address or any(letter.isspace() for letter in address):
        return None
    if address.startswith("//"):
        address = "https:" + address
    elif re.match(r"(?:www\.|m\.)?(?:youtube\.com|youtu\.be|vimeo\.com)/", address):
        address = "https://" + address
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").removeprefix("www.")
        _ = parts.port
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host:
        return None
    for reader in (_youtube, _vimeo, _internet_archive, _peertube, _file):
        found = reader(host, parts.path, parts.query, parts.scheme, parts.netloc)
        if found:
            return found
    return None


def _youtube(host: str, path: str, query: str, *_: str) -> VideoLink | None:
    video = ""
    if host == "youtu.be":
        video = path.strip("/")
    elif host in YOUTUBE_HOSTS:
        in_path = YOUTUBE_PATH.match(path)
        named = parse_qs(query).get("v", [""])[0] if path.rstrip("/") in {"/watch", "/watch_popup"} else ""
        video = in_path.group(1) if in_path else named
    if not YOUTUBE_ID.match(video):
        return None
    return VideoLink("youtube", video, f"https://www.youtube.com/watch?v={video}")


def _vimeo(host: str, path: str, query: str, *_: str) -> VideoLink | None:
    found = VIMEO_PATH.match(path) if host in {"vimeo.com", "player.vimeo.com"} else None
    if not found:
        return None
    video, secret = found.groups()
    secret = secret or parse_qs(query).get("h", [""])[0]
    return VideoLink("vimeo", video, f"https://vimeo.com/{video}" + (f"/{secret}" if secret else ""))


def _internet_archive(host: str, path: str, *_: str) -> VideoLink | None:
    found = ARCHIVE_PATH.match(path) if host == "archive.org" else None
    if not found:
        return None
    return VideoLink("internet_archive", found.group(1), f"https://archive.org/details/{found.group(1)}")


def _peertube(_: str, path: str, __: str, scheme: str, netloc: str) -> VideoLink | None:
    found = PEERTUBE_PATH.match(path)
    if not found:
        return None
    return VideoLink("peertube", found.group(1), f"{scheme}://{netloc}/w/{found.group(1)}")


def _file(_: str, path: str, query: str, scheme: str, netloc: str) -> VideoLink | None:
    if not FILE_PATH.search(path):
        return None
    address = f"{scheme}://{netloc}{quote(unquote(path), safe='/%:@!$&()*+,;=~')}" + (
        f"?{query}" if query else ""
    )
    return VideoLink("file", unquote(path.rsplit("/", 1)[1]), address)
