"""A release written in one of the export formats, and kept."""

from django.db import models

from archive.models.base import PublicIdModel


class ReleaseExport(PublicIdModel):
    """One file of one release, made of what the public could see of it when it was made.

    Everything in it can be made again: rows and files may go at any time.
    """

    release = models.ForeignKey("annotations.Release", on_delete=models.PROTECT, related_name="exports")
    #: A key of `annotations.exports.FORMATS`.
    form = models.CharField(max_length=20)
    #: Names what of the release may be shown (`annotations.editions.shown_key`); the file holds as long as it is the same.
    shown_key = models.CharField(max_length=64)
    media_type = models.CharField(max_length=100)
    #: The ending of its name.
    ending = models.CharField(max_length=10)
    #: That makes it.
    job = models.ForeignKey("archive.Job", null=True, on_delete=models.PROTECT, related_name="+")
    #: Of the finished file, in bytes; None until it is there.
    size = models.PositiveBigIntegerField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["release", "form", "shown_key"], name="release_export_once")
        ]

    def __str__(self) -> str:
        return f"{self.release_id} {self.form}"
