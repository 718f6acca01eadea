"""Let a description say again what it said before."""

from __future__ import annotations

from collections.abc import Collection as Names

from archive.access.description_changes import changes_of
from archive.actions._stored_values import values_of
from archive.actions.describe import describe
from archive.enums import ChangeWay
from archive.errors import NotVisible
from archive.models import User
from archive.models.described import DescribedModel


def restore_description(
    item: DescribedModel, *, change: str, fields: Names[str], version: int | None, by: User
) -> DescribedModel:
    """Set these fields to what they were before a change (its public id): itself a change, made by `by` now.

    Raises NotVisible, Invalid("reference_gone") and what `describe` raises.
    """
    row = changes_of(item, by).filter(public_id=change).first()
    if row is None:
        raise NotVisible("not_visible")
    values = values_of({name: value for name, value in row.was.items() if name in fields}, by=by)
    return describe(type(item), pk=item.pk, version=version, values=values, way=ChangeWay.RESTORED, by=by)
