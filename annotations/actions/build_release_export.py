"""Build a file of a release that was asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.db import transaction

from annotations.actions.ask_release_export import BUILD_RELEASE_EXPORT
from annotations.editions.reading import releases
from annotations.exports import FORMATS
from annotations.exports.given import given_of
from annotations.models import ReleaseExport
from annotations.presenters.issue import Issue
from annotations.presenters.kept_exports import bytes_of, is_made, key_of
from annotations.presenters.released import issue_of
from archive import kinds
from archive.access import ANYBODY, visible_to
from archive.actions.bump_epoch import bump_epoch
from archive.actions.record_event import record_event
from archive.errors import NotVisible
from archive.media.packages import lay_down
from archive.models import User

Progress = Callable[..., None]


def build_release_export(
    *, export_id: int, by: User | None = None, progress: Progress = lambda percent, **message: None
) -> ReleaseExport:
    """Write the file from the snapshot; one that is there stays as it is. A bundle takes the forms that are there.

    Not atomic as a whole: killed at any moment, it can simply be run again. When something of the release was hidden since
    it was asked for, there will be no such file. Raises NotVisible, StorageFull, HashiyaError("bytes_missing", "not_printed").
    """
    export = ReleaseExport.objects.get(pk=export_id)
    if is_made(export):
        return export
    issue = _issue(export, by)
    progress(5, code="export_writing", params={})
    given = given_of(issue, progress=_telling(progress), kept=lambda form: bytes_of(_sibling(export, form)))
    chunks = FORMATS[export.form].write(given)
    size, sha256 = lay_down(export, lambda staged: _fill(staged, chunks))
    # What was hidden meanwhile can be in it.
    _issue(export, by)
    return _finish(export, size, sha256)


def _sibling(export: ReleaseExport, form: str) -> ReleaseExport | None:
    """Return the row of another form of the same release, made by the same writers of what is shown in the same state."""
    rows = ReleaseExport.objects.filter(release=export.release_id, shown_key=export.shown_key, form=form)
    return rows.select_related("job").first()


def _issue(export: ReleaseExport, by: User | None) -> Issue:
    """Return the release as the public may see it; raises NotVisible when that is not what was asked for any more."""
    release = visible_to(releases(), by or ANYBODY).filter(pk=export.release_id).first()
    if release is None:
        raise NotVisible("not_visible")
    issue = issue_of(release)
    if key_of(issue) != export.shown_key:
        raise NotVisible("not_visible")
    return issue


def _telling(progress: Progress) -> Callable[[int], None]:
    return lambda percent: progress(5 + percent * 9 // 10, code="export_writing", params={})


def _fill(staged: Path, chunks: Iterator[bytes]) -> None:
    with staged.open("xb") as file:
        file.writelines(chunks)


@transaction.atomic
def _finish(export: ReleaseExport, size: int, sha256: str) -> ReleaseExport:
    locked = ReleaseExport.objects.select_for_update(no_key=True).get(pk=export.pk)
    locked.size, locked.sha256 = size, sha256
    locked.save(update_fields=["size", "sha256"])
    if visible_to(releases(), ANYBODY).filter(pk=locked.release_id).exists():
        bump_epoch()  # The release's page tells of it.
    record_event("release.exported", target=locked, by=None, form=locked.form, sha256=sha256, size=size)
    return locked


@kinds.handles(BUILD_RELEASE_EXPORT, of=(ReleaseExport, "export"))
def _handle(job: Any, progress: Progress) -> dict[str, Any]:
    export = build_release_export(export_id=job.payload["export"], by=job.created_by, progress=progress)
    return {"export": export.public_id}
