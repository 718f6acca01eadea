"""Change what a relation is called."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from annotations.actions._relations import fill, locked_relation
from annotations.models import NamedRelation
from annotations.values import RelationInput
from archive.actions.record_event import record_event
from archive.errors import Invalid
from archive.models import User


@transaction.atomic
def change_relation(*, relation: str, version: int | None, values: RelationInput, by: User) -> NamedRelation:
    """Change the relation with this public id, made from its version `version`.

    References show the new names from now on; sealed releases keep those that they were sealed with. Whether it is
    symmetric never changes: references that exist would lose their direction, or get one.

    Raises NotVisible, NotAllowed, VersionMissing, Stale, Invalid.
    """
    row = locked_relation(relation, version=version, by=by)
    if values.is_symmetric != row.is_symmetric:
        raise Invalid("relation_symmetry_fixed", field="is_symmetric")
    fill(row, values)
    row.version = F("version") + 1
    row.save()
    row.refresh_from_db(fields=["version"])
    record_event("relation.changed", target=row, by=by, version=row.version)
    return row
