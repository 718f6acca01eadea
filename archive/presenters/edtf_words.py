"""Dates of EDTF said in words: "about 1715", "from July 1208 to July 1209", «نحو 1950»."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.presenters.moments import month_name
from archive.text.edtf import is_edtf

_DATE = re.compile(
    r"(?P<year>-?[0-9X]{4}|Y-?[0-9]+)(?:-(?P<month>[0-9X]{2})(?:-(?P<day>[0-9X]{2}))?)?"
    r"(?:T(?P<time>\d{2}:\d{2})(?::\d{2})?(?P<zone>Z|[+-]\d{2}(?::\d{2})?)?)?(?P<doubt>[?~%]?)\Z"
)
_DOUBTS = {
    "~": gettext_lazy("about %(date)s"),
    "?": gettext_lazy("perhaps %(date)s"),
    "%": gettext_lazy("perhaps about %(date)s"),
}
#: Seasons, quarters, thirds and halves stand where a month would.
_PARTS = {
    "21": gettext_lazy("spring %(year)s"), "22": gettext_lazy("summer %(year)s"),
    "23": gettext_lazy("autumn %(year)s"), "24": gettext_lazy("winter %(year)s"),
    "25": gettext_lazy("spring %(year)s"), "26": gettext_lazy("summer %(year)s"),
    "27": gettext_lazy("autumn %(year)s"), "28": gettext_lazy("winter %(year)s"),
    "29": gettext_lazy("southern spring %(year)s"), "30": gettext_lazy("southern summer %(year)s"),
    "31": gettext_lazy("southern autumn %(year)s"), "32": gettext_lazy("southern winter %(year)s"),
    "33": gettext_lazy("first quarter of %(year)s"), "34": gettext_lazy("second quarter of %(year)s"),
    "35": gettext_lazy("third quarter of %(year)s"), "36": gettext_lazy("last quarter of %(year)s"),
    "37": gettext_lazy("first third of %(year)s"), "38": gettext_lazy("middle third of %(year)s"),
    "39": gettext_lazy("last third of %(year)s"),
    "40": gettext_lazy("first half of %(year)s"), "41": gettext_lazy("second half of %(year)s"),
}  # fmt: skip


def edtf_words(value: str) -> str:
    """Return a date of EDTF in the interface's language; what is no EDTF stays as it was written."""
    value = value.strip()
    if not value or not is_edtf(value):
        return value
    if value[0] in "[{":
        return _choice(value)
    first, slash, last = value.partition("/")
    return _interval(first, last) if slash else _date(value)


def _interval(first: str, last: str) -> str:
    if first == "..":
        return _("until %(date)s") % {"date": _date(last)}
    if last == "..":
        return _("since %(date)s") % {"date": _date(first)}
    if not first:
        return _("until %(date)s, beginning unknown") % {"date": _date(last)}
    if not last:
        return _("from %(date)s, end unknown") % {"date": _date(first)}
    if first == last:
        return _date(first)
    return _("from %(first)s to %(last)s") % {"first": _date(first), "last": _date(last)}


def _choice(value: str) -> str:
    """Return a set: one of its members in brackets, all of them in braces."""
    members = [_member(part.strip()) for part in value[1:-1].split(",")]
    join = _("%(first)s or %(second)s") if value[0] == "[" else _("%(first)s and %(second)s")
    said = members[0]
    for member in members[1:]:
        said = join % {"first": said, "second": member}
    return said


def _member(value: str) -> str:
    first, dots, last = value.partition("..")
    return _interval(first or "..", last or "..") if dots else _date(value)


def _date(value: str) -> str:
    found = _DATE.match(value)
    if not found:
        return value
    said = _calendar(found["year"], found["month"], found["day"])
    if found["time"]:
        zone = {None: "", "Z": " UTC"}.get(found["zone"], f" UTC{found['zone']}")
        said = _("%(day)s, %(time)s") % {"day": said, "time": f"\u2066{found['time']}{zone}\u2069"}
    doubt = _DOUBTS.get(found["doubt"])
    return str(doubt) % {"date": said} if doubt else said


def _calendar(year: str, month: str | None, day: str | None) -> str:
    years = _year(year)
    if month is None:
        return years
    if month in _PARTS:
        return str(_PARTS[month]) % {"year": years}
    if "X" in month:
        part = {"part": _("some month") if day is None else _("some day")}
        return _("%(part)s of %(year)s") % {**part, "year": years}
    name = month_name(int(month))
    if day is None:
        return _join(name, years, vague="X" in year)
    if "X" in day:
        in_month = _("some day of %(month)s") % {"month": name}
        return _join(in_month, years, vague="X" in year)
    return _join(f"{int(day)} {name}", years, vague="X" in year)


def _join(words: str, years: str, *, vague: bool) -> str:
    return (_("%(day)s, %(time)s") % {"day": words, "time": years}) if vague else f"{words} {years}"


def _year(year: str) -> str:
    """Return a year as people count it: none is year zero, and before it they count backwards."""
    if "X" in year:
        return _vague_year(year)
    return year_words(int(year.removeprefix("Y")))


def year_words(number: int) -> str:
    """Return "1330", or "44 BC" of -43."""
    return str(number) if number > 0 else _("%(year)s BC") % {"year": 1 - number}


def _vague_year(year: str) -> str:
    if year.strip("-") == "XXXX":
        return _("year unknown")
    ends = [int(year.replace("X", digit)) for digit in "09"]
    first, last = (_year(f"Y{number}") for number in sorted(ends))
    return _("some year from %(first)s to %(last)s") % {"first": first, "last": last}
