"""Dates without a month's name: in digits, years, seasons, decades, centuries; and ranges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from annotations.suggesting.calendars import century_edtf
from annotations.suggesting.date_points import ERA
from annotations.suggesting.date_words import (
    COUNT,
    DAY,
    DECADES,
    ENGLISH_DECADES,
    ORDINAL,
    SEASONS,
    count,
    ordinal,
)
from annotations.suggesting.types import Calendar, Parts, Raw, Reason, Relative
from archive.text.folding import Folded

_DIGITS = re.compile(
    r"(?<![\w/.:-])(?:(?P<d>\d{1,2})\s*(?P<s>[/.-])\s*(?P<m>\d{1,2})\s*(?P=s)\s*(?P<y>\d{4})"
    r"|(?P<y2>\d{4})(?P<s2>[/.-])(?P<m2>\d{1,2})(?P=s2)(?P<d2>\d{1,2}))(?![\d/]|[.:-]\d)(?:\s*(?P<hijri>ه(?!\w)))?"
)
_ABOUT = r"(?:(?P<about>حوالي|نحو|قرابه|circa|c\.|about|around)\s+)?"
_MARKED = re.compile(
    rf"(?<!\w){_ABOUT}(?:[وف]?[بل]?(?:ال|ل)?(?:عام|سنه)|(?:the\s+)?year)\s+(?:(?P<year>\d{{1,4}})(?![\d/:]|[.,]\d)|(?P<words>{COUNT}))"
    rf"(?:\s*(?:{ERA}))?"
)
_TWO_ERAS = re.compile(
    r"(?<![\w/–-])(?:(?:عام|سنه)\s+)?\d{1,4}\s*(?:ه|ah)\.?\s*[/=–-]\s*(?P<year>\d{3,4})(?!\d|[–-]\d)(?:\s*(?:م|ce|ad)(?!\w))?"
)
_WITH_ERA = re.compile(
    rf"(?<![\w/.,:-])(?:c\.\s*)?(?P<year>\d{{1,4}})\s*(?:{ERA})|(?<![\w/.,:-])(?:ad|ce|ah)\s+(?P<year2>\d{{1,4}})(?!\w)"
)
#: What may follow a bare year; anything else may be what is counted.
_NO_UNIT = (
    r"(?=\s*(?:$|[\n.,،؛;:)»!?؟\"”(]|(?:في|علي|الي|عن|ثم|عند|حين|حيث|كان|كانت|قبل|بعد|بسبب|مع|حتي|لكن|دون|و\w+"
    r"|by|and|the|a|an|he|she|they|it|when|with|to|for|at|on|after|before|until|but|as|or|who|which|that|in|there)(?!\w)))"
)
_BARE = re.compile(
    rf"(?<!\w)(?:[وف]?في|منذ|حتي|قبل|بعد|in|since|until|by|before|after|from)\s+{_ABOUT}(?P<year>1\d{{3}}|20\d\d)(?![\d/:-]|[.,]\d)"
    + _NO_UNIT
)
_YEARS = re.compile(
    r"(?<!\w)(?:[وف]?بين\s+)?(?:(?P<pair>(?:ال)?(?:عامي|سنتي|سنوات|اعوام|الاعوام|السنوات)\s+)|[وف]?(?:من|بين)\s+|\(|between\s+|from\s+|the\s+years\s+)"
    r"(?:(?:عام|سنه)\s+)?(?P<y1>\d{2,4})(?P<sep>\s*[-–—]\s*|\s+(?:و|الي|حتي|and|to|until)\s*(?:(?:عام|سنه)\s+)?)(?P<y2>\d{2,4})(?![\d/:]|[.,]\d)(?:\s*(?:(?P<hijri>ه(?!\w)|ah(?!\w))|م(?!\w)|ce(?!\w)))?"
)
_CENTURY = re.compile(
    rf"(?<!\w)[وف]?[بل]?(?:ال|ل)?قرن(?:ين)?\s+(?:(?P<first>\d{{1,2}}(?!\w)|(?:{ORDINAL})(?!\w))(?:\s+و\s?(?P<second>\d{{1,2}}(?!\w)|(?:{ORDINAL})(?!\w)))?"
    rf"(?:\s+(?:{ERA}))?|(?P<past>الماضي))(?!\w)"
)
_ENGLISH_CENTURY = re.compile(
    rf"(?<![\w])(?=[\da-z])(?P<first>\d{{1,2}}(?:st|nd|rd|th)|(?:{ORDINAL}))[\s-]centur(?:y|ies)(?:\s+(?:{ERA}))?(?!\w)"
)
_DECADE = re.compile(
    rf"(?<!\w)[وف]?[بل]?(?:ال|ل)?(?P<name>{'|'.join(DECADES)})(?:ي)?ات(?:\s+(?:من\s+)?القرن\s+(?:(?P<past>الماضي)|(?P<century>\d{{1,2}}|(?:{ORDINAL}))))?(?!\w)"
    r"(?!\s+(?:من\s+عمر|العمر|عمر))"
)
_ENGLISH_DECADE = re.compile(
    rf"(?<![\w'])(?:(?P<year>1[0-9]\d0|20\d0)'?s|(?P<name>{'|'.join(ENGLISH_DECADES)})(?:\s+of\s+the\s+(?P<century>\d{{1,2}}(?:st|nd|rd|th)|(?:{ORDINAL}))\s+century)?)(?!\w)"
)
_SEASON = re.compile(
    rf"(?<!\w)[وف]?[بل]?(?P<season>{'|'.join(SEASONS)})\s+(?:(?:من\s+|of\s+)?(?:(?:ال)?(?:عام|سنه)\s+)?(?P<year>1\d{{3}}|20\d\d)(?!\d)"
    r"|(?:(?:ذلك|هذا)\s+العام|تلك\s+السنه|العام\s+نفسه|of\s+(?:that|the\s+same)\s+year)(?!\w))"
)
_OF_IT = re.compile(r"(?<=\s)منه(?!\w)")
_DAY_OF_IT = re.compile(rf"(?P<day>{DAY})\s+\Z")
#: Between the two ends of a range.
JOIN = re.compile(r"\s*(?:-|–|—|\bالي\b|\bحتي\b|\bto\b|\buntil\b|\btill\b|\bthrough\b)\s*\Z")
AND = re.compile(r"\s*(?:و|and\s)\s*\Z")
BETWEEN = re.compile(r"(?<!\w)(?:[وف]?(?:ما\s+)?بين|between)\s+\Z")
FIRST_DAY = re.compile(rf"(?P<day>{DAY})(?P<join>\s*(?:-|–|—)\s*|\s+(?:الي|حتي|to|until|and)\s+|\s+)\Z")


def others(folded: Folded) -> Iterator[Raw]:
    """Yield what says a date without a month's name; they may overlap."""
    text = folded.text
    for rule, pattern in _RULES:
        for found in pattern.finditer(text):
            raw = rule(found)
            if raw is not None:
                yield raw


