"""The stretch of time that a line shows, cut into years, decades, centuries: days in, stretches out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from archive.text.edtf_spans import date_of, day_number, edge_of, month_length

#: Stretches of a line: at most so many, and days of a month.
MOST, MOST_DAYS = 20, 31
#: A line without a chosen stretch is at least so long, in days.
LEAST = 4 * 366
_CHOSEN = re.compile(r"-?(?:[0-9]{4}(?:-[0-9]{2})?|[0-9]{3}X|[0-9]{2}XX|[0-9]XXX)\Z")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of time with a name: days `[first, last]`."""

    first: int
    last: int
    #: "day", "month", "year", or how many years it has: "10", "100", "1000" and so on.
    unit: str
    #: Its name in EDTF ("133X", "1330-11"), by which it is chosen; empty when it cannot be.
    value: str = ""


def chosen(value: str) -> Stretch | None:
    """Return the stretch that an address names: "1XXX", "13XX", "133X", "1330" or "1330-11"; None for all else."""
    edge = edge_of(value) if _CHOSEN.match(value) else None
    if edge is None or edge.unit not in ("vague", "year", "month"):
        return None
    unit = edge.unit if edge.unit != "vague" else str(10 ** value.count("X"))
    return Stretch(edge.first, edge.last, unit, value)


def above(stretch: Stretch) -> list[Stretch]:
    """Return the stretches that hold a chosen one, the widest first: its millennium, century, decade, year."""
    value, found = stretch.value, []
    while True:
        value = value[:-3] if stretch.unit == "month" and value == stretch.value else _wider(value)
        around = chosen(value)
        if around is None:
            return found[::-1]
        found.append(around)


def _wider(value: str) -> str:
    """Return "13XX" of "133X"; nothing of "1XXX"."""
    known = value.rstrip("X")
    return known[:-1] + "X" * (len(value) - len(known) + 1) if len(known.lstrip("-")) > 1 else ""


def beside(stretch: Stretch) -> tuple[Stretch | None, Stretch | None]:
    """Return the stretches of the same length before and after a chosen one, as far as they have names."""
    return _at(stretch.first - 1, stretch.unit), _at(stretch.last + 1, stretch.unit)


def _at(day: int, unit: str) -> Stretch | None:
    found = _stretch(_unit_start(day, unit), unit)
    return found if found.value else None


def around(first: int, last: int) -> tuple[int, int]:
    """Return the days that a line shows to hold `[first, last]`: whole years, never too few."""
    years = [date_of(first)[0], date_of(last)[0]]
    if last - first < LEAST:
        years = [years[0] - 2, years[1] + 2]
    return day_number(years[0], 1, 1), day_number(years[1] + 1, 1, 1) - 1


def cut(first: int, last: int) -> list[Stretch]:
    """Return the stretches that touch `[first, last]`, of the smallest unit of which there are not too many."""
    for unit in _units():
        found = _cut(first, last, unit, MOST_DAYS if unit == "day" else MOST)
        if found:
            return found
    return []


def _units() -> Sequence[str]:
    return ("day", "month", "year", *(str(10**power) for power in range(1, 60)))


def _cut(first: int, last: int, unit: str, most: int) -> list[Stretch]:
    """Return the stretches of one unit; nothing when there are more than `most`."""
    found: list[Stretch] = []
    start = _unit_start(first, unit)
    while start <= last:
        if len(found) == most:
            return []
        found.append(_stretch(start, unit))
        start = found[-1].last + 1
    return found


def _unit_start(day: int, unit: str) -> int:
    """Return the first day of the unit that holds a day."""
    year, month, _day = date_of(day)
    if unit == "day":
        return day
    if unit == "month":
        return day_number(year, month, 1)
    years = 1 if unit == "year" else int(unit)
    # Unspecified digits count from zero on both sides: "-003X" are the years -39 to -30.
    start = year // years * years if year >= 0 else -((-year) // years * years + years - 1)
    return day_number(start, 1, 1)


def _stretch(first: int, unit: str) -> Stretch:
    year, month, _day = date_of(first)
    if unit == "day":
        return Stretch(first, first, unit)
    if unit == "month":
        return Stretch(first, first + month_length(year, month) - 1, unit, _name(year, 1, f"-{month:02}"))
    years = 1 if unit == "year" else int(unit)
    # Around the year zero, the years before and after share their digits: "000X" and "-000X".
    last = -1 if -years < year < 0 else year + years - 1
    return Stretch(first, day_number(last + 1, 1, 1) - 1, unit, _name(year, years, ""))


def _name(year: int, years: int, more: str) -> str:
    """Return the name of some years in EDTF; empty when four digits cannot say it."""
    if years > 1000 or not -9999 <= year <= 9999:
        return ""
    digits = len(str(years)) - 1
    known = f"{abs(year):04}"[: 4 - digits]
    return f"{'-' if year < 0 else ''}{known}{'X' * digits}{more}"
