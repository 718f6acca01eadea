"""What changed from one public release to another."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from annotations.editions.compare import compare
from annotations.editions.reading import public_releases, read_snapshot
from annotations.presenters.words import said
from archive.views.shared import shared


@shared
def compare_releases(request: HttpRequest, slug: str, number: int, other: int) -> HttpResponse:
    """Show the differences from the earlier of two releases to the later one."""
    rows = {
        row.number: row for row in public_releases().filter(edition__slug=slug, number__in=[number, other])
    }
    if len(rows) != 2:
        raise Http404
    old, new = rows[min(rows)], rows[max(rows)]
    found = compare(read_snapshot(old), read_snapshot(new))
    context = {
        "old": old, "new": new, "comparison": found, "title": said(found.new.title),
        "change_note": said(found.new.change_note), "text": found.new.text,
    }  # fmt: skip
    return render(request, "annotations/reader/compare.html", context)
