"""What the public is told at the address of something that was taken down, if it ever saw it there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model

from archive.models import Collection, PublicTrace, SlugRedirect, Takedown
from archive.models.described import DescribedModel


@dataclass(frozen=True, slots=True)
class Stone:
    """A takedown, and the item whose title it says; None: no title is said."""

    takedown: Takedown
    titled: DescribedModel | None

    @property
    def since(self) -> datetime:
        """When it was taken down."""
        return self.takedown.created_at


def stone_at(model: type[Model], key: str, value: str) -> Stone | None:
    """Return the tombstone at an address, also one that the item had before; None when nothing is told."""
    rows: Any = model._default_manager.select_related("takedown")
    row = rows.filter(**{key: value}).first()
    if row is None and key == "slug":
        moves = SlugRedirect.objects.filter(kind=model._meta.model_name, old_slug=value).order_by("-pk")
        row = rows.filter(pk__in=moves.values("target_id")[:1]).first()
    return stone_of(row) if row is not None else None


def stone_of(item: Any) -> Stone | None:
    """Return the tombstone of an item that the public saw until it, or a shelf around it, was taken down."""
    own = item.takedown
    if own is not None:
        return Stone(own, item if own.shows_title else None) if own.was_public else None
    shelf = _shelf_down(item)
    if shelf is None:
        return None
    seen_till_then = PublicTrace.objects.filter(
        kind=str(item._meta.model_name), item_id=item.pk, gone=True, at__gte=shelf.created_at
    )
    return Stone(shelf, None) if seen_till_then.exists() else None


def _shelf_down(item: Any) -> Takedown | None:
    """Return the takedown of the nearest shelf around an item that has one."""
    seen: set[int] = set()
    at = getattr(item, "collection_id", None)
    while at is not None and at not in seen:
        seen.add(at)
        shelf = Collection.objects.select_related("takedown").get(pk=at)
        if shelf.takedown is not None:
            return shelf.takedown
        at = shelf.parent_id
    return None
