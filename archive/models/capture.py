"""What the archive itself keeps of a film elsewhere, as evidence of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from archive.enums import CaptureAccess, CaptureKind
from archive.models.base import InsertOnlyModel, PublicIdModel, VersionedModel


class Capture(PublicIdModel, VersionedModel):
    """One capture of a linked film; what was captured never changes, what is said of it may."""

    video = models.ForeignKey("archive.Video", on_delete=models.PROTECT, related_name="captures")
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in CaptureKind])
    #: The bytes; None of an address.
    arrival = models.ForeignKey(
        "archive.FileArrival", null=True, on_delete=models.PROTECT, related_name="captures"
    )
    #: Found by looking at the bytes; empty of an address.
    media_type = models.CharField(max_length=60, blank=True)
    #: Where a public web archive keeps it; empty of bytes.
    url = models.URLField(_("address"), max_length=2000, blank=True)
    #: None when nobody knows.
    captured_at = models.DateTimeField(_("captured on"), null=True, blank=True)
    #: In words, since it need not be somebody with an account. Known to the keepers alone.
    captured_by = models.CharField(_("captured by"), max_length=200, blank=True)
    #: "yt-dlp 2026.01.02", "ArchiveWeb.page"
    tool = models.CharField(_("captured with"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)
    #: What the file says of itself (tags; what a WACZ holds): restricted, never in a public copy.
    embedded_metadata = models.JSONField(default=dict, blank=True, editable=False)
    access = models.CharField(
        _("who may see it"), max_length=12, choices=[(a.value, a.value) for a in CaptureAccess],
        default=CaptureAccess.AS_VIDEO,
    )  # fmt: skip
    groups = models.ManyToManyField("archive.Group", blank=True, related_name="+", verbose_name=_("groups"))
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey("archive.User", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=CaptureKind.ADDRESS, arrival__isnull=True) & ~Q(url="")
                | Q(kind__in=[CaptureKind.FILE, CaptureKind.WACZ], arrival__isnull=False, url=""),
                name="capture_bytes_or_address",
            ),
            models.UniqueConstraint(
                fields=["video", "url"], condition=~Q(url=""), name="capture_address_once"
            ),
            models.UniqueConstraint(fields=["video", "arrival"], name="capture_file_once"),
        ]

    def __str__(self) -> str:
        return self.public_id


class CleanCopy(InsertOnlyModel):
    """The sound of a recording, or the film, that the archive keeps, in a container of our own: what readers are given."""

    capture = models.OneToOneField(Capture, on_delete=models.PROTECT, related_name="clean_copy")
    stored_file = models.ForeignKey(
        "archive.StoredFile", on_delete=models.PROTECT, related_name="clean_copies"
    )
    media_type = models.CharField(max_length=60)
    #: In seconds.
    duration = models.FloatField()

    def __str__(self) -> str:
        return f"{self.capture_id}/clean"
