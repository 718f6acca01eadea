"""Keep for harvesters when what the public sees of an item changed."""

from __future__ import annotations

from archive.access import ANYBODY, VIEW, allows
from archive.models import Collection, PublicTrace
from archive.models.described import DescribedModel

#: Where an item stood before a change and whether the public saw it there.
Seen = tuple[bool, int | None]


def seen_publicly(item: DescribedModel) -> Seen:
    """Return whether the public sees the stored item now, and its collection; asked before it is changed."""
    return allows(ANYBODY, VIEW, item), getattr(item, "collection_id", None)


def trace_public(item: DescribedModel, *, before: Seen = (False, None)) -> None:
    """Insert what harvesters will be told of a change, in its transaction and after it is stored.

    Nothing for what the public neither sees nor saw; collections are sets of a harvest and not among its records.
    """
    if isinstance(item, Collection):
        return
    was_seen, collection_before = before
    is_seen, collection = seen_publicly(item)
    if was_seen or is_seen:
        PublicTrace.objects.create(
            kind=str(item._meta.model_name), item_id=item.pk, public_id=item.public_id, gone=not is_seen,
            collection_id=collection if is_seen else collection_before,
        )  # fmt: skip
