"""Put a plan away that was begun by mistake."""

from __future__ import annotations

from django.db import transaction

from annotations.actions._editions import locked_edition
from annotations.actions._places import tick
from annotations.editions.addresses import is_fixed
from annotations.editions.facts import words_of
from annotations.editions.wholes import text_keys
from archive.actions.record_event import record_event
from archive.errors import Conflict
from archive.models import IdempotencyKey, SlugRedirect, User


@transaction.atomic
def put_away_edition(*, edition: str, version: int | None, by: User) -> None:
    """Delete the plan (public id, read at `version`) of which nothing was sealed; its address is free again.

    Texts, notes and pictures stay: a plan only chose them. What it said is told by the record alone.

    Raises NotVisible, NotAllowed, VersionMissing, Stale, Conflict("edition_released").
    """
    row = locked_edition(edition, act="put_away", version=version, by=by)
    if is_fixed(row) or SlugRedirect.objects.filter(kind="edition", target_id=row.pk).exists():
        raise Conflict("edition_released")
    texts = sorted(text_keys(row)) if row.independent_review else []
    title = words_of(row, "title")
    record_event("edition.put_away", target=row, by=by, version=row.version, slug=row.slug, title=title)
    # The form that began it can begin it again.
    IdempotencyKey.objects.filter(scope="edition", made=row.public_id).delete()
    row.delete()
    for text in texts:
        tick(text)  # What reviewers are told of the notes on it changed with it.
