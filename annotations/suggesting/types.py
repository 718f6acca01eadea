"""What is found in a text, before anybody has confirmed it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class Calendar(StrEnum):
    """In which calendar a text dates."""

    GREGORIAN = "gregorian"
    HIJRI = "hijri"


class Reason(StrEnum):
    """Why a date is read as it is; the presenters have the sentences."""

    AS_WRITTEN = "as_written"
    YEAR_BEFORE = "year_before"
    YEAR_AFTER_THAT = "year_after_that"
    YEAR_UNKNOWN = "year_unknown"
    HIJRI_KNOWN = "hijri_known"
    HIJRI_TABULAR = "hijri_tabular"
    HIJRI_SUPPOSED = "hijri_supposed"
    CENTURY_SUPPOSED = "century_supposed"


class Relative(StrEnum):
    """What a text says of a year instead of naming it."""

    SAME = "same"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class Parts:
    """What is said of one end of a date."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    #: 21 to 24, as in EDTF.
    season: int | None = None
    #: None: not told.
    calendar: Calendar | None = None
    #: EDTF that is ready, of centuries and decades.
    ready: str = ""
    relative: Relative | None = None

    def filled(self, other: Parts) -> Parts:
        """Return this with what it lacks from the other end: «3 و7 آب 2016» has the month and the year once."""
        if self.ready:
            return self
        return replace(
            self,
            year=other.year if self.year is None else self.year,
            month=other.month if self.month is None and self.day else self.month,
            calendar=self.calendar or other.calendar,
        )


@dataclass(frozen=True, slots=True)
class Raw:
    """Words that say a date, `[start, end)` of the folded text, as yet without a year from elsewhere."""

    start: int
    end: int
    first: Parts
    last: Parts | None = None
    about: bool = False
    reasons: tuple[Reason, ...] = ()
    #: Too little by itself: only with a year from before.
    is_weak: bool = False


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: `[start, end)` in code points."""

    start: int
    end: int
    edtf: str
    calendar: Calendar
    reasons: tuple[Reason, ...]
    #: The words before it from which its year is taken; empty when it has its own.
    year_from: str = ""
