"""The snapshot itself: the very bytes whose SHA-256 is the release's name."""

from __future__ import annotations

from collections.abc import Iterator

from annotations.editions.canonical import dumps
from annotations.exports.given import Given
from archive.errors import NotVisible


def write(given: Given) -> Iterator[bytes]:
    """Yield the canonical JSON.

    Raises NotVisible when something in it has been hidden since: these bytes cannot be sent with a gap.
    """
    if not given.is_whole:
        raise NotVisible("not_visible")
    return iter((dumps(given.snapshot).encode(),))
