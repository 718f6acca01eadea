"""Add a relation to those that references are made with."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max

from annotations.actions._relations import MAX_RELATIONS, fill, free_code
from annotations.models import NamedRelation
from annotations.values import RelationInput
from archive.access import require_may
from archive.actions.record_event import record_event
from archive.errors import Invalid
from archive.models import User


@transaction.atomic
def add_relation(*, relation: RelationInput, by: User) -> NamedRelation:
    """Add a relation with its names in both directions and languages; it stands last.

    Raises NotAllowed, Invalid.
    """
    require_may(by, "add", NamedRelation)
    if NamedRelation.objects.filter(retired_at=None).count() >= MAX_RELATIONS:
        raise Invalid("too_many", limit_count=MAX_RELATIONS)
    row = NamedRelation(created_by=by)
    fill(row, relation)
    row.code = free_code(relation)
    row.order = min(32_000, (NamedRelation.objects.aggregate(last=Max("order"))["last"] or 0) + 10)
    row.save()
    record_event("relation.added", target=row, by=by, code=row.code)
    return row
