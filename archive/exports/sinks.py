"""Where a package is written: a folder, or a ZIP archive that is the same bytes for the same members."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import IO, Protocol

from archive.errors import HashiyaError
from archive.exports.members import Member, Written

#: The oldest time that a ZIP archive can name: the same for all members.
_EPOCH = (1980, 1, 1, 0, 0, 0)
#: Called with how many bytes were written since the last call.
Tick = Callable[[int], None]


class Sink(Protocol):
    """Takes files by their paths."""

    def open(self, path: str) -> IO[bytes]:
        """Begin a new file."""


class FolderSink:
    """A new folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def open(self, path: str) -> IO[bytes]:
        """Begin a new file; nothing is ever written twice."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        return place.open("xb")


class ZipSink:
    """A ZIP archive whose members lie in one folder; nothing is compressed, since pictures are already."""

    def __init__(self, path: Path, folder: str) -> None:
        self.path, self.folder = path, folder

    def __enter__(self) -> ZipSink:
        self._file = self.path.open("xb")
        self._zip = zipfile.ZipFile(self._file, "w", zipfile.ZIP_STORED, allowZip64=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._file:
            self._zip.close()
            self._file.flush()
            os.fsync(self._file.fileno())

    def open(self, path: str) -> IO[bytes]:
        """Begin a new member."""
        info = zipfile.ZipInfo(f"{self.folder}/{path}", _EPOCH)
        info.external_attr = 0o100644 << 16
        info.create_system = 3
        return self._zip.open(info, "w", force_zip64=True)


def write(sink: Sink, member: Member, *, at: str = "", tick: Tick = lambda size: None) -> Written:
    """Write one member under its path, or under `at`; return what was written.

    Raises HashiyaError("file_not_intact") when the bytes are not what the archive recorded.
    """
    sha256, sha512, size = hashlib.sha256(), hashlib.sha512(), 0
    with sink.open(at or member.path) as file:
        for chunk in _pieces(member.chunks):
            sha256.update(chunk)
            sha512.update(chunk)
            size += len(chunk)
            file.write(chunk)
            tick(len(chunk))
    if member.sha256 and member.sha256 != sha256.hexdigest():
        raise HashiyaError("file_not_intact", file=member.name)
    return Written(member.path, size, sha256.hexdigest(), sha512.hexdigest(), member.media_type, member.name)


def _pieces(chunks: Iterable[bytes]) -> Iterable[bytes]:
    return (chunk for chunk in chunks if chunk)
