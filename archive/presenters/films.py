"""Where a linked video plays, once a reader has asked for it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from archive.models.names import PROVIDERS

_PLAYERS: dict[str, Callable[[str], str]] = {
    "youtube": "https://www.youtube-nocookie.com/embed/{}".format,
    "vimeo": "https://player.vimeo.com/video/{}?dnt=1".format,
    "internet_archive": "https://archive.org/embed/{}".format,
}
#: What each provider calls the second at which to begin, in the query of an address.
_STARTS = {"youtube": "t", "dailymotion": "start", "internet_archive": "start", "peertube": "start"}


def embed_url(provider: str, external_id: str) -> str:
    """Return the player that the content policy allows in a frame; empty for what can only be linked to."""
    player = _PLAYERS.get(provider)
    return player(quote(external_id, safe="/")) if player and external_id else ""


def beginning_at(embed: str, second: int) -> str:
    """Return the address of a player of `embed_url` that begins at a second of its film."""
    if not embed or second <= 0:
        return embed
    if embed.startswith("https://player.vimeo.com/"):
        return f"{embed}#t={second}s"
    return f"{embed}?start={second}"


def address_at(provider: str, url: str, second: int) -> str:
    """Return the film's address at its provider, beginning at a second where the provider knows how."""
    parts = urlsplit(url)
    if second <= 0:
        return url
    if provider in ("vimeo", "file"):
        return urlunsplit(parts._replace(fragment=f"t={second}s" if provider == "vimeo" else f"t={second}"))
    name = _STARTS.get(provider)
    if name is None:
        return url
    others = [(key, value) for key, value in parse_qsl(parts.query) if key not in ("t", "start")]
    return urlunsplit(parts._replace(query=urlencode([*others, (name, f"{second}")])))


def provider_name(provider: str) -> str:
    """Return what the provider calls itself; empty for a bare file."""
    return PROVIDERS.get(provider, "")
