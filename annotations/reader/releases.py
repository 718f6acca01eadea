"""The pages of an edition and of its releases, as anybody reads them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from annotations.editions.reading import (
    edition_of_old_slug,
    kept_back,
    public_releases,
    stone_of_release,
    tombstones,
)
from annotations.exports.shelf import groups_of
from annotations.presenters.cite_block import cite_block
from annotations.presenters.issue import Issue
from annotations.presenters.note_cards import Cards
from annotations.presenters.paging import page_of
from annotations.presenters.pointed import Pointed, in_release
from annotations.presenters.register import (
    arrival_lines,
    figure_lines,
    reference_lines,
    term_groups,
    video_lines,
)
from annotations.presenters.release import Asked
from annotations.presenters.release_context import asked_of, release_context
from annotations.presenters.release_pairs import Besides, besides_of, pairs_page
from annotations.presenters.released import issue_of
from annotations.presenters.since import since_of
from annotations.presenters.snapshot import in_number_order
from annotations.presenters.words import said
from annotations.reader.signposting import items_of, signposted
from archive.text.numbers import whole_number
from archive.views.shared import shared
from archive.views.tombstones import tombstone

NOTES_A_PAGE = 100


def find(slug: str, number: int) -> Any:
    """Return the release at this address when anybody may read it, else None."""
    return public_releases().filter(edition__slug=slug, number=number).first()


def gone(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """Answer what cannot be read: a tombstone for what was withdrawn or taken down, the renamed edition, or 404."""
    down = stone_of_release(slug, number)
    if down is not None:
        return tombstone(request, down)
    stone = tombstones().filter(edition__slug=slug, number=number).first()
    closed = kept_back(slug, number) if stone is None else None
    if closed is not None:
        return _kept_back(request, closed)
    if stone is None:
        renamed = edition_of_old_slug(slug)
        if renamed and find(renamed.slug, number):
            return redirect("release", renamed.slug, number, permanent=True)
        raise Http404
    newest = public_releases().filter(edition=stone.edition).first()
    event = stone.events.get(kind="withdrawn")
    context = {"release": stone, "event": event, "newest": newest, "edition": stone.edition}
    return render(request, "annotations/reader/withdrawn.html", context, status=410)


def _kept_back(request: HttpRequest, row: Any) -> HttpResponseBase:
    """Say that a release is not shown, since a section of its text is kept from readers."""
    context = {"release": row, "work_url": row.edition.work.get_absolute_url()}
    return render(request, "annotations/reader/kept_back.html", context, status=403)


@shared
def release(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """Show a release: its text with its notes, or the part of it that the address asks for."""
    row = find(slug, number)
    if row is None:
        return gone(request, slug, number)
    issue = issue_of(row)
    others, asked = list(public_releases().filter(edition=row.edition)), asked_of(request.GET)
    whole = Pointed("release", row, issue)
    cite, groups = cite_block(whole), groups_of(issue)
    besides = besides_of(issue, asked)
    since = since_of(issue, others, asked.since) if besides.shown is None else None
    context = release_context(
        issue, asked, citation=cite.citation, others=others, data_base=issue.base, since=since
    )
    part = _part(row, request)
    context |= {"release": row, "cite": cite, "passage": cite_block(part) if part else None, "groups": groups}
    context |= _readings(whole, part) if len(others) > 1 else {}
    context["schema"]["encoding"] = [
        {"@type": "MediaObject", "contentUrl": link.href, "encodingFormat": link.type.partition(";")[0]}
        for link in items_of(whole, groups)
    ]
    context["besides"], name = besides, "release"
    if besides.shown is not None:
        context |= _beside(request, issue, besides, asked)
        name = "release_pairs"
    response = render(request, f"annotations/reader/{name}.html", context)
    return signposted(response, whole, cite, groups)


def _beside(request: HttpRequest, issue: Issue, besides: Besides, asked: Asked) -> dict[str, Any]:
    """Return what the page shows of a release with another beside it."""
    newest = public_releases().filter(edition=besides.shown.edition).first()
    page = whole_number(request.GET.get("page", ""))
    pairs, pages = pairs_page(issue, besides, asked, page, newest.number)
    return {"pairs": pairs, "page_obj": Paginator(pages, 1).get_page(pairs.number)}


def _part(row: Any, request: HttpRequest) -> Pointed | None:
    """Return the passage or note that the address asks for; nothing when it asks for none that is there."""
    query = {name: request.GET.get(name, "") for name in ("note", "at")}
    return in_release(row, query) if any(query.values()) else None


def _readings(whole: Pointed, part: Pointed | None) -> dict[str, str]:
    """Return where any passage, and the one that the address asks for, is read in the other releases."""
    address = reverse("release_readings", args=[whole.row.edition.slug, whole.row.number])
    asked = ""
    if part and part.note and not part.note.place:
        asked = f"note={part.note.id}"
    elif part and part.span:
        asked = "at={}-{}".format(*part.span)
    return {"readings_url": address, "passage_readings": f"{address}?{asked}" if asked else ""}


@shared
def edition(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Lead to the newest public release."""
    newest = public_releases().filter(edition__slug=slug).first()
    if newest:
        return redirect("release", slug, newest.number)
    withdrawn = tombstones().filter(edition__slug=slug).first()
    if withdrawn:
        return gone(request, slug, withdrawn.number)
    down = stone_of_release(slug)
    if down is not None:
        return tombstone(request, down)
    closed = kept_back(slug)
    if closed is not None:
        return _kept_back(request, closed)
    renamed = edition_of_old_slug(slug)
    if renamed and public_releases().filter(edition=renamed).exists():
        return redirect("edition", renamed.slug, permanent=True)
    raise Http404


