"""Which files the storage elsewhere holds, and when that was last seen with our own eyes."""

from django.db import models

from archive.enums import ElsewhereState


class ElsewhereCopy(models.Model):
    """What the last look at one file's copy in the storage elsewhere found."""

    stored_file = models.OneToOneField(
        "archive.StoredFile", on_delete=models.PROTECT, related_name="elsewhere"
    )
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in ElsewhereState])
    #: When all of its bytes were last read back and had the hash; None: never.
    verified_at = models.DateTimeField(null=True)
    looked_at = models.DateTimeField()
    #: Which storage it was: another one holds nothing yet.
    place = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["place", "state"])]

    def __str__(self) -> str:
        return f"{self.stored_file_id}: {self.state}"


class VitalSign(models.Model):
    """When something that works in the background was last alive, and what is wrong with it now."""

    #: "worker", "elsewhere", "mail".
    name = models.CharField(max_length=20, unique=True)
    at = models.DateTimeField()
    #: Why it does not work; empty while it does.
    code = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return f"{self.name}: {self.code or 'well'}"
