"""What changed from one public release to another."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from annotations.editions.compare import compare
from annotations.editions.reading import public_releases
from annotations.presenters.covers import cover_of
from annotations.presenters.placed import label_of
from annotations.presenters.released import issue_of
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
    before, after = issue_of(old), issue_of(new)
    found = compare(
        before.snapshot, after.snapshot, hidden=before.hidden | after.hidden,
        covers=(cover_of(before) is not None, cover_of(after) is not None),
    )  # fmt: skip
    context = {
        "old": old, "new": new, "comparison": found, "title": said(found.new.title),
        "change_note": said(found.new.change_note), "text": found.new.text,
        "added": [(note, label_of(after, note)) for note in found.added],
        "removed": [(note, label_of(before, note)) for note in found.removed],
        "changed": [(one, two, label_of(after, two)) for one, two in found.changed],
        "shown_otherwise": [(two, label_of(after, two)) for _one, two in found.shown_otherwise],
    }  # fmt: skip
    return render(request, "annotations/reader/compare.html", context)
