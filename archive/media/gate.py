"""How bytes leave: which headers, which part, under which ETag; deciding who may have them comes before."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote

from django.conf import settings
from django.utils.crypto import salted_hmac

from archive.media.film_bytes import PLAYABLE
from archive.models import StoredFile

#: Shown in the page; anything else is offered for saving.
INLINE = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})
SANDBOX = "default-src 'none'; style-src 'none'; sandbox; frame-ancestors 'none'"
#: A film opened by itself is shown in a page that the browser makes. In a sandbox that page would be a stranger to the
#: film; without one it is still no document of ours: the type is of an allow-list, and nothing but media may load.
FILM_POLICY = "default-src 'none'; media-src 'self'; frame-ancestors 'none'"
#: Of what is public and named by a manifest, which players on other sites read without anybody's cookies.
ELSEWHERE = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
_RANGE = re.compile(r"bytes=([0-9]{0,19})-([0-9]{0,19})\Z")


class Sent(Protocol):
    """A row that says of its file what goes into the headers."""

    @property
    def sha256(self) -> str:
        """Of the bytes."""

    @property
    def media_type(self) -> str:
        """What they are."""


@dataclass(frozen=True, slots=True)
class Part:
    """Which bytes are sent: [start, stop) of `size`."""

    start: int
    stop: int
    size: int

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left out."""
        return self.start == 0 and self.stop == self.size


def etag(stored: Sent, *, public: bool) -> str:
    """Return the ETag of a file; that of a non-public one is keyed, so that it tells nobody the hash."""
    if public:
        return f'"{hashlib.sha256(b"public:" + stored.sha256.encode()).hexdigest()[:32]}"'
    return f'"{salted_hmac("archive.media.gate", stored.sha256, algorithm="sha256").hexdigest()[:32]}"'


def matches(etag: str, header: str) -> bool:
    """Whether an If-None-Match header names this ETag."""
    names = [name.strip().removeprefix("W/") for name in header.split(",")]
    return etag in names or "*" in names


def part(header: str, size: int) -> Part | None:
    """Return what a Range header asks for; the whole when it is none that we serve; None: impossible."""
    found = _RANGE.match(header.strip())
    if not found or found.groups() == ("", ""):
        return Part(0, size, size)
    first, last = found.groups()
    if first:
        start, stop = int(first), min(int(last) + 1 if last else size, size)
    else:
        start, stop = max(0, size - int(last)), size
    return Part(start, stop, size) if start < stop else None


def headers(
    stored: Sent,
    *,
    filename: str,
    public: bool,
    inline: bool = True,
    film: str = "",
) -> dict[str, str]:
    """Return the headers of an answer with these bytes; `film` is the type of those that a browser plays."""
    media_type = film if film in PLAYABLE else stored.media_type
    shown = inline and (media_type in INLINE or film in PLAYABLE)
    disposition = "inline" if shown else "attachment"
    return {
        "Content-Type": media_type if shown else "application/octet-stream",
        "Content-Disposition": f"{disposition}; filename*=UTF-8''{quote(filename, safe='')}",
        "Content-Security-Policy": FILM_POLICY if shown and film else SANDBOX,
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Accept-Ranges": "bytes",
        "ETag": etag(stored, public=public),
        "Cache-Control": "public, max-age=0, must-revalidate" if public else "private, no-store",
    }


def words_headers(content_type: str, *, etag: str, public: bool) -> dict[str, str]:
    """Return the headers of an answer with words that were made for it."""
    return {
        "Content-Type": content_type,
        "Content-Security-Policy": SANDBOX,
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "ETag": etag,
        "Cache-Control": "public, max-age=0, must-revalidate" if public else "private, no-store",
    }


def accelerated(stored: StoredFile) -> str:
    """Return the internal address at which nginx finds the bytes, "" when Django sends them itself."""
    if settings.SEND_FILES != "nginx":
        return ""
    return f"/internal-media/originals/{stored.sha256[:2]}/{stored.sha256}"


def accelerated_package(name: str) -> str:
    """Return the internal address at which nginx finds a package, "" when Django sends it itself."""
    return f"/internal-media/packages/{name}" if settings.SEND_FILES == "nginx" else ""
