"""Tags as merges and splits have them: the rows themselves stay as they were approved.

A tag is read as the term that a split moved it to, else as its own; and either as what that was merged into.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from annotations.models.annotation import VersionTag
from annotations.models.term import Term


def as_read(tags: QuerySet[VersionTag]) -> QuerySet[VersionTag]:
    """Add `read_id`: the key of the term that each of these tags is read as now."""
    return tags.annotate(
        read_id=Coalesce("move__term__merged_into_id", "move__term_id", "term__merged_into_id", "term_id")
    )


def tags_read_as(terms: Collection[int] | QuerySet[Term]) -> QuerySet[VersionTag]:
    """Return the tags that are read as one of these terms (keys)."""
    moved = Q(move__term__in=terms) | Q(move__term__merged_into__in=terms)
    own = Q(term__in=terms) | Q(term__merged_into__in=terms)
    return VersionTag.objects.filter(moved | (Q(move=None) & own))


def terms_read(versions: Collection[int]) -> dict[int, list[Term]]:
    """Return the terms that each of these versions bears, in order and each once, in two queries."""
    rows = as_read(VersionTag.objects.filter(version_id__in=versions)).order_by("pk")
    pairs = list(rows.values_list("version_id", "read_id"))
    terms = Term.objects.in_bulk({term for _version, term in pairs})
    found: dict[int, list[Term]] = defaultdict(list)
    for version, term in pairs:
        if terms[term] not in found[version]:
            found[version].append(terms[term])
    return found
