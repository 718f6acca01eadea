"""What is new for everybody: releases, and works that anybody may read since lately, as entries of a feed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.editions.reading import public_releases
from annotations.presenters.release_facts import facts_of, names_in
from annotations.presenters.site_cards import title_of
from annotations.presenters.words import said, said_of
from archive.access import ANYBODY, harvest, visible_to
from archive.models import Work
from archive.presenters.desk_words import WORK_KINDS
from archive.presenters.markup import plain_excerpt

#: Entries of a feed.
MOST = 40


@dataclass(frozen=True, slots=True)
class News:
    """One entry, in the interface language; `ident` stays whatever else changes."""

    ident: str
    title: str
    url: str
    summary: str
    authors: tuple[str, ...]
    category: str
    published: datetime
    updated: datetime


def news() -> list[News]:
    """Return the newest releases and works, newest first; what was withdrawn or closed is not among them."""
    found = [_release(row) for row in public_releases().order_by("-published_at", "-pk")[:MOST]]
    arrived = harvest.newest("work", most=MOST)
    rows = visible_to(Work, ANYBODY).in_bulk([pk for pk, _came, _changed in arrived])
    found += [_work(rows[pk], came, changed) for pk, came, changed in arrived if pk in rows]
    return sorted(found, key=lambda one: (one.published, one.ident), reverse=True)[:MOST]


def tag_of(kind: str, public_id: str, since: datetime) -> str:
    """Return a name by RFC 4151: of the site's host, the day, and the thing's own random id."""
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    return f"tag:{host},{since:%Y-%m-%d}:{kind}/{public_id}"


def _release(row: Any) -> News:
    facts = facts_of(row)
    title, work = said(facts.title), said(facts.work_title).text
    about = ngettext(
        "Annotated edition of “%(work)s”, with %(count)s note.",
        "Annotated edition of “%(work)s”, with %(count)s notes.",
        facts.notes,
    ) % {"work": work, "count": facts.notes}
    number = _("Release %(number)s") % {"number": row.number}
    return News(
        ident=tag_of("release", row.public_id, row.sealed_at), title=f"{title.text} · {number}",
        url=f"{settings.PUBLIC_URL}{reverse('release', args=[row.edition.slug, row.number])}",
        summary=" ".join(filter(None, (about, plain_excerpt(said(facts.change_note).text, length=300)))),
        authors=names_in(facts.credits, title.language), category=_("Editions"),
        published=row.published_at, updated=row.published_at,
    )  # fmt: skip


def _work(row: Work, came: datetime, changed: datetime) -> News:
    title = title_of(row)
    return News(
        ident=tag_of("work", row.public_id, row.created_at), title=title.text,
        url=f"{settings.PUBLIC_URL}{row.get_absolute_url()}",
        summary=plain_excerpt(said_of(row, "description").text, length=300),
        authors=names_in(row.creators, title.language), category=str(WORK_KINDS[row.kind]),
        published=came, updated=max(came, changed),
    )  # fmt: skip
