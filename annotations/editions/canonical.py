"""Canonical JSON (RFC 8785) of a snapshot, and the hash that names it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import rfc8785

from annotations.editions.values import Snapshot
from annotations.editions.wire import snapshot_from_json, snapshot_to_json


def dumps(snapshot: Snapshot) -> str:
    """Return the canonical JSON: equal snapshots give equal bytes, on every machine."""
    return canonical(snapshot_to_json(snapshot))


def canonical(value: Any) -> str:
    """Return the canonical JSON (RFC 8785) of a value.

    Where Python's own encoder, many times quicker, writes the same octets, it does; the library has what it does not
    write so, and what is refused. Raises rfc8785.CanonicalizationError.
    """
    try:
        text = json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        text.encode()
    except (_Unlike, UnicodeEncodeError):
        return rfc8785.dumps(value).decode()
    return text


class _Unlike(Exception):
    """Python writes this otherwise than the standard does."""


#: Whole numbers that every reader of JSON has exactly; floats that Python writes as ECMAScript does.
_MOST, _FLOATS = 2**53 - 1, (1e-4, 2.0**53)
#: Names that are in one order by code points and by UTF-16.
_SORTED_ALIKE = re.compile(r"[\x00-\ud7ff]*").fullmatch


def _plain(value: Any) -> Any:
    """Return a value that Python writes as the standard does; raises _Unlike."""
    kind = type(value)
    if kind is str or value is None or kind is bool:
        return value
    if kind is int:
        if -_MOST <= value <= _MOST:
            return value
        raise _Unlike
    if kind is float:
        if value.is_integer() and abs(value) <= _MOST:
            return int(value)
        if _FLOATS[0] <= abs(value) < _FLOATS[1]:
            return value
        raise _Unlike
    if kind is list or kind is tuple:
        return [_plain(one) for one in value]
    if isinstance(value, Mapping):
        return {_name(name): _plain(one) for name, one in value.items()}
    if isinstance(value, str):
        return str(value)
    raise _Unlike


def _name(name: Any) -> str:
    if isinstance(name, str) and _SORTED_ALIKE(name):
        return name
    raise _Unlike


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
