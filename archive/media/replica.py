"""The second place that holds every file: a folder, best on another disk or machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from archive.models import StoredFile


def root() -> Path | None:
    """Return the replica's folder, if the site has one."""
    return Path(settings.REPLICA_ROOT) if settings.REPLICA_ROOT else None


def of_sha256(sha256: str) -> Path:
    """Return where the replica keeps the bytes with this hash; only for a site that has one."""
    return Path(settings.REPLICA_ROOT) / "originals" / sha256[:2] / sha256


def missing() -> Iterator[StoredFile]:
    """Yield the files that the replica does not hold, oldest first; none without a replica."""
    if root() is None:
        return
    for stored in StoredFile.objects.order_by("pk").iterator(chunk_size=2000):
        if not of_sha256(stored.sha256).exists():
            yield stored
