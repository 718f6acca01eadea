"""Which kept files of a release hold now: none that shows what is hidden today."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import IO

from annotations.editions.reading import releases
from annotations.editions.shown_key import shown_key
from annotations.models import ReleaseExport
from annotations.presenters.issue import Issue
from annotations.presenters.released import issue_of
from archive.media.packages import place_of

#: Bytes that are read at once.
CHUNK = 1024 * 1024


def key_of(issue: Issue) -> str:
    """Return what names the present state of an issue."""
    published = issue.published_at.date().isoformat() if issue.published_at else ""
    return shown_key(issue.shown, address=issue.permalink, published=published)


def asked(issue: Issue) -> dict[str, ReleaseExport]:
    """Return the files that were asked for of this state, by form, made or not."""
    rows = ReleaseExport.objects.filter(
        release__edition__public_id=issue.snapshot.edition, release__number=issue.snapshot.number,
        shown_key=key_of(issue),
    )  # fmt: skip
    return {row.form: row for row in rows.select_related("job")}


def is_made(row: ReleaseExport | None) -> bool:
    """Whether a file is there to be fetched."""
    return row is not None and row.size is not None and place_of(row).is_file()


def bytes_of(row: ReleaseExport | None) -> Iterator[bytes] | None:
    """Return the bytes of a file as they were laid down; None when they are not there, or not those any more."""
    if row is None or row.size is None:
        return None
    try:
        file = place_of(row).open("rb")
    except FileNotFoundError:
        return None
    if hashlib.file_digest(file, "sha256").hexdigest() != row.sha256:
        file.close()
        return None
    file.seek(0)
    return _chunks(file)


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while chunk := file.read(CHUNK):
            yield chunk


def kept_ids() -> Iterator[str]:
    """Yield the public ids of files that may still be given to somebody; all others may go from the disk."""
    rows = releases().filter(pk__in=ReleaseExport.objects.order_by().values("release"))
    for release in rows:
        if release.withdrawn_at is None:
            for row in asked(issue_of(release)).values():
                yield row.public_id
