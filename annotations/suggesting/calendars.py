"""Dates of the Hijri calendar as intervals of EDTF, which counts in the proleptic Gregorian calendar.

From 1343 to 1500 AH the days are those of the Umm al-Qura calendar (library hijridate). Before and after, nobody can know
which evening the moon was seen: the tabular calendar stands in (leap years 2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29 of thirty,
epoch 16 July 622 Julian), and its days carry EDTF's `~`.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from typing import NamedTuple

from hijridate import Gregorian, Hijri

#: Years that the Umm al-Qura calendar covers.
KNOWN = range(1343, 1501)
#: `date.toordinal()` of the day before 1 Muharram 1.
_EPOCH = 227_014


def is_known(year: int) -> bool:
    """Whether the days of a Hijri year are known, not computed."""
    return year in KNOWN


def hijri_edtf(year: int, month: int | None = None, day: int | None = None) -> str:
    """Return a Hijri day, month or year as EDTF; "" for what the calendar does not have."""
    if not 1 <= year <= 2000 or (month and not 1 <= month <= 12) or (day and not 1 <= day <= 30):
        return ""
    doubt = "" if is_known(year) else "~"
    if not month:
        return _years(_day(year, 1, 1), _before(year + 1, 1))
    if not day:
        return f"{_day(year, month, 1)}{doubt}/{_day(year, month, length(year, month))}{doubt}"
    return "" if day > length(year, month) else f"{_day(year, month, day)}{doubt}"


def gregorian_year(year: int) -> int:
    """Return the Gregorian year in which a Hijri year begins."""
    return _day(year, 1, 1).year


def century_edtf(century: int) -> str:
    """Return the years that a Hijri century touches."""
    return _years(_day(century * 100 - 99, 1, 1), _before(century * 100 + 1, 1))


def length(year: int, month: int) -> int:
    """Return how many days a Hijri month has."""
    if is_known(year):
        return int(Hijri(year, month, 1).month_length())
    return 30 if month % 2 or (month == 12 and (11 * year + 14) % 30 < 11) else 29


def hijri_year_of(year: int, month: int) -> int:
    """Return the Hijri year whose `month` begins in the Gregorian `year`; the first of two."""
    guess = int((year - 622) * 1.0307) - 1
    return next(
        (one for one in range(max(guess, 1), guess + 4) if _day(one, month, 1).year == year), max(guess, 1)
    )


class HijriDay(NamedTuple):
    """A day of the Hijri calendar."""

    year: int
    month: int
    day: int
    #: False where the tabular calendar stands in, whose day may be one or two beside that which people counted.
    is_known: bool


def hijri_of(number: int) -> HijriDay | None:
    """Return the Hijri day of `date.toordinal()`, which may be any whole number; None before the Hijra and after 2000 AH."""
    if not _FIRST <= number <= _LAST:
        return None
    if _KNOWN[0] <= number <= _KNOWN[1]:
        found = Gregorian.fromdate(date.fromordinal(number)).to_hijri()
        return HijriDay(found.year, found.month, found.day, True)
    # A year has 354 or 355 days, so that it is this one or one of its neighbors.
    guess = (number - _EPOCH) * 30 // 10_631
    year = next(one for one in (guess + 2, guess + 1, guess) if one == 1 or _ordinal(one, 1) <= number)
    starts = [_ordinal(year, month) for month in range(1, 13)]
    month = bisect_right(starts, number)
    return HijriDay(year, month, number - starts[month - 1] + 1, is_known(year))


def _ordinal(year: int, month: int) -> int:
    return _day(year, month, 1).toordinal()


def _day(year: int, month: int, day: int) -> date:
    if is_known(year):
        found = Hijri(year, month, day).to_gregorian()
        return date(found.year, found.month, found.day)
    days = (11 * year + 3) // 30 + 354 * (year - 1) + 30 * (month - 1) - (month - 1) // 2 + day
    return date.fromordinal(_EPOCH + days)


def _before(year: int, month: int) -> date:
    """Return the day before a month begins."""
    return date.fromordinal(_day(year, month, 1).toordinal() - 1)


def _years(first: date, last: date) -> str:
    return f"{first.year:04}" if first.year == last.year else f"{first.year:04}/{last.year:04}"


#: Days, as `date.toordinal()` counts them: the first and the last that are told, and those whose days are known.
_FIRST, _LAST = _ordinal(1, 1), _ordinal(2001, 1) - 1
_KNOWN = (_ordinal(KNOWN[0], 1), _ordinal(KNOWN[-1] + 1, 1) - 1)
