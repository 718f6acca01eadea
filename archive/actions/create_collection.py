"""Put up a shelf."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from archive.access import require_may
from archive.actions.bump_epoch import bump_epoch
from archive.actions.create_work import free_slug, save_new, title_of
from archive.actions.describe import lock_tree, set_values
from archive.actions.once import once
from archive.actions.record_event import record_event
from archive.actions.refresh_search import refresh_search
from archive.models import Collection, User


@transaction.atomic
def create_collection(
    *, values: dict[str, Any], slug: str = "", key: str = "", public_id: str = "", by: User
) -> Collection:
    """Insert a collection, under an id that was told before where there is one; raises Conflict("slug_taken"), Invalid, NotAllowed."""
    require_may(by, "add", Collection)

    def make() -> Collection:
        if values.get("parent") is not None:
            lock_tree()
        collection = Collection(created_by=by, **({"public_id": public_id} if public_id else {}))
        named = set_values(collection, values)
        collection.slug = free_slug(Collection, wanted=slug, title=title_of(values))
        save_new(collection)
        named.put_on(collection)
        bump_epoch()
        refresh_search("collection", collection.pk, by=by)
        record_event("collection.created", target=collection, by=by, slug=collection.slug)
        return collection

    return once(Collection, scope="collection", key=key, make=make, by=by)
