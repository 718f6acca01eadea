"""The tree of the vocabulary: what stands at its top, what is below a term, and the way up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from annotations.access.uses import DEEPEST
from annotations.models import Term
from annotations.presenters.words import Said, said_of
from archive.access import visible_to

#: Narrower terms that are shown below one; more are found by search.
MOST = 300


@dataclass(frozen=True, slots=True)
class Twig:
    """One term in the tree."""

    id: str
    label: Said
    kind: str
    is_proposed: bool
    narrower: int
    uses: int
    #: The page of the term, the tree from this term on, and its branch alone for a script.
    url: str
    tree_url: str
    branch_url: str


@dataclass(frozen=True, slots=True)
class Addresses:
    """How a page names a term, the tree from it on, and its branch."""

    term: Callable[[Term], str]
    tree: Callable[[Term], str]
    branch: Callable[[Term], str]


def top_of(who: object, kind: str = "") -> QuerySet[Term]:
    """Return the terms at the top: of one kind those that stand below none of their kind; all that nobody is above of."""
    seen = visible_to(Term, who).filter(merged_into=None)
    # What is below a term that the viewer may not see stands at the top for them.
    hidden = ~Q(broader__in=seen.order_by().values("pk"))
    if kind:
        return seen.filter(kind=kind).filter(Q(broader=None) | hidden | ~Q(broader__kind=F("kind")))
    return seen.filter(Q(broader=None) | hidden)


def below(who: object, term: Term) -> QuerySet[Term]:
    """Return what is directly narrower."""
    return visible_to(Term, who).filter(broader=term, merged_into=None)


def path_of(who: object, term: Term) -> list[Term]:
    """Return the terms above, the outermost first, as far as the viewer may see them."""
    seen = visible_to(Term, who)
    path: list[Term] = []
    above = term.broader_id
    while above is not None and len(path) < DEEPEST:
        row = seen.filter(pk=above).first()
        if row is None:
            break
        path.insert(0, row)
        above = row.broader_id
    return path


def twigs(who: object, rows: Iterable[Term], uses: Mapping[int, int], at: Addresses) -> list[Twig]:
    """Return these terms for the page, with how many each has below and how often it is used."""
    terms = list(rows)
    seen = visible_to(Term, who).filter(broader__in=[term.pk for term in terms], merged_into=None)
    narrower = dict(seen.order_by().values_list("broader").annotate(n=Count("pk")))
    return [
        Twig(
            id=term.public_id, label=said_of(term, "label") or Said(term.slug, ""), kind=term.kind,
            is_proposed=term.status == "proposed", narrower=narrower.get(term.pk, 0), uses=uses.get(term.pk, 0),
            url=at.term(term), tree_url=at.tree(term), branch_url=at.branch(term),
        )
        for term in terms
    ]  # fmt: skip
