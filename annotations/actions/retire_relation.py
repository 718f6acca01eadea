"""Retire a relation, or take it up again."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from annotations.actions._relations import fill, locked_relation
from annotations.models import NamedRelation
from annotations.values import RelationInput
from archive.actions.record_event import record_event
from archive.errors import Invalid
from archive.models import User


@transaction.atomic
def retire_relation(*, relation: str, version: int | None, by: User) -> NamedRelation:
    """Let no new reference be made with the relation (public id); those that exist stay and stay readable.

    Raises NotVisible, NotAllowed, VersionMissing, Stale, Invalid for the last one that is in use.
    """
    row = locked_relation(relation, version=version, by=by)
    if row.retired_at is None:
        if not NamedRelation.objects.filter(retired_at=None).exclude(pk=row.pk).exists():
            raise Invalid("relation_last")
        row.retired_at = timezone.now()
        _save(row)
        record_event("relation.retired", target=row, by=by, code=row.code)
    return row


@transaction.atomic
def take_up_relation(*, relation: str, version: int | None, by: User) -> NamedRelation:
    """Let new references be made again with a retired relation (public id).

    Raises NotVisible, NotAllowed, VersionMissing, Stale, Invalid when its name was given to another meanwhile.
    """
    row = locked_relation(relation, version=version, by=by)
    if row.retired_at is not None:
        names = (
            "name_ar",
            "name_en",
            "inverse_ar",
            "inverse_en",
            "is_symmetric",
            "description_ar",
            "description_en",
        )
        fill(row, RelationInput(**{name: getattr(row, name) for name in names}))
        row.retired_at = None
        _save(row)
        record_event("relation.taken_up", target=row, by=by, code=row.code)
    return row


def _save(row: NamedRelation) -> None:
    row.version = F("version") + 1
    row.save()
    row.refresh_from_db(fields=["version"])
