"""Who agreed to what, of those who speak in a work."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.models.base import PublicIdModel


class Consent(PublicIdModel):
    """What one person agreed to; never public, and never read to decide who sees a work: people act on it."""

    work = models.ForeignKey("archive.Work", on_delete=models.PROTECT, related_name="consents")
    #: A name, or a code that the archive keeps elsewhere.
    person = models.CharField(_("person"), max_length=200)
    #: Codes of `ConsentPurpose`, in its order.
    purposes = models.JSONField(_("what they agreed to"), default=list)
    given_on = models.DateField(_("given on"))
    #: The last day on which it holds; None: without end.
    until = models.DateField(_("until"), null=True, blank=True)
    note = models.TextField(_("conditions"), blank=True)
    created_by = models.ForeignKey("archive.User", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    #: When the archive was told that it holds no more.
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawal_note = models.TextField(blank=True)
    #: When somebody had done what its end asked for; until then it waits on the worklist.
    settled_at = models.DateTimeField(null=True, editable=False)
    settled_by = models.ForeignKey("archive.User", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("given_on")),
                name="consent_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id
