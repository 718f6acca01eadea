"""Look whether stored bytes are still the bytes that were received."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.db import transaction
from django.urls import reverse

from archive.actions.bump_epoch import bump_epoch
from archive.actions.notify import notify
from archive.actions.record_event import record_event
from archive.enums import Fixity, RoleCode
from archive.media import paths
from archive.models import FixityCheck, StoredFile, User

CHUNK = 1024 * 1024


def check_file(
    *, stored_file: StoredFile, by: User | None, alive: Callable[[], object] = lambda: None
) -> FixityCheck:
    """Hash the bytes again and record the answer: intact, damaged (or gone), could not be checked.

    The record of acts gets what is not intact, and administrators are told when it is news. Reading happens
    outside the transaction and calls `alive` now and then, since a film takes its time.
    """
    return _record(stored_file, _outcome(stored_file, alive), by)


def _outcome(stored_file: StoredFile, alive: Callable[[], object]) -> Fixity:
    digest, size = hashlib.sha256(), 0
    try:
        with paths.of_sha256(stored_file.sha256).open("rb") as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                if size % (256 * CHUNK) == 0:
                    alive()
    except FileNotFoundError:
        return Fixity.DAMAGED
    except OSError:
        return Fixity.UNREADABLE
    whole = size == stored_file.size and digest.hexdigest() == stored_file.sha256
    return Fixity.INTACT if whole else Fixity.DAMAGED


@transaction.atomic
def _record(stored_file: StoredFile, outcome: Fixity, by: User | None) -> FixityCheck:
    before = stored_file.checks.order_by("-pk").values_list("outcome", flat=True).first()
    check = FixityCheck.objects.create(stored_file=stored_file, outcome=outcome)
    if outcome != (before or Fixity.INTACT):
        # Pages say when the bytes were last verified: of damaged ones they say it no longer.
        bump_epoch()
    if outcome == Fixity.INTACT:
        return check
    if outcome != before:
        for user in (
            User.objects.filter(is_active=True, roles__code=RoleCode.ADMINISTRATOR).order_by("pk").distinct()
        ):
            notify("file_not_intact", user=user, url=f"{reverse('desk_files')}?show=not_intact")
    record_event(
        "file.not_intact", target=stored_file, by=by, sha256=stored_file.sha256, outcome=outcome.value
    )
    return check
