"""Give a work or a collection another address."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from archive.access import require
from archive.actions.bump_epoch import bump_epoch
from archive.actions.record_event import record_event
from archive.actions.trace_public import seen_publicly, trace_public
from archive.errors import Conflict, Invalid, Stale
from archive.models import Collection, SlugRedirect, User, Work
from archive.presenters.slugs import slug_of


@transaction.atomic
def rename(item: Work | Collection, *, slug: str, version: int | None = None, by: User) -> Work | Collection:
    """Change the address of an item; the old one leads to it from now on.

    Raises Invalid("bad_slug"), Conflict("slug_taken"), Stale, NotAllowed, NotVisible.
    """
    model = type(item)
    locked = model._default_manager.select_for_update(no_key=True).get(pk=item.pk)
    require(by, "change", locked)
    if version is not None and version != locked.version:
        raise Stale("stale", current=locked.version, yours=version)
    if not slug or slug_of(slug, longest=120) != slug:
        raise Invalid("bad_slug", field="slug", slug=slug)
    if slug == locked.slug:
        return locked
    if model._default_manager.filter(slug=slug).exists():
        raise Conflict("slug_taken", field="slug", slug=slug)
    old, locked.slug = locked.slug, slug
    locked.version = F("version") + 1
    locked.save(update_fields=["slug", "version", "updated_at"])
    locked.refresh_from_db(fields=["version"])
    SlugRedirect.objects.create(kind=str(model._meta.model_name), old_slug=old, target_id=locked.pk)
    bump_epoch()
    record_event(f"{model._meta.model_name}.renamed", target=locked, by=by, old=old, new=slug)
    trace_public(locked, before=seen_publicly(locked))
    return locked
