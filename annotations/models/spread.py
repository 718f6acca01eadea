"""One step by which a note was put on many passages."""

from django.db import models

from archive.models.base import InsertOnlyModel, PublicIdModel


class Spread(PublicIdModel, InsertOnlyModel):
    """What somebody put on other occurrences of the same words, in one step that can be taken back as one."""

    author = models.ForeignKey("archive.User", on_delete=models.PROTECT, related_name="+")
    #: The words that were sought.
    words = models.CharField(max_length=400)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.public_id


class SpreadNote(InsertOnlyModel):
    """A note that a step made."""

    spread = models.ForeignKey(Spread, on_delete=models.PROTECT, related_name="made")
    annotation = models.OneToOneField(
        "annotations.Annotation", on_delete=models.PROTECT, related_name="spread_note"
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.spread_id}: {self.annotation_id}"
