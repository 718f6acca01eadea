"""Keep for harvesters when what the public sees of an item changed."""

from __future__ import annotations

from archive.access import ANYBODY, VIEW, allows, visible_to
from archive.models import Collection, Image, PublicTrace, Video, Work
from archive.models.described import DescribedModel
from archive.presenters.collection_tree import whole_tree

#: Where an item stood before a change (a collection: in which other) and whether the public saw it there.
Seen = tuple[bool, int | None]
#: What the public sees on a shelf and on those within it: kind and key → public id and shelf.
OnShelf = dict[tuple[str, int], tuple[str, int | None]]


def seen_publicly(item: DescribedModel) -> Seen:
    """Return whether the public sees the stored item now, and its collection; asked before it is changed."""
    around = item.parent_id if isinstance(item, Collection) else getattr(item, "collection_id", None)
    return allows(ANYBODY, VIEW, item), around


def trace_public(item: DescribedModel, *, before: Seen = (False, None)) -> None:
    """Insert what harvesters will be told of a change, in its transaction and after it is stored.

    Nothing for what the public neither sees nor saw, and for collections, which are sets of a harvest and not among
    its records: of what stands in them, and of the shelves within, whose addresses may have to answer that they are
    gone, `trace_shelf` tells.
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


def seen_on_shelf(item: DescribedModel) -> OnShelf:
    """Return what the public sees on this shelf, however deep, shelves included; nothing for what is no shelf."""
    if not isinstance(item, Collection):
        return {}
    shelves = whole_tree().branch(item.pk)
    return {
        (str(model._meta.model_name), pk): (public_id, shelf)
        for model, around in ((Work, "collection"), (Image, "collection"), (Video, "collection"), (Collection, "parent"))
        for pk, public_id, shelf in visible_to(model, ANYBODY)
        .filter(**{f"{around}__in": shelves})
        .order_by("pk")
        .values_list("pk", "public_id", f"{around}_id")
    }  # fmt: skip


def trace_shelf(item: DescribedModel, *, before: OnShelf, stood: Seen) -> None:
    """Insert what harvesters will be told of what stands on a shelf that was opened, closed, hidden, shown or moved.

    `stood` is what `seen_publicly` said of the shelf before. Where that changed, all that stands in its branch belongs
    to other sets, which is a change of it; else only what went or came is told.
    """
    after = seen_on_shelf(item)
    is_elsewhere = isinstance(item, Collection) and seen_publicly(item) != stood
    traces = [_traced(key, before[key], gone=True) for key in before if key not in after]
    traces += [_traced(key, after[key], gone=False) for key in after if is_elsewhere or key not in before]
    PublicTrace.objects.bulk_create(traces, batch_size=500)


def _traced(key: tuple[str, int], value: tuple[str, int | None], *, gone: bool) -> PublicTrace:
    (kind, pk), (public_id, shelf) = key, value
    return PublicTrace(kind=kind, item_id=pk, public_id=public_id, collection_id=shelf, gone=gone)
