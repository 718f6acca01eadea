"""The references of a release: a table, a drawing of it, and both to take away; for anybody."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from annotations.editions.values import Note, TermFacts
from annotations.exports.neighborhood import csv_lines, jsonld_lines
from annotations.presenters.drawing import drawing
from annotations.presenters.issue import Issue
from annotations.presenters.neighborhood import DIRECTIONS, KIND_LABELS, Tie, Wanted
from annotations.presenters.paging import page_of
from annotations.presenters.released import issue_of
from annotations.presenters.released_ties import filtered, note_node, relations_of, released_ties
from annotations.presenters.words import said
from annotations.reader.releases import find, gone
from archive.views.shared import shared

PER_PAGE = 50


@shared
def references(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """Show the references of a release, of one of its notes (`?note=`) or of the notes that bear a term (`?term=`)."""
    row = find(slug, number)
    if row is None:
        return gone(request, slug, number)
    issue = issue_of(row)
    note, term = _asked(request, issue)
    all_ties = released_ties(issue, note=note.id if note else "", term=term.id if term else "")
    wanted = Wanted.of(request.GET)
    ties = filtered(all_ties, wanted)
    title = said(issue.snapshot.work.title).text
    if note:
        title = note_node(issue, note).label
    elif term:
        title = said(term.label).text
    if request.GET.get("as") in ("csv", "jsonld"):
        return _taken_away(request, issue, ties, title)
    page = page_of(request, ties, PER_PAGE)
    context: dict[str, Any] = {
        "issue": issue, "release": row, "page": page, "ties": page.object_list, "total": len(ties), "title": title,
        "wanted": wanted, "relations": relations_of(all_ties), "directions": DIRECTIONS, "kinds": KIND_LABELS,
        "drawing": drawing(title, ties, total=len(ties)) if ties else None,
        "kept_query": [(name, request.GET[name]) for name, one in (("note", note), ("term", term)) if one],
    }  # fmt: skip
    return render(request, "annotations/reader/references.html", context)


def _asked(request: HttpRequest, issue: Issue) -> tuple[Note | None, TermFacts | None]:
    """Return the note or the term that the address names; what may not be read now counts as nothing said."""
    ident, slug = request.GET.get("note", ""), request.GET.get("term", "")
    note = issue.book.notes.get(ident) if ident not in issue.hidden else None
    borne = {tag for one in issue.snapshot.notes if one.id not in issue.hidden for tag in one.tags}
    return note, next((one for one in issue.snapshot.terms if one.slug == slug and one.id in borne), None)


def _taken_away(request: HttpRequest, issue: Issue, ties: list[Tie], title: str) -> HttpResponse:
    site, form = settings.PUBLIC_URL, request.GET["as"]
    if form == "csv":
        lines, media_type = csv_lines(ties, site=site), "text/csv; charset=utf-8"
    else:
        address = f"{issue.permalink}references/?{request.GET.urlencode()}"
        lines, media_type = jsonld_lines(ties, address=address, label=title, site=site), "application/ld+json"
    answer = HttpResponse(b"".join(lines), content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="references.{form}"'
    return answer
