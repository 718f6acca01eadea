"""Ask for a release in one of the export formats."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from annotations.editions.reading import releases
from annotations.exports import FORMATS
from annotations.exports.given import given_of
from annotations.models import Edition, Release, ReleaseExport
from annotations.presenters.kept_exports import is_made, key_of
from annotations.presenters.released import issue_of
from archive.access import ANYBODY, visible_to
from archive.actions.enqueue import enqueue, hurry
from archive.enums import JobState
from archive.errors import Invalid, NotVisible
from archive.models import Job, User

BUILD_RELEASE_EXPORT = "build_release_export"
#: Between two files that nobody asked for yet: what somebody waits for gets in between.
APART = timedelta(seconds=20)


@transaction.atomic
def ask_release_export(
    *, release: str, form: str, by: User | None, after: timedelta | None = None
) -> ReleaseExport:
    """Promise the file of a release (public id) in a format, as the public may see it now; one that is there stays.

    Anybody may ask: it is made once for everyone. One that failed is tried anew. With `after` nobody waits for it yet.
    Raises NotVisible, Invalid("unknown_format", "not_whole").
    """
    if form not in FORMATS:
        raise Invalid("unknown_format", field="format")
    seen = visible_to(releases(), by or ANYBODY)
    row = seen.filter(public_id=release).first()
    if row is None:
        raise NotVisible("not_visible")
    Edition.objects.select_for_update(no_key=True).get(pk=row.edition_id)
    issue = issue_of(row)
    if FORMATS[form].is_exact and not given_of(issue).is_whole:
        raise Invalid("not_whole", field="format")
    export, _new = ReleaseExport.objects.get_or_create(
        release=row, form=form, shown_key=key_of(issue),
        defaults={"media_type": FORMATS[form].media_type, "ending": FORMATS[form].ending},
    )  # fmt: skip
    if is_made(export):
        return export
    if export.job is None or not is_promised(export.job):
        _promise(export, by, timezone.now() + after if after else None)
    elif after is None:
        hurry(export.job)
    return export


def is_promised(job: Job | None) -> bool:
    """Whether somebody works on it, or will."""
    return job is not None and job.state in (JobState.QUEUED, JobState.RUNNING)


def _promise(export: ReleaseExport, by: User | None, due: datetime | None) -> None:
    export.job = enqueue(
        BUILD_RELEASE_EXPORT, dedupe_key=str(export.pk), not_before=due, by=by, export=export.pk
    )
    export.size, export.sha256 = None, ""
    export.save(update_fields=["job", "size", "sha256"])


def ask_all(release: Release) -> None:
    """Promise a public release in every format that it can be given in, one after the other.

    The bundle comes last: it takes the files that are there, and writes for itself what is not.
    """
    for place, form in enumerate(FORMATS, start=1):
        try:
            ask_release_export(release=release.public_id, form=form, by=None, after=place * APART)
        except Invalid:
            continue  # Its exact bytes are hidden in part.
