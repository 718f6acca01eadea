"""The catalogue, a collection, and the shelf of editions."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from annotations.presenters.described import described, schema_of
from annotations.presenters.paging import page_of
from annotations.presenters.release_facts import newest, release_cards
from annotations.presenters.shelf import Choice, fetch, listing
from annotations.presenters.shelf_facets import Facets
from annotations.presenters.site_cards import cards_of, title_of
from annotations.reader.either import either
from archive.access import ANYBODY, visible_to
from archive.models import Collection
from archive.presenters.collection_tree import counts_for, tree_for
from archive.views.shared import shared

A_PAGE = 24


@shared
def catalogue(request: HttpRequest) -> HttpResponse:
    """List works, images and videos, narrowed by the facets in the address."""
    choice = Choice.of(request.GET)
    page = page_of(request, listing(choice, ANYBODY), A_PAGE)
    view = "grid" if request.GET.get("view") == "grid" else "list"
    found = Facets(choice, ANYBODY, view).all()
    context = {
        "page_obj": page, "cards": cards_of(fetch(list(page.object_list)), ANYBODY), "facets": found,
        "choice": choice, "view": view, "chosen": [option for facet in found for option in facet.options if option.current],
    }  # fmt: skip
    return render(request, "annotations/public/catalogue.html", context)


@either(Collection)
def collection(request: HttpRequest, row: Collection) -> HttpResponse:
    """Show a collection: what it is, the shelves within it, and what stands on it."""
    viewer = request.viewer
    page = page_of(request, listing(Choice(collection=row.slug), viewer), A_PAGE)
    tree = tree_for(viewer)
    branch = tree.branch(row.pk)[1:]
    totals, rows = tree.totals(counts_for(viewer, branch)), visible_to(Collection, viewer).in_bulk(branch)

    def shelves(around: int) -> list[dict[str, Any]]:
        """Return what lies directly in a collection, each with what lies in that."""
        return [
            {
                "title": title_of(rows[pk]), "url": rows[pk].get_absolute_url(), "count": totals.get(pk, 0),
                "inner": shelves(pk),
            }
            for pk in tree.children.get(around, [])
            if pk in rows
        ]  # fmt: skip

    context = {
        **described(row, viewer), "page_obj": page, "cards": cards_of(fetch(list(page.object_list)), viewer),
        "inner": shelves(row.pk),
        "manifest": reverse("iiif_collection", args=[row.public_id]),
        "schema": schema_of(row, "Collection"),
    }  # fmt: skip
    return render(request, "annotations/public/collection.html", context)


@shared
def editions(request: HttpRequest) -> HttpResponse:
    """List the editions by their newest public release."""
    page = page_of(request, newest(), A_PAGE)
    context = {"page_obj": page, "releases": release_cards(page.object_list)}
    return render(request, "annotations/public/editions.html", context)
