"""The one way from a Job row to the broker: a nudge, which may be lost without harm."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from celery import current_app

log = logging.getLogger(__name__)

_held: ContextVar[bool] = ContextVar("held", default=False)

RUN_JOB = "archive.tasks.run_job"


def nudge(job_id: int) -> None:
    """Ask a worker to look at a job soon; the sweep asks again if this is lost."""
    if _held.get():
        return
    try:
        current_app.send_task(RUN_JOB, args=[job_id], retry=False)
    except Exception:
        log.warning(
            "The broker took no nudge for job %s; the sweep will send it again.", job_id, exc_info=True
        )


@contextmanager
def held() -> Iterator[None]:
    """Send no nudges meanwhile: the caller runs the jobs itself."""
    token = _held.set(True)
    try:
        yield
    finally:
        _held.reset(token)
