"""The named relations, and what each is called."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count

from annotations.models import CrossReference, NamedRelation
from annotations.values import RelationWords
from archive.access import visible_to


def words_by_code(codes: Iterable[str]) -> dict[str, RelationWords]:
    """Return what these relations are called, retired ones too: whoever sees a reference may read its name."""
    wanted = set(codes)
    rows = NamedRelation.objects.filter(code__in=wanted) if wanted else ()
    found = {row.code: row.words for row in rows}
    return found | {code: RelationWords(code, {"en": code}, {"en": code}) for code in wanted - found.keys()}


def offered_relations(who: object) -> list[NamedRelation]:
    """Return the relations that new references are made with, in their order."""
    return list(visible_to(NamedRelation, who).filter(retired_at=None))


def uses_of_relations(who: object, codes: Iterable[str]) -> dict[str, int]:
    """Return how many references that `who` may see are made with each of these relations."""
    rows = visible_to(CrossReference, who).filter(relation__in=list(codes)).order_by()
    return dict(rows.values_list("relation").annotate(n=Count("pk")))
