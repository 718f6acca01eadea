"""The rule that nobody is shown a release of several texts of which one has a section that is kept from them."""

from __future__ import annotations

from django.db.models import QuerySet

from archive.access.section_rule import ReadWhole, closed_to
from archive.access.viewer import Viewer


class ReadParts(ReadWhole):
    """A column names no release of which one of several parts has a section that is closed to the viewer."""

    def _closed(self, viewer: Viewer) -> QuerySet:
        # Joined, not nested: SQLite's parser takes only so many levels.
        closed = closed_to(viewer, self.granted).filter(text__revisions__release_parts__isnull=False)
        return closed.values("text__revisions__release_parts__release_id")
