"""Short excerpts for reports."""

from __future__ import annotations


def context_of(content: str, start: int, end: int, *, width: int = 60) -> str:
    """Return the span with about `width` code points around it; a long span is cut in its middle."""
    span = content[start:end]
    if len(span) > 2 * width:
        span = f"{span[:width]} … {span[-width:]}"
    half = width // 2
    return content[max(0, start - half) : start] + span + content[end : end + half]
