"""Days, months and years in a folded text, found from the names of their months."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotations.suggesting.date_words import (
    COUNT,
    DAY,
    DOUBTFUL,
    GREGORIAN,
    HIJRI,
    LAST,
    alternatives,
    count,
    ordinal,
)
from annotations.suggesting.types import Calendar, Parts, Raw, Relative
from archive.text.folding import Folded

_MONTHS = alternatives([*GREGORIAN, *HIJRI])
_MONTH = re.compile(rf"(?<![\w.-])[وف]?[بل]?(?P<month>{_MONTHS})(?!\w)\.?")
#: A second name of the same month: «تموز/يوليو».
_TWIN = re.compile(rf"(?:\s*[/(]\s*|\s+)(?P<month>{_MONTHS})(?!\w)\)?")
#: What follows a year and tells its calendar.
ERA = (
    r"(?P<hijri>ه(?:جريا?|جريه)?(?!\w)|للهجره|الهجري[هة]?|من الهجره|ah(?!\w)|a\.h\.)"
    r"|(?P<before>قبل الميلاد|ق\.\s?م\.?|ق\s?م(?!\w)|bce?(?!\w)|b\.c\.(?:e\.)?)"
    r"|(?P<after>م(?!\w)|ميلاديا?(?!\w)|الميلادي[هة]?|للميلاد|ce(?!\w)|ad(?!\w)|c\.e\.|a\.d\.)"
)
_YEAR_WORD = r"(?:ال|ل|لل)?(?:عام|سنه)\s+|of\s+(?:the\s+year\s+)?"
_TAIL = re.compile(
    rf"(?:\s*[،,]\s*|\s+)(?:من\s+)?(?P<marked>{_YEAR_WORD})?(?P<year>\d{{1,4}})(?![\d/:]|[.,-]\d|\s*٪|%)(?:\s*(?:{ERA}))?"
)
#: «سنة إحدى وثلاثين وسبعمئة».
_COUNTED = re.compile(rf"\s+(?:من\s+)?(?:ال|ل|لل)?(?:عام|سنه)\s+(?P<count>{COUNT})(?:\s*(?:{ERA}))?")
_RELATIVE = re.compile(
    r"\s+(?:من\s+|في\s+|of\s+)?(?:(?P<next>ال(?:عام|سنه)\s+(?:التالي|التاليه|اللاحق|اللاحقه)|the\s+(?:next|following)\s+year)"
    r"|(?:(?:ذلك|ذاك|هذا)\s+العام|(?:تلك|هذه)\s+السنه|ال(?:عام|سنه)\s+(?:نفسه|نفسها|ذاته|ذاتها|المذكور|المذكوره)|(?:that|the\s+same)\s+year))(?!\w)"
)
_DAY_BEFORE = re.compile(rf"(?P<day>{DAY})\s*(?:من\s+|of\s+)?(?:شهر\s+)?$")
_ENGLISH_DAY = re.compile(r"\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?(?![\w:/]|\.\d|,\d|\s*-\s*\d{1,2}\s*[a-z])")
#: «الأسبوع الأول من أيار» and «العشر الأول من أيار» are no first day.
_NO_DAY = re.compile(r"(?:الاسبوع|العشر|الثلث|النصف|الربع|القرن|العدد|week|half|third)\s+$")
_INTO = re.compile(
    r"(?<!\w)[وف]?(?:في|منذ|حتي|خلال|قبل|بعد|شهر|اوايل|اواخر|منتصف|مطلع|بحلول|من|الي|بين|in|since|until|during|by|late|early)\s+$"
)
_MONTH_WORD = re.compile(r"(?<!\w)شهر\s+$")
#: How far back a day is looked for.
_BACK = 60


def points(folded: Folded) -> Iterator[Raw]:
    """Yield each named month with the day before it and the year after it, in the order of the text."""
    done = 0
    for found in _MONTH.finditer(folded.text):
        if found.start() >= done:
            point = _point(folded, found)
            if point is not None:
                done = point.end
                yield point


def _point(folded: Folded, found: re.Match[str]) -> Raw | None:
    name = " ".join(found["month"].split())
    hijri = name in HIJRI
    month = HIJRI[name] if hijri else GREGORIAN[name]
    text, end = folded.text, found.end()
    start, day = _day_before(text, found.start())
    twin = None if hijri else _TWIN.match(text, end)
    if twin and GREGORIAN.get(" ".join(twin["month"].split())) == month:
        end = twin.end()
    if name.isascii() and day is None and (after := _ENGLISH_DAY.match(text, end)):
        day, end = int(after["day"]), after.end()
    year, calendar, last = year_after(text, end, hijri=hijri)
    relative = _RELATIVE.match(text, end) if year is None else None
    if end == found.end() and text[end - 1] == "." and year is None:
        end -= 1
    parts = Parts(
        year, month, day, calendar=calendar,
        relative=relative and (Relative.NEXT if relative["next"] else Relative.SAME),
    )  # fmt: skip
    end = last if year is not None else relative.end() if relative else end
    bare = day is None and year is None and relative is None
    if bare and not _may_stand_bare(folded, found, name):
        return None
    if (
        name.isascii()
        and name in DOUBTFUL
        and not folded.source[folded.starts[found.start("month")]].isupper()
    ):
        return None
    if day is not None and not 1 <= day <= 31 and (day != LAST or not hijri):
        return None
    return Raw(start, end, parts, is_weak=bare)


def _may_stand_bare(folded: Folded, found: re.Match[str], name: str) -> bool:
    before = folded.text[max(found.start() - 12, 0) : found.start()]
    return bool(_MONTH_WORD.search(before) or (_INTO.search(before) and name not in DOUBTFUL))


def _day_before(text: str, at: int) -> tuple[int, int | None]:
    window = max(at - _BACK, 0)
    found = _DAY_BEFORE.search(text, window, at)
    if not found or _NO_DAY.search(text, max(found.start() - 12, 0), found.start()):
        return at, None
    number = ordinal(found["day"])
    return (found.start(), number) if number else (at, None)


def year_after(text: str, at: int, *, hijri: bool) -> tuple[int | None, Calendar | None, int]:
    """Return (year, its calendar, end) of a year that follows; (None, calendar of the month, `at`) for none."""
    calendar = Calendar.HIJRI if hijri else Calendar.GREGORIAN
    if counted := _COUNTED.match(text, at):
        return count(counted["count"]), calendar, at + len(counted[0].rstrip())
    found = _TAIL.match(text, at)
    if not found:
        return None, calendar, at
    year = int(found["year"])
    if not (found["marked"] or found["hijri"] or found["before"] or found["after"]) and not _is_year(
        year, hijri
    ):
        return None, calendar, at
    return (-year + 1 if found["before"] else year), calendar, found.end()


def _is_year(year: int, hijri: bool) -> bool:
    return 100 <= year <= 2100 if hijri else 1000 <= year <= 2100
