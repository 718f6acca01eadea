"""Notes handed in, and what was decided of them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from annotations.enums import Outcome
from archive.models.base import InsertOnlyModel, PublicIdModel


class Submission(PublicIdModel, InsertOnlyModel):
    """A change-set of note versions handed in together, with a message."""

    author = models.ForeignKey("archive.User", on_delete=models.PROTECT, related_name="submissions")
    message = models.TextField(_("message"), blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.public_id


class SubmissionItem(InsertOnlyModel):
    """One version within a submission."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="items")
    version = models.ForeignKey(
        "annotations.AnnotationVersion", on_delete=models.PROTECT, related_name="submission_items"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["submission", "version"], name="submission_item_once")]

    def __str__(self) -> str:
        return f"{self.submission_id}: {self.version_id}"


class Decision(PublicIdModel, InsertOnlyModel):
    """What one reviewer decided of exactly one version."""

    version = models.ForeignKey(
        "annotations.AnnotationVersion", on_delete=models.PROTECT, related_name="decisions"
    )
    #: The version's author, repeated so that the database itself refuses self-approval.
    author = models.ForeignKey("archive.User", on_delete=models.PROTECT, related_name="+")
    reviewer = models.ForeignKey("archive.User", on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=8, choices=[(o.value, o.value) for o in Outcome])
    reason = models.TextField(_("reason"), blank=True)
    #: Of a returned note: the whole body as the reviewer would have it, Markdown; empty where none was suggested.
    suggestion = models.TextField(_("suggested wording"), blank=True, default="")
    #: The version's hash that was on the reviewer's screen.
    content_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "reviewer"], name="decision_once"),
            models.CheckConstraint(condition=~Q(reviewer=F("author")), name="decision_not_own"),
            models.CheckConstraint(condition=Q(outcome="accept") | ~Q(reason=""), name="decision_reason"),
            models.CheckConstraint(
                condition=Q(suggestion="") | Q(outcome="return"), name="decision_suggestion"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.outcome}"
