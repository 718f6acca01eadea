"""What the public saw of the catalogue, and when that changed: what harvesters are told."""

from django.db import models
from django.utils import timezone

from archive.models.base import InsertOnlyModel


class PublicTrace(InsertOnlyModel):
    """One moment at which an item that the public sees, or saw until then, changed.

    There is none of what the public never saw. Whether an item is seen now is never read from here: access says
    that; these rows say when, and that something which is not seen any more once was.
    """

    #: "work", "image", "video"; "collection" for a shelf within one that was closed or opened, which no harvest tells.
    kind = models.CharField(max_length=12)
    #: Number and public id of the item.
    item_id = models.BigIntegerField()
    public_id = models.CharField(max_length=16)
    at = models.DateTimeField(default=timezone.now)
    #: Whether the public saw it no more from then on.
    gone = models.BooleanField()
    #: Where the public saw it last.
    collection = models.ForeignKey(
        "archive.Collection", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["kind", "item_id"], name="public_trace_item")]

    def __str__(self) -> str:
        return f"{self.kind}/{self.public_id}{' gone' if self.gone else ''}"
