"""What was found where a linked video should be."""

from django.db import models

from archive.enums import FilmOutcome
from archive.models.base import InsertOnlyModel


class VideoCheck(InsertOnlyModel):
    """One look at a video's provider: the answer, why, and what the film was called then."""

    video = models.ForeignKey("archive.Video", on_delete=models.PROTECT, related_name="checks")
    outcome = models.CharField(max_length=20, choices=[(o.value, o.value) for o in FilmOutcome])
    #: Why it is so: a code that pages put into words; empty when the outcome says it all.
    reason = models.CharField(max_length=40, blank=True)
    #: Which of the facts below differ from those that were known, separated by spaces.
    differing = models.CharField(max_length=80, blank=True)
    #: The HTTP status of the answer; None when there was none.
    status = models.PositiveSmallIntegerField(null=True)
    title = models.CharField(max_length=300, blank=True)
    channel = models.CharField(max_length=300, blank=True)
    #: In seconds.
    duration = models.FloatField(null=True)
    #: In bytes, of a film that is a file.
    size = models.PositiveBigIntegerField(null=True)
    #: Fresh pixels of the picture that the provider shows for it.
    thumbnail = models.ForeignKey(
        "archive.StoredFile", null=True, on_delete=models.PROTECT, related_name="video_thumbnails"
    )
    checked_at = models.DateTimeField(auto_now_add=True)
    #: None: the schedule.
    checked_by = models.ForeignKey("archive.User", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["video", "outcome", "-id"], name="video_check_newest")]

    def __str__(self) -> str:
        return f"{self.video_id} {self.outcome}"
