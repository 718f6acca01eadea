"""Take in a file of notes of another system, and work out what would become of each; no note is made yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import transaction

from annotations.access.readings import current_of
from annotations.actions._note_plan import ON_OTHER, ON_TEXT, NotePlan, record_of
from annotations.actions._places import reading_of
from annotations.enums import ArrivalHow, ArrivalOutcome, Visibility
from annotations.exchange.notes.formats import FORMATS, read_notes
from annotations.exchange.notes.records import MOST_BYTES, NotesReading, clean
from annotations.exchange.notes.units import with_quotes
from annotations.models import NoteImport, NoteImportRow
from annotations.presenters.note_imports import NO_NOTES
from annotations.values import MAX_SPAN
from archive import kinds
from archive.access import require, require_may
from archive.actions.enqueue import enqueue
from archive.actions.record_event import record_event
from archive.enums import JobState, StepState
from archive.errors import Conflict, HashiyaError, ImportRefused, Invalid, NotVisible
from archive.models import Text, User
from archive.text.graphemes import snap

PLAN_NOTES = "plan_notes"
#: Files of no more bytes, and steps of no more notes, are done while the person waits.
BYTES_AT_ONCE, NOTES_AT_ONCE = 100_000, 200
#: What becomes of tags that the vocabulary does not know, and of notes on what is not of this archive.
UNKNOWN_TAGS, OTHERS = ("words", "propose"), ("out", "elsewhere")
#: What each running state goes back to.
_BEFORE = {
    StepState.PLANNING: StepState.PREVIEWED, StepState.APPLYING: StepState.PREVIEWED, StepState.UNDOING: StepState.APPLIED,
}  # fmt: skip
#: Choices of places made at once.
MOST_CHOICES = 500


@transaction.atomic
def import_notes(
    *, data: bytes, filename: str, text: str = "", form: str = "", unknown_tags: str = "words", others: str = "out",
    visibility: str = Visibility.OPEN, base: bytes = b"", by: User,
) -> NoteImport:  # fmt: skip
    """Keep a file to be read, of notes on a text (public id) or, without one, on what each names itself.

    `base` is the text that its offsets count, where the person has it. A long file is read by a job; of a short one
    the notes are known at once. Raises ImportRefused (`read_notes`), Invalid, NotVisible, NotAllowed.
    """
    require_may(by, "add", NoteImport)
    on = None
    if text:
        current = current_of(text, by)
        if current is None:
            raise NotVisible("not_visible")
        on = Text.objects.get(pk=current.text_id)
    for field, value, known in (
        ("format", form, ("", *FORMATS)), ("unknown_tags", unknown_tags, UNKNOWN_TAGS), ("others", others, OTHERS),
        ("visibility", visibility, (Visibility.OPEN, Visibility.PRIVATE)),
    ):  # fmt: skip
        if value not in known:
            raise Invalid("choice_unknown", field=field)
    if max(len(data), len(base)) > MOST_BYTES:
        raise ImportRefused("too_large", limit_mb=MOST_BYTES // 1024**2)
    asked = {
        "filename": clean(filename)[-200:], "format": form, "unknown_tags": unknown_tags, "others": others,
        "visibility": str(visibility),
    }  # fmt: skip
    step = NoteImport.objects.create(text=on, asked=asked, data=data, base=base or None, created_by=by)
    reading = _reading_of(step) if len(data) + len(base) <= BYTES_AT_ONCE else None
    if reading and len(reading.records) <= NOTES_AT_ONCE:
        _keep(step, _rows_of(step, reading, by, lambda done, total: None))
    else:
        _promise(step, by)
    return step


def _promise(step: NoteImport, by: User) -> None:
    step.state = StepState.PLANNING
    step.job = enqueue(PLAN_NOTES, dedupe_key=str(step.pk), by=by, step=step.pk)
    step.save(update_fields=["job", "state", "asked"])


def _reading_of(step: NoteImport) -> NotesReading:
    """Return the notes of the file, or of the rows that were made of it."""
    if step.data is None:
        records = [
            record_of(told) for told in step.rows.order_by("place", "pk").values_list("told", flat=True)
        ]
        return NotesReading(records, text_sha256=step.asked.get("text_sha256", ""))
    form, reading = read_notes(bytes(step.data), form=step.asked["format"])
    step.asked["found_format"], step.asked["text_sha256"] = form, reading.text_sha256
    if step.base is not None:
        with_quotes(reading, bytes(step.base))
    step.asked["left_out"] = sorted(reading.left_out.items())
    return reading


def _rows_of(
    step: NoteImport, reading: NotesReading, by: User, progress: Callable[[int, int], None]
) -> list[NoteImportRow]:
    return NotePlan(step, reading.records, by, text_sha256=reading.text_sha256, progress=progress).rows()


def _keep(step: NoteImport, rows: Sequence[NoteImportRow]) -> None:
    """Keep the rows, and let go of the file: its words are in them."""
    step.rows.all().delete()
    NoteImportRow.objects.bulk_create(rows, batch_size=200)
    step.state, step.data, step.base = StepState.PREVIEWED, None, None
    step.save(update_fields=["state", "data", "base", "asked"])


def _stop(step: NoteImport) -> None:
    """Let a file that could not be read be looked at and forgotten; what was known of its notes stays."""
    step.state, step.data, step.base = StepState.PREVIEWED, None, None
    step.save(update_fields=["state", "data", "base", "asked"])


def run_plan(*, step_id: int, by: User, progress: Callable[..., None]) -> dict[str, Any]:
    """Read a long file and keep its rows, all at once or none; killed at any moment, it can be run again."""
    step = NoteImport.objects.select_related("text").filter(pk=step_id).first()
    if step is None or step.state != StepState.PLANNING:
        return {}
    require(by, "change", step)
    progress(5, code="notes_reading", params={})

    def tell(done: int, total: int) -> None:
        progress(5 + 85 * done // max(total, 1), code="notes_placing", params={"done": done, "total": total})

    rows: list[NoteImportRow] = []
    try:
        rows = _rows_of(step, _reading_of(step), by, tell)
    except HashiyaError as error:
        # Nobody waits for a job's refusal: the page says it, and the file can be forgotten.
        step.asked["stopped"] = {"code": error.code, "params": {k: str(v) for k, v in error.params.items()}}
    with transaction.atomic():
        now = NoteImport.objects.select_for_update(of=("self",), no_key=True).get(pk=step_id)
        if now.state != StepState.PLANNING:
            return {}
        if rows:
            _keep(step, rows)
        else:
            _stop(step)
    return {"rows": len(rows)}


@kinds.handles(PLAN_NOTES, of=(NoteImport, "step"))
def _plan_job(job: Any, progress: Callable[..., None]) -> dict[str, Any]:
    return run_plan(step_id=job.payload["step"], by=job.created_by, progress=progress)


def locked_import(public_id: str, *, state: StepState, by: User) -> NoteImport:
    """Return the step, locked; one whose job gave up is where it was before: jobs do all or nothing.

    Raises NotVisible, NotAllowed, Conflict("step_not_ready") in another state.
    """
    rows = NoteImport.objects.select_for_update(of=("self",), no_key=True).select_related("text")
    step = rows.filter(public_id=public_id).first()
    if step is None:
        raise NotVisible("not_visible")
    require(by, "change", step)
    if state not in (step.state, state_before(step)):
        raise Conflict("step_not_ready")
    return step


def state_before(step: NoteImport) -> str:
    """Return the state in which a step was before its job, when that gave up; empty for any other."""
    has_given_up = step.job is not None and step.job.state == JobState.FAILED
    return _BEFORE.get(StepState(step.state), "") if has_given_up else ""


@transaction.atomic
def look_again(
    *, step: str, sources: Mapping[str, str] | None = None, others: str = "", unknown_tags: str = "", by: User
) -> NoteImport:
    """Work out anew what would become of the notes: `sources` says of addresses whether they are the text ("here", "out").

    Places that were chosen are to be chosen again. Raises Conflict("step_not_ready"), Invalid, NotAllowed.
    """
    row = locked_import(step, state=StepState.PREVIEWED, by=by)
    row.asked.pop("stopped", None)
    known = {source for source, _count, _use in row.asked.get("told_sources", [])}
    chosen = {source: use for source, use in (sources or {}).items() if source in known}
    if not set(chosen.values()) <= {ON_TEXT, ON_OTHER}:
        raise Invalid("choice_unknown", field="sources")
    if others not in ("", *OTHERS) or unknown_tags not in ("", *UNKNOWN_TAGS):
        raise Invalid("choice_unknown", field="others")
    row.asked |= {"sources": row.asked.get("sources", {}) | chosen}
    row.asked |= {
        name: value for name, value in (("others", others), ("unknown_tags", unknown_tags)) if value
    }
    if row.rows.count() <= NOTES_AT_ONCE:
        _keep(row, _rows_of(row, _reading_of(row), by, lambda done, total: None))
    else:
        _promise(row, by)
    return row


@transaction.atomic
def choose_places(*, step: str, choices: Mapping[int, tuple[int, int] | None], by: User) -> int:
    """Say of notes (by their place in the file) where each belongs in its text, or None that it is left out.

    Returns how many were said. Raises Conflict("step_not_ready"), Invalid("place_outside"), NotAllowed, NotVisible.
    """
    row = locked_import(step, state=StepState.PREVIEWED, by=by)
    if not choices or len(choices) > MOST_CHOICES:
        raise Invalid(
            "nothing_chosen" if not choices else "too_many", field="places", limit_count=MOST_CHOICES
        )
    contents: dict[str, str] = {}
    open_ = row.rows.filter(place__in=list(choices)).exclude(text="").exclude(outcome=ArrivalOutcome.HERE)
    said = [one for one in open_ if one.problem.get("code") not in NO_NOTES]
    for one in said:
        span = choices[one.place]
        if span is None:
            one.outcome, one.start, one.end = ArrivalOutcome.OUT, None, None
            one.problem = {"code": "left_by_you", "params": {}}
            continue
        if one.text not in contents:
            contents[one.text] = reading_of(one.text, by=by).content
        content = contents[one.text]
        if not 0 <= span[0] < span[1] <= len(content) or not content[span[0] : span[1]].strip():
            raise Invalid("place_outside", field="places", length=len(content))
        one.start, one.end = snap(content, *span)
        if one.end - one.start > MAX_SPAN:
            raise Invalid("place_too_long", field="places", limit_length=MAX_SPAN)
        one.how, one.outcome, one.problem = ArrivalHow.CHOSEN, ArrivalOutcome.READY, {}
    NoteImportRow.objects.bulk_update(said, ["outcome", "how", "start", "end", "problem"], batch_size=200)
    return len(said)


@transaction.atomic
def forget_import(*, step: str, by: User) -> None:
    """Let go of a file that was only looked at; raises Conflict("step_not_ready"), NotAllowed, NotVisible."""
    row = locked_import(step, state=StepState.PREVIEWED, by=by)
    record_event("notes.import_forgotten", target=row, by=by)
    row.rows.all().delete()
    row.delete()
