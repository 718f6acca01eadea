"""The front door."""

from __future__ import annotations

from collections import Counter

from django.conf import settings
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from annotations.models import Term
from annotations.presenters.release_facts import newest, release_card
from annotations.presenters.site_cards import cards_of, title_of
from annotations.presenters.term_cards import term_cards
from annotations.presenters.words import said_of
from archive.access import ANYBODY, visible_to
from archive.models import Collection, Image, SiteSettings, Video, Work
from archive.presenters.demo import demo_accounts
from archive.presenters.markup import plain_excerpt
from archive.views.shared import shared


@shared
def home(request: HttpRequest) -> HttpResponse:
    """Say what this archive is; show the latest editions, the collections and what came in last."""
    works = visible_to(Work, ANYBODY)
    images = visible_to(Image, ANYBODY)
    releases = newest()
    context = {
        "releases": [release_card(row) for row in releases[:4]],
        "works": cards_of(list(works[:6]), ANYBODY),
        "images": cards_of(list(images.filter(state="ready")[:4]), ANYBODY),
        "collections": _collections(),
        "terms": term_cards(visible_to(Term, ANYBODY).filter(merged_into=None), most=8),
        "counts": {
            "works": works.count(), "images": images.count(), "editions": len(releases),
            "videos": visible_to(Video, ANYBODY).count(),
        },
        "accounts": demo_accounts(),
        "schema": _schema(),
    }  # fmt: skip
    return render(request, "annotations/public/home.html", context)


def _collections() -> list[dict[str, object]]:
    """Return the collections that stand on their own, counting what is on every shelf within them."""
    shelves = list(visible_to(Collection, ANYBODY))
    counts: Counter[int] = Counter()
    for model in (Work, Image, Video):
        rows = visible_to(model, ANYBODY).order_by().exclude(collection=None)
        counts.update(dict(rows.values_list("collection").annotate(n=Count("pk"))))
    shown = {shelf.pk for shelf in shelves}
    top = [shelf for shelf in shelves if shelf.parent_id not in shown]
    return [_shelf(shelf, sum(counts[pk] for pk in _within(shelf.pk, shelves))) for shelf in top[:6]]


def _within(number: int, shelves: list[Collection]) -> list[int]:
    """Return a collection and all within it."""
    found = [number]
    for pk in found:
        found += [s.pk for s in shelves if s.parent_id == pk and s.pk not in found]
    return found


def _shelf(shelf: Collection, count: int) -> dict[str, object]:
    description = said_of(shelf, "description")
    return {
        "title": title_of(shelf), "url": shelf.get_absolute_url(), "count": count,
        "text": plain_excerpt(description.text, length=180), "language": description.language,
    }  # fmt: skip


def _schema() -> dict[str, object]:
    site = SiteSettings.objects.filter(pk=1).first()
    name, tagline = (said_of(site, field).text if site else "" for field in ("name", "tagline"))
    return {
        "@context": "https://schema.org", "@type": "WebSite", "url": settings.PUBLIC_URL,
        "name": name, "description": tagline,
    }  # fmt: skip
