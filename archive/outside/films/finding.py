"""What an answer says of a film."""

from __future__ import annotations

from dataclasses import dataclass

from archive.enums import FilmOutcome

#: A length may be rounded by whoever tells it.
ROUNDING = 2.0


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether the film is there, and what it is called there."""

    outcome: FilmOutcome
    #: Why: a code, put into words by `desk_words.FILM_REASONS`.
    reason: str = ""
    status: int | None = None
    title: str = ""
    channel: str = ""
    #: In seconds.
    duration: float | None = None
    #: In bytes.
    size: int | None = None
    #: Where the provider keeps a picture of it.
    thumbnail_url: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What the film was called when it was last as it should be."""

    title: str = ""
    channel: str = ""
    duration: float | None = None
    size: int | None = None


def differing(known: Known, found: Finding) -> list[str]:
    """Return which facts are others than before; what one side does not say is no difference."""
    names = [
        name
        for name in ("title", "channel", "size")
        if getattr(known, name) and getattr(found, name) and getattr(known, name) != getattr(found, name)
    ]
    if known.duration and found.duration and abs(known.duration - found.duration) > ROUNDING:
        names.append("duration")
    return names
