"""Where a linked video plays, once a reader has asked for it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

_PLAYERS: dict[str, Callable[[str], str]] = {
    "youtube": "https://www.youtube-nocookie.com/embed/{}".format,
    "vimeo": "https://player.vimeo.com/video/{}?dnt=1".format,
    "internet_archive": "https://archive.org/embed/{}".format,
}
_NAMES = {
    "youtube": "YouTube",
    "vimeo": "Vimeo",
    "internet_archive": "Internet Archive",
    "peertube": "PeerTube",
    "facebook": "Facebook",
    "dailymotion": "Dailymotion",
}


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


def provider_name(provider: str) -> str:
    """Return what the provider calls itself; empty for a bare file."""
    return _NAMES.get(provider, "")
