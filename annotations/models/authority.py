"""Authority files that were loaded from a table, so that terms are compared with them without a network."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from archive.models.base import PublicIdModel


class AuthorityFile(PublicIdModel):
    """A part of Wikidata, GeoNames or the like, as somebody loaded it."""

    name = models.CharField(_("name"), max_length=120)
    #: A code of `annotations.authorities.SCHEMES`, or "" for a list of the house.
    scheme = models.CharField(_("authority"), max_length=12, blank=True)
    #: Before an identifier, it makes an address; empty for a known scheme.
    address = models.URLField(_("address of an entry"), max_length=200, blank=True)
    #: Whether tools without an account may ask it.
    is_open = models.BooleanField(_("open to tools without an account"), default=True)
    #: Which of its loadings counts; the rows of another are being written, or being taken away.
    load = models.PositiveIntegerField(default=0)
    #: Rows, and those that were left out with the reason: `[{"line": 7, "code": "no_name"}]`, the first of them.
    count = models.PositiveIntegerField(default=0)
    left_out = models.JSONField(default=list)
    arrival = models.ForeignKey("archive.FileArrival", null=True, on_delete=models.PROTECT, related_name="+")
    job = models.ForeignKey("archive.Job", null=True, on_delete=models.PROTECT, related_name="+")
    created_by = models.ForeignKey("archive.User", null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    loaded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page on the desk."""
        return reverse("authority_file", args=[self.public_id])


class AuthorityRecord(models.Model):
    """One entry of an authority file."""

    file = models.ForeignKey(AuthorityFile, on_delete=models.CASCADE, related_name="records")
    load = models.PositiveIntegerField(default=0)
    identifier = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=20, blank=True)
    #: A kind of term, or whatever the file calls it.
    type = models.CharField(max_length=40, blank=True)
    description = models.CharField(max_length=500, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    date_edtf = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["file", "load", "identifier"], name="authority_record_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.identifier})"


class AuthorityName(models.Model):
    """A name of an entry, folded: what is looked up."""

    record = models.ForeignKey(AuthorityRecord, on_delete=models.CASCADE, related_name="names")
    #: The file of the record, so that one index answers.
    file = models.ForeignKey(AuthorityFile, on_delete=models.CASCADE, related_name="+")
    load = models.PositiveIntegerField(default=0)
    language = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=200)
    #: `archive.text.folding.fold_key(name)`.
    folded = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["file", "load", "folded"], name="authority_name_folded")]

    def __str__(self) -> str:
        return self.name
