"""The indexes that a book has at its end: people, places, dates, references, figures, films."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from annotations.editions.arrivals import from_elsewhere
from annotations.editions.values import Note, TermFacts
from annotations.enums import TermKind
from annotations.presenters.issue import Issue
from annotations.presenters.note_cards import Cards
from annotations.presenters.placed import Named, film_title, label_of, quotation
from annotations.presenters.release_facts import pinned_label
from annotations.presenters.words import Said, said, said_of
from archive.presenters.addresses import is_address
from archive.presenters.films import embed_url, provider_name
from archive.presenters.page_words import of_page

KINDS: tuple[tuple[str, str | Promise], ...] = (
    (TermKind.PERSON, _("People")), (TermKind.PLACE, _("Places")), (TermKind.GROUP, pgettext_lazy("people", "Groups")),
    (TermKind.EVENT, _("Events")), (TermKind.DATE, _("Dates")), (TermKind.CONCEPT, _("Concepts")),
)  # fmt: skip
#: Passages of a term that the reading page lists; the rest are on the index page.
FEW = 12


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a note is, by its number and words."""

    number: int
    words: Named
    url: str


@dataclass(frozen=True, slots=True)
class TermLine:
    """A term with the passages that are tagged with it."""

    term: TermFacts
    label: Said
    #: The label in the other language; empty when it has none.
    other: Said
    url: str
    count: int
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class TermGroup:
    """The terms of one kind."""

    kind: str
    label: str
    terms: tuple[TermLine, ...]


def term_groups(issue: Issue, *, few: int | None = FEW) -> tuple[TermGroup, ...]:
    """Return the terms by kind; dates by time, the others by label. `few` limits the passages of each."""
    found: dict[str, list[TermLine]] = {}
    for term in issue.snapshot.terms:
        notes = [note for note in issue.book.by_term.get(term.id, ()) if note.id not in issue.hidden]
        if not notes and term.id in issue.book.by_term:
            continue  # All that bear it are on what is not public now.
        found.setdefault(term.kind, []).append(_line(issue, term, notes, few))
    return tuple(
        TermGroup(kind, str(label), tuple(sorted(found[kind], key=_order)))
        for kind, label in KINDS
        if kind in found
    )


def _order(line: TermLine) -> tuple[str, str]:
    dated = line.term.kind in (TermKind.DATE, TermKind.EVENT)
    return (line.term.date_start or "~") if dated else "", line.label.text.casefold()


def _line(issue: Issue, term: TermFacts, notes: Sequence[Note], few: int | None) -> TermLine:
    label = said(term.label)
    other = said(term.label, "en" if label.language == "ar" else "ar")
    return TermLine(
        term=term, label=label, other=other if other.text != label.text else Said("", other.language),
        url=reverse("term", args=[term.slug]), count=len(notes),
        passages=tuple(Passage(n.number, label_of(issue, n), issue.note_url(n.id)) for n in notes[:few]),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReferenceLine:
    """A cross-reference with both its ends."""

    relation: str
    number: int
    words: Named
    url: str
    target: str
    target_url: str
    note: str
    note_language: str


def reference_lines(issue: Issue, cards: Cards) -> tuple[ReferenceLine, ...]:
    """Return every cross-reference that the notes make, in the order of the text."""
    return tuple(
        ReferenceLine(
            relation=end["relation_label"], number=note.number, words=label_of(issue, note),
            url=issue.note_url(note.id), target=end["target_label"], target_url=end["target_url"],
            note=end["note"], note_language=end["note_language"],
        )
        for note in issue.snapshot.notes if note.references and note.id not in issue.hidden
        for end in cards.ends(note) if end["direction"] == "out"
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ArrivalLine:
    """A note of another edition that points into this text."""

    relation: str
    title: Said
    number: int
    url: str
    words: str
    target: str
    target_url: str
    note: str
    note_language: str


def arrival_lines(issue: Issue) -> list[ArrivalLine]:
    """Return what other public editions say of this text, in its order."""
    rows = from_elsewhere(issue.snapshot)
    return [
        ArrivalLine(
            relation=pinned_label(row.sealed, row.relation, backwards=row.is_inverse), title=said_of(row.work, "title"), number=row.number,
            url=f"{reverse('release', args=[row.slug, row.release])}?note={row.note}#note-{row.note}",
            words=quotation(row.words) if row.words else "",
            target=quotation(row.target) if row.target else "",
            target_url=issue.passage_url(row.start, row.end or row.start) if row.start is not None else "",
            note=row.note_on_it, note_language=row.note_language,
        )
        for row in rows
    ]  # fmt: skip


def figure_lines(issue: Issue, part: int | None = None) -> list[dict[str, Any]]:
    """Return the figures in order, each with its caption and whether it is missing or not public now."""
    lines = []
    for figure in issue.snapshot.figures:
        image = figure.image
        shown = bool(image and issue.shown.has_picture(image.id) and image.files)
        thumb = image.files[0] if image and shown else None
        lines.append({
            "caption": figure.caption, "block": figure.block, "url": block_url(issue, figure.block, part),
            "src": issue.picture(thumb.name) if thumb else "", "missing": image is None,
            "alternative": of_page(said(image.alternative).text, figure.page) if image and shown else "",
            "warning": issue.warned_of("image", image.id) if image and shown else "", "id": image.id if image else "",
        })  # fmt: skip
    return lines


def video_lines(issue: Issue, part: int | None = None) -> list[dict[str, Any]]:
    """Return the films in order; one that is not public now only says so."""
    text = issue.snapshot.text
    lines = []
    for video in issue.snapshot.videos:
        hidden = bool(video.id) and not issue.shown.has("video", video.id)
        block = text.blocks[video.block]
        words = text.content[block["start"] : block["end"]]
        title = said(video.title).text or (film_title(video).text if is_address(words) else words)
        lines.append({
            "title": title, "hidden": hidden, "state": video.state, "url": block_url(issue, video.block, part),
            "page": reverse("video", args=[video.id]) if video.id and not hidden else "",
            "provider": provider_name(video.provider),
            "embed": "" if hidden else embed_url(video.provider, video.external_id),
        })  # fmt: skip
    return lines


def block_url(issue: Issue, block: int, part: int | None = None, query: str = "") -> str:
    """Return the address of a block: its anchor alone where it stands on the page that is shown.

    `part` is the part of the text on that page, from 1; 0 for the whole text, None for a page that has none of it. `query`
    ("since=1&") is kept by the address of another part.
    """
    book = issue.book
    section = book.section_of(book.block_starts[block]) + 1
    if part in (0, section):
        return f"#b{block + 1}"
    asked = f"?{query}section={section}" if len(book.sections) > 1 else ""
    return f"{issue.base}{asked}#b{block + 1}"
