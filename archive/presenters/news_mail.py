"""A person's news as a mail: what happened, by kind, each with its link; as plain text and as a simple page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from archive import kinds
from archive.access.news import stop_key
from archive.models import Notice, SiteSettings, User
from archive.presenters.addresses import in_language
from archive.presenters.languages import direction_of
from archive.presenters.messages import sentence
from archive.presenters.moments import day_words

#: Sentences in one mail; a line says how many more stand on the desk.
MOST = 50
#: The headings, in their order in a mail.
HEADINGS = {
    "review": _("Waiting for your decision"),
    "decided": _("Decisions on your notes"),
    "talk": _("Replies and mentions"),
    "notes": _("Your notes"),
    "reports": _("Reports and requests"),
    "ready": _("Ready for you"),
    "groups": _("Your groups"),
    "archive": _("Files and films"),
    "account": _("Your account"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """What happened, when, and where to see it."""

    words: str
    #: The day, in the site's time zone.
    day: str
    url: str


def message(user: User, notices: Sequence[Notice]) -> EmailMultiAlternatives:
    """Return a mail that tells these notices in the current language; there must be one at least.

    It holds nothing but the sentences of their codes, and links. Its headers let a mail program offer to stop further
    ones by one press (RFC 8058), and keep those who are on holiday from answering it (RFC 3834).
    """
    language = get_language() or settings.LANGUAGE_CODE
    stop = settings.PUBLIC_URL + reverse("stop_mails", args=[stop_key(user)])
    count = len(notices)
    context = {
        "language": language, "direction": direction_of(language), "site_name": _site_name(),
        "groups": _grouped(notices, language), "more": max(0, count - MOST), "name": _isolated(user.display_name),
        "desk": settings.PUBLIC_URL + reverse("desk"), "choice": settings.PUBLIC_URL + reverse("own_mails"), "stop": stop,
    }  # fmt: skip
    subject = ngettext(
        "%(site)s: %(n)s piece of news for you", "%(site)s: %(n)s pieces of news for you", count
    )
    mail = EmailMultiAlternatives(
        subject % {"site": context["site_name"], "n": count},
        render_to_string("archive/mails/news.txt", context), settings.DEFAULT_FROM_EMAIL, [user.email],
        headers={
            "List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated", "Content-Language": language,
        },
    )  # fmt: skip
    mail.attach_alternative(render_to_string("archive/mails/news.html", context), "text/html")
    return mail


def _grouped(notices: Sequence[Notice], language: str) -> list[tuple[str, list[Line]]]:
    """Return the first of them under their headings; under each the newest first."""
    found: dict[str, list[Line]] = {heading: [] for heading in HEADINGS}
    for notice in sorted(notices, key=lambda one: one.pk, reverse=True)[:MOST]:
        path = in_language(notice.url, language) if notice.url else reverse("desk")
        line = Line(
            sentence(notice.code, notice.params), day_words(notice.unmailed_since), settings.PUBLIC_URL + path
        )
        found[kinds.notice_kinds[notice.code].heading].append(line)
    return [(str(HEADINGS[heading]), lines) for heading, lines in found.items() if lines]


def _isolated(name: str) -> str:
    """Return a name on one line that turns no letter around it, whatever its script."""
    return f"\u2068{' '.join(name.split())}\u2069"


def _site_name() -> str:
    row = SiteSettings.objects.filter(pk=1).first()
    # A subject is one line.
    return " ".join(((row.name if row else "") or gettext("Hashiya")).split())
