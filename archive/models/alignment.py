"""Which blocks of a translation stand for which of the original."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import F, Max

from archive.enums import AlignmentOrigin
from archive.models.base import InsertOnlyModel, PublicIdModel
from archive.text.alignment import Row


class AlignmentQuerySet(models.QuerySet["Alignment"]):
    """Pairings, of which the newest of a translation with what it translates now counts."""

    def newest_of(self, translations: Iterable[Any]) -> AlignmentQuerySet:
        """Return the pairing that counts of each of these texts (rows or keys)."""
        rows = self.filter(
            translation__text__in=translations, original__text=F("translation__text__translation_of")
        ).order_by()
        newest = rows.values("translation__text").annotate(newest=Max("pk")).values("newest")
        return self.filter(pk__in=newest)


class Alignment(PublicIdModel, InsertOnlyModel):
    """The pairing of one revision of a text with one of its translation; the newest counts."""

    original = models.ForeignKey("archive.TextRevision", on_delete=models.PROTECT, related_name="+")
    translation = models.ForeignKey(
        "archive.TextRevision", on_delete=models.PROTECT, related_name="alignments"
    )
    #: `[blocks of the original, blocks of the translation, 1 when it is to be checked]` for each row, in order.
    rows = models.JSONField()
    origin = models.CharField(max_length=12, choices=[(o.value, o.value) for o in AlignmentOrigin])
    #: Whether a person said that it may be read.
    is_approved = models.BooleanField(default=False)
    #: The one that it was made from; None for a proposal.
    before = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="after")
    #: The earlier one whose rows it has again, when it takes a change back; None else.
    restores = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    created_by = models.ForeignKey("archive.User", null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AlignmentQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            # Two people who change the same pairing at once cannot both be its next state.
            models.UniqueConstraint(fields=["before"], name="alignment_one_after"),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def pairs(self) -> list[Row]:
        """The rows as values."""
        return [Row(left, right, bool(to_check)) for left, right, to_check in self.rows]
