"""The terms that something is tagged with, as lines of time and maps know them: of an edition, or of all that is published."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from annotations.enums import TermStatus
from annotations.models import Term
from annotations.presenters.issue import Issue
from annotations.presenters.term_cards import released_counts
from annotations.presenters.words import Said, said, said_of
from archive.access import ANYBODY, visible_to


@dataclass(frozen=True, slots=True)
class Charted:
    """A term with when and where it was, and on how many notes it is."""

    #: Its slug, by which an address names it; and its public id.
    key: str
    id: str
    kind: str
    label: Said
    date: str
    latitude: float | None
    longitude: float | None
    #: Notes that bear it, of those that whoever asks may read there.
    count: int
    #: Its own page; empty when it has none yet.
    url: str


def charted_terms(rows: Iterable[tuple[Term, int]]) -> list[Charted]:
    """Return terms of the vocabulary with their counts, as they are called now."""
    return [
        Charted(
            term.slug, term.public_id, term.kind, said_of(term, "label") or Said(term.slug, ""), term.date_edtf,
            term.latitude, term.longitude, count,
            term.get_absolute_url() if term.status == TermStatus.ESTABLISHED else "",
        )
        for term, count in rows
    ]  # fmt: skip


def charted_in_archive() -> list[Charted]:
    """Return the terms of the newest public releases, as anybody may read them now."""
    counts = released_counts()
    terms = visible_to(Term, ANYBODY).filter(merged_into=None, pk__in=[pk for pk, n in counts.items() if n])
    return charted_terms((term, counts[term.pk]) for term in terms)


def charted_in_issue(issue: Issue) -> list[Charted]:
    """Return the terms of a release as they were when it was sealed, on the notes that may be read now."""
    return [
        Charted(
            term.slug, term.id, term.kind, said(term.label) or Said(term.slug, ""), term.date, term.latitude,
            term.longitude, len(notes), reverse("term", args=[term.slug]),
        )
        for term, notes in issue.terms
    ]  # fmt: skip
