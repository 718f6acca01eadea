"""The rule that nobody is shown a text whole of which a section is kept from them."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from archive.access.rules import Rule, within
from archive.access.viewer import Viewer
from archive.models import TextSection


class ReadWhole(Rule):
    """A column names no text with a section that is closed to the viewer."""

    def __init__(self, name: str, granted: Rule) -> None:
        self.name, self.granted = name, granted

    def q(self, viewer: Viewer, prefix: str = "") -> Q:
        """Return the condition; the sections in force are few, and looked through once for each question."""
        return ~Q(**{f"{prefix}{self.name}__in": within(self._closed, viewer)})

    def _closed(self, viewer: Viewer) -> QuerySet:
        return closed_to(viewer, self.granted).values("text_id")


def closed_to(viewer: Viewer, granted: Rule) -> QuerySet[TextSection]:
    """Return the sections in force that `granted` does not open to the viewer."""
    open_ = TextSection.objects.order_by().filter(granted.q(viewer)).values("pk")
    return TextSection.objects.filter(lifted_at=None).exclude(pk__in=open_)
