"""The references of a release, from its snapshot: what anybody may read, with the names that were pinned there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _

from annotations.editions.arrivals import from_elsewhere
from annotations.editions.values import Note, Place, Reference
from annotations.enums import LocusKind
from annotations.presenters.cited import cited, cited_url
from annotations.presenters.clock import seconds_words
from annotations.presenters.issue import Issue
from annotations.presenters.neighborhood import Node, Tie, Wanted
from annotations.presenters.note_cards import quotation
from annotations.presenters.release_facts import pinned_label
from annotations.presenters.words import said, said_of
from archive.presenters.markup import plain_excerpt

_KINDS = {
    LocusKind.TEXT: "passage",
    LocusKind.REGION: "image",
    LocusKind.TIME: "video",
    LocusKind.WHOLE: "work",
}


def released_ties(issue: Issue, *, note: str = "", term: str = "") -> list[Tie]:
    """Return the references of a release in the order of its text; of one note or of a term's (public ids) alone.

    A note of the same release at the other end is read from its side, too. Last come those from other editions. Of notes
    that may not be read now nothing is told.
    """
    notes = [one for one in issue.snapshot.notes if one.id not in issue.hidden]
    chosen = {one.id for one in notes if (not note or one.id == note) and (not term or term in one.tags)}
    ties: list[Tie] = []
    for one in notes:
        for reference in one.references:
            if one.id in chosen:
                ties.append(_outward(issue, one, reference))
            elif reference.target and reference.target.note in chosen:
                ties.append(_turned(issue, one, reference))
    return ties if note or term else [*ties, *_arrivals(issue)]


def _outward(issue: Issue, note: Note, reference: Reference) -> Tie:
    return Tie(
        reference.id, reference.relation, issue.book.relation_label(reference, inward=False), "out",
        note_node(issue, note), _far(issue, reference), reference.note, reference.note_language,
        issue.book.relations.get(reference.relation), reference.is_inverse,
    )  # fmt: skip


def _turned(issue: Issue, note: Note, reference: Reference) -> Tie:
    tie = _outward(issue, note, reference)
    label = issue.book.relation_label(reference, inward=True)
    return replace(
        tie,
        label=label,
        direction="in",
        here=tie.there,
        there=tie.here,
        is_backwards=not reference.is_inverse,
    )


def note_node(issue: Issue, note: Note) -> Node:
    """Return a note of the release as a node."""
    words = plain_excerpt(note.body, length=100) or quotation(note.exact)
    title = _("Note %(number)s") % {"number": note.number}
    return Node(
        "note",
        f"note:{note.id}",
        title,
        words,
        issue.note_url(note.id),
        f"{issue.permalink}annotations/{note.id}",
    )


def _far(issue: Issue, reference: Reference) -> Node:
    if reference.target is None:
        label = cited(reference.citation or {})
        url = cited_url(reference.citation or {})
        return Node("outside", f"outside:{label}", label, url=url, iri=url)
    place = reference.target
    if not issue.shown.has_place(place):
        # Never told apart: how many hidden places there are is nobody's business either.
        return Node(_KINDS[LocusKind(place.kind)], "hidden", _("a place that is not public now"))
    if place.note in issue.book.notes:
        return note_node(issue, issue.book.notes[place.note])
    kind = _KINDS[LocusKind(place.kind)]
    ident = f"{place.member[0]}:{place.member[1]}"
    return Node(
        kind,
        f"{ident}:{_where(place)}",
        said(place.label).text,
        _words(place),
        issue.place_url(place),
        f"urn:hashiya:{ident}",
    )


def _where(place: Place) -> str:
    return f"{place.text}:{place.start}-{place.end}:{place.region}:{place.start_time}-{place.end_time}"


def _words(place: Place) -> str:
    if place.exact:
        return quotation(place.exact)
    if place.kind == LocusKind.TIME and place.start_time is not None:
        return seconds_words(place.start_time, place.end_time) or ""
    return ""


def _arrivals(issue: Issue) -> Iterator[Tie]:
    """Yield what notes of other public editions say of this text."""
    for row in from_elsewhere(issue.snapshot):
        release = reverse("release", args=[row.slug, row.release])
        title = f"{said_of(row.work, 'title').text} · {_('Note %(number)s') % {'number': row.number}}"
        there = Node(
            "note",
            f"note:{row.note}",
            title,
            quotation(row.words) if row.words else "",
            f"{release}?note={row.note}#note-{row.note}",
        )
        here = Node(
            "passage", f"text:{row.start}-{row.end}", said(issue.snapshot.work.title).text,
            quotation(row.target) if row.target else "",
            issue.passage_url(row.start, row.end or row.start) if row.start is not None else issue.base,
        )  # fmt: skip
        yield Tie(
            row.id, row.relation, pinned_label(row.sealed, row.relation, backwards=not row.is_inverse), "in", here, there,
            row.note_on_it, row.note_language, None, not row.is_inverse,
        )  # fmt: skip


def filtered(ties: Iterable[Tie], wanted: Wanted) -> list[Tie]:
    """Return those that somebody asked for."""
    return [
        tie for tie in ties
        if (not wanted.relation or tie.relation == wanted.relation)
        and (not wanted.direction or tie.direction == wanted.direction)
        and (not wanted.kind or tie.there.kind == wanted.kind)
    ]  # fmt: skip


def relations_of(ties: Iterable[Tie]) -> list[tuple[str, str, int]]:
    """Return code, name and number of the relations, the commonest first."""
    ties = list(ties)
    counts = Counter(tie.relation for tie in ties)
    labels = {tie.relation: tie.label for tie in reversed(ties)}
    labels |= {tie.relation: tie.label for tie in reversed(ties) if not tie.is_backwards}
    return sorted(((code, labels[code], n) for code, n in counts.items()), key=lambda row: (-row[2], row[0]))
