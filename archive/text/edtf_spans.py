"""The days that a date of EDTF can mean, of any year, and how sure it is of them: for drawing it.

Days are counted as `date.toordinal()` counts them (1 is 1 January of the year 1, proleptic Gregorian), and go on before
and after the years that `datetime` has.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass

from archive.text.edtf import is_edtf

_DATE = re.compile(
    r"(?P<year>-?[0-9X]{4}|Y-?[0-9]{5,})(?:-(?P<month>[0-9X]{2})(?:-(?P<day>[0-9X]{2}))?)?(?:T[^?~%]*)?(?P<doubt>[?~%]?)\Z"
)
#: First month and number of months of what stands where a month would: seasons, those of the north and of the south,
#: quarters, thirds and halves of a year. A winter, and a summer of the south, ends in the next year.
_PARTS = {
    **{season: (3 * season - 60, 3) for season in range(21, 25)}, **{season: (3 * season - 72, 3) for season in range(25, 29)},
    29: (9, 3), 30: (12, 3), 31: (3, 3), 32: (6, 3),
    **{quarter: (3 * quarter - 98, 3) for quarter in range(33, 37)}, 37: (1, 4), 38: (5, 4), 39: (9, 4), 40: (1, 6), 41: (7, 6),
}  # fmt: skip
#: Days of 400 years, after which the calendar begins anew.
_CYCLE = 146_097


@dataclass(frozen=True, slots=True)
class Edge:
    """A date by itself, or one end of an interval."""

    #: The first and the last day that it can mean.
    first: int
    last: int
    #: "" | "~" (about) | "?" (perhaps) | "%" (both).
    doubt: str = ""
    #: What it names: "day", "month", "part" (a season or a part of a year), "year"; "vague" with unspecified digits.
    unit: str = "day"

    @property
    def is_sure(self) -> bool:
        """Whether it is one day and no other."""
        return self.first == self.last and not self.doubt


@dataclass(frozen=True, slots=True)
class Span:
    """A date that can be drawn. A missing end is open ("..") or unknown (nothing written)."""

    start: Edge | None
    end: Edge | None
    is_interval: bool = False
    #: One of several dates, or all of them: "[1916,1920]", "{1916,1920}".
    is_set: bool = False
    #: Which ends are unknown, rather than open.
    unknown_start: bool = False
    unknown_end: bool = False

    @property
    def first(self) -> int | None:
        """The earliest day; None when it has no beginning."""
        return self.start.first if self.start else None

    @property
    def last(self) -> int | None:
        """The latest day; None when it has no end."""
        return self.end.last if self.end else None

    @property
    def is_turned(self) -> bool:
        """Whether it ends before it begins."""
        return bool(self.start and self.end and self.end.last < self.start.first)


def span_of(value: str) -> Span | None:
    """Return the span of a date; None when it is no EDTF, names no year at all, or ends before it begins."""
    value = value.strip()
    if not is_edtf(value):
        return None
    found = _set(value) if value[0] in "[{" else _interval(value) if "/" in value else _single(value)
    return None if found is None or found.is_turned else found


def _single(value: str) -> Span | None:
    edge = edge_of(value)
    return Span(edge, edge) if edge else None


def _interval(value: str) -> Span | None:
    first, _slash, last = value.partition("/")
    start, end = edge_of(first), edge_of(last)
    if not (start or end) or not all(end in ("", "..") or edge_of(end) for end in (first, last)):
        return None
    return Span(start, end, is_interval=True, unknown_start=not first, unknown_end=not last)


def _set(value: str) -> Span | None:
    members = [member.strip() for member in value[1:-1].split(",")]
    dots = [member.partition("..") for member in members]
    starts = [edge_of(first) if first or rest else edge_of(last) for first, rest, last in dots]
    ends = [edge_of(last) if rest else edge_of(first) for first, rest, last in dots]
    first = None if None in starts else min(filter(None, starts), key=lambda edge: edge.first)
    last = None if None in ends else max(filter(None, ends), key=lambda edge: edge.last)
    return Span(first, last, is_interval=True, is_set=True) if first or last else None


def edge_of(value: str) -> Edge | None:
    """Return the days of one date; None of nothing, of "..", and of a year of which no digit is known."""
    found = _DATE.match(value.strip())
    if not found or found["year"].strip("-X") == "":
        return None
    years = [int(found["year"].replace("X", digit).removeprefix("Y")) for digit in "09"]
    first, last = _in_year(min(years), found, "0"), _in_year(max(years), found, "9")
    return Edge(first, last, found["doubt"], _unit(found))


def _unit(found: re.Match[str]) -> str:
    if "X" in f"{found['year']}{found['month']}{found['day']}":
        return "vague"
    if found["day"]:
        return "day"
    if found["month"]:
        return "month" if int(found["month"]) <= 12 else "part"
    return "year"


def _in_year(year: int, found: re.Match[str], digit: str) -> int:
    """Return the first (`digit` "0") or the last ("9") day that a date can mean in a year."""
    is_first = digit == "0"
    written = found["month"] or "XX"
    if written.isdigit() and int(written) in _PARTS:
        start, length = _PARTS[int(written)]
        return day_number(year, start, 1) if is_first else day_number(year, start + length, 1) - 1
    month = _least_or_most(written, digit, 12)
    return day_number(year, month, _least_or_most(found["day"] or "XX", digit, month_length(year, month)))


def _least_or_most(written: str, digit: str, most: int) -> int:
    return min(max(int(written.replace("X", digit)), 1), most)


def month_length(year: int, month: int) -> int:
    """Return how many days a month has, in any year."""
    return monthrange(year % 400 + 400, month)[1]


def day_number(year: int, month: int, day: int) -> int:
    """Return the number of a day; a month past the twelfth is one of the next year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    before = year - 1
    days = 365 * before + before // 4 - before // 100 + before // 400
    return days + sum(month_length(year, one) for one in range(1, month)) + day


def date_of(number: int) -> tuple[int, int, int]:
    """Return year, month and day of a day's number."""
    cycles, rest = divmod(number - 1, _CYCLE)
    year = cycles * 400 + min(rest // 365, 399) + 1
    while day_number(year, 1, 1) > number:
        year -= 1
    month = 12
    while day_number(year, month, 1) > number:
        month -= 1
    return year, month, number - day_number(year, month, 1) + 1
