"""Reading a BagIt bag that came from anywhere: a folder or a ZIP archive, believed in nothing."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol

from archive.errors import Invalid

CHUNK = 1024 * 1024
#: Files in one bag, bytes of one list of them, letters of one path.
MOST_FILES, MOST_LIST, LONGEST_PATH = 200_000, 64 * 1024 * 1024, 1000
#: A member of an archive that grows beyond this is a bomb: what bags hold is pictures and text.
MOST_GROWTH, FREE_GROWTH = 200, 256 * 1024 * 1024
_MANIFEST = re.compile(r"(tag)?manifest-(md5|sha1|sha256|sha512)\.txt")
_LINE = re.compile(r"([0-9a-fA-F]{32,128})[ \t]+\*?(.+)")
_VERSION = re.compile(r"BagIt-Version: (0\.97|1\.0)\r?\nTag-File-Character-Encoding: UTF-8\s*", re.IGNORECASE)


class Bag(Protocol):
    """The files of a bag by their paths in it."""

    #: Path → size in bytes.
    sizes: dict[str, int]

    def open(self, path: str) -> IO[bytes]:
        """Open one of them."""


class FolderBag:
    """A bag that lies in a folder; links in it are refused, wherever they lead."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.sizes: dict[str, int] = {}
        for folder, folders, names in os.walk(root, followlinks=False):
            for name in (*folders, *names):
                place = Path(folder) / name
                mode = place.lstat().st_mode
                path = place.relative_to(root).as_posix()
                if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
                    raise Invalid("bag_link", path=shown(path))
                if stat.S_ISREG(mode):
                    _add(self.sizes, path, place.lstat().st_size)

    def open(self, path: str) -> IO[bytes]:
        """Open a file, which must not have become a link meanwhile."""
        return os.fdopen(os.open(self.root / path, os.O_RDONLY | os.O_NOFOLLOW), "rb")


class ZipBag:
    """A bag in a ZIP archive, in one folder or in none; nothing of it is ever unpacked to where it says."""

    def __init__(self, archive: zipfile.ZipFile, size: int) -> None:
        self.archive = archive
        members = [info for info in archive.infolist() if not info.is_dir()]
        if sum(info.file_size for info in members) > size * MOST_GROWTH + FREE_GROWTH:
            raise Invalid("bag_too_large")
        found: dict[str, int] = {}
        for info in members:
            kind = stat.S_IFMT(info.external_attr >> 16)
            if kind not in (0, stat.S_IFREG) or info.flag_bits & 1:
                raise Invalid("bag_link", path=shown(info.filename))
            _add(found, info.filename, info.file_size)
        tops = [
            path.removesuffix("bagit.txt") for path in found if path.split("/")[1:] in ([], ["bagit.txt"])
        ]
        self.top = min((top for top in tops if f"{top}bagit.txt" in found), key=len, default="")
        outside = [path for path in found if not path.startswith(self.top)]
        if outside:
            raise Invalid("bag_extra", path=shown(outside[0]))
        self.sizes = {path.removeprefix(self.top): size for path, size in found.items()}

    def open(self, path: str) -> IO[bytes]:
        """Open a member; reading it past the size that it claims is an error of the archive."""
        return self.archive.open(self.top + path)


@contextmanager
def opened(path: Path) -> Iterator[Bag]:
    """Open a bag, and turn what a broken archive raises into a refusal.

    Raises Invalid("bag_unreadable", "bag_link", "bag_path", "bag_extra", "bag_too_large").
    """
    if path.is_dir():
        yield FolderBag(path.resolve())
        return
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as archive:
            yield ZipBag(archive, path.stat().st_size)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None and path.exists():
            raise
        raise Invalid("bag_unreadable", path=shown(path.name)) from error


def verify(bag: Bag) -> dict[str, str]:
    """Return the payload's paths with their SHA-256, when all is there, nothing else is, and every hash is right.

    Raises Invalid("not_a_bag", "bag_fetch", "bag_path", "bag_missing", "bag_extra", "bag_hash", "bag_too_large").
    """
    if "fetch.txt" in bag.sizes:
        raise Invalid("bag_fetch")
    if "bagit.txt" not in bag.sizes or not _VERSION.fullmatch(_small(bag, "bagit.txt", 1024)):
        raise Invalid("not_a_bag")
    manifests = {name: _manifest(bag, name) for name in sorted(bag.sizes) if _MANIFEST.fullmatch(name)}
    payload = {path for path in bag.sizes if path.startswith("data/")}
    if "manifest-sha256.txt" not in manifests:
        raise Invalid("bag_missing", path="manifest-sha256.txt")
    for name, rows in manifests.items():
        if name.startswith("tag"):
            continue
        for path in sorted(set(rows) ^ payload):
            raise Invalid("bag_extra" if path in payload else "bag_missing", path=shown(path))
    _hashes(bag, manifests)
    return manifests["manifest-sha256.txt"]


def shown(path: str) -> str:
    """Return a path as it may stand in a sentence."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in path)[:120]


def _add(sizes: dict[str, int], path: str, size: int) -> None:
    _refuse_path(path)
    if path in sizes:
        raise Invalid("bag_path", path=shown(path))
    sizes[path] = size
    if len(sizes) > MOST_FILES:
        raise Invalid("bag_too_large")


def _refuse_path(path: str) -> None:
    parts = path.split("/")
    bad = {"", ".", ".."}.intersection(parts) or "\\" in path or ":" in parts[0] or len(path) > LONGEST_PATH
    if bad or not path.isprintable():
        raise Invalid("bag_path", path=shown(path))


def _small(bag: Bag, path: str, most: int) -> str:
    if bag.sizes[path] > most:
        raise Invalid("bag_too_large")
    with bag.open(path) as file:
        try:
            return file.read(most + 1).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise Invalid("not_a_bag") from error


def _manifest(bag: Bag, name: str) -> dict[str, str]:
    rows: dict[str, str] = {}
    for line in filter(None, _small(bag, name, MOST_LIST).replace("\r\n", "\n").split("\n")):
        found = _LINE.fullmatch(line)
        if not found:
            raise Invalid("not_a_bag")
        path = found[2].removeprefix("./").replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
        _refuse_path(path)
        if path in rows or path.startswith("data/") == name.startswith("tag"):
            raise Invalid("bag_path", path=shown(path))
        rows[path] = found[1].lower()
    return rows


def _hashes(bag: Bag, manifests: dict[str, dict[str, str]]) -> None:
    """Read every file that is listed once, for all its hashes."""
    wanted: dict[str, dict[str, str]] = {}
    for name, rows in manifests.items():
        algorithm = name.removesuffix(".txt").split("-")[1]
        for path, told in rows.items():
            wanted.setdefault(path, {})[algorithm] = told
    for path, digests in wanted.items():
        if path not in bag.sizes:
            raise Invalid("bag_missing", path=shown(path))
        running = {algorithm: hashlib.new(algorithm, usedforsecurity=False) for algorithm in digests}
        with bag.open(path) as file:
            while chunk := file.read(CHUNK):
                for digest in running.values():
                    digest.update(chunk)
        if any(running[algorithm].hexdigest() != told for algorithm, told in digests.items()):
            raise Invalid("bag_hash", path=shown(path))