def _digits(found: re.Match[str]) -> Raw | None:
    day, month, year = (int(found[a] or found[b]) for a, b in (("d", "d2"), ("m", "m2"), ("y", "y2")))
    if month > 12 >= day:
        day, month = month, day
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    calendar = Calendar.HIJRI if found["hijri"] or 1300 <= year <= 1460 else Calendar.GREGORIAN
    if not 1000 <= year <= 2100 and calendar == Calendar.GREGORIAN:
        return None
    return Raw(found.start(), found.end(), Parts(year, month, day, calendar=calendar))


def _year(found: re.Match[str], digits: str | None, *, start: int | None = None) -> Raw | None:
    """Return a year with the calendar that its era tells; a marker stands before it, or an era behind."""
    groups = found.groupdict()
    number = int(digits) if digits else count(groups.get("words") or "")
    era = groups.get("hijri") or groups.get("before") or groups.get("after")
    if not number or (number < 100 and not era) or number > 2100:
        return None
    calendar = Calendar.HIJRI if groups.get("hijri") else Calendar.GREGORIAN if era else None
    year = 1 - number if groups.get("before") else number
    end = found.start() + len(found[0].rstrip())
    begin = found.start() if start is None else start
    return Raw(begin, end, Parts(year, calendar=calendar), about=bool(groups.get("about")))


def _with_era(found: re.Match[str]) -> Raw | None:
    digits = found["year"] or found["year2"]
    if found["after"] in ("م",):
        # «1217م» beside a Hijri year, or when somebody died (ت); elsewhere it may be meters.
        before = found.string[max(found.start() - 3, 0) : found.start()]
        if not before.endswith(("(", "/", "(ت ", " ت ")) or not 500 <= int(digits) <= 2100:
            return None
    raw = _year(found, digits)
    if raw and found["year2"]:
        calendar = Calendar.HIJRI if found[0].startswith("ah") else Calendar.GREGORIAN
        return replace(raw, first=Parts(int(digits), calendar=calendar))
    return raw


