"""A date in the Hijri calendar, and a day before 1582 in the Julian one, beside the Gregorian of EDTF."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from annotations.suggesting.calendars import HijriDay, hijri_of
from archive.presenters.moments import month_name
from archive.text.edtf_spans import Edge, Span

MONTHS = (
    gettext_noop("Muharram"), gettext_noop("Safar"), gettext_noop("Rabi I"), gettext_noop("Rabi II"),
    gettext_noop("Jumada I"), gettext_noop("Jumada II"), gettext_noop("Rajab"), gettext_noop("Shaban"),
    gettext_noop("Ramadan"), gettext_noop("Shawwal"), gettext_noop("Dhu al-Qada"), gettext_noop("Dhu al-Hijja"),
)  # fmt: skip
#: 15 October 1582, from which days are Gregorian where people count.
_REFORM = 577_736
#: Days between `date.toordinal()` and Julian day numbers.
_JULIAN = 1_721_425


def hijri_words(span: Span) -> str:
    """Return a span in the Hijri calendar, as exactly as the date says it; "" of what it does not have.

    Days that nobody knows for sure, and all that is "about" or "perhaps" in the date, are said to be so.
    """
    return _interval(span, _hijri_edge, _era) if span.is_interval else _era(_hijri_edge(span.start))


def _era(said: str) -> str:
    return _("%(date)s AH") % {"date": said} if said else ""


def julian_words(span: Span) -> str:
    """Return a day, or two, of before the Gregorian calendar in the Julian one; "" of all else."""
    edges = [edge for edge in (span.start, span.end) if edge]
    if any(edge.unit != "day" or edge.first >= _REFORM for edge in edges):
        return ""
    return _interval(span, _julian_edge) if span.is_interval else _julian_edge(span.start)


def _interval(span: Span, words: Callable[[Edge | None], str], era: Callable[[str], str] = str) -> str:
    """Return an interval; `era` is told once, with the last day that is named."""
    first, last = words(span.start), words(span.end)
    if span.is_set:
        return era(" … ".join(dict.fromkeys(filter(None, (first, last)))))
    if first and last:
        both = first if first == last else _("from %(first)s to %(last)s") % {"first": first, "last": last}
        return era(both)
    if last and span.unknown_start:
        return _("until %(date)s, beginning unknown") % {"date": era(last)}
    if last:
        return era(_("until %(date)s") % {"date": last})
    if first and span.end is None and span.unknown_end:
        return _("from %(date)s, end unknown") % {"date": era(first)}
    if first and span.end is None:
        return era(_("since %(date)s") % {"date": first})
    return ""


def _hijri_edge(edge: Edge | None) -> str:
    days = (hijri_of(edge.first), hijri_of(edge.last)) if edge else (None, None)
    first, last = days
    if edge is None or first is None or last is None:
        return ""
    said = [_hijri(day, edge.unit) for day in (first, last)]
    words = said[0] if said[0] == said[1] else f"{said[0]}–{said[1]}"
    is_about = "~" in edge.doubt or "%" in edge.doubt or (edge.unit == "day" and not first.is_known)
    if "?" in edge.doubt or "%" in edge.doubt:
        return (_("perhaps about %(date)s") if is_about else _("perhaps %(date)s")) % {"date": words}
    return _("about %(date)s") % {"date": words} if is_about else words


def _hijri(day: HijriDay, unit: str) -> str:
    if unit == "day":
        return f"{day.day} {_(MONTHS[day.month - 1])} {day.year}"
    return f"{_(MONTHS[day.month - 1])} {day.year}" if unit in ("month", "part") else str(day.year)


def _julian_edge(edge: Edge | None) -> str:
    if edge is None:
        return ""
    year, month, day = _julian(edge.first)
    return f"{day} {month_name(month)} {year}" if year > 0 else ""


def _julian(number: int) -> tuple[int, int, int]:
    """Return year, month and day of the Julian calendar: every fourth year has a day more."""
    days = number + _JULIAN + 1401
    within = (4 * days + 3) % 1461 // 4
    day, month = (5 * within + 2) % 153 // 5 + 1, ((5 * within + 2) // 153 + 2) % 12 + 1
    return (4 * days + 3) // 1461 - 4716 + (14 - month) // 12, month, day
