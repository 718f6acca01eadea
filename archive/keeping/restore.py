"""Put a backup set back into an empty site, and say what of it could not be put back."""

from __future__ import annotations

from dataclasses import dataclass, field

from archive.errors import Invalid
from archive.keeping import dumps, pool, sets
from archive.keeping.backup import Progress
from archive.media import paths


@dataclass(slots=True)
class RestoreReport:
    """What a restoration did."""

    manifest: sets.Manifest
    restored: int = 0
    #: SHA-256 → why its bytes were not put back.
    absent: dict[str, pool.Copied] = field(default_factory=dict)


def restore(source: sets.BackupSet, *, known_migrations: frozenset[str], progress: Progress) -> RestoreReport:
    """Verify the set, then put files and database into the configured, empty places.

    Files go first, so that the database never speaks of bytes that are still on their way. Run again after an
    interruption it goes on where it was, since the database is loaded last.
    Raises Invalid with `backup_unreadable`, `backup_damaged`, `backup_newer`, `other_database` or `not_empty`.
    """
    manifest = source.manifest()
    files = _verified(source, manifest)
    _refuse_unfit(manifest, known_migrations)
    report = RestoreReport(manifest)
    for done, sha256 in enumerate(files, start=1):
        outcome = pool.copy(
            source.pool / sets.in_pool(sha256), paths.of_sha256(sha256), sha256, hash_present=True
        )
        if outcome in (pool.Copied.DONE, pool.Copied.KEPT):
            report.restored += 1
        else:
            report.absent[sha256] = outcome
        progress(done, len(files))
    dumps.load(source.folder / manifest.database)
    return report


def _verified(source: sets.BackupSet, manifest: sets.Manifest) -> list[str]:
    """Return the hashes of the set's files, once its own parts are seen to be whole."""
    files: list[str] = []
    own: set[str] = set()
    for sha256, path in source.sums():
        if path.parts[0] == "originals":
            files.append(sha256)
            continue
        own.add(path.name)
        part = source.folder / path.name
        if not part.is_file() or sets.sha256_of(part) != sha256:
            raise Invalid("backup_damaged", file=str(part))
    if own != {sets.MANIFEST, manifest.database} or len(files) != manifest.files:
        raise Invalid("backup_damaged", file=str(source.folder / sets.SUMS))
    return files


def _refuse_unfit(manifest: sets.Manifest, known_migrations: frozenset[str]) -> None:
    if manifest.vendor != dumps.vendor():
        raise Invalid("other_database", made=manifest.vendor, here=dumps.vendor())
    unknown = sorted(set(manifest.migrations) - known_migrations)
    if unknown:
        raise Invalid("backup_newer", migration=unknown[0])
    if not dumps.is_empty():
        raise Invalid("not_empty", where="database")
