"""Times within a film, as they are read."""

from __future__ import annotations


def clock(seconds: float) -> str:
    """Return a time in a film: 1:05, 1:02:05."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def seconds_words(start: float | None, end: float | None) -> str:
    """Return "1:05–1:20", kept from turning round inside a sentence of the other direction; empty without a start."""
    if start is None:
        return ""
    span = clock(start) if end is None or int(end) == int(start) else f"{clock(start)}–{clock(end)}"
    return f"\u2066{span}\u2069"
