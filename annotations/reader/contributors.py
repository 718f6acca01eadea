"""The people who contributed to what is public: the list of them, and one with all that bears their name."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from annotations.editions.reading import public_releases
from annotations.enums import TermKind
from annotations.models import Term, TermName
from annotations.presenters.contributors import Contributor, contributors, in_order
from annotations.presenters.paging import page_of
from annotations.presenters.release_facts import newest, release_cards
from annotations.presenters.shelf import fetch
from annotations.presenters.site_cards import cards_of
from annotations.presenters.term_cards import term_cards
from archive.access import ANYBODY, visible_to
from archive.text.folding import fold_key
from archive.views.shared import shared

A_PAGE, ITEMS = 60, 24


@shared
def listing(request: HttpRequest) -> HttpResponse:
    """List everybody by name."""
    query = request.GET.get("q", "").strip()[:100]
    page = page_of(request, in_order(contributors().people.values(), query), A_PAGE)
    return render(request, "annotations/public/contributors.html", {"page_obj": page, "query": query})


@shared
def one(request: HttpRequest, key: str) -> HttpResponse:
    """Show one person with the editions and items that bear the name."""
    person = contributors().of(key)
    if person is None:
        raise Http404
    if person.key != key:
        return redirect("contributor", person.key, permanent=True)
    page = page_of(request, [(kind, pk, None) for kind, pk in reversed(person.made)], ITEMS)
    releases = newest(public_releases().filter(pk__in=list(person.releases)))
    context = {
        "person": person, "page_obj": page, "cards": cards_of(fetch(list(page.object_list)), ANYBODY),
        "releases": release_cards(releases), "terms": term_cards(_terms(person), counts={}),
        "schema": _schema(person, request.path),
    }  # fmt: skip
    return render(request, "annotations/public/contributor.html", context)


def _terms(person: Contributor) -> Any:
    """Return the people in the vocabulary who bear the name: whether they are the same is for the reader to say."""
    names = {fold_key(name) for name in (person.name, *person.names.values())}
    known = TermName.objects.filter(folded__in=names).values("term")
    return visible_to(Term, ANYBODY).filter(kind=TermKind.PERSON, merged_into=None, pk__in=known)[:4]


def _schema(person: Contributor, path: str) -> dict[str, Any]:
    other = sorted({person.name, *person.names.values()} - {person.said.text})
    data = {
        "@context": "https://schema.org", "@type": "Person", "name": person.said.text, "alternateName": other,
        "url": f"{settings.PUBLIC_URL}{path}",
        "sameAs": [address for _orcid, address in person.orcid_links],
        "identifier": [{"@type": "PropertyValue", "propertyID": "ORCID", "value": orcid} for orcid in person.orcids],
    }  # fmt: skip
    return {name: value for name, value in data.items() if value}
