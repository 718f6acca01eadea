"""Take in a file of terms, and work out row by row what it would change; nothing of the vocabulary changes yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction

from annotations.actions._import_plan import Plan
from annotations.actions._steps import keep
from annotations.enums import TermKind, VocabularyAct
from annotations.exchange.csv_terms import read_terms
from annotations.exchange.records import Reading
from annotations.exchange.skos_in import MOST_BYTES, read_skos
from annotations.models import VocabularyRow, VocabularyStep
from archive import kinds
from archive.access import require, require_may
from archive.actions.enqueue import enqueue
from archive.enums import StepState
from archive.errors import HashiyaError, ImportRefused, Invalid
from archive.importers.tables import read_table
from archive.media import paths
from archive.models import FileArrival, User

PLAN_TERMS = "plan_terms"
FORMATS = ("turtle", "json-ld", "csv")
#: Files of no more bytes are read while the person waits.
AT_ONCE = 100_000
_ENDINGS = {".ttl": "turtle", ".jsonld": "json-ld", ".json": "json-ld", ".csv": "csv", ".tsv": "csv"}


def format_of(filename: str) -> str:
    """Return the format that a file name tells; empty when it tells none."""
    name = filename.lower()
    return next((form for ending, form in _ENDINGS.items() if name.endswith(ending)), "")


@transaction.atomic
def import_terms(
    *, arrival: FileArrival, form: str = "", kind: str = TermKind.CONCEPT, establish: bool = False, by: User
) -> VocabularyStep:
    """Read a file that was received in a `form` of `FORMATS`; entries that say no kind are of this one.

    A long file is read by a job. New terms are proposals, or with `establish` public once the step is applied.
    Raises ImportRefused (`read_skos`, `read_terms`, `read_table`), Invalid("vocabulary_format"), NotAllowed.
    """
    require_may(by, "add", VocabularyStep)
    form = form or format_of(arrival.filename)
    if form not in FORMATS:
        raise Invalid("vocabulary_format", field="format")
    if kind not in set(TermKind):
        raise Invalid("choice_unknown", field="kind")
    if arrival.stored_file.size > MOST_BYTES:
        raise ImportRefused("too_large", limit_mb=MOST_BYTES // 1024**2)
    asked = {"filename": arrival.filename, "format": form, "kind": str(kind), "establish": establish}
    step = VocabularyStep.objects.create(
        act=VocabularyAct.IMPORT, state=StepState.PLANNING, asked=asked, arrival=arrival, created_by=by
    )
    if arrival.stored_file.size <= AT_ONCE:
        _keep(step, _read(step), by)
        return step
    step.job = enqueue(PLAN_TERMS, dedupe_key=str(step.pk), by=by, step=step.pk)
    step.save(update_fields=["job"])
    return step


def _read(step: VocabularyStep) -> Reading:
    assert step.arrival is not None
    try:
        data = paths.of_sha256(step.arrival.stored_file.sha256).read_bytes()
    except OSError as error:
        raise HashiyaError("bytes_missing") from error
    if step.asked["format"] == "csv":
        return read_terms(read_table(data))
    return read_skos(data, form=step.asked["format"], kind=step.asked["kind"])


def _keep(step: VocabularyStep, reading: Reading, by: User) -> None:
    """Keep the rows of a file, and what of it is not taken in."""
    step.rows.all().delete()
    rows: Iterable[VocabularyRow] = Plan(step, reading.records, by).rows()
    keep(step, rows)
    step.asked |= {"left_out": [f"{name}: {count}" for name, count in reading.left_out.most_common(60)]}
    step.state = StepState.PREVIEWED
    step.save(update_fields=["asked", "state"])


def run_plan(*, step_id: int, by: User, progress: Callable[..., None]) -> dict[str, Any]:
    """Read a long file and keep its rows, all at once or none; killed at any moment, it can be run again."""
    step = VocabularyStep.objects.select_related("arrival__stored_file").filter(pk=step_id).first()
    if step is None or step.state != StepState.PLANNING:
        return {}
    require(by, "change", step)
    progress(5, code="terms_reading", params={})
    reading = _read(step)
    progress(60, code="terms_reading", params={})
    with transaction.atomic():
        step = VocabularyStep.objects.select_for_update(of=("self",), no_key=True).get(pk=step_id)
        if step.state != StepState.PLANNING:
            return {}
        _keep(step, reading, by)
    return {"rows": len(reading.records)}


@kinds.handles(PLAN_TERMS, of=(VocabularyStep, "step"))
def _plan_job(job: Any, progress: Callable[..., None]) -> dict[str, Any]:
    return run_plan(step_id=job.payload["step"], by=job.created_by, progress=progress)
