"""Times in a film as people write them: 1:05.5, 1:02:05, 65.5.

The same vectors (`tests/vectors/times.json`) test the script (`frontend/src/places/times.ts`).
"""

from __future__ import annotations

import re

#: Seconds of the longest film that a time can be typed of.
LONGEST = 1_000_000
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫，,", "01234567890123456789...")
_TIME = re.compile(r"(?:(?:(\d{1,3}):)?(\d{1,4}):)?(\d{1,6})(?:\.(\d{1,3}))?\Z", re.ASCII)


def seconds_of(words: str) -> float | None:
    """Return the seconds that somebody typed, in Arabic or European digits; None for what is no time.

    Behind a colon, minutes and seconds stay under sixty.
    """
    found = _TIME.match(words.strip().translate(_DIGITS))
    if not found:
        return None
    hours, minutes, seconds = (int(part or 0) for part in found.groups()[:3])
    if (found[2] is not None and seconds >= 60) or (found[1] is not None and minutes >= 60):
        return None
    # Whole thousandths first: what is typed and what is stored are then the same number in every language.
    thousandths = (hours * 3600 + minutes * 60 + seconds) * 1000 + int((found[4] or "0").ljust(3, "0"))
    return thousandths / 1000 if thousandths <= LONGEST * 1000 else None


def written(seconds: float) -> str:
    """Return a time as it is typed, to the thousandth: 1:05.5, 1:02:05."""
    thousandths = int(seconds * 1000 + 0.5)
    whole, part = divmod(thousandths, 1000)
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    said = f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
    return said + (f".{part:03d}".rstrip("0") if part else "")
