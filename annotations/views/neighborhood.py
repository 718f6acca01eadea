"""The references around a note, a work, a term, a picture or a film: a table, a drawing of it, and both to take away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse

from annotations.access.neighborhood import Neighborhood, Subject
from annotations.access.note_facts import read_note
from annotations.access.notes import shown_to
from annotations.enums import TermStatus
from annotations.exports.neighborhood import csv_lines, jsonld_lines
from annotations.models import Annotation, Term
from annotations.presenters.annotation import quotation
from annotations.presenters.drawing import drawing
from annotations.presenters.labels import relation_label
from annotations.presenters.live_ties import live_ties
from annotations.presenters.neighborhood import DIRECTIONS, KIND_LABELS, Tie, Wanted
from annotations.presenters.paging import page_of
from annotations.presenters.site_cards import title_of
from annotations.views.requests import Request
from archive.access import visible_to
from archive.errors import NotAllowed, NotVisible
from archive.models import Image, Video, Work
from archive.presenters.markup import plain_excerpt

PER_PAGE = 50
#: References that a drawing is made of; of more, it says how many there are.
DRAWN = 400
#: References that are taken away at once, and how many are read in one go.
MOST, AT_ONCE = 20_000, 500
_MODELS: dict[str, tuple[Any, str]] = {
    "work": (Work, "slug"), "term": (Term, "slug"), "image": (Image, "public_id"), "video": (Video, "public_id"),
}  # fmt: skip


@login_required
def neighborhood(request: Request, kind: str, ident: str) -> HttpResponseBase:
    """Show the references around one thing, those that its reader may see; take them away with `?as=`."""
    if not request.viewer.is_member:
        raise NotAllowed("not_allowed")
    subject = _subject(request, kind, ident)
    around, wanted = Neighborhood(request.viewer, subject), Wanted.of(request.GET)
    rows = around.of(relation=wanted.relation, direction=wanted.direction, kind=wanted.kind)
    title, url = _name(request, subject)
    # A note is among places; a work among works.
    by_item = not isinstance(subject, Annotation)
    if form := _FORMS.get(request.GET.get("as", "")):
        return form(_all(around, rows), f"{settings.PUBLIC_URL}{request.get_full_path()}", title)
    page = page_of(request, rows, PER_PAGE)
    total = page.paginator.count
    first = around.read(list(rows.values_list("pk", flat=True)[:DRAWN]))
    context = {
        "subject_kind": kind, "title": title, "title_url": url, "page": page, "total": total,
        "ties": live_ties(around.read([row.pk for row in page]), by_item=False), "wanted": wanted,
        "drawing": drawing(title, live_ties(first, by_item=by_item), total=total) if total else None,
        "relations": [(words.code, relation_label(words), n) for words, n in around.relations()],
        "directions": DIRECTIONS, "kinds": KIND_LABELS,
    }  # fmt: skip
    return render(request, "annotations/neighborhood/page.html", context)


def _subject(request: Request, kind: str, ident: str) -> Subject:
    """Return what the page is about; raises NotVisible."""
    if kind == "note":
        rows = shown_to(request.viewer).select_related("text__work", "image", "video")
        found = rows.filter(public_id=ident).first()
    elif kind in _MODELS:
        model, name = _MODELS[kind]
        found = visible_to(model, request.viewer).filter(**{name: ident}).first()
    else:
        found = None
    if found is None:
        raise NotVisible("not_visible")
    return found


def _name(request: Request, subject: Subject) -> tuple[str, str]:
    """Return what the subject is called, and where it is read."""
    if isinstance(subject, Annotation):
        facts = read_note(request.viewer, subject)
        words = plain_excerpt(facts.body, length=80) or quotation(facts.sits) or subject.public_id
        return words, reverse("note_page", args=[subject.public_id])
    if isinstance(subject, Term):
        # A proposed term has no page of its own yet.
        is_public = subject.status == TermStatus.ESTABLISHED
        return str(subject), subject.get_absolute_url() if is_public else ""
    return title_of(subject).text, subject.get_absolute_url()


def _all(around: Neighborhood, rows: Any) -> Iterator[Tie]:
    """Yield all of them, some hundreds at a time."""
    keys = list(rows.values_list("pk", flat=True)[:MOST])
    for start in range(0, len(keys), AT_ONCE):
        yield from live_ties(around.read(keys[start : start + AT_ONCE]), by_item=False)


def _csv(ties: Iterator[Tie], address: str, title: str) -> HttpResponseBase:
    return _download(csv_lines(ties, site=settings.PUBLIC_URL), "text/csv; charset=utf-8", "references.csv")


def _jsonld(ties: Iterator[Tie], address: str, title: str) -> HttpResponseBase:
    lines = jsonld_lines(ties, address=address, label=title, site=settings.PUBLIC_URL)
    return _download(lines, "application/ld+json", "references.jsonld")


def _download(lines: Iterator[bytes], media_type: str, name: str) -> HttpResponseBase:
    answer = StreamingHttpResponse(lines, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


_FORMS: dict[str, Callable[[Iterator[Tie], str, str], HttpResponseBase]] = {"csv": _csv, "jsonld": _jsonld}
