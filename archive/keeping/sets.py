"""A backup on disk: a pool of files by hash, and one folder for each time a backup was made.

TARGET/originals/ab/<sha256>     bytes, shared by all sets, each copied once
TARGET/sets/<time>/database.*    the database at that time
TARGET/sets/<time>/manifest.json what the set is, and where the audit chain ended
TARGET/sets/<time>/SHA256SUMS    verifies it without this program: `sha256sum -c sets/<time>/SHA256SUMS` in TARGET
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from archive.errors import Invalid
from archive.media import folders

FORMAT = 1
CHUNK = 1024 * 1024
SUMS, MANIFEST = "SHA256SUMS", "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What one backup set says of itself."""

    format: int
    #: ISO 8601, UTC.
    made_at: str
    #: "sqlite" or "postgresql".
    vendor: str
    #: Name of the database's file in the set.
    database: str
    #: Applied migrations, "app.name".
    migrations: tuple[str, ...]
    #: Where the audit chain ended.
    sequence: int
    chain_hash: str
    files: int
    #: Of all files together.
    bytes: int


@dataclass(frozen=True, slots=True)
class BackupSet:
    """A finished backup set."""

    folder: Path

    @property
    def pool(self) -> Path:
        """The folder above all sets, which holds the files."""
        return self.folder.parent.parent

    def manifest(self) -> Manifest:
        """Return what the set says of itself; raises Invalid("backup_unreadable")."""
        try:
            raw: dict[str, Any] = json.loads((self.folder / MANIFEST).read_text("utf-8"))
            manifest = Manifest(**{**raw, "migrations": tuple(raw["migrations"])})
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise Invalid("backup_unreadable", folder=str(self.folder)) from error
        if manifest.format != FORMAT:
            raise Invalid("backup_unreadable", folder=str(self.folder))
        return manifest

    def sums(self) -> Iterator[tuple[str, Path]]:
        """Yield SHA-256 and path, relative to the pool, of everything that belongs to the set."""
        try:
            lines = (self.folder / SUMS).read_text("utf-8").splitlines()
        except OSError as error:
            raise Invalid("backup_unreadable", folder=str(self.folder)) from error
        for line in lines:
            sha256, _, path = line.partition("  ")
            yield sha256, Path(path)


def in_pool(sha256: str) -> Path:
    """Return where bytes lie in the pool, relative to it."""
    return Path("originals") / sha256[:2] / sha256


def stamp(now: datetime) -> str:
    """Return a folder's name for this moment: it sorts by time and may stand in every file system."""
    return now.astimezone(UTC).strftime("%Y%m%dT%H%M%S%fZ")


def write(folder: Path, manifest: Manifest, hashes: Iterable[str], *, finished: Path) -> BackupSet:
    """Write manifest and sums into the unfinished `folder`, make all durable, and give it its name."""
    (folder / MANIFEST).write_text(json.dumps(asdict(manifest), indent=1, sort_keys=True) + "\n", "utf-8")
    own = [(sha256_of(folder / name), finished / name) for name in (MANIFEST, manifest.database)]
    pool = finished.parent.parent
    with (folder / SUMS).open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{sha256}  {path.relative_to(pool)}\n" for sha256, path in own)
        file.writelines(f"{sha256}  {in_pool(sha256)}\n" for sha256 in hashes)
    for path in (folder / MANIFEST, folder / SUMS, folder / manifest.database, folder):
        folders.sync(path)
    folder.rename(finished)
    folders.sync(finished.parent)
    return BackupSet(finished)


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file; raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
