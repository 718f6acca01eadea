"""Terms on cards, with how many released passages each has."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from annotations.access.uses import released_uses
from annotations.models import Term
from annotations.presenters.labels import TERM_KINDS
from annotations.presenters.release_facts import newest
from annotations.presenters.words import Said, said_of
from archive.presenters.edtf_words import edtf_words


@dataclass(frozen=True, slots=True)
class TermCard:
    """A term of the vocabulary."""

    url: str
    kind: str
    kind_label: str
    label: Said
    other: Said
    date: str
    count: int


def released_counts() -> dict[int, int]:
    """Return for each term on how many notes of the newest public releases it is."""
    return released_uses(release.pk for release in newest())


def term_cards(
    terms: QuerySet[Term], *, most: int | None = None, counts: dict[int, int] | None = None
) -> list[TermCard]:
    """Return the cards of these terms; with `most`, of those that occur most often."""
    counts = released_counts() if counts is None else counts
    if most is not None:
        ranked = sorted((pk for pk in counts if pk), key=lambda pk: (-counts[pk], pk))[: most * 3]
        found = terms.in_bulk(ranked)
        rows = [found[pk] for pk in ranked if pk in found][:most]
    else:
        rows = list(terms)
    return [term_card(term, counts.get(term.pk, 0)) for term in rows]


def term_card(term: Term, count: int) -> TermCard:
    """Return the card of one term."""
    label = said_of(term, "label")
    other = said_of(term, "label", "en" if label.language == "ar" else "ar")
    return TermCard(
        url=term.get_absolute_url(), kind=term.kind, kind_label=str(TERM_KINDS[term.kind]),
        label=label if label else Said(term.slug, label.language),
        other=other if other.text != label.text else Said("", other.language), date=edtf_words(term.date_edtf), count=count,
    )  # fmt: skip
