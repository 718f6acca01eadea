"""What the public is told at the address of something that was taken down, if it ever saw it there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, Q

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
    if own is not None and own.was_public:
        return Stone(own, item if own.shows_title else None)
    around = _shelves_around(item)
    in_force = [shelf.takedown for shelf in around if shelf.takedown is not None]
    if own is None and not in_force:
        return None
    if not _seen_until_taken_down(item, [shelf.pk for shelf in around]):
        return None
    return Stone(own or in_force[0], None)


def _seen_until_taken_down(item: Any, around: list[int]) -> bool:
    """Whether the public saw it last when a shelf around it was taken down, be that one up again or not."""
    traces = PublicTrace.objects.filter(kind=str(item._meta.model_name), item_id=item.pk).order_by("-pk")
    last = traces.first()
    if last is None or not last.gone:
        return False
    down = Takedown.objects.filter(kind="collection", item_id__in=around, created_at__lte=last.at)
    return down.filter(Q(lifted_at=None) | Q(lifted_at__gt=last.at)).exists()


def _shelves_around(item: Any) -> list[Collection]:
    """Return the shelves around an item, innermost first."""
    found: dict[int, Collection] = {}
    at = item.parent_id if isinstance(item, Collection) else getattr(item, "collection_id", None)
    while at is not None and at not in found:
        found[at] = Collection.objects.select_related("takedown").get(pk=at)
        at = found[at].parent_id
    return list(found.values())
