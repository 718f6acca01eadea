"""ZIP archives that are the same bytes for the same members."""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO

#: The oldest time that a ZIP archive can name: the same for all members.
EPOCH = (1980, 1, 1, 0, 0, 0)
CHUNK = 1024 * 1024
#: Bytes that are kept in memory; more lie in a file until they are read.
IN_MEMORY = 32 * 1024 * 1024
#: Members that are compressed already.
_STORED = (
    ".webp", ".jpg", ".jpeg", ".png", ".avif", ".woff2", ".zip", ".epub", ".docx", ".pdf",
)  # fmt: skip
Data = bytes | Iterable[bytes]
Member = tuple[str, Data]


class Archive:
    """An archive that is being written, member after member."""

    def __init__(self, out: IO[bytes]) -> None:
        self.out = out
        self._zip = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, allowZip64=True)

    def add(self, path: str, data: Data, *, stored: bool = False) -> tuple[str, int]:
        """Write a member; return its SHA-256 and its size."""
        info = zipfile.ZipInfo(path, EPOCH)
        info.external_attr = 0o100644 << 16
        info.create_system = 3
        is_packed = stored or path.endswith(_STORED)
        info.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
        digest, size = hashlib.sha256(), 0
        with self._zip.open(info, "w") as file:
            for chunk in (data,) if isinstance(data, bytes) else data:
                file.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        return digest.hexdigest(), size

    def chunks(self) -> Iterator[bytes]:
        """End the archive, and yield its bytes."""
        self._zip.close()
        self.out.seek(0)
        while chunk := self.out.read(CHUNK):
            yield chunk


@contextmanager
def archive() -> Iterator[Archive]:
    """Open a new archive; what it has grown to is gone afterwards."""
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as out:
        yield Archive(out)


def zipped(members: Iterable[Member], *, first: Member | None = None) -> Iterator[bytes]:
    """Yield an archive of `members`, sorted by their paths; `first` stands before all of them, uncompressed."""
    with archive() as packed:
        if first is not None:
            packed.add(*first, stored=True)
        for path, data in sorted(members, key=lambda one: one[0]):
            packed.add(path, data)
        yield from packed.chunks()
