"""ZIP archives that are the same bytes for the same members."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterable, Iterator

#: The oldest time that a ZIP archive can name: the same for all members.
EPOCH = (1980, 1, 1, 0, 0, 0)
CHUNK = 1024 * 1024
#: Bytes that are kept in memory; more lie in a file until they are read.
IN_MEMORY = 32 * 1024 * 1024
#: Members that are compressed already.
_STORED = (".webp", ".jpg", ".jpeg", ".png", ".avif", ".woff2", ".zip", ".epub", ".docx")
Member = tuple[str, bytes | Iterable[bytes]]


def zipped(
    members: Iterable[Member], *, first: Member | None = None, stored: bool = False
) -> Iterator[bytes]:
    """Yield an archive of `members`, sorted by their paths; `first` stands before all of them, uncompressed."""
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as out:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
            if first is not None:
                _add(archive, first, stored=True)
            for member in sorted(members, key=lambda one: one[0]):
                _add(archive, member, stored=stored or member[0].endswith(_STORED))
        out.seek(0)
        while chunk := out.read(CHUNK):
            yield chunk


def _add(archive: zipfile.ZipFile, member: Member, *, stored: bool) -> None:
    path, data = member
    info = zipfile.ZipInfo(path, EPOCH)
    info.external_attr = 0o100644 << 16
    info.create_system = 3
    info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    if isinstance(data, bytes):
        archive.writestr(info, data)
        return
    with archive.open(info, "w") as file:
        for chunk in data:
            file.write(chunk)
