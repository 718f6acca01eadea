"""Bring in a file as the next part of a work, or in the place of one that did not become a text."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max

from archive.access import require
from archive.actions.abandon_draft import abandon_draft
from archive.actions.record_event import record_event
from archive.actions.start_import import part_of, start_import
from archive.enums import DraftState, ImportState, JobState, TextRole
from archive.errors import Conflict, InvalidTransition
from archive.models import FileArrival, ImportRun, TextDraft, User, Work
from archive.text.part import Part

#: Texts and files on their way that one work takes: they are arranged on one page.
MOST_PARTS = 300
#: States in which a file still may become its part.
UNDER_WAY = (ImportState.QUEUED, ImportState.PARSING, ImportState.READY, ImportState.FAILED)


def next_order(work: Work) -> int:
    """Return the place after the last text of a work and the last part that is on its way."""
    coming = work.import_runs.filter(state__in=UNDER_WAY)
    last = (
        work.texts.aggregate(last=Max("order"))["last"],
        coming.aggregate(last=Max("part_order"))["last"],
    )
    return max((-1 if order is None else order for order in last), default=-1) + 1


@transaction.atomic
def place_part(
    *, arrival: FileArrival, work: Work, language: str, role: TextRole, importer_code: str = "",
    encoding: str = "", key: str = "", by: User,
) -> ImportRun:  # fmt: skip
    """Promise the reading of a file as the part after the last one.

    Raises Conflict("too_many_parts"), and what `start_import` raises.
    """
    work = Work.objects.select_for_update(no_key=True).get(pk=work.pk)
    require(by, "change", work)
    waiting = work.import_runs.filter(state__in=UNDER_WAY, part_order__isnull=False).count()
    if work.texts.count() + waiting >= MOST_PARTS:
        raise Conflict("too_many_parts", limit_count=MOST_PARTS)
    return start_import(
        arrival=arrival, language=language, importer_code=importer_code, work=work, encoding=encoding,
        part=Part(next_order(work), role), key=key, by=by,
    )  # fmt: skip


@transaction.atomic
def replace_part(*, run_id: int, arrival: FileArrival, by: User) -> ImportRun:
    """Promise the reading of another file in the place of one that was not accepted, which is laid aside.

    Raises what `clear_part` and `start_import` raise.
    """
    run = clear_part(run_id=run_id, by=by)
    return start_import(
        arrival=arrival, language=run.language, work=run.work, encoding=run.encoding, part=part_of(run), by=by
    )


@transaction.atomic
def clear_part(*, run_id: int, by: User) -> ImportRun:
    """Lay a part that is on its way aside; its file is kept, and the other parts stay as they are.

    Raises InvalidTransition while the file is being read and when it was accepted, NotAllowed, NotVisible.
    """
    run = ImportRun.objects.select_for_update(of=("self",), no_key=True).select_related("job").get(pk=run_id)
    require(by, "change", run)
    given_up = run.job is not None and run.job.state == JobState.FAILED
    if run.part_order is None or not (
        run.state in (ImportState.READY, ImportState.FAILED) or (run.state in UNDER_WAY and given_up)
    ):
        raise InvalidTransition("invalid_transition", state=run.state)
    draft = TextDraft.objects.filter(run=run, state=DraftState.OPEN).first()
    if draft is not None:
        abandon_draft(draft_id=draft.pk, version=None, by=by)
    else:
        ImportRun.objects.filter(pk=run.pk).update(state=ImportState.ABANDONED)
        record_event("part.laid_aside", target=run, by=by)
    return run
