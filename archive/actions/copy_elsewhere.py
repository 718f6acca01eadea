"""Keep a copy of a file in the storage elsewhere, and see with our own eyes that it is the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils import timezone

from archive import kinds
from archive.actions.vital_signs import sign_of_life
from archive.enums import ElsewhereState
from archive.keeping.sets import sha256_of
from archive.media import elsewhere, paths
from archive.models import ElsewhereCopy, StoredFile
from archive.outside.store import Store, StoreError

COPY_ELSEWHERE = "copy_elsewhere"
Alive = Callable[[], object]


def copy_elsewhere(*, stored_file_id: int, check: bool = False, alive: Alive = lambda: None) -> str:
    """Send the bytes if they still have their hash, read them back, and write down what was found; "" without a storage.

    A copy that is there is left alone; with `check` it is read back (where the settings say so), and sent anew if it is
    not the same. Raises StoreError: what was sent and came back otherwise is tried again.
    """
    store = elsewhere.store()
    if store is None:
        return ""
    stored = StoredFile.objects.get(pk=stored_file_id)
    try:
        state = _kept(store, stored, check, alive)
    except StoreError as error:
        sign_of_life(elsewhere.SIGN, code=error.code)
        raise
    sign_of_life(elsewhere.SIGN)
    return state


def _kept(store: Store, stored: StoredFile, check: bool, alive: Alive) -> str:
    name, path = elsewhere.name_of(stored.sha256), paths.of_sha256(stored.sha256)
    if store.size_of(name) == stored.size:
        row = elsewhere.kept().filter(stored_file=stored).first()
        read_back = settings.REPLICA_S3_READ_BACK == "always"
        if row is not None and row.verified_at and not (check and read_back):
            return row.state
        if store.read(name, most=stored.size, alive=alive) == stored.sha256:
            return _found(store, stored, ElsewhereState.KEPT)
    if not _is_whole(path, stored):
        return _found(store, stored, ElsewhereState.HELD_BACK)
    alive()
    store.send(name, path, sha256=stored.sha256)
    if store.read(name, most=stored.size, alive=alive) != stored.sha256:
        _found(store, stored, ElsewhereState.WRONG)
        raise StoreError("store_other_bytes")
    return _found(store, stored, ElsewhereState.KEPT)


def _is_whole(path: Any, stored: StoredFile) -> bool:
    """Whether our own bytes are right: bad ones never go in the place of a copy."""
    try:
        return path.stat().st_size == stored.size and sha256_of(path) == stored.sha256
    except FileNotFoundError:
        return False


def _found(store: Store, stored: StoredFile, state: ElsewhereState) -> str:
    now = timezone.now()
    seen: dict[str, Any] = {"state": state, "looked_at": now, "place": store.place.name, "verified_at": None}
    if state == ElsewhereState.KEPT:
        seen["verified_at"] = now
    ElsewhereCopy.objects.update_or_create(stored_file=stored, defaults=seen)
    return state.value


@kinds.handles(COPY_ELSEWHERE)
def _handle(job: Any, progress: Callable[..., None]) -> dict[str, Any]:
    return {"outcome": copy_elsewhere(stored_file_id=job.payload["file"])}
