"""What was done to the vocabulary in one step, so that it can be undone as one."""

from django.db import models
from django.urls import reverse

from annotations.enums import Aspect, VocabularyAct
from archive.enums import RowOutcome, StepState
from archive.models.base import PublicIdModel


class VocabularyStep(PublicIdModel):
    """A merge, a split or an import: looked at first where it is long, applied, and undone as one."""

    act = models.CharField(max_length=6, choices=[(a.value, a.value) for a in VocabularyAct])
    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in StepState], default=StepState.APPLIED
    )
    #: Of a merge the term that went, of a split the one that was split.
    term = models.ForeignKey("annotations.Term", null=True, on_delete=models.SET_NULL, related_name="steps")
    #: Of a merge the term that stays, of a split the one that uses went to.
    other = models.ForeignKey("annotations.Term", null=True, on_delete=models.SET_NULL, related_name="+")
    #: What both were called then; of an import: filename, format, and what was left out of the file.
    asked = models.JSONField(default=dict)
    #: The file exactly as it was sent in.
    arrival = models.ForeignKey("archive.FileArrival", null=True, on_delete=models.PROTECT, related_name="+")
    #: The newest: that applies it, or undoes it.
    job = models.ForeignKey("archive.Job", null=True, on_delete=models.PROTECT, related_name="+")
    created_by = models.ForeignKey("archive.User", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.act} {self.public_id}"

    def get_absolute_url(self) -> str:
        """The page that shows what it did."""
        return reverse("vocabulary_step", args=[self.public_id])


class VocabularyRow(models.Model):
    """One thing that a step did, and what became of it when the step was undone."""

    step = models.ForeignKey(VocabularyStep, on_delete=models.CASCADE, related_name="rows")
    #: From 1; of a table, the line that a spreadsheet shows.
    place = models.PositiveIntegerField()
    aspect = models.CharField(max_length=8, choices=[(a.value, a.value) for a in Aspect])
    #: Of a use: the note, and the newest of its versions then.
    annotation = models.ForeignKey(
        "annotations.Annotation", null=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=0)
    #: Of anything else: the term that it is about.
    term = models.ForeignKey("annotations.Term", null=True, on_delete=models.SET_NULL, related_name="+")
    label = models.CharField(max_length=300, blank=True)
    #: What was, and what is then (`annotations.presenters.term_values`, or a name).
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    outcome = models.CharField(max_length=8, choices=[(o.value, o.value) for o in RowOutcome])
    #: Why not: a code and its facts, worded by pages.
    problem = models.JSONField(default=dict)

    class Meta:
        ordering = ["step", "place", "pk"]
        indexes = [models.Index(fields=["step", "outcome"], name="vocabulary_row_outcome")]

    def __str__(self) -> str:
        return f"{self.step_id}/{self.place}"


class TagMove(models.Model):
    """A tag that is read as another term, since a split said so; the tag itself stays as it was approved."""

    tag = models.OneToOneField("annotations.VersionTag", on_delete=models.PROTECT, related_name="move")
    term = models.ForeignKey("annotations.Term", on_delete=models.PROTECT, related_name="moved_here")
    step = models.ForeignKey(VocabularyStep, on_delete=models.PROTECT, related_name="moves")
    moved_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.tag_id} → {self.term_id}"
