"""Begin to correct a text."""

from __future__ import annotations

from django.db import transaction

from archive.access import require
from archive.actions.draft_state import store_text
from archive.actions.record_event import record_event
from archive.enums import DraftState, ProblemState
from archive.errors import Conflict
from archive.models import ImportProblem, Text, TextDraft, TextRevision, User
from archive.text import serialize


@transaction.atomic
def start_correction(*, text_id: int, by: User) -> TextDraft:
    """Return a draft of the text's current revision, carrying the problems that are still open.

    A correction of the same revision that this person has open already is given back. Raises
    Conflict("no_revision"), NotAllowed, NotVisible.
    """
    text = (
        Text.objects.select_for_update(of=("self",), no_key=True)
        .select_related("current_revision")
        .get(pk=text_id)
    )
    require(by, "correct", text)
    base = text.current_revision
    if base is None:
        raise Conflict("no_revision")
    mine = TextDraft.objects.filter(text=text, base=base, state=DraftState.OPEN, created_by=by, run=None)
    existing = mine.first()
    if existing is not None:
        return existing
    draft = TextDraft(text=text, base=base, title=base.title, created_by=by)
    store_text(
        draft,
        serialize.from_json(
            {
                "content": base.content, "blocks": base.blocks, "marks": base.marks,
                "title": base.title, "language": base.language, "direction": base.direction,
            }
        ),
    )  # fmt: skip
    draft.save()
    ImportProblem.objects.bulk_create(_carried(draft, base))
    record_event("correction.started", target=draft, by=by, text=text.public_id, revision=base.number)
    return draft


def _carried(draft: TextDraft, base: TextRevision) -> list[ImportProblem]:
    if base.draft_id is None:
        return []
    rows = ImportProblem.objects.filter(draft_id=base.draft_id, state=ProblemState.OPEN)
    return [
        ImportProblem(
            draft=draft, kind=row.kind, start=row.start, end=row.end, context=row.context,
            proposal=row.proposal, params=row.params,
        )
        for row in rows
    ]  # fmt: skip
