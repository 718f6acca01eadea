"""Bytes that others keep of an image: whether they still show no more than the image itself does now."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from archive.access.rules import Rule
from archive.access.viewer import Viewer
from archive.models import Derivative, Image


class StillShown(Rule):
    """The row's `stored_file` is one of the present copies of its `image`, or nothing of that is covered.

    What was made while parts were covered may thus be shown once they are not; never the other way round.
    """

    def q(self, viewer: Viewer | None = None, prefix: str = "") -> Q:
        """Return the condition; it holds for all viewers alike."""
        copies = Derivative.objects.current().filter(
            image=OuterRef(f"{prefix}image"), stored_file=OuterRef(f"{prefix}stored_file")
        )
        return Q(**{f"{prefix}image__covered": False}) | Q(Exists(copies))


STILL_SHOWN = StillShown()


def behind_covers() -> QuerySet[Image, int]:
    """Return the files of which parts are covered, under whatever name they came once more."""
    return Image.objects.filter(covered=True).order_by().values_list("arrival__stored_file", flat=True)
