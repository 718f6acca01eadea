"""Whole numbers that somebody typed, or that stand in an address."""

from __future__ import annotations

#: No number that is asked for has more digits; Python itself refuses to read thousands of them.
DIGITS = 9


def whole_number(raw: str) -> int | None:
    """Return the number, None for anything else: a sign, other letters, no end of digits."""
    return int(raw) if raw.isdecimal() and len(raw) <= DIGITS else None
