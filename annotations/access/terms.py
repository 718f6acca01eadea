"""Finding terms by any of their names."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Case, IntegerField, Min, Q, QuerySet, Value, When
from django.db.models.functions import Length

from annotations.models import Term, TermName
from archive.access import visible_to
from archive.text.folding import fold_key

LIMIT = 20


def find_terms(who: object, query: str, *, kind: str = "", limit: int = LIMIT) -> list[Term]:
    """Return visible terms with a name that holds the folded query, those of just this name first.

    Without a query, the first of the alphabet. Terms that were merged into others are not found.
    """
    terms = visible_to(Term, who).filter(merged_into=None)
    if kind:
        terms = terms.filter(kind=kind)
    return list(ranked(terms, query)[:limit])


def ranked(terms: QuerySet[Term], query: str) -> QuerySet[Term]:
    """Return those of `terms` that a query names, the best first; all of them without a query."""
    folded = fold_key(query).strip()
    if not folded:
        return terms.order_by("label", "pk")
    rank = Case(
        When(names__folded=folded, then=Value(0)),
        When(names__folded__startswith=folded, then=Value(1)),
        When(names__folded__contains=f" {folded}", then=Value(2)),
        default=Value(3), output_field=IntegerField(),
    )  # fmt: skip
    named = terms.filter(Q(names__folded__contains=folded))
    return named.annotate(rank=Min(rank), length=Min(Length("names__folded"))).order_by(
        "rank", "length", "pk"
    )


def named(who: object, name: str) -> Term | None:
    """Return the visible term of this very name, in either language and any spelling; None when none is."""
    return _called(who, name).order_by("-names__is_label", "pk").first()


def called(who: object, name: str) -> list[int]:
    """Return the keys of all visible terms of this very name, as above: one name can be that of several."""
    return sorted(set(_called(who, name).order_by().values_list("pk", flat=True)))


def _called(who: object, name: str) -> QuerySet[Term]:
    folded = fold_key(name).strip()
    if not folded:
        return Term.objects.none()
    return visible_to(Term, who).filter(merged_into=None, names__folded=folded)


def all_named(who: object, names: Iterable[str]) -> dict[str, str]:
    """Return the public ids of the visible terms of these very names, by folded name, found in one query."""
    folded = {fold_key(name).strip() for name in names} - {""}
    terms = visible_to(Term, who).filter(merged_into=None)
    # The best comes last and stays: a label before another name, the older term before the younger.
    rows = TermName.objects.filter(folded__in=folded, term__in=terms).order_by("is_label", "-term_id")
    return dict(rows.values_list("folded", "term__public_id"))
