"""One step by which somebody changed many of their notes."""

from django.db import models

from annotations.enums import NoteChange
from archive.models.base import InsertOnlyModel, PublicIdModel


class NoteStep(PublicIdModel, InsertOnlyModel):
    """What was changed about the chosen notes, all at once."""

    author = models.ForeignKey("archive.User", on_delete=models.PROTECT, related_name="+")
    change = models.CharField(max_length=10, choices=[(c.value, c.value) for c in NoteChange])
    #: The term's public id, the category, or who may see it.
    value = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.public_id


class NoteStepItem(InsertOnlyModel):
    """A note that a step changed: what it was before, and what it was made."""

    step = models.ForeignKey(NoteStep, on_delete=models.PROTECT, related_name="items")
    before = models.ForeignKey(
        "annotations.AnnotationVersion", on_delete=models.PROTECT, related_name="left_by_steps"
    )
    #: The same as `before` where only who may see the note was changed.
    after = models.ForeignKey(
        "annotations.AnnotationVersion", on_delete=models.PROTECT, related_name="made_by_steps"
    )
    visibility_before = models.CharField(max_length=7)
    group_before = models.ForeignKey("archive.Group", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["step", "before"], name="note_step_item_once")]

    def __str__(self) -> str:
        return f"{self.step_id}: {self.before_id}"
