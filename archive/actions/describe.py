"""Describe an item of the catalogue: its words in both languages, its rights, who may see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import F

from archive.access import require
from archive.actions.bump_epoch import bump_epoch
from archive.actions.record_event import record_event
from archive.actions.refresh_search import refresh_search
from archive.actions.trace_public import seen_publicly, trace_public
from archive.enums import Access, ChangeWay
from archive.errors import Invalid, Stale
from archive.models import Collection, DescriptionChange, Group, User
from archive.models.collection import DEEPEST
from archive.models.described import DescribedModel
from archive.presenters.collection_tree import whole_tree
from archive.presenters.described_values import BILINGUAL, FIELDS, SHARED, as_json, stored
from archive.text.edtf import is_edtf

__all__ = ["BILINGUAL", "FIELDS", "SHARED", "announce", "describe", "set_values"]

Described = TypeVar("Described", bound=DescribedModel)


def set_values(item: DescribedModel, values: Mapping[str, Any]) -> list[Group]:
    """Set checked values on an unsaved or locked row; return the groups, which are for the caller to set.

    Raises Invalid with the field's name.
    """
    for name, value in values.items():
        if name not in FIELDS[type(item)]:
            raise Invalid("unknown_field", field=name)
        if name != "groups":
            setattr(item, name, value)
    if item.date_edtf and not is_edtf(item.date_edtf):
        raise Invalid("not_edtf", field="date_edtf", value=item.date_edtf)
    if item.access not in set(Access):
        raise Invalid("unknown_access", field="access")
    groups = list(values.get("groups", ()))
    if item.access == Access.RESTRICTED and "groups" in values and not groups:
        raise Invalid("groups_missing", field="groups")
    if isinstance(item, Collection) and item.parent is not None:
        _refuse_circle(item)
    return groups


@transaction.atomic
def describe(
    model: type[Described],
    *,
    pk: int,
    version: int | None,
    values: Mapping[str, Any],
    way: ChangeWay = ChangeWay.DESCRIBED,
    by: User,
) -> Described:
    """Change the description of one item as it was at `version`; what it said before is kept.

    Raises Stale with the current version, Invalid, NotAllowed, NotVisible.
    """
    if issubclass(model, Collection) and "parent" in values:
        # Two that are moved into each other at the same moment wait for each other here, in one order.
        list(Collection.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    item = model._default_manager.select_for_update(no_key=True).get(pk=pk)
    require(by, "change", item)
    if version is not None and version != item.version:
        raise Stale("stale", current=item.version, yours=version)
    was, seen = stored(item), seen_publicly(item)
    groups = set_values(item, values)
    became = {name: as_json(name, groups if name == "groups" else getattr(item, name)) for name in values}
    changed = sorted(name for name in became if became[name] != was[name])
    if not changed:
        return item
    _keep(item, was, {name: became[name] for name in changed}, way=way, by=by)
    if "groups" in changed:
        item.groups.set(groups)
    item.version = F("version") + 1
    item.save()
    item.refresh_from_db(fields=["version"])
    announce(item, changed, way=way, by=by)
    trace_public(item, before=seen)
    return item


def _keep(
    item: DescribedModel, was: dict[str, Any], became: dict[str, Any], *, way: ChangeWay, by: User
) -> None:
    """Insert what the description said before and what it says now."""
    DescriptionChange.objects.create(
        kind=str(item._meta.model_name), item_id=item.pk, version=item.version, was=was, became=became, way=way,
        created_by=by,
    )  # fmt: skip


def announce(
    item: DescribedModel, changed: Iterable[str], *, way: ChangeWay = ChangeWay.DESCRIBED, by: User
) -> None:
    """Let search, cached pages and the record know of a change of a catalogue item."""
    name = str(item._meta.model_name)
    bump_epoch()
    refresh_search(name, item.pk, by=by)
    facts: dict[str, Any] = {} if way == ChangeWay.DESCRIBED else {"way": way.value}
    record_event(f"{name}.described", target=item, by=by, fields=list(changed), access=item.access, **facts)


def _refuse_circle(collection: Collection) -> None:
    """Refuse a place within itself, or so deep that the branch would reach below `DEEPEST`."""
    tree = whole_tree()
    around = tree.path(collection.parent_id)
    if collection.pk is not None and collection.pk in around:
        raise Invalid("collection_circle", field="parent")
    height = tree.height(collection.pk) if collection.pk in tree.parents else 1
    if len(around) + height > DEEPEST:
        raise Invalid("collection_too_deep", field="parent", most=DEEPEST)
