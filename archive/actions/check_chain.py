"""Look whether the record of acts is whole: every hash recomputed, every link followed."""

from __future__ import annotations

from collections.abc import Iterator

from archive.actions.record_event import event_hash
from archive.models import AuditEvent, AuditHead


def check_chain() -> Iterator[str]:
    """Yield a sentence for each break, in order; nothing when the chain is whole.

    The head is read first: what is written while this reads belongs to the next check.
    """
    head = AuditHead.objects.get(pk=1)
    sequence, previous = 0, "0" * 64
    events = AuditEvent.objects.filter(sequence__lte=head.sequence)
    for event in events.order_by("sequence").iterator(chunk_size=2000):
        if event.sequence != sequence + 1:
            yield f"Events {sequence + 1} to {event.sequence - 1} are missing."
        elif event.previous_hash != previous:
            yield f"Event {event.sequence} does not follow the one before it."
        if not is_genuine(event):
            yield f"Event {event.sequence} ({event.action}) was changed after it was written."
        sequence, previous = event.sequence, event.hash
    if (head.sequence, head.hash) != (sequence, previous):
        yield f"The chain ends at event {sequence}, but its head says {head.sequence}."


def is_genuine(event: AuditEvent) -> bool:
    """Whether an event still says what it said when it was written."""
    return event.hash == event_hash(
        sequence=event.sequence, at=event.at, actor_id=event.actor_id, action=event.action,
        target_kind=event.target_kind, target_id=event.target_id, facts=event.facts,
        previous_hash=event.previous_hash,
    )  # fmt: skip
