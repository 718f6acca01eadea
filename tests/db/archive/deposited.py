"""Deposits for tests: announced, sent and settled as a worker would."""

from __future__ import annotations

from archive.actions.announce_file import announce_file
from archive.actions.append_bytes import append_bytes
from archive.actions.run_job import run_job
from archive.enums import JobState
from archive.models import Deposit, DepositItem, Job, User


def announce(
    deposit: Deposit, by: User, data: bytes, filename: str = "tape.bin", path: str = ""
) -> DepositItem:
    """Announce a file under a key of its own."""
    key = f"{path}{filename}"[-64:]
    return announce_file(deposit=deposit, filename=filename, size=len(data), key=key, path=path, by=by)


def arrive(
    deposit: Deposit, by: User, data: bytes, filename: str = "tape.bin", path: str = ""
) -> DepositItem:
    """Send a whole file; nobody settles it yet."""
    item = announce(deposit, by, data, filename, path)
    return append_bytes(item=item, offset=0, pieces=[data], by=by)


def keep(deposit: Deposit, by: User, data: bytes, filename: str = "tape.bin", path: str = "") -> DepositItem:
    """Send a whole file and settle it."""
    item = arrive(deposit, by, data, filename, path)
    run_job(Job.objects.filter(kind="settle_item").latest("pk").pk)
    item.refresh_from_db()
    return item


def work(kind: str = "") -> list[Job]:
    """Do what waits, of one kind or of all, until nothing does; return what was done."""
    done = []
    while True:
        waiting = Job.objects.filter(state=JobState.QUEUED, not_before=None)
        job = (waiting.filter(kind=kind) if kind else waiting).order_by("pk").first()
        if job is None:
            return done
        run_job(job.pk)
        job.refresh_from_db()
        done.append(job)
