"""Files that are made for somebody who asked, and kept for a while: packages, a person's own data, receipts."""

from __future__ import annotations

from django.db import models

from archive.models.base import PublicIdModel


class KeptPackage(PublicIdModel):
    """A file that a job makes for one person, and that is swept when its time is over."""

    #: That makes it.
    job = models.ForeignKey("archive.Job", null=True, on_delete=models.PROTECT, related_name="+")
    #: Of the finished file, in bytes; None until it is there.
    size = models.PositiveBigIntegerField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    #: From then on it is not given out any more, and its bytes are deleted; None until it is there.
    expires_at = models.DateTimeField(null=True)
    #: Who asked.
    created_by = models.ForeignKey("archive.User", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.public_id

    @property
    def media_type(self) -> str:
        """What its bytes are."""
        return "application/zip"

    @property
    def ending(self) -> str:
        """The ending of its name."""
        return "zip"
