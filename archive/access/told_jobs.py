"""Whose work speaks of what: a job's words and result are told to those who may see the thing that they speak of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from archive import kinds
from archive.access.registry import visible_to
from archive.access.viewer import Viewer
from archive.models import Job


def told_jobs(viewer: Viewer, jobs: Iterable[Job]) -> set[int]:
    """Return the primary keys of those jobs whose words and result this viewer may read, as things are now.

    One query for each kind of thing. Of a job whose kind names no thing, nothing is told.
    """
    by_model: dict[Any, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for job in jobs:
        subject = kinds.job_subjects.get(job.kind)
        if subject is not None:
            model, key = subject
            by_model[model][job.payload.get(key)].add(job.pk)
    told: set[int] = set()
    for model, jobs_of in by_model.items():
        for pk in visible_to(model, viewer).filter(pk__in=jobs_of).values_list("pk", flat=True):
            told |= jobs_of[pk]
    return told
