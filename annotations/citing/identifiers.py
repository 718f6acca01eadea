"""DOI and ISBN: recognized however they are written, and checked where they can be."""

from __future__ import annotations

import re

_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s<>\"]{1,300}")
_BEFORE_DOI = re.compile(r"(?i)^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def doi_of(words: str) -> str | None:
    """Return a DOI in its bare form (ISO 26324), however it was introduced; None for what is none."""
    bare = _BEFORE_DOI.sub("", words.strip()).rstrip(".,;")
    return bare.lower() if _DOI.fullmatch(bare) else None


def isbn_of(words: str) -> str | None:
    """Return the 10 or 13 digits of an ISBN (ISO 2108) whose check digit is right; None for anything else."""
    bare = re.sub(r"(?i)^isbn(?:-1[03])?:?\s*", "", words.strip().translate(_DIGITS))
    digits = re.sub(r"[\s‐-―-]", "", bare).upper()
    if re.fullmatch(r"97[89][0-9]{10}", digits):
        total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
        return digits if total % 10 == 0 else None
    if re.fullmatch(r"[0-9]{9}[0-9X]", digits):
        values = [10 if digit == "X" else int(digit) for digit in digits]
        return digits if sum(value * (10 - place) for place, value in enumerate(values)) % 11 == 0 else None
    return None
