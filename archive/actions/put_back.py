"""Put back what was taken down."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from archive.access import require
from archive.actions.record_event import record_event
from archive.actions.take_down import NOTE, point_at
from archive.actions.trace_public import seen_on_shelf, seen_publicly, trace_public, trace_shelf
from archive.errors import Conflict, Invalid
from archive.models import Takedown, User
from archive.models.described import DescribedModel


@transaction.atomic
def put_back(item: DescribedModel, *, note: str = "", by: User) -> Takedown:
    """Let an item be seen again by those whom its access names; its takedown stays on record.

    Raises Conflict("not_down"), Invalid("words_too_long"), NotAllowed, NotVisible.
    """
    locked = type(item)._default_manager.select_for_update(no_key=True).get(pk=item.pk)
    require(by, "take_down", locked)
    takedown = locked.takedown
    if takedown is None:
        raise Conflict("not_down")
    if len(note) > NOTE:
        raise Invalid("words_too_long", field="note", limit_length=NOTE)
    seen, shelf = seen_publicly(locked), seen_on_shelf(locked)
    takedown.lifted_at, takedown.lifted_by, takedown.lift_note = timezone.now(), by, note.strip()
    takedown.save(update_fields=["lifted_at", "lifted_by", "lift_note"])
    point_at(locked, None, by=by)
    record_event(
        f"{takedown.kind}.put_back", target=locked, words=note.strip(), by=by, reason=takedown.reason
    )
    trace_public(locked, before=seen)
    trace_shelf(locked, before=shelf, stood=seen)
    return takedown
