"""Packages that were asked for, to be taken out of the archive."""

from django.db import models
from django.urls import reverse

from archive.enums import PackageFormat
from archive.models.kept_package import KeptPackage

_MEDIA_TYPES: dict[str, str] = {PackageFormat.CSV: "text/csv", PackageFormat.JSONLD: "application/ld+json"}

#: Of those formats that are one file.
_ENDINGS: dict[str, str] = {PackageFormat.CSV: "csv", PackageFormat.JSONLD: "jsonld"}


class TakeOut(KeptPackage):
    """One package of a work or a collection, made for the person who asked, and kept for a while."""

    work = models.ForeignKey("archive.Work", null=True, on_delete=models.PROTECT, related_name="+")
    collection = models.ForeignKey(
        "archive.Collection", null=True, on_delete=models.PROTECT, related_name="+"
    )
    format = models.CharField(max_length=10, choices=[(f.value, f.value) for f in PackageFormat])
    #: Kinds and keys of all that it was packed from, told before it is packed; None: not known.
    holds = models.JSONField(null=True, editable=False)

    class Meta(KeptPackage.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(
                condition=models.Q(work__isnull=True) ^ models.Q(collection__isnull=True),
                name="take_out_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.format} {self.public_id}"

    @property
    def media_type(self) -> str:
        """What its bytes are."""
        return _MEDIA_TYPES.get(self.format, "application/zip")

    @property
    def ending(self) -> str:
        """The ending of its name."""
        return _ENDINGS.get(self.format, "zip")

    def get_absolute_url(self) -> str:
        """The page that shows how far it is."""
        return reverse("take_out", args=[self.public_id])
