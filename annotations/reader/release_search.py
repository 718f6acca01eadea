"""The search within one release: its text and its notes, for anybody and without a script."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language

from annotations.presenters.labels import CATEGORIES
from annotations.presenters.paging import page_of
from annotations.presenters.release_search import Found, told, units_with
from annotations.presenters.released import issue_of
from annotations.presenters.words import said
from annotations.reader.releases import find, gone
from annotations.reader.search import pieces, told_ways
from archive.search.tokens import MAX_WORDS
from archive.views.shared import shared

PER_PAGE = 25


@shared
def search(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """Show what of a release holds every word of `?q=`; without one, the box and how to ask."""
    row = find(slug, number)
    if row is None:
        return gone(request, slug, number)
    issue = issue_of(row)
    query = request.GET.get("q", "").strip()[:400]
    page = page_of(request, units_with(issue, query), PER_PAGE)
    found = told(issue, page.object_list, query, get_language() or "")
    context = {
        "issue": issue, "release": row, "query": query, "page_obj": page, "max_words": MAX_WORDS,
        "title": said(issue.snapshot.title), "hits": [_shown(one) for one in found],
    }  # fmt: skip
    answer = render(request, "annotations/reader/search.html", context)
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _shown(found: Found) -> dict[str, Any]:
    category = found.note.category if found.note else ""
    return {
        "found": found,
        "pieces": pieces(found.snippet.text, found.snippet.spans),
        "category": category,
        "sort": CATEGORIES[category] if category else "",
        "ways": told_ways(found.ways),
    }
