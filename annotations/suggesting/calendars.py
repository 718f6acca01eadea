"""Dates of the Hijri calendar as intervals of EDTF, which counts in the proleptic Gregorian calendar.

From 1343 to 1500 AH the days are those of the Umm al-Qura calendar (library hijridate). Before and after, nobody can know
which evening the moon was seen: the tabular calendar stands in (leap years 2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29 of thirty,
epoch 16 July 622 Julian), and its days carry EDTF's `~`.
"""

from __future__ import annotations

from datetime import date

from hijridate import Hijri

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
