"""Accept several parts of a work, each by itself."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction

from archive import kinds
from archive.access import require
from archive.actions.accept_draft import accept_draft
from archive.actions.enqueue import enqueue
from archive.actions.record_event import record_event
from archive.enums import ImportState, ProblemState
from archive.errors import Conflict, HashiyaError
from archive.models import ImportProblem, Job, TextDraft, User, Work

ACCEPT_PARTS = "accept_parts"
Progress = Callable[..., None]


@transaction.atomic
def ask_accept_parts(*, work: Work, drafts: Mapping[str, str], by: User) -> Job:
    """Promise to accept these drafts of parts (public id → the hash that was read), none with an open problem.

    Raises Conflict("no_part_ready") when there is none, NotAllowed, NotVisible.
    """
    require(by, "change", work)
    ready = sorted((row.public_id, row.sha256) for row in clean_drafts(work) if row.public_id in drafts)
    chosen = [[public_id, drafts[public_id]] for public_id, _sha256 in ready]
    if not chosen:
        raise Conflict("no_part_ready")
    named = hashlib.sha256(repr(chosen).encode()).hexdigest()[:32]
    job = enqueue(ACCEPT_PARTS, dedupe_key=f"{work.pk}:{by.pk}:{named}", by=by, work=work.pk, drafts=chosen)
    record_event("parts.acceptance_asked", target=work, by=by, drafts=chosen)
    return job


def clean_drafts(work: Work) -> list[TextDraft]:
    """Return the drafts of a work's parts whose report has no open problem, in the order of the parts."""
    open_ = ImportProblem.objects.filter(state=ProblemState.OPEN)
    rows = TextDraft.objects.filter(
        run__work=work, run__part_order__isnull=False, run__state=ImportState.READY
    )
    rows = rows.exclude(pk__in=open_.values("draft")).order_by("run__part_order", "pk")
    return list(rows.only("public_id", "sha256", "run"))


def accept_parts(*, work_id: int, drafts: list[list[str]], by: User, progress: Progress) -> dict[str, Any]:
    """Accept the drafts in the order of their parts; one that is refused leaves the others as they are.

    A draft that got an open problem since is left out. Killed at any moment, it can simply be run again.
    """
    wanted = dict(drafts)
    clean = {row.public_id for row in clean_drafts(Work.objects.get(pk=work_id))}
    rows = TextDraft.objects.filter(public_id__in=wanted, run__work=work_id).order_by("run__part_order", "pk")
    accepted, refused = 0, []
    for number, (pk, public_id, state) in enumerate(list(rows.values_list("pk", "public_id", "state"))):
        progress(number * 100 // len(wanted), code="parts_accepting", params={})
        try:
            if state == "open" and public_id not in clean:
                raise Conflict("part_not_clean")
            accept_draft(draft_id=pk, sha256=wanted[public_id], keep_gaps=False, by=by)
        except HashiyaError as error:
            refused.append({"draft": public_id, **error.as_json()})
        else:
            accepted += 1
    return {"accepted": accepted, "refused": refused}


@kinds.handles(ACCEPT_PARTS, of=(Work, "work"))
def _handle(job: Any, progress: Progress) -> dict[str, Any]:
    payload = job.payload
    return accept_parts(
        work_id=payload["work"], drafts=payload["drafts"], by=job.created_by, progress=progress
    )
