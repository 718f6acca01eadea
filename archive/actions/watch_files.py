"""Read every file again in time: what is due now, oldest first, a stretch at a time."""

from __future__ import annotations

import itertools
import logging
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.utils import timezone

from archive import kinds
from archive.actions.check_file import check_file
from archive.actions.copy_elsewhere import copy_elsewhere
from archive.actions.enqueue import enqueue
from archive.actions.replicate_file import replicate_file
from archive.enums import Fixity, JobState
from archive.media import elsewhere, fixity, replica
from archive.models import Job, StoredFile
from archive.outside.store import StoreError

log = logging.getLogger(__name__)

Progress = Callable[..., None]

WATCH_FILES = "watch_files"
#: Seconds of one stretch, well within the time limit of a job; the next one comes within the hour.
STRETCH = 900
BATCH = 100


def plan_watch() -> Job | None:
    """Promise a stretch, unless one is waiting or running or nothing is due."""
    if Job.objects.filter(kind=WATCH_FILES, state__in=[JobState.QUEUED, JobState.RUNNING]).exists():
        return None
    lacks = next(replica.missing(), None) is not None or elsewhere.missing().exists()
    if not lacks and not fixity.due(timezone.now()).exists():
        return None
    return enqueue(WATCH_FILES, dedupe_key=WATCH_FILES)


def watch_files(*, progress: Progress = lambda percent, **message: None) -> dict[str, int]:
    """Check what is due, then give the replica and the storage elsewhere what they lack, until the stretch is over.

    A storage that does not answer is left alone for the rest of the stretch, and ends nothing else. Returns how many files had each outcome.
    """
    counts = dict.fromkeys((outcome.value for outcome in Fixity), 0)
    total, ends = fixity.due(timezone.now()).count(), time.monotonic() + STRETCH

    def alive() -> None:
        done = sum(counts.values())
        progress(done * 100 // max(total, 1), code="files_checking", params={"done": done, "total": total})

    there = _Elsewhere(alive)
    for stored in _until(ends, _due()):
        alive()
        outcome = check_file(stored_file=stored, by=None, alive=alive).outcome
        counts[outcome] += 1
        if outcome == Fixity.INTACT:
            replicate_file(stored_file_id=stored.pk, hash_present=True)
            there.keep(stored, check=True)
    for stored in _until(ends, replica.missing()):
        alive()
        replicate_file(stored_file_id=stored.pk)
    for stored in _until(ends, elsewhere.missing().iterator(chunk_size=BATCH)):
        alive()
        if not there.keep(stored):
            break
    return counts


class _Elsewhere:
    """Copies files elsewhere until the storage fails once; why it failed stands on the desk."""

    def __init__(self, alive: Callable[[], object]) -> None:
        self.alive, self.works = alive, True

    def keep(self, stored: StoredFile, *, check: bool = False) -> bool:
        if self.works:
            try:
                copy_elsewhere(stored_file_id=stored.pk, check=check, alive=self.alive)
            except StoreError as error:
                log.warning("The storage elsewhere failed: %s.", error.code)
                # Other bytes than those that were sent are the trouble of one file; the rest is the storage's.
                self.works = error.code == "store_other_bytes"
        return self.works


def _due() -> Iterator[StoredFile]:
    """Yield each file that is due once; a checked one is due no more."""
    while batch := list(fixity.due(timezone.now())[:BATCH]):
        yield from batch


def _until(ends: float, files: Iterable[StoredFile]) -> Iterator[StoredFile]:
    return itertools.takewhile(lambda _file: time.monotonic() < ends, files)


@kinds.handles(WATCH_FILES)
def _handle(job: Any, progress: Progress) -> dict[str, Any]:
    return dict(watch_files(progress=progress))
