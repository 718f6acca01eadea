"""Releases as the API reads them."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from annotations.editions.reading import releases
from annotations.enums import ReleaseEventKind
from annotations.models import ReleaseEvent
from archive.access import Viewer, visible_to


def release_rows(viewer: Viewer) -> QuerySet[Any]:
    """Return the releases that the viewer may see, without their snapshots, with why one was withdrawn."""
    withdrawn = ReleaseEvent.objects.filter(release=OuterRef("pk"), kind=ReleaseEventKind.WITHDRAWN)
    rows = releases().annotate(withdrawal_reason=Subquery(withdrawn.values("reason")[:1]))
    heavy = [f"revision__{name}" for name in ("content", "blocks", "marks")]
    return visible_to(rows.select_related("edition", "revision__text").defer("snapshot", *heavy), viewer)
