"""Films that are files: anywhere, and in items of the Internet Archive."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

from archive.importers.videos.address import Address
from archive.importers.videos.link import VideoLink, short_id
from archive.importers.videos.starts import start_of

FILM = re.compile(r"/[^/]+\.(?:mp4|m4v|webm|ogv|mov)\Z", re.IGNORECASE)
ITEM = re.compile(r"/(details|embed|download|stream)/([A-Za-z0-9][A-Za-z0-9._-]{0,99})(/.*)?\Z")
STORE_HOST = re.compile(r"ia\d{3,8}\.(?:us|s3dns\.us)\.archive\.org\Z")
STORE_PATH = re.compile(r"/\d{1,3}/items(/[^/]+/.+)\Z")
ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})?")
PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
#: Characters that stay as they are in a path.
SAFE = "/:@!$&'()*+,;=~"


def archive_item(address: Address) -> VideoLink | None:
    """Return the item, or one film of it when the address names a file that is not the item's own."""
    host, path = address.host, address.path
    if STORE_HOST.match(host) and (stored := STORE_PATH.match(path)):
        host, path = "archive.org", f"/download{stored.group(1)}"
    found = ITEM.match(path) if host in {"archive.org", "m.archive.org"} else None
    if not found:
        return None
    page, item, rest = found.groups()
    file = unquote((rest or "").strip("/"))
    film = bool(FILM.search(f"/{file}"))
    if page == "download" and file and not film:
        return None
    name = f"{item}/{file}" if film and not _is_main(item, file) else item
    url = f"https://archive.org/details/{quote(name, safe=SAFE)}"
    return VideoLink("internet_archive", short_id(name), url, start_of(address))


def _is_main(item: str, file: str) -> bool:
    """Whether a file is the item's only film or one of the copies that the Internet Archive makes of it."""
    stem = file.rsplit(".", 1)[0]
    return stem.removesuffix(".ia").removesuffix("_512kb").removesuffix("_edit") == item


def media_file(address: Address) -> VideoLink | None:
    """Return a film that any browser plays by itself; http and https are one."""
    if not FILM.search(unquote(address.path)):
        return None
    path = quote(ESCAPE.sub(_settled, address.path), safe=SAFE + "%")
    rest = f"{address.site}{path}" + (f"?{address.query}" if address.query else "")
    return VideoLink("file", short_id(rest), f"{address.scheme}://{rest}", start_of(address))


def _settled(escape: re.Match[str]) -> str:
    """Return the one way to write an escaped letter; what is no letter (a slash in a name) stays escaped."""
    code = escape.group(1)
    if code is None:
        return "%25"
    letter = chr(int(code, 16))
    return letter if letter in PLAIN else f"%{code.upper()}"
