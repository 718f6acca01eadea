"""What readers without an account report of what is public, and what they are answered."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from annotations.enums import ReportOutcome, ReportReason
from archive.models.base import PublicIdModel, VersionedModel


class Report(PublicIdModel, VersionedModel):
    """One report by somebody of whom nothing is known: its id, which they alone were told, is where they read the answer."""

    reason = models.CharField(max_length=10, choices=[(r.value, r.value) for r in ReportReason])
    words = models.TextField(_("what is wrong"), blank=True)
    #: Of the interface in which it was written.
    language = models.CharField(max_length=20)
    #: The lasting address of what is meant, without the site's own, and how the reader saw it called.
    address = models.CharField(max_length=500)
    label = models.CharField(max_length=400)
    #: What decides who may see the report: the note, else the text, else the thing.
    annotation = models.ForeignKey(
        "annotations.Annotation", null=True, on_delete=models.PROTECT, related_name="reports"
    )
    text = models.ForeignKey("archive.Text", null=True, on_delete=models.PROTECT, related_name="+")
    work = models.ForeignKey("archive.Work", null=True, on_delete=models.PROTECT, related_name="+")
    image = models.ForeignKey("archive.Image", null=True, on_delete=models.PROTECT, related_name="+")
    video = models.ForeignKey("archive.Video", null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    #: Empty while nobody has answered.
    outcome = models.CharField(max_length=8, choices=[(o.value, o.value) for o in ReportOutcome], blank=True)
    #: For the reader, who comes back to it.
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey("archive.User", null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["outcome", "-id"], name="report_open")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="") | ~models.Q(answer=""), name="report_answer_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id
