"""DOI, ISBN and ORCID: recognized however they are written, and checked where they can be."""

from __future__ import annotations

import re

_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s<>\"]{1,300}")
_BEFORE_DOI = re.compile(r"(?i)^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)")
_BEFORE_ORCID = re.compile(r"(?i)^(?:https?://)?(?:www\.)?orcid(?:\.org/|(?:\s+id)?:?\s*)")
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


def orcid_digits(words: str) -> str | None:
    """Return the sixteen signs of what has the form of an ORCID iD, as an address or bare; None for anything else.

    Whether they are one is for `orcid_of` to say.
    """
    bare = _BEFORE_ORCID.sub("", words.strip().translate(_DIGITS)).split("?")[0].rstrip("/")
    digits = re.sub(r"[\s‐-―-]", "", bare).upper()
    return digits if re.fullmatch(r"[0-9]{15}[0-9X]", digits) else None


def orcid_of(words: str) -> str | None:
    """Return an ORCID iD in its bare form, 0000-0000-0000-0000, whose check sign (ISO 7064 MOD 11-2) is right; else None."""
    digits = orcid_digits(words)
    if digits is None:
        return None
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    if digits[-1] != ("X" if check == 10 else str(check)):
        return None
    return "-".join(digits[place : place + 4] for place in range(0, 16, 4))
