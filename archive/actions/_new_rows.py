"""Rows of a table that name no item, and ask for a new one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from archive.actions._deposit_files import FilesOf
from archive.actions._stored_values import References
from archive.actions.add_image import add_image
from archive.actions.add_video import add_video
from archive.actions.create_collection import create_collection
from archive.actions.create_work import create_work
from archive.actions.describe import set_values
from archive.actions.plan_step import TITLED
from archive.enums import Access, RowOutcome
from archive.errors import HashiyaError, Invalid
from archive.importers.tables import FILE, URL
from archive.models import BulkRow, BulkStep, User
from archive.models.described import DescribedModel
from archive.presenters.collection_tree import Tree
from archive.presenters.described_values import KINDS

#: What a row of these kinds names that the new item is made from, beside its description.
SOURCES = {"video": URL, "image": FILE}
#: The id that a new collection will have: rows that stand in it name it before it is there.
NEW_ID = "id"


def can_make(step: BulkStep) -> bool:
    """Whether rows of a table that name no item may become new ones: images of the files of a deposit alone."""
    return step.arrival_id is not None and (step.kind == "image") == (step.deposit_id is not None)


def planned_new(
    step: BulkStep, place: int, wanted: Mapping[str, Any], references: References, tree: Tree | None
) -> BulkRow:
    """Return an unsaved row that says what a new item would be, which is tried out in memory.

    It is for the keepers alone unless its row says who may see it.
    """
    after = {"access": Access.DRAFT.value, **wanted}
    title = str(after.get("title_ar") or after.get("title_en") or "")
    source = str(after.get(SOURCES.get(step.kind, ""), ""))
    row = BulkRow(step=step, place=place, label=(title or source)[:300], after=after, outcome=RowOutcome.NEW)
    try:
        item = KINDS[step.kind]()
        set_values(item, references.values(_described(step, after)), tree=tree)
        if not title and step.kind in TITLED:
            raise Invalid("new_without_title", field="title_ar")
        if after["access"] == Access.RESTRICTED and not after.get("groups"):
            raise Invalid("groups_missing", field="groups")
        if title:
            row.label = str(item)[:300]
    except HashiyaError as error:
        row.outcome, row.problem = RowOutcome.REFUSED, error.as_json()
    return row


def _described(step: BulkStep, after: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of a new row is its description."""
    return {
        name: value for name, value in after.items() if name not in (NEW_ID, SOURCES.get(step.kind))
    }  # fmt: skip


def make_new(row: BulkRow, *, by: User) -> None:
    """Make the item of a row, once; raises what its action raises, and Invalid("reference_gone")."""
    values = References(by).values(_described(row.step, row.after))
    made = _MAKERS[row.step.kind](row, values, f"{row.step.public_id}.{row.place}", by)
    row.item_id, row.version, row.outcome = made.pk, made.version, RowOutcome.MADE


def _work(row: BulkRow, values: dict[str, Any], key: str, by: User) -> DescribedModel:
    return create_work(values=values, key=key, by=by)


def _collection(row: BulkRow, values: dict[str, Any], key: str, by: User) -> DescribedModel:
    return create_collection(values=values, key=key, public_id=row.after.get(NEW_ID, ""), by=by)


def _video(row: BulkRow, values: dict[str, Any], key: str, by: User) -> DescribedModel:
    return add_video(url=row.after[URL], values=values, key=key, by=by)


def _image(row: BulkRow, values: dict[str, Any], key: str, by: User) -> DescribedModel:
    assert row.step.deposit is not None
    arrival = FilesOf(row.step.deposit, by).arrival(row.after[FILE])
    return add_image(arrival=arrival, values=values, key=key, by=by)


#: What tables can make, by the actions with which the desk makes it too.
_MAKERS: dict[str, Callable[[BulkRow, dict[str, Any], str, User], DescribedModel]] = {
    "work": _work, "collection": _collection, "video": _video, "image": _image,
}  # fmt: skip
