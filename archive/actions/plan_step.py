"""Work out what a change of many descriptions would do to each, and keep that to be looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from archive.access import permitted, require_may
from archive.actions._stored_values import References
from archive.actions.describe import set_values
from archive.enums import Access, RowOutcome, StepState
from archive.errors import HashiyaError, Invalid
from archive.models import BulkRow, BulkStep, User
from archive.models.described import DescribedModel
from archive.models.inserting import insert
from archive.presenters.bulk_changes import OPERATIONS, Asked, changed
from archive.presenters.collection_tree import Tree
from archive.presenters.described_values import FIELDS, KINDS, stored
from archive.presenters.desk_names import desk_name

#: Items of one step from a list.
MOST = 1000
#: What was only looked at is forgotten after so long.
FORGOTTEN = timedelta(days=7)
#: Kinds of items that have a title in one language at least.
TITLED = frozenset({"work", "collection"})
#: Rows are written so many at a time.
BATCH = 50


@transaction.atomic
def plan_step(*, kind: str, items: Sequence[str], asked: Asked, by: User) -> BulkStep:
    """Keep what one change would do to these items (public ids); nothing of them changes yet.

    Raises Invalid("unknown_field", "no_items", "too_many_items"), NotAllowed.
    """
    require_may(by, "add", BulkStep)
    if asked.field not in FIELDS[KINDS[kind]] or asked.op not in OPERATIONS.get(asked.field, ()):
        raise Invalid("unknown_field", field="field")
    if len(items) > MOST:
        raise Invalid("too_many_items", most=MOST)
    rows = list(describable(kind, by).filter(public_id__in=items).order_by("-pk"))
    if not rows:
        raise Invalid("no_items")
    forget_previews(by)
    step = BulkStep.objects.create(kind=kind, asked=asked._asdict(), created_by=by)
    references = References(by)
    keep_rows(
        planned(step, place, item, {asked.field: changed(asked, stored(item)[asked.field])}, references)
        for place, item in enumerate(rows, start=1)
    )
    return step


def describable(kind: str, by: User) -> QuerySet[Any]:
    """Return the items that a person may describe, with what their descriptions point at."""
    rows = permitted(KINDS[kind], by, "change").prefetch_related("groups", "readers")
    return rows.select_related(
        *(name for name in ("collection", "cover", "parent") if name in FIELDS[KINDS[kind]]),
        *(["arrival"] if kind == "image" else []),
    )


def forget_previews(by: User) -> None:
    """Delete a person's old previews that were never applied; nothing was changed by them."""
    old = timezone.now() - FORGOTTEN
    waiting = (StepState.PREVIEWED, StepState.MAPPING, StepState.PLANNING)
    BulkStep.objects.filter(created_by=by, state__in=waiting, created_at__lt=old).delete()


def keep_rows(rows: Iterable[BulkRow]) -> None:
    """Insert the rows of a step, with statements that are made once."""
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        insert(batch)


def planned(
    step: BulkStep,
    place: int,
    item: DescribedModel,
    wanted: Mapping[str, Any],
    references: References,
    tree: Tree | None = None,
) -> BulkRow:
    """Return an unsaved row that says what would become of one item, which is tried out in memory.

    A collection is put where it would be in the `tree`, so that the rows after it are tried out beside it.
    """
    said = stored(item)
    after = {name: value for name, value in wanted.items() if value != said[name]}
    row = BulkRow(
        step=step, place=place, item_id=item.pk, label=desk_name(item)[:300], version=item.version,
        before={name: said[name] for name in after}, after=after,
        outcome=RowOutcome.CHANGES if after else RowOutcome.SAME,
    )  # fmt: skip
    try:
        set_values(item, references.values(after), tree=tree)
        said.update(after)
        named = said["groups"] or item.readers.all()
        if after and said["access"] == Access.RESTRICTED and not named:
            raise Invalid("groups_missing", field="groups")
        if "title_ar" in said and after.keys() & {"title_ar", "title_en"} and not _titled(item, said):
            raise Invalid("title_missing", field="title_ar")
        if tree is not None and "parent" in after:
            tree.move(item.pk, item.parent_id)  # type: ignore[attr-defined]
    except HashiyaError as error:
        row.outcome, row.problem = RowOutcome.REFUSED, error.as_json()
    return row


def _titled(item: DescribedModel, said: Mapping[str, Any]) -> bool:
    """Whether the item keeps a title, which works and collections must have."""
    return bool(item._meta.model_name not in TITLED or said["title_ar"] or said["title_en"])
