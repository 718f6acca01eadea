"""Take an item back that a table made, as long as nothing stands on it."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from archive.access import ANYBODY, VIEW, allows, require
from archive.actions.bump_epoch import bump_epoch
from archive.actions.record_event import record_event
from archive.actions.take_back_packages import take_back_packages
from archive.errors import Conflict
from archive.models import (
    Derivative,
    FreshPdf,
    Image,
    ImageTiles,
    PageWords,
    PublicTrace,
    SearchEntry,
    Takedown,
    User,
)
from archive.models.described import DescribedModel

#: What is made of an image's own bytes stands on nothing but them.
MADE_OF_PIXELS = (Derivative, ImageTiles, PageWords, FreshPdf)


@transaction.atomic
def take_back_new(model: type[DescribedModel], *, pk: int, version: int, by: User) -> None:
    """Remove the row of an item that is as it was made, or let nobody see it; the step that made it keeps what it said.

    Whatever is about to point at it waits, and is seen. Raises Conflict("changed_since", "made_seen", "made_in_use"),
    NotAllowed, NotVisible.
    """
    # Wholly: a row that is to point at it waits.
    item = model._default_manager.select_for_update().filter(pk=pk).first()
    if item is None:
        return
    require(by, "change", item)
    if item.version != version:
        raise Conflict("changed_since")
    kind = str(model._meta.model_name)
    if allows(ANYBODY, VIEW, item) or PublicTrace.objects.filter(kind=kind, item_id=pk).exists():
        raise Conflict("made_seen")
    if Takedown.objects.filter(kind=kind, item_id=pk).exists() or _is_pointed_at(item):
        raise Conflict("made_in_use")
    take_back_packages(item, descriptions=True)
    SearchEntry.objects.filter(kind=kind, object_id=pk).delete()
    bump_epoch()
    record_event(f"{kind}.taken_back", target=item, by=by)
    if isinstance(item, Image):
        # Its copies are facts: it goes out of sight as those of an undone deposit do.
        Image.objects.filter(pk=pk).update(undone=True, version=version + 1)
        return
    item.delete()


def _is_pointed_at(item: DescribedModel) -> bool:
    """Whether a row of any model, of whatever app, names the item; what it names itself does not count."""
    relations: list[Any] = [
        each
        for each in item._meta.get_fields(include_hidden=True)
        if each.is_relation and each.auto_created and not each.concrete
    ]
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: item}).exists()
        for relation in relations
        if not relation.related_model._meta.auto_created and relation.related_model not in MADE_OF_PIXELS
    )
