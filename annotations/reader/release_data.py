"""What scripts and other programs read of a release: spans, notes, files, citations, downloads."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language_from_request, override

from annotations.editions.reading import kept_back, public_releases, stone_of_release, tombstones
from annotations.exports import FORMATS
from annotations.exports.given import given_of
from annotations.exports.jsonld import ANNO, annotation
from annotations.exports.shelf import file_name, made
from annotations.models import ReleaseFile
from annotations.presenters.issue import Issue
from annotations.presenters.note_cards import Cards
from annotations.presenters.release_context import asked_of
from annotations.presenters.released import issue_of
from annotations.presenters.since import since_of
from annotations.reader import cite
from archive.access import ANYBODY, visible_to
from archive.media import gate
from archive.media.packages import place_of
from archive.views.files import send, send_package
from archive.views.shared import shared

#: Notes sent at once.
MOST = 500

View = Callable[..., HttpResponseBase]


def of_release(view: View) -> View:
    """Give the view the issue of a public release; 410 for one that was withdrawn or taken down, 403 for
    one of whose text a section is kept back, 404 for all else.
    """

    @wraps(view)
    def wrapper(request: HttpRequest, slug: str, number: int, **kwargs: Any) -> Any:
        row = public_releases().filter(edition__slug=slug, number=number).first()
        if row is None:
            if tombstones().filter(edition__slug=slug, number=number).exists():
                return HttpResponse("Withdrawn.\n", status=410, content_type="text/plain; charset=utf-8")
            if stone_of_release(slug, number):
                return HttpResponse("Taken down.\n", status=410, content_type="text/plain; charset=utf-8")
            if kept_back(slug, number):
                return HttpResponse("Kept back.\n", status=403, content_type="text/plain; charset=utf-8")
            raise Http404
        return view(request, issue_of(row), **kwargs)

    return wrapper


@shared
@of_release
def spans(request: HttpRequest, issue: Issue) -> HttpResponse:
    """Send where the notes lie, in the compact form."""
    start, end = issue.book.bounds(request.GET)
    return HttpResponse(
        issue.book.spans_json(start, end, hidden=issue.hidden), content_type="application/json"
    )


@shared
@of_release
def notes(request: HttpRequest, issue: Issue) -> HttpResponse:
    """Send the notes that begin within `from` and `to`, as the reader's script shows them; changes are told `since` a release."""
    start, end = issue.book.bounds(request.GET)
    earlier = asked_of(request.GET).since
    rows = public_releases().filter(edition__slug=issue.snapshot.slug, number=earlier) if earlier else ()
    cards = Cards(issue, since_of(issue, rows, earlier))
    entries = [entry for entry in issue.book.between(0, end) if entry.end > start or entry.start >= start]
    return JsonResponse({"annotations": [cards.json(entry) for entry in entries[-MOST:]]})


@shared
@of_release
def citation(request: HttpRequest, issue: Issue, form: str) -> HttpResponse:
    """Send the citation of a release, or of the note or passage that the address asks for, as BibTeX, RIS or CSL-JSON."""
    snapshot = issue.snapshot
    names = {"slug": snapshot.slug, "number": snapshot.number}
    return cite.download(request, "release", form, **names)


@of_release
def download(request: HttpRequest, issue: Issue, form: str) -> HttpResponseBase:
    """Send the whole release in one of the export formats: the file that is kept, else a stream, else lead to where it is made."""
    if form not in FORMATS:
        raise Http404
    export, name = FORMATS[form], file_name(issue, form)
    kept, link = made(issue, form), f'<{issue.permalink}>; rel="collection"; type="text/html"'
    if kept is not None:
        response = send_package(request, kept, path=place_of(kept), filename=name)
        return _for_everybody(response, {"Link": link, "Content-Type": export.media_type})
    if not export.is_quick:
        with override(get_language_from_request(request)):
            return redirect("release_export", issue.snapshot.slug, issue.snapshot.number, form)
    chunks = export.write(given_of(issue))
    headers = {
        "Link": link,
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "ETag": f'"{issue.manifest_hash[:32]}-{form}"', "Cache-Control": "no-store",
    }  # fmt: skip
    response = StreamingHttpResponse(chunks, content_type=export.media_type, headers=headers)
    return _for_everybody(response, {})


def _for_everybody(response: HttpResponseBase, headers: dict[str, str]) -> HttpResponseBase:
    """Return an answer that programs of other sites may read: viewers of manifests are on other sites."""
    for name, value in (gate.ELSEWHERE | headers).items():
        response.headers[name] = value
    return response


def image_file(request: HttpRequest, slug: str, number: int, name: str) -> Any:
    """Send a public copy of a picture that the release keeps, while release and picture may be seen."""
    rows = visible_to(ReleaseFile.objects.select_related("stored_file"), ANYBODY)
    file = rows.filter(release__edition__slug=slug, release__number=number, name=name).first()
    if file is None:
        raise Http404
    return _for_everybody(send(request, file.stored_file, filename=name, public=True), {})


@of_release
def one(request: HttpRequest, issue: Issue, note: str) -> HttpResponse:
    """Send one note as JSON-LD to a program, and a person to the page on which it is read."""
    found = issue.book.notes.get(note)
    if found is None or note in issue.hidden:
        raise Http404
    if "json" in request.headers.get("Accept", ""):
        value = annotation(given_of(issue), found, issue.book.terms, issue.book.names)
        return JsonResponse({"@context": ANNO, **value}, content_type="application/ld+json")
    with override(get_language_from_request(request)):
        base = reverse("release", args=[issue.snapshot.slug, issue.snapshot.number])
    return redirect(f"{base}?note={note}#note-{note}")
