"""Make a catalogue entry for a work."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction

from archive.access import require_may
from archive.actions.bump_epoch import bump_epoch
from archive.actions.describe import set_values
from archive.actions.once import once
from archive.actions.record_event import record_event
from archive.actions.refresh_search import refresh_search
from archive.actions.trace_public import trace_public
from archive.errors import Conflict
from archive.models import User, Work
from archive.models.base import new_public_id
from archive.presenters.slugs import slug_of

Slugged = TypeVar("Slugged", bound=models.Model)


@transaction.atomic
def create_work(*, values: dict[str, Any], slug: str = "", key: str = "", by: User) -> Work:
    """Insert a work with these values (see `describe.set_values`), for the keepers unless they say more.

    Without `slug`, the address is made of the title. Raises Conflict("slug_taken"), Invalid, NotAllowed.
    """
    require_may(by, "add", Work)

    def make() -> Work:
        work = Work(created_by=by)
        named = set_values(work, values)
        work.slug = free_slug(Work, wanted=slug, title=title_of(values))
        save_new(work)
        named.put_on(work)
        refresh_search("work", work.pk, by=by)
        bump_epoch()
        record_event("work.created", target=work, by=by, slug=work.slug, access=work.access)
        trace_public(work)
        return work

    return once(Work, scope="work", key=key, make=make, by=by)


def title_of(values: dict[str, Any]) -> str:
    """Return the title from which an address is made: the English one where there is one."""
    return str(values.get("title_en") or values.get("title_ar") or "")


def free_slug(model: type[Slugged], *, wanted: str, title: str) -> str:
    """Return `wanted` if it is free, else one made of the title, numbered when taken.

    Raises Conflict("slug_taken") when a wanted one is taken.
    """
    if wanted:
        if model._default_manager.filter(slug=wanted).exists():
            raise Conflict("slug_taken", field="slug", slug=wanted)
        return wanted
    stem = slug_of(title) or new_public_id()
    taken = set(model._default_manager.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(s for s in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if s not in taken)


def save_new(item: models.Model) -> None:
    """Insert a row whose address somebody may take at the same moment; raises Conflict("slug_taken") then."""
    try:
        with transaction.atomic():
            item.save()
    except IntegrityError as error:
        raise Conflict("slug_taken", field="slug", slug=getattr(item, "slug", "")) from error
