"""Who of the reviewers is to look at what was handed in, and by when."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.models.base import VersionedModel


class Assignment(VersionedModel):
    """What reviewers agreed on for one submission; it keeps no other of them from deciding."""

    submission = models.OneToOneField(
        "annotations.Submission", on_delete=models.PROTECT, related_name="assignment"
    )
    #: None: nobody any more.
    reviewer = models.ForeignKey(
        "archive.User", null=True, on_delete=models.PROTECT, related_name="review_assignments"
    )
    due_on = models.DateField(_("to be decided by"), null=True)
    #: When whoever is to decide was told that the day is near, and that it is over; each once, and anew of another day.
    soon_told_at = models.DateTimeField(null=True)
    late_told_at = models.DateTimeField(null=True)
    assigned_by = models.ForeignKey("archive.User", on_delete=models.PROTECT, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["reviewer", "due_on"], name="assignment_due")]

    def __str__(self) -> str:
        return f"{self.submission_id} → {self.reviewer_id}"
