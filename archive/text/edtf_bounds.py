"""The first and the last day that a date of EDTF can mean, for sorting and for timelines."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from archive.text.edtf import is_edtf

_PART = re.compile(r"(?P<year>[0-9X]{4})(?:-(?P<month>[0-9X]{2})(?:-(?P<day>[0-9X]{2}))?)?")
#: First month and number of months of the seasons and quarters that stand where a month would.
_SEASONS = {
    21: (3, 3), 22: (6, 3), 23: (9, 3), 24: (12, 1), 33: (1, 3), 34: (4, 3), 35: (7, 3), 36: (10, 3),
    37: (1, 4), 38: (5, 4), 39: (9, 4), 40: (1, 6), 41: (7, 6),
}  # fmt: skip

Bounds = tuple[date | None, date | None]


def bounds(value: str) -> Bounds:
    """Return the earliest and the latest day; None where open, unknown or outside the years 1 to 9999."""
    if not is_edtf(value):
        return None, None
    if value[0] in "[{":
        members = re.split(r",|\.\.", value[1:-1])
        return _earliest(members[0]), _latest(members[-1])
    first, slash, last = value.partition("/")
    return (_earliest(first), _latest(last)) if slash else (_earliest(value), _latest(value))


def _earliest(value: str) -> date | None:
    found = _PART.match(value.strip())
    if not found:
        return None
    year = int(found["year"].replace("X", "0")) or 1
    month = _number(found["month"], 1, smallest=True)
    day = _number(found["day"], 1, smallest=True)
    if month in _SEASONS:
        month = _SEASONS[month][0]
    return date(year, min(max(month, 1), 12), day)


def _latest(value: str) -> date | None:
    found = _PART.match(value.strip())
    if not found:
        return None
    year = int(found["year"].replace("X", "9"))
    if not year:
        return None
    month = _number(found["month"], 12, smallest=False)
    if month in _SEASONS:
        start, length = _SEASONS[month]
        month = start + length - 1
    month = min(max(month, 1), 12)
    days = monthrange(year, month)[1]
    return date(year, month, min(_number(found["day"], days, smallest=False), days))


def _number(digits: str | None, default: int, *, smallest: bool) -> int:
    """Return a month or day; one that is only partly known as its smallest or largest value."""
    if digits is None:
        return default
    if digits == "XX":
        return 1 if smallest else 31
    return max(int(digits.replace("X", "0" if smallest else "9")), 1)
