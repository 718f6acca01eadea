"""Dates in a text: where they stand, what they are in EDTF, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from annotations.suggesting import calendars
from annotations.suggesting.date_points import points
from annotations.suggesting.date_rules import AND, BETWEEN, FIRST_DAY, JOIN, others
from annotations.suggesting.date_words import LAST, ordinal
from annotations.suggesting.types import Calendar, FoundDate, Parts, Raw, Reason, Relative
from archive.text.edtf import is_edtf
from archive.text.folding import Folded, fold

#: Code points before a date in which its year is looked for.
REACH = 30_000
#: The same before a bare month: «في أيار» is that of every year when no year is near.
NEAR = 600


def find_dates(text: str) -> list[FoundDate]:
    """Return the dates of a text (one section of it) in its order; none overlaps another.

    Days and months without a year take the nearest year before them in this text, and say so.
    """
    folded = fold(text)
    context = _Context(folded)
    return [date for raw in _in_order(_all(folded)) if (date := context.read(raw)) is not None]


def _all(folded: Folded) -> list[Raw]:
    return [*_joined(folded, list(points(folded))), *others(folded)]


def _in_order(raws: Iterable[Raw]) -> list[Raw]:
    """Drop what lies in or across a longer one."""
    kept: list[Raw] = []
    for raw in sorted(raws, key=lambda one: (one.start, -one.end)):
        if kept and raw.start < kept[-1].end:
            if raw.end - raw.start > kept[-1].end - kept[-1].start:
                kept[-1] = raw
            continue
        kept.append(raw)
    return kept


def _joined(folded: Folded, found: list[Raw]) -> list[Raw]:
    """Make one range of two ends that stand side by side, and of a day before another."""
    kept: list[Raw] = []
    for point in found:
        before = kept[-1] if kept else None
        if before is not None and before.last is None and _are_ends(folded.text, before, point):
            ends = before.first.filled(point.first), point.first
            kept[-1] = Raw(before.start, point.end, *ends, is_weak=ends[1].year is None and point.is_weak)
            continue
        kept.append(_from_day(folded.text, point))
    return kept


def _are_ends(text: str, first: Raw, last: Raw) -> bool:
    if first.end > last.start or first.first.calendar != last.first.calendar:
        return False
    between = text[first.end : last.start]
    # «و» is written onto what follows it.
    glued = text[last.start : last.start + 1] == "و" and not between.strip()
    if JOIN.fullmatch(between):
        return True
    is_pair = glued or bool(AND.fullmatch(between))
    return is_pair and bool(BETWEEN.search(text, max(first.start - 12, 0), first.start))


def _from_day(text: str, point: Raw) -> Raw:
    """Return the range when another day stands before that of `point`: «بين 3 و7 آب»."""
    if point.first.day is None:
        return point
    found = FIRST_DAY.search(text, max(point.start - 50, 0), point.start)
    day = ordinal(found["day"]) if found else None
    if found is None or day is None or not 1 <= day <= 31:
        return point
    joined = found["join"].strip()
    if not joined and text[point.start] != "و":
        return point
    is_pair = joined in ("", "and")
    if is_pair and not BETWEEN.search(text, max(found.start() - 12, 0), found.start()):
        return point
    return replace(point, start=found.start(), first=replace(point.first, day=day), last=point.first)


@dataclass
class _Context:
    """What was read so far: the nearest year of each calendar, and the nearest month."""

    folded: Folded
    years: dict[Calendar, tuple[int, int, str]] = field(default_factory=dict)
    month: Parts | None = None
    latest: Calendar | None = None

    def read(self, raw: Raw) -> FoundDate | None:
        """Return the date that the words say here; None when they say none."""
        reasons, year_from = list(raw.reasons), ""
        ends = [raw.first.filled(raw.last) if raw.last else raw.first, *([raw.last] if raw.last else [])]
        for at, end in enumerate(ends):
            end = self._with_calendar(end, reasons)
            if end.day and not end.month:
                if self.month is None:
                    return None
                end = replace(end, month=self.month.month, calendar=self.month.calendar)
            if end.year is None and not end.ready:
                end, year_from = self._with_year(end, raw, reasons)
                if end.year is None and raw.is_weak:
                    return None
            ends[at] = end
        edtf = "/".join(_edtf(end, reasons) for end in ends)
        if edtf.count("/") > 1:
            edtf = f"{edtf.split('/')[0]}/{edtf.rsplit('/', 1)[1]}"
        if raw.about and "/" not in edtf and not edtf.endswith("~"):
            edtf += "~"
        if not is_edtf(edtf):
            return None
        start, last = self.folded.span(raw.start, raw.end)
        self._remember(ends[-1], start, self.folded.source[start:last], own=not year_from)
        calendar = ends[0].calendar or Calendar.GREGORIAN
        return FoundDate(
            start, last, edtf, calendar, tuple(dict.fromkeys(reasons)) or (Reason.AS_WRITTEN,), year_from
        )

    def _with_calendar(self, end: Parts, reasons: list[Reason]) -> Parts:
        """Decide what a year is of which nobody says the calendar."""
        if end.calendar == Calendar.HIJRI and end.year and end.month and end.year > 1600:
            # «رمضان 2016»: a Hijri month in a year of the other calendar.
            return replace(end, year=calendars.hijri_year_of(end.year, end.month))
        if end.calendar is not None or end.year is None:
            return end
        hijri = end.year < 1000 or (end.year < 1500 and self._is_nearer_as_hijri(end.year))
        if hijri:
            reasons.append(Reason.HIJRI_SUPPOSED)
        return replace(end, calendar=Calendar.HIJRI if hijri else Calendar.GREGORIAN)

    def _is_nearer_as_hijri(self, year: int) -> bool:
        """Whether a year is nearer to the Hijri date before it when it is Hijri: after 605 AH, «1207» is none."""
        if self.latest != Calendar.HIJRI:
            return False
        before = calendars.gregorian_year(self.years[Calendar.HIJRI][0])
        return abs(calendars.gregorian_year(year) - before) < abs(year - before)

    def _with_year(self, end: Parts, raw: Raw, reasons: list[Reason]) -> tuple[Parts, str]:
        known = self.years.get(end.calendar or Calendar.GREGORIAN)
        is_bare = raw.is_weak and not (end.day or end.relative)
        if known is None or self.folded.starts[raw.start] - known[1] > (NEAR if is_bare else REACH):
            reasons.append(Reason.YEAR_UNKNOWN)
            return end, ""
        year, _place, words = known
        if end.relative == Relative.NEXT:
            reasons.append(Reason.YEAR_AFTER_THAT)
            return replace(end, year=year + 1), words
        reasons.append(Reason.YEAR_BEFORE)
        return replace(end, year=year), words

    def _remember(self, end: Parts, place: int, words: str, *, own: bool) -> None:
        calendar = end.calendar or Calendar.GREGORIAN
        if end.year is not None and (own or end.relative):
            self.years[calendar] = (end.year, place, words)
            self.latest = calendar
        if end.month:
            self.month = end


def _edtf(end: Parts, reasons: list[Reason]) -> str:
    if end.ready:
        return end.ready
    if end.calendar == Calendar.HIJRI:
        if end.year is None:
            return ""
        known = calendars.is_known(end.year)
        reasons.append(Reason.HIJRI_KNOWN if known else Reason.HIJRI_TABULAR)
        day = calendars.length(end.year, end.month) if end.day == LAST and end.month else end.day
        return calendars.hijri_edtf(end.year, end.month, day)
    year = "XXXX" if end.year is None else f"{end.year:04}" if end.year >= 0 else f"-{-end.year:04}"
    if end.season:
        return f"{year}-{end.season}"
    return year + "".join(f"-{part:02}" for part in (end.month, end.day) if part)
