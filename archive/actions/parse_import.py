"""Read a received file and lay its text out as a draft with its report."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction

from archive import kinds
from archive.access import require
from archive.actions.draft_state import problem_rows, store_text
from archive.actions.record_event import record_event
from archive.actions.start_import import PARSE_IMPORT
from archive.enums import ImportState
from archive.errors import Conflict, HashiyaError, ImportRefused
from archive.importers.registry import importer
from archive.media import paths
from archive.media.page_words import page_words
from archive.models import ImportProblem, ImportRun, TextDraft
from archive.signals import revision_drafted
from archive.text.types import ParsedText

Progress = Callable[..., None]


def parse_import(*, run_id: int, progress: Progress = lambda percent, **message: None) -> TextDraft:
    """Parse the run's file and insert its draft; a run that has one already gives that back.

    Not atomic as a whole: reading takes long and must not hold the write lock. Killed at any moment, it can
    simply be run again. Raises ImportRefused, whose code is kept on the run for the page to word.
    """
    run = ImportRun.objects.select_related("arrival__stored_file", "image", "created_by").get(pk=run_id)
    if run.state not in (ImportState.QUEUED, ImportState.PARSING):
        return _existing(run)
    require(run.created_by, "change", run)
    ImportRun.objects.filter(pk=run_id, state=ImportState.QUEUED).update(state=ImportState.PARSING)
    progress(5, code="import_reading", params={})
    try:
        progress(20, code="import_parsing", params={})
        parsed = _read(run)
    except HashiyaError as error:
        ImportRun.objects.filter(pk=run_id).update(state=ImportState.FAILED, error=error.as_json())
        raise
    progress(85, code="import_storing", params={})
    return _store(run_id, parsed)


def _existing(run: ImportRun) -> TextDraft:
    if run.error:
        raise ImportRefused(run.error["code"], **run.error.get("params", {}))
    draft = TextDraft.objects.filter(run=run).first()
    if draft is None:
        # Its deposit was undone before it was read.
        raise Conflict("deposit_undone")
    return draft


def _read(run: ImportRun) -> ParsedText:
    if run.image is not None:
        return importer(run.importer).parse(page_words(run.image), language=run.language, options={})
    try:
        data = paths.of_sha256(run.arrival.stored_file.sha256).read_bytes()
    except FileNotFoundError as error:
        raise ImportRefused("bytes_missing") from error
    try:
        return importer(run.importer).parse(data, language=run.language, options={"encoding": run.encoding})
    except RecursionError as error:
        raise ImportRefused("too_deep", limit=64) from error
    except MemoryError as error:
        raise ImportRefused("too_complex") from error


@transaction.atomic
def _store(run_id: int, parsed: ParsedText) -> TextDraft:
    run = ImportRun.objects.select_for_update(no_key=True).get(pk=run_id)
    if run.state != ImportState.PARSING:
        return _existing(run)
    draft = TextDraft(run=run, text=run.text, created_by=run.created_by)
    if run.text is not None:
        draft.base = run.text.current_revision
    store_text(draft, parsed)
    draft.save()
    ImportProblem.objects.bulk_create(problem_rows(draft, parsed.problems), batch_size=500)
    run.state, run.facts = ImportState.READY, dict(parsed.source)
    run.save(update_fields=["state", "facts"])
    if draft.base_id:
        revision_drafted.send(sender=TextDraft, draft=draft, by=run.created_by)
    record_event(
        "import.parsed", target=run, by=run.created_by, sha256=draft.sha256, problems=len(parsed.problems)
    )
    return draft


@kinds.handles(PARSE_IMPORT, of=(ImportRun, "run"))
def _handle(job: Any, progress: Progress) -> dict[str, Any]:
    draft = parse_import(run_id=job.payload["run"], progress=progress)
    return {"draft": draft.public_id}
