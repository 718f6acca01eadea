"""Canonical JSON (RFC 8785) of a snapshot, and the hash that names it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import lru_cache

import rfc8785

from annotations.editions.values import Snapshot
from annotations.editions.wire import snapshot_from_json, snapshot_to_json


def dumps(snapshot: Snapshot) -> str:
    """Return the canonical JSON: equal snapshots give equal bytes, on every machine."""
    return rfc8785.dumps(snapshot_to_json(snapshot)).decode()


def manifest_hash(canonical: str) -> str:
    """Return the SHA-256 of the canonical JSON: the release's name for ever."""
    return hashlib.sha256(canonical.encode()).hexdigest()


def loads(canonical: str) -> Snapshot:
    """Return the snapshot that a release holds."""
    return snapshot_from_json(json.loads(canonical))


class _Held:
    """A release's text that is fetched only when its hash is not in the cache."""

    def __init__(self, digest: str, load: Callable[[], str]) -> None:
        self.digest, self.load = digest, load

    def __hash__(self) -> int:
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.digest == self.digest


@lru_cache(maxsize=8)
def _loaded(held: _Held) -> Snapshot:
    snapshot = loads(held.load())
    held.load = str  # The cache keeps its keys; what they refer to shall not be kept with them.
    return snapshot


def snapshot_of(digest: str, load: Callable[[], str]) -> Snapshot:
    """Return the snapshot of a release, parsed once a process: its hash names the value, so it never ages."""
    return _loaded(_Held(digest, load))