def _two_eras(found: re.Match[str]) -> Raw:
    return Raw(found.start(), found.end(), Parts(int(found["year"]), calendar=Calendar.GREGORIAN))


def _bare(found: re.Match[str]) -> Raw:
    start = found.start("about") if found["about"] else found.start("year")
    parts = Parts(int(found["year"]), calendar=Calendar.GREGORIAN)
    return Raw(start, found.end(), parts, about=bool(found["about"]))


def _years(found: re.Match[str]) -> Raw | None:
    first, last = int(found["y1"]), int(found["y2"])
    calendar = Calendar.HIJRI if found["hijri"] else None if found["pair"] else Calendar.GREGORIAN
    if calendar == Calendar.GREGORIAN and not 1000 <= first <= 2100:
        return None
    if not first < last <= 2100 or (first < 100 and calendar != Calendar.HIJRI):
        return None
    if calendar is None and first >= 1000:
        calendar = Calendar.GREGORIAN
    start = found.start("pair") if found["pair"] else found.start("y1")
    return Raw(start, found.end(), Parts(first, calendar=calendar), Parts(last, calendar=calendar))


def _century(found: re.Match[str]) -> Raw | None:
    groups = found.groupdict()
    if groups.get("past"):
        return Raw(found.start(), found.end(), Parts(ready="19XX"), reasons=(Reason.CENTURY_SUPPOSED,))
    numbers = [ordinal(groups[name]) for name in ("first", "second") if groups.get(name)]
    ends = [_century_edtf(number, found) for number in numbers if number]
    if not ends or "" in ends:
        return None
    calendar = Calendar.HIJRI if found["hijri"] else Calendar.GREGORIAN
    last = Parts(ready=ends[1], calendar=calendar) if len(ends) > 1 else None
    return Raw(found.start(), found.end(), Parts(ready=ends[0], calendar=calendar), last)


def _century_edtf(number: int, found: re.Match[str]) -> str:
    if not 1 <= number <= 21:
        return ""
    if found["hijri"]:
        return century_edtf(number)
    return f"{'-' if found['before'] else ''}{number - 1:02}XX"


def _decade(found: re.Match[str]) -> Raw | None:
    groups = found.groupdict()
    reasons: tuple[Reason, ...] = ()
    if groups.get("year"):
        return Raw(found.start(), found.end(), Parts(ready=f"{groups['year'][:3]}X"))
    tens = DECADES.get(found["name"]) or ENGLISH_DECADES[found["name"]]
    century = ordinal(groups["century"]) if groups.get("century") else 20
    if not groups.get("century") and not groups.get("past"):
        reasons = (Reason.CENTURY_SUPPOSED,)
    if not century or century > 21:
        return None
    return Raw(found.start(), found.end(), Parts(ready=f"{century - 1:02}{tens}X"), reasons=reasons)


def _season(found: re.Match[str]) -> Raw:
    year = int(found["year"]) if found["year"] else None
    parts = Parts(
        year, season=SEASONS[found["season"]], calendar=Calendar.GREGORIAN,
        relative=None if year else Relative.SAME,
    )  # fmt: skip
    return Raw(found.start(), found.end(), parts, is_weak=year is None)


def _of_it(found: re.Match[str]) -> Raw | None:
    """Return «الثامن والعشرين منه»: a day of the month that was named last."""
    before = _DAY_OF_IT.search(found.string, max(found.start() - 40, 0), found.start())
    day = ordinal(before["day"]) if before else None
    return (
        Raw(before.start(), found.end(), Parts(day=day), is_weak=True)
        if before and day and day <= 31
        else None
    )


_RULES = (
    (_digits, _DIGITS),
    (lambda found: _year(found, found["year"]), _MARKED),
    (_two_eras, _TWO_ERAS),
    (_with_era, _WITH_ERA),
    (_bare, _BARE),
    (_years, _YEARS),
    (_century, _CENTURY),
    (_century, _ENGLISH_CENTURY),
    (_decade, _DECADE),
    (_decade, _ENGLISH_DECADE),
    (_season, _SEASON),
    (_of_it, _OF_IT),
)
