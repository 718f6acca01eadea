"""Where a file stands among the parts of a work, and the order in which numbered files follow each other."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from archive.enums import TextRole

#: What a part may be.
PART_ROLES = (TextRole.VOLUME, TextRole.CHAPTER)
_NUMBERS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a work: its place among the texts, its kind, and what it is called in both languages."""

    order: int
    role: TextRole
    title_ar: str = ""
    title_en: str = ""


def natural_key(filename: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key by which "volume 2" comes before "volume 10", whatever script its digits are of."""
    pieces = _NUMBERS.split(unicodedata.normalize("NFKC", filename).casefold())
    return tuple((0, int(piece), "") if piece.isdecimal() else (1, 0, piece) for piece in pieces if piece)
