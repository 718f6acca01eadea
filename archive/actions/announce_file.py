"""Say which file will come, so that its pieces have somewhere to go."""

from __future__ import annotations

import shutil

from django.db import transaction

from archive.actions.receive_file import clean_name
from archive.actions.undo_deposit import require_open
from archive.errors import Invalid, StorageFull
from archive.media import limits, paths
from archive.models import Deposit, DepositItem, User

#: Files of one deposit.
MOST_FILES = 10_000
#: Bytes that stay free on the disk, for the database and everybody else.
RESERVE = 256 * 1024 * 1024


@transaction.atomic
def announce_file(
    *, deposit: Deposit, filename: str, size: int, key: str, path: str = "", by: User
) -> DepositItem:
    """Return the item of this file; the same one when it was announced before, to go on where it stopped.

    `path` is where it lay among what is sent: tables of descriptions may name it so.
    Raises Conflict("deposit_undone"); Invalid with `empty_file`, `too_large`, `key_required`, `other_size` or `too_many_files`; StorageFull, NotAllowed.
    """
    require_open(deposit, by=by)
    if not key or len(key) > 64:
        raise Invalid("key_required")
    known = DepositItem.objects.filter(deposit=deposit, key=key).first()
    if known is not None:
        if known.size != size:
            raise Invalid("other_size", filename=known.filename)
        return known
    if size <= 0:
        raise Invalid("empty_file")
    if size > limits.DEPOSIT_BYTES:
        raise Invalid("too_large", limit=limits.DEPOSIT_BYTES)
    if deposit.items.count() >= MOST_FILES:
        raise Invalid("too_many_files", limit_count=MOST_FILES)
    _refuse_full_disk(size)
    item, _made = DepositItem.objects.get_or_create(
        deposit=deposit,
        key=key,
        defaults={"filename": clean_name(filename), "path": clean_path(path), "size": size},
    )
    return item


def clean_path(path: str) -> str:
    """Return a path as words: printable, with slashes, nothing that climbs, at most 1000 characters from its end."""
    parts = (part for part in path.replace("\\", "/").split("/") if part not in ("", ".", ".."))
    return "".join(c for c in "/".join(parts) if c.isprintable())[-1000:]


def _refuse_full_disk(size: int) -> None:
    """Say so now, not after an hour of sending."""
    paths.staging().mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(paths.staging()).free < size + RESERVE:
        raise StorageFull("storage_full")
