"""What people picked up here in order to put it down there."""

from django.db import models
from django.db.models import Q

from archive.models.base import PublicIdModel


class PickedPlace(PublicIdModel):
    """A place that somebody means to point at: theirs alone, and gone when they put it out of the basket.

    It is no locus: those stay for ever, and most of what is picked up is never pointed at.
    """

    user = models.ForeignKey("archive.User", on_delete=models.CASCADE, related_name="picked_places")
    #: Exactly one of the five is set.
    text = models.ForeignKey("archive.Text", null=True, on_delete=models.CASCADE, related_name="+")
    image = models.ForeignKey("archive.Image", null=True, on_delete=models.CASCADE, related_name="+")
    video = models.ForeignKey("archive.Video", null=True, on_delete=models.CASCADE, related_name="+")
    work = models.ForeignKey("archive.Work", null=True, on_delete=models.CASCADE, related_name="+")
    annotation = models.ForeignKey(
        "annotations.Annotation", null=True, on_delete=models.CASCADE, related_name="+"
    )
    #: As the door takes it: `{"revision", "start", "end", "exact", "prefix", "suffix"}` in code points,
    #: `{"region": {…}}` in pixels of the upright original, `{"start", "end"}` in seconds, or nothing.
    place = models.JSONField(default=dict)
    #: SHA-256 of what is meant: the same place is picked up once.
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "digest"], name="picked_place_once"),
            models.CheckConstraint(
                condition=Q(text__isnull=False, image=None, video=None, work=None, annotation=None)
                | Q(text=None, image__isnull=False, video=None, work=None, annotation=None)
                | Q(text=None, image=None, video__isnull=False, work=None, annotation=None)
                | Q(text=None, image=None, video=None, work__isnull=False, annotation=None)
                | Q(text=None, image=None, video=None, work=None, annotation__isnull=False),
                name="picked_place_is_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id
