"""Times and sizes as people say them: Levantine months in Arabic, no decimals that say nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

#: Said here so that the site's own catalogue has them: it goes before Django's, whose Arabic months are those of
#: Egypt. So a date is the same whoever writes it: these filters, the accounts' pages, the back office.
MONTHS = (
    gettext_noop("January"), gettext_noop("February"), gettext_noop("March"), gettext_noop("April"),
    gettext_noop("May"), gettext_noop("June"), gettext_noop("July"), gettext_noop("August"),
    gettext_noop("September"), gettext_noop("October"), gettext_noop("November"), gettext_noop("December"),
)  # fmt: skip
#: How long a time is told by its distance.
RECENT = timedelta(days=7)


def utc(moment: datetime) -> str:
    """Return a moment as linked data writes it: in UTC, which is said as "Z" (Web Annotation Data Model, 3.3.1)."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def month_name(number: int) -> str:
    """Return the name of a month, 1 to 12, in the interface's language."""
    return _(MONTHS[number - 1])


def moment_words(moment: datetime | None) -> str:
    """Return day, month, year and the time of day, in the site's time zone."""
    if not moment:
        return ""
    local = timezone.localtime(moment)
    return _("%(day)s, %(time)s") % {"day": day_words(local), "time": f"{local:%H:%M}"}


def day_words(day: date | datetime | None) -> str:
    """Return day, month and year; of a moment, those that it has in the site's time zone."""
    if not day:
        return ""
    local = timezone.localtime(day) if isinstance(day, datetime) and timezone.is_aware(day) else day
    return date_format(local, "j F Y", use_l10n=False)


def ago_words(moment: datetime | None) -> str:
    """Return how long ago a moment was; after a week, its date says more."""
    if not moment:
        return ""
    age = timezone.now() - moment
    if age >= RECENT or age < timedelta(0):
        return moment_words(moment)
    if age < timedelta(minutes=1):
        return _("just now")
    return _("%(time)s ago") % {"time": timesince(moment, depth=1)}


def size_words(size: int | None) -> str:
    """Return a number of bytes in the unit that suits it."""
    size = size or 0
    if size < 1000:
        return ngettext("%(n)s byte", "%(n)s bytes", size) % {"n": size}
    for unit, words in ((10**9, _("%(n)s GB")), (10**6, _("%(n)s MB")), (10**3, _("%(n)s kB"))):
        if size >= unit:
            number = size / unit
            return words % {"n": f"{number:.1f}" if number < 10 else f"{number:.0f}"}
    return ""
