"""Keep a second copy of a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from archive import kinds
from archive.keeping import pool
from archive.media import paths, replica
from archive.models import StoredFile

REPLICATE_FILE = "replicate_file"


def replicate_file(*, stored_file_id: int, hash_present: bool = False) -> str:
    """Copy the bytes to the replica if they still have their hash; return what became of them.

    With `hash_present` a copy that is there is read again and mended if it rotted. Nothing to do without a replica.
    Raises StorageFull.
    """
    if replica.root() is None:
        return ""
    sha256 = StoredFile.objects.values_list("sha256", flat=True).get(pk=stored_file_id)
    source, target = paths.of_sha256(sha256), replica.of_sha256(sha256)
    return pool.copy(source, target, sha256, hash_present=hash_present)


@kinds.handles(REPLICATE_FILE)
def _handle(job: Any, progress: Callable[..., None]) -> dict[str, Any]:
    return {"outcome": replicate_file(stored_file_id=job.payload["file"])}
