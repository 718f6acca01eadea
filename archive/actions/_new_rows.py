"""Rows of a table that name no item, and ask for a new one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from archive.actions._stored_values import References
from archive.actions.create_collection import create_collection
from archive.actions.create_work import create_work
from archive.actions.describe import set_values
from archive.enums import Access, RowOutcome
from archive.errors import HashiyaError, Invalid
from archive.models import BulkRow, BulkStep, User
from archive.models.described import DescribedModel
from archive.presenters.collection_tree import Tree
from archive.presenters.described_values import KINDS

#: What tables can make, by the actions of which the desk makes it too.
MAKERS: dict[str, Callable[..., DescribedModel]] = {"work": create_work, "collection": create_collection}


def planned_new(
    step: BulkStep, place: int, wanted: Mapping[str, Any], references: References, tree: Tree | None
) -> BulkRow:
    """Return an unsaved row that says what a new item would be, which is tried out in memory.

    It is for the keepers alone unless its row says who may see it.
    """
    after = {"access": Access.DRAFT.value, **wanted}
    title = str(after.get("title_ar") or after.get("title_en") or "")
    row = BulkRow(step=step, place=place, label=title[:300], after=after, outcome=RowOutcome.NEW)
    try:
        item = KINDS[step.kind]()
        set_values(item, references.values(after), tree=tree)
        if not title:
            raise Invalid("new_without_title", field="title_ar")
        if after["access"] == Access.RESTRICTED and not after.get("groups"):
            raise Invalid("groups_missing", field="groups")
        row.label = str(item)[:300]
    except HashiyaError as error:
        row.outcome, row.problem = RowOutcome.REFUSED, error.as_json()
    return row


def make_new(row: BulkRow, values: dict[str, Any], *, by: User) -> None:
    """Make the item of a row, once."""
    made = MAKERS[row.step.kind](values=values, key=f"{row.step.public_id}.{row.place}", by=by)
    row.item_id, row.version, row.outcome = made.pk, made.version, RowOutcome.MADE
