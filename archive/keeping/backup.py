"""Make a backup set: the database at one moment, and every file it speaks of."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from archive.keeping import dumps, pool, sets
from archive.media import paths

#: Called with files done so far and files in all.
Progress = Callable[[int, int], None]

_MIGRATIONS = "SELECT app || '.' || name FROM django_migrations ORDER BY 1"
_HEAD = "SELECT sequence, hash FROM archive_audithead WHERE id = 1"
_FILES = "SELECT sha256, size FROM archive_storedfile ORDER BY sha256"


@dataclass(slots=True)
class BackupReport:
    """What a backup did."""

    folder: Path
    manifest: sets.Manifest
    copied: int = 0
    #: SHA-256 → what is wrong with the archive's own bytes, whether or not the set holds good ones.
    lost: dict[str, pool.Copied] = field(default_factory=dict)
    #: SHA-256 → why its bytes are not in the set.
    absent: dict[str, pool.Copied] = field(default_factory=dict)


def make_backup(target: Path, *, now: datetime, hash_present: bool, progress: Progress) -> BackupReport:
    """Write a new set under `target`; nothing of it is there under its name before all of it is.

    What earlier sets brought is not copied again; `hash_present` reads it again, and mends it where it rotted.
    The database comes first: rows are written after their bytes, so every file that it names is there.
    Raises StorageFull, Invalid("pg_program_missing"), Invalid("pg_program_failed").
    """
    finished = target / "sets" / sets.stamp(now)
    unfinished = finished.with_name(f".{finished.name}.part")
    unfinished.mkdir(parents=True, mode=0o700)
    try:
        with dumps.dump(unfinished) as dumped:
            migrations = tuple(str(name) for (name,) in dumped.ask(_MIGRATIONS))
            sequence, chain_hash = dumped.ask(_HEAD)[0]
            files = {str(sha256): int(size) for sha256, size in dumped.ask(_FILES)}
        manifest = sets.Manifest(
            format=sets.FORMAT, made_at=now.isoformat(), vendor=dumped.vendor, database=dumped.name,
            migrations=migrations, sequence=sequence, chain_hash=chain_hash, files=len(files),
            bytes=sum(files.values()),
        )  # fmt: skip
        report = BackupReport(finished, manifest)
        for done, sha256 in enumerate(files, start=1):
            _copy(sha256, target, report, hash_present)
            progress(done, len(files))
        sets.write(unfinished, manifest, files, finished=finished)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    return report


def _copy(sha256: str, target: Path, report: BackupReport, hash_present: bool) -> None:
    kept = target / sets.in_pool(sha256)
    outcome = pool.copy(paths.of_sha256(sha256), kept, sha256, hash_present=hash_present)
    if outcome is pool.Copied.DONE:
        report.copied += 1
    elif outcome is not pool.Copied.KEPT:
        # An earlier set may hold what the archive has lost since.
        if not (kept.exists() and sets.sha256_of(kept) == sha256):
            report.absent[sha256] = outcome
        report.lost[sha256] = outcome
