"""What descriptions said before they were changed."""

from django.db import models

from archive.enums import ChangeWay
from archive.models.base import InsertOnlyModel, PublicIdModel


class DescriptionChange(PublicIdModel, InsertOnlyModel):
    """One saved change of a description: all that it said before, and what the changed fields said after it."""

    #: "work", "collection", "image", "video".
    kind = models.CharField(max_length=12)
    item_id = models.BigIntegerField()
    #: Of the item before the change.
    version = models.PositiveIntegerField()
    #: Every field as it was (`archive.presenters.described_values`); other rows by their public ids.
    was = models.JSONField()
    #: The changed fields as the change left them.
    became = models.JSONField()
    way = models.CharField(
        max_length=10, choices=[(w.value, w.value) for w in ChangeWay], default=ChangeWay.DESCRIBED
    )
    created_by = models.ForeignKey("archive.User", null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "item_id", "version"], name="description_changed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.item_id} v{self.version}"
