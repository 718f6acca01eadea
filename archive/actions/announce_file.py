"""Say which files will come, so that their pieces have somewhere to go and the receipt names what never came."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from archive.actions.receive_file import clean_name
from archive.actions.tell_hash import begin_again, tell_hash
from archive.actions.undo_deposit import require_open
from archive.enums import Compared, ItemState
from archive.errors import Invalid, StorageFull
from archive.media import limits, paths
from archive.models import Deposit, DepositItem, User

#: Files of one deposit.
MOST_FILES = 10_000
LONGEST_KEY = 64
#: Bytes that stay free on the disk, for the database and everybody else.
RESERVE = 256 * 1024 * 1024


@transaction.atomic
def announce_file(
    *, deposit: Deposit, filename: str, size: int, key: str, path: str = "", sha256: str | None = None,
    hash_follows: bool = False, by: User,
) -> DepositItem:  # fmt: skip
    """Return the item of this file; the same one when it was announced before, to go on where it stopped.

    `path` is where it lay among what is sent: tables of descriptions may name it so. `sha256` is that of the sender's
    own file, where it is known already; `hash_follows` promises it. One that came with other bytes begins anew.
    Raises what `tell_hash` does, and Invalid with `empty_file`, `too_large`, `key_required`, `other_size` or `too_many_files`; StorageFull, NotAllowed.
    """
    item = _announced(Coming(filename, size, key, path), deposit, by)
    if sha256 is not None:
        return tell_hash(item=item, sha256=sha256, by=by)
    if hash_follows and not item.told_sha256:
        DepositItem.objects.filter(pk=item.pk, told_sha256="").update(hash_follows=True)
        item.refresh_from_db(fields=["told_sha256", "hash_follows"])
    return item


@dataclass(frozen=True, slots=True)
class Coming:
    """One file that somebody is about to send."""

    filename: str
    size: int
    key: str
    path: str = ""


def _announced(file: Coming, deposit: Deposit, by: User) -> DepositItem:
    require_open(deposit, by=by)
    size, key = file.size, file.key
    if not key or len(key) > LONGEST_KEY:
        raise Invalid("key_required")
    known = DepositItem.objects.filter(deposit=deposit, key=key).first()
    if known is not None and known.size != size:
        raise Invalid("other_size", filename=known.filename)
    if known is not None and known.compared == Compared.DIFFERS:
        known = begin_again(known)
    if known is not None and known.state != ItemState.REFUSED:
        return known
    if refusal := _refusal(size):
        raise refusal
    if known is None and deposit.items.count() >= MOST_FILES:
        raise Invalid("too_many_files", limit_count=MOST_FILES)
    _refuse_full_disk(size)
    if known is not None:  # What may be taken by now: the limit was raised.
        known.state, known.error, known.told_sha256 = ItemState.SENDING, {}, ""
        known.save(update_fields=["state", "error", "told_sha256", "touched_at"])
        return known
    item, _made = DepositItem.objects.get_or_create(
        deposit=deposit,
        key=key,
        defaults={"filename": clean_name(file.filename), "path": clean_path(file.path), "size": size},
    )
    return item


@transaction.atomic
def announce_files(*, deposit: Deposit, coming: Iterable[Coming], by: User) -> int:
    """Put the files that are about to be sent on the receipt, before the first byte of any; return how many are new.

    Whatever happens afterwards (the page is closed, the network stays away), the receipt tells them as not here. What can
    never be taken stands there as refused, with the reason.
    Raises Conflict("deposit_undone"), Invalid with `key_required` or `too_many_files`, NotAllowed.
    """
    require_open(deposit, by=by)
    files = {file.key: file for file in coming}
    if not all(0 < len(key) <= LONGEST_KEY for key in files):
        raise Invalid("key_required")
    known = set(DepositItem.objects.filter(deposit=deposit, key__in=files).values_list("key", flat=True))
    new = [_row(deposit, file) for key, file in files.items() if key not in known]
    if deposit.items.count() + len(new) > MOST_FILES:
        raise Invalid("too_many_files", limit_count=MOST_FILES)
    # Another window may announce the same file at this moment.
    DepositItem.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def _row(deposit: Deposit, file: Coming) -> DepositItem:
    refusal = _refusal(file.size)
    return DepositItem(
        deposit=deposit, key=file.key, filename=clean_name(file.filename), path=clean_path(file.path),
        size=max(file.size, 0), state=ItemState.REFUSED if refusal else ItemState.SENDING,
        error=refusal.as_json() if refusal else {},
    )  # fmt: skip


def _refusal(size: int) -> Invalid | None:
    """Return why a file of this size is never taken; None when it is."""
    if size <= 0:
        return Invalid("empty_file")
    if size > limits.DEPOSIT_BYTES:
        return Invalid("too_large", limit=limits.DEPOSIT_BYTES)
    return None


def clean_path(path: str) -> str:
    """Return a path as words: printable, with slashes, nothing that climbs, at most 1000 characters from its end."""
    parts = (part for part in path.replace("\\", "/").split("/") if part not in ("", ".", ".."))
    return "".join(c for c in "/".join(parts) if c.isprintable())[-1000:]


def _refuse_full_disk(size: int) -> None:
    """Say so now, not after an hour of sending."""
    paths.staging().mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(paths.staging()).free < size + RESERVE:
        raise StorageFull("storage_full")
