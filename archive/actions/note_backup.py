"""Record that a backup was made, and where its copy of the audit chain ends."""

from __future__ import annotations

from django.db import transaction

from archive.actions.record_event import record_event
from archive.keeping.sets import Manifest
from archive.models import SiteSettings, User


@transaction.atomic
def note_backup(*, manifest: Manifest, absent: int, by: User | None) -> None:
    """Append it to the chain, so that anybody who reads the record sees how old the last backup is."""
    settings, _ = SiteSettings.objects.get_or_create(pk=1)
    record_event(
        "site.backed_up", target=settings, by=by, files=manifest.files, bytes=manifest.bytes, absent=absent,
        sequence=manifest.sequence,
    )  # fmt: skip
