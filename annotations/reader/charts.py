"""The line of time and the map of what is published, and of one release; for anybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from annotations.presenters.chart_page import PASSAGES, chart_context, head_of, issue_chart_context
from annotations.presenters.charted import charted_in_archive
from annotations.presenters.paging import page_of
from annotations.presenters.released import issue_of
from annotations.presenters.term_page import passages_in_archive
from annotations.reader.releases import find, gone
from archive.views.shared import shared


@shared
def archive_chart(request: HttpRequest, which: str) -> HttpResponseBase:
    """Show what the newest public releases speak of, with the passages of the term that the address chooses."""
    context = chart_context(request, which, charted_in_archive())
    if context["chosen"]:
        found = passages_in_archive(context["chosen"].id)
        context["passages"] = page_of(request, found, PASSAGES, name="more")
    context |= {"head": head_of(which)}
    return render(request, "annotations/charts/archive.html", context)


@shared
def release_chart(request: HttpRequest, slug: str, number: int, which: str) -> HttpResponseBase:
    """Show what one release speaks of, from its snapshot alone."""
    row = find(slug, number)
    if row is None:
        return gone(request, slug, number)
    return render(
        request, "annotations/charts/release.html", issue_chart_context(request, which, issue_of(row))
    )
