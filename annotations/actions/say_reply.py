"""Reply to a note."""

from __future__ import annotations

from django.db import transaction

from annotations.actions._talk import checked, locked_note, new_version, taking_part, tell
from annotations.models import Annotation, Reply
from archive.access import visible_to
from archive.actions.once import once
from archive.actions.record_event import record_event
from archive.errors import Invalid
from archive.models import User

SCOPE = "reply"


def say_reply(*, annotation: str, body: str, answers: str = "", idempotency_key: str = "", by: User) -> Reply:
    """Reply to a note (public id), or there to another reply (public id); tell who takes part and who is named.

    It is said among those who may see the note now. Sent again under the same key, it is the reply of the first
    sending. Raises NotVisible, NotAllowed, Conflict, Invalid.
    """
    return once(
        Reply, scope=SCOPE, key=idempotency_key, make=lambda: _say(annotation, body, answers, by), by=by
    )


@transaction.atomic
def _say(annotation: str, body: str, answers: str, by: User) -> Reply:
    note = locked_note(annotation, act="reply", by=by)
    words = checked(body)
    others = taking_part(note)
    reply = Reply.objects.create(
        annotation=note, author=by, visibility=note.visibility, group=note.group,
        answers=_answered(note, answers, by),
    )  # fmt: skip
    named = new_version(reply, words, number=1, by=by)
    tell(reply, named=named, others=others, by=by)
    record_event("reply.said", target=reply, by=by, annotation=note.public_id)
    return reply


def _answered(note: Annotation, answers: str, by: User) -> Reply | None:
    if not answers:
        return None
    found = visible_to(Reply, by).filter(annotation=note, public_id=answers).first()
    if found is None:
        raise Invalid("reply_unknown", field="answers")
    return found