@shared
def notes(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """List the notes of a release, a page at a time, or those of one block: the way in without script."""
    row = find(slug, number)
    if row is None:
        return gone(request, slug, number)
    issue = issue_of(row)
    page = page_of(request, _entries(issue, request.GET.get("block", "")), NOTES_A_PAGE)
    context = {
        "issue": issue, "release": row, "page_obj": page, "cards": Cards(issue).all(page.object_list),
        "readings_url": _readings_of_block(row, issue, request.GET.get("block", "")),
    }  # fmt: skip
    return render(request, "annotations/reader/notes.html", context)


def _block(issue: Issue, block: str) -> Mapping[str, Any] | None:
    """Return the block of this number, from one."""
    blocks = issue.snapshot.text.blocks
    is_one = block.isascii() and block.isdigit() and len(block) < 9 and 0 < int(block) <= len(blocks)
    return blocks[int(block) - 1] if is_one else None


def _readings_of_block(row: Any, issue: Issue, block: str) -> str:
    """Return where a block is read in the other releases; empty when there are none, or it has no words."""
    chosen = _block(issue, block)
    if chosen is None or chosen["start"] == chosen["end"]:
        return ""
    if not public_releases().filter(edition=row.edition).exclude(pk=row.pk).exists():
        return ""
    address = reverse("release_readings", args=[row.edition.slug, row.number])
    return f"{address}?at={chosen['start']}-{chosen['end']}"


def _entries(issue: Issue, block: str) -> Any:
    chosen = _block(issue, block)
    if chosen is not None:
        return in_number_order(issue.snapshot, issue.book.between(chosen["start"], chosen["end"] + 1))
    return issue.book.listed


@shared
def index(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """Show the indexes of a release: every person, place, date and concept with all its passages."""
    row = find(slug, number)
    if row is None:
        return gone(request, slug, number)
    issue = issue_of(row)
    page = {
        "groups": term_groups(issue, few=None), "references": reference_lines(issue, Cards(issue)),
        "figures": figure_lines(issue), "videos": video_lines(issue), "is_inline": True,
    }  # fmt: skip
    context = {
        "issue": issue, "release": row, "page": page, "text": issue.snapshot.text, "arrivals": arrival_lines(issue),
        "title": said(issue.snapshot.title),
    }  # fmt: skip
    return render(request, "annotations/reader/index.html", context)
