"""How a passage, or the words of a note, reads in the other releases of its edition."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render

from annotations.editions.reading import public_releases
from annotations.presenters.paging import page_of
from annotations.presenters.pointed import in_release
from annotations.presenters.readings import LONGEST, read_in
from annotations.presenters.released import issue_of
from annotations.presenters.words import said
from annotations.reader.releases import find, gone
from archive.views.shared import shared

#: Releases on a page: each of them is read and compared as a whole, if nobody did before.
A_PAGE = 4


@shared
def readings(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """Show how the passage that the address names (`?at=`, or the words of `?note=`) reads in each other release."""
    row = find(slug, number)
    if row is None:
        return gone(request, slug, number)
    pointed = in_release(row, {name: request.GET.get(name, "") for name in ("note", "at")})
    issue = pointed.issue if pointed else None
    span = pointed.span if pointed else None
    if pointed and pointed.note and not pointed.note.place:
        span = (pointed.note.start, pointed.note.end)
    if issue is None or span is None:
        raise Http404
    compared = (span[0], min(span[1], span[0] + LONGEST))
    page = page_of(request, public_releases().filter(edition=row.edition).exclude(pk=row.pk), A_PAGE)
    text = issue.snapshot.text
    context = {
        "release": row, "issue": issue, "text": text, "title": said(issue.snapshot.title), "page_obj": page,
        "words": text.content[slice(*compared)], "is_cut": compared != span, "back": issue.passage_url(*span),
        "readings": [read_in(issue, compared, other, issue_of(other)) for other in page.object_list],
    }  # fmt: skip
    return render(request, "annotations/reader/readings.html", context)
