"""The front door."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from annotations.models import Term
from annotations.presenters.release_facts import newest, release_cards
from annotations.presenters.site_cards import cards_of, title_of
from annotations.presenters.term_cards import term_cards
from annotations.presenters.words import said_of
from archive.access import ANYBODY, visible_to
from archive.models import Collection, Image, SiteSettings, Video, Work
from archive.presenters.collection_tree import counts_for, tree_for
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
        "releases": release_cards(releases[:4]),
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
    tree = tree_for(ANYBODY)
    totals, top = tree.totals(counts_for(ANYBODY)), tree.children.get(None, [])[:6]
    shelves = visible_to(Collection, ANYBODY).in_bulk(top)
    return [_shelf(shelves[pk], totals.get(pk, 0)) for pk in top if pk in shelves]


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
