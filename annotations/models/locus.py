"""Places that can be pointed at, and where text places sit in each revision."""

from django.db import models
from django.db.models import Q

from annotations.enums import AnchorStatus, LocusKind
from archive.models.base import InsertOnlyModel, PublicIdModel


class Locus(PublicIdModel, InsertOnlyModel):
    """A place: a span of a text, a region of an image, seconds of a video, a whole work, or something elsewhere."""

    kind = models.CharField(max_length=6, choices=[(k.value, k.value) for k in LocusKind])
    text = models.ForeignKey("archive.Text", null=True, on_delete=models.PROTECT, related_name="loci")
    image = models.ForeignKey("archive.Image", null=True, on_delete=models.PROTECT, related_name="loci")
    video = models.ForeignKey("archive.Video", null=True, on_delete=models.PROTECT, related_name="loci")
    work = models.ForeignKey("archive.Work", null=True, on_delete=models.PROTECT, related_name="loci")
    #: `{"shape": "rect"|"polygon"|"ellipse", "points": [[x, y], …]}` in pixels of the upright original.
    region = models.JSONField(null=True)
    #: Seconds.
    start_time = models.FloatField(null=True)
    end_time = models.FloatField(null=True)
    #: What is not of this archive, as the target of a Web Annotation: an address, or `{"source": …, "selector": …}`.
    target = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind="text", text__isnull=False, image__isnull=True, video__isnull=True, work__isnull=True
                )
                | Q(
                    kind="region",
                    image__isnull=False,
                    text__isnull=True,
                    video__isnull=True,
                    work__isnull=True,
                )
                | Q(
                    kind="time", video__isnull=False, text__isnull=True, image__isnull=True, work__isnull=True
                )
                | Q(
                    kind="whole",
                    work__isnull=False,
                    text__isnull=True,
                    image__isnull=True,
                    video__isnull=True,
                )
                | Q(
                    kind="web",
                    target__isnull=False,
                    text__isnull=True,
                    image__isnull=True,
                    video__isnull=True,
                    work__isnull=True,
                ),
                name="locus_points_at_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(start_time__isnull=True) | Q(end_time__gte=models.F("start_time")),
                name="locus_time_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"


class Anchor(InsertOnlyModel):
    """Where one text locus sits in one revision."""

    locus = models.ForeignKey(Locus, on_delete=models.PROTECT, related_name="anchors")
    revision = models.ForeignKey("archive.TextRevision", on_delete=models.PROTECT, related_name="anchors")
    #: A re-attachment by hand is a new attempt; the newest counts.
    attempt = models.PositiveSmallIntegerField(default=1)
    #: First code point of the span in `revision.content`; None when lost.
    start = models.PositiveIntegerField(null=True)
    #: One past the last.
    end = models.PositiveIntegerField(null=True)
    #: The words themselves, so that a moved text can be searched for them.
    exact = models.TextField()
    prefix = models.CharField(max_length=64, blank=True)
    suffix = models.CharField(max_length=64, blank=True)
    status = models.CharField(max_length=10, choices=[(s.value, s.value) for s in AnchorStatus])
    #: 0 to 1: how sure the carrying-over is; 1 for what a person selected.
    score = models.FloatField(default=1.0)
    #: How it was found: "selected", "carried", "reattached".
    method = models.CharField(max_length=30, default="selected")
    #: Rival places of an uncertain anchor: `[[start, end, score], …]`.
    candidates = models.JSONField(default=list)
    created_by = models.ForeignKey("archive.User", null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["revision", "start"])]
        constraints = [
            models.UniqueConstraint(fields=["locus", "revision", "attempt"], name="anchor_attempt"),
            models.CheckConstraint(
                condition=Q(status="lost", start__isnull=True, end__isnull=True)
                | (~Q(status="lost") & Q(start__isnull=False, end__gt=models.F("start"))),
                name="anchor_span",
            ),
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=1), name="anchor_score"),
        ]

    def __str__(self) -> str:
        return f"{self.status} [{self.start}, {self.end})"
