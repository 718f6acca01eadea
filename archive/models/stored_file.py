"""Bytes, by their hash, and how they arrived."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.enums import Fixity
from archive.models.base import InsertOnlyModel, PublicIdModel


class StoredFile(InsertOnlyModel):
    """Bytes that were received, kept under their SHA-256 and never changed."""

    sha256 = models.CharField(max_length=64, unique=True)
    #: In bytes.
    size = models.PositiveBigIntegerField()
    #: Found by looking at the bytes, never what the sender claimed.
    media_type = models.CharField(max_length=100)
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sha256__regex="^[0-9a-f]{64}$"), name="stored_file_sha256"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.media_type}, {self.size} bytes"


class FileArrival(PublicIdModel, InsertOnlyModel):
    """One delivery of bytes: who sent them, under which name; two people may send the same bytes."""

    stored_file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="arrivals")
    filename = models.CharField(_("file name"), max_length=255)
    sent_by = models.ForeignKey("archive.User", null=True, on_delete=models.PROTECT, related_name="arrivals")
    arrived_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.filename


class FixityCheck(InsertOnlyModel):
    """The answer of one check of stored bytes against their hash."""

    stored_file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="checks")
    outcome = models.CharField(max_length=20, choices=[(f.value, f.value) for f in Fixity])
    checked_at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return self.outcome
