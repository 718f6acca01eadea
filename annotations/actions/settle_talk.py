"""Call the talk about a note settled, or take it up again."""

from __future__ import annotations

from django.db import transaction

from annotations.actions._talk import locked_note
from annotations.enums import TalkState
from annotations.models import TalkTurn
from archive.access import visible_to
from archive.actions.record_event import record_event
from archive.models import User


@transaction.atomic
def settle_talk(*, annotation: str, state: TalkState, by: User) -> TalkTurn:
    """Say that the talk about a note (public id) is settled, or open again; what is so already is not said twice.

    Raises NotVisible, NotAllowed, Conflict.
    """
    note = locked_note(annotation, act="settle", by=by)
    last = visible_to(TalkTurn, by).filter(annotation=note).order_by("pk").last()
    if last is not None and last.state == state:
        return last
    turn = TalkTurn.objects.create(
        annotation=note, state=state, created_by=by, visibility=note.visibility, group=note.group
    )
    record_event(f"talk.{state}", target=turn, by=by, annotation=note.public_id)
    return turn
