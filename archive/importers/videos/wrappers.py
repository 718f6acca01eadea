"""Addresses that only lead to another: attribution links, redirects, players that name what they play."""

from __future__ import annotations

from urllib.parse import urljoin

from archive.importers.videos.address import Address

#: By host and path: the parameters that hold the address.
WRAPPERS: dict[tuple[str, str], tuple[str, ...]] = {
    ("youtube.com", "/attribution_link"): ("u",),
    ("m.youtube.com", "/attribution_link"): ("u",),
    ("youtube.com", "/redirect"): ("q",),
    ("youtube.com", "/oembed"): ("url",),
    ("consent.youtube.com", "/m"): ("continue",),
    ("google.com", "/url"): ("q", "url"),
    ("l.facebook.com", "/l.php"): ("u",),
    ("lm.facebook.com", "/l.php"): ("u",),
    ("facebook.com", "/plugins/video.php"): ("href",),
    ("vimeo.com", "/api/oembed.json"): ("url",),
}


def unwrapped(address: Address) -> str:
    """Return the address inside this one, "" when there is none."""
    names = WRAPPERS.get((address.host, address.path.rstrip("/")))
    inner = address.value(*names) if names else ""
    return urljoin(f"{address.scheme}://{address.site}/", inner) if inner.startswith("/") else inner
