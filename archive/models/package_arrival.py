"""Packages that came from elsewhere, looked at before they are brought in."""

from django.db import models
from django.urls import reverse

from archive.models.base import PublicIdModel


class PackageArrival(PublicIdModel):
    """One package that somebody wants to bring in: what it would make, and what became of it."""

    arrival = models.ForeignKey("archive.FileArrival", on_delete=models.PROTECT, related_name="+")
    #: The newest: that looks at it, or that brings it in.
    job = models.ForeignKey("archive.Job", null=True, on_delete=models.PROTECT, related_name="+")
    #: What it would make, as `actions._package_preview` tells it; None until it was looked at and found sound.
    preview = models.JSONField(null=True)
    #: What it was brought in as: one of the two, or none yet.
    work = models.ForeignKey("archive.Work", null=True, on_delete=models.PROTECT, related_name="+")
    collection = models.ForeignKey(
        "archive.Collection", null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_by = models.ForeignKey("archive.User", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.public_id

    def get_absolute_url(self) -> str:
        """The page that shows what it would make."""
        return reverse("package_arrival", args=[self.public_id])
