"""Read a received file once more, in the encoding that a person names."""

from __future__ import annotations

from django.db import transaction

from archive.access import require
from archive.actions.abandon_draft import abandon_draft
from archive.actions.start_import import part_of, start_import
from archive.enums import DraftState, ImportState
from archive.errors import InvalidTransition
from archive.models import ImportRun, TextDraft, User


@transaction.atomic
def read_again(*, run_id: int, encoding: str, by: User) -> ImportRun:
    """Promise another reading of the run's file; a draft that the first one made is laid aside.

    An empty `encoding` lets the bytes tell. Raises ImportRefused("unknown_encoding"), InvalidTransition while the
    file is still being read or when its text was accepted, NotVisible, NotAllowed.
    """
    run = ImportRun.objects.select_for_update(no_key=True).get(pk=run_id)
    require(by, "change", run)
    if run.state in (ImportState.QUEUED, ImportState.PARSING, ImportState.ACCEPTED):
        raise InvalidTransition("invalid_transition", state=run.state)
    draft = TextDraft.objects.filter(run=run, state=DraftState.OPEN).first()
    if draft is not None:
        abandon_draft(draft_id=draft.pk, version=None, by=by)
    elif run.part_order is not None:
        # Of one part there is one file at a time; what could not be read stands in its way no longer.
        ImportRun.objects.filter(pk=run.pk).update(state=ImportState.ABANDONED)
    return start_import(
        arrival=run.arrival, language=run.language, importer_code=run.importer, work=run.work, text=run.text,
        encoding=encoding, part=part_of(run), video=run.video, transcript_kind=run.transcript_kind, image=run.image, by=by,
    )  # fmt: skip
