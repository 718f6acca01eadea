"""Dates of the Extended Date/Time Format (ISO 8601-2), levels 0 and 1, and the sets that catalogues use."""

from __future__ import annotations

import re
from calendar import monthrange

_YEAR = r"(?:-?[0-9X]{4}|Y-?[0-9]{5,})"
_DATE = re.compile(rf"(?P<year>{_YEAR})(?:-(?P<month>[0-9X]{{2}})(?:-(?P<day>[0-9X]{{2}}))?)?[?~%]?\Z")
_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-2][0-9]:[0-5][0-9](?::[0-5][0-9])?(?:Z|[+-][0-9]{2}:[0-9]{2})?\Z"
)
#: Seasons and quarters stand where a month would.
_SEASONS = range(21, 42)


def is_edtf(value: str) -> bool:
    """Whether this is a date, an interval ("1184/1950", "2016/..") or a set ("[1916,1920]") of EDTF."""
    if value[:1] in "[{" and value[-1:] == {"[": "]", "{": "}"}.get(value[:1]):
        return all(_is_member(part) for part in value[1:-1].split(","))
    first, slash, last = value.partition("/")
    if slash:
        ends = (first, last)
        return any(end not in ("", "..") for end in ends) and all(
            end in ("", "..") or _is_date(end) for end in ends
        )
    return _is_date(value)


def _is_member(value: str) -> bool:
    first, dots, last = value.strip().partition("..")
    ends = [end for end in (first, last) if end]
    return bool(ends) and all(_is_date(end) for end in ends) and (bool(dots) or bool(first))


def _is_date(value: str) -> bool:
    if "T" in value:
        return bool(_TIME.match(value)) and _is_date(value.partition("T")[0])
    found = _DATE.match(value)
    if not found:
        return False
    year, month, day = found.group("year", "month", "day")
    if month and "X" not in month:
        number = int(month)
        if not (1 <= number <= 12 or (number in _SEASONS and not day)):
            return False
    if day and "X" not in day:
        return 1 <= int(day) <= _days(year, month)
    return True


def _days(year: str, month: str) -> int:
    if "X" in month:
        return 31
    leap_known = year.isdigit() and int(year) > 0
    return monthrange(int(year) if leap_known else 2000, int(month))[1]
