"""What happened elsewhere to what came with a package."""

from django.db import models
from django.db.models import Q

from annotations.enums import PastKind
from archive.models.base import InsertOnlyModel


class PastEvent(InsertOnlyModel):
    """What a package tells happened to a version or a release in the archive that it came from.

    Told, and no more: its names speak for no account, and nothing is decided, approved or public by it.
    """

    version = models.ForeignKey(
        "annotations.AnnotationVersion", null=True, on_delete=models.PROTECT, related_name="past"
    )
    release = models.ForeignKey(
        "annotations.Release", null=True, on_delete=models.PROTECT, related_name="past"
    )
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in PastKind])
    #: Public id, there, of the submission or the decision; empty of the rest.
    ref = models.CharField(max_length=16, blank=True)
    #: Who did it, by the name that was credited there; empty where no name is told.
    name = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField()
    #: A message, or the reason of a decision or of a withdrawal.
    words = models.TextField(blank=True)
    #: The wording that was suggested when it was returned.
    suggestion = models.TextField(blank=True, default="")
    #: Of a decision: the version's hash that was on the reviewer's screen.
    content_hash = models.CharField(max_length=64, blank=True)
    #: The submission that put what was accepted there before the reviewers here; of "said" alone.
    handed_over = models.ForeignKey(
        "annotations.Submission", null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_by = models.ForeignKey("archive.User", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(version__isnull=True) ^ Q(release__isnull=True), name="past_of_one_thing"
            ),
            models.CheckConstraint(
                condition=Q(suggestion="") | Q(kind=PastKind.RETURN), name="past_suggestion"
            ),
            models.UniqueConstraint(
                fields=["version"], condition=Q(kind=PastKind.SAID), name="past_said_once"
            ),
            models.UniqueConstraint(
                fields=["release", "kind"], condition=Q(release__isnull=False), name="past_of_release_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id or self.release_id} {self.kind}"
