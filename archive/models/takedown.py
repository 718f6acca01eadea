"""What was taken down: why, what the public is told of it, and when it came back."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.enums import TakedownReason
from archive.models.base import PublicIdModel


class Takedown(PublicIdModel):
    """One taking down of one catalogue item; the item points at it as long as it is in force."""

    #: "work", "collection", "image", "video".
    kind = models.CharField(max_length=12)
    item_id = models.BigIntegerField()
    reason = models.CharField(
        _("reason"), max_length=12, choices=[(reason.value, reason.value) for reason in TakedownReason]
    )
    #: What the public reads beside the reason; in one language, both or none.
    sentence = models.CharField(_("public sentence"), max_length=500, blank=True)
    #: For those who keep the archive; never public.
    note = models.TextField(_("private note"), blank=True)
    #: Whether the tombstone says the item's title.
    shows_title = models.BooleanField(_("show the title"), default=False)
    #: Whether the public saw the item until then: of what it never saw, no tombstone tells.
    was_public = models.BooleanField(editable=False)
    created_by = models.ForeignKey("archive.User", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    #: When the item was put back; None while it is down.
    lifted_at = models.DateTimeField(null=True, editable=False)
    lifted_by = models.ForeignKey("archive.User", null=True, on_delete=models.PROTECT, related_name="+")
    #: Why it was put back; never public.
    lift_note = models.TextField(blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "item_id"], condition=models.Q(lifted_at=None), name="taken_down_once"
            ),
            models.CheckConstraint(
                condition=models.Q(lifted_at=None, lifted_by=None)
                | models.Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="takedown_lifted_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.item_id} {self.reason}"
