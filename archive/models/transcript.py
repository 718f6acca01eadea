"""The texts of a film."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.enums import TranscriptKind
from archive.models.base import PublicIdModel, VersionedModel


class Transcript(PublicIdModel, VersionedModel):
    """The tie of a text to the film whose words it holds; its language is the text's."""

    video = models.ForeignKey("archive.Video", on_delete=models.PROTECT, related_name="transcripts")
    text = models.ForeignKey("archive.Text", on_delete=models.PROTECT, related_name="transcripts")
    kind = models.CharField(
        _("what the text is to the film"), max_length=12, choices=[(k.value, k.value) for k in TranscriptKind]
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey("archive.User", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["video", "text"], name="transcript_once")]

    def __str__(self) -> str:
        return self.public_id
