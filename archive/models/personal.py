"""What people ask of their own data: to take it with them, and to have it erased."""

from __future__ import annotations

from django.db import models

from archive.models.base import PublicIdModel
from archive.models.kept_package import KeptPackage


class PersonalExport(KeptPackage):
    """Everything that the site keeps about one person, packed for them and kept for a while."""

    #: Whose data it is; asked for by that person, or by an administrator whom the person asked.
    account = models.ForeignKey("archive.User", on_delete=models.PROTECT, related_name="personal_exports")


class Erasure(PublicIdModel):
    """That an account's personal data is to be erased, and when it was; it holds none of what is erased."""

    account = models.ForeignKey("archive.User", on_delete=models.PROTECT, related_name="erasures")
    #: The person, or an administrator.
    asked_by = models.ForeignKey("archive.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    #: Until then it can be called off.
    due_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["account"], name="erasure_waits_once",
                condition=models.Q(cancelled_at__isnull=True),
            ),
            models.CheckConstraint(
                condition=models.Q(cancelled_at__isnull=True) | models.Q(done_at__isnull=True),
                name="erasure_cancelled_or_done",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.public_id


class SealedMail(PublicIdModel):
    """A mail on its way: its words are sealed with the site's key, and forgotten once it was sent or given up."""

    #: Encrypted; empty afterwards.
    sealed = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    #: How often it was handed to the mail server that never said whether it took it.
    unanswered = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.public_id
