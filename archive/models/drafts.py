"""Imports and corrections on their way to becoming a revision."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.enums import DraftState, ImportState, ProblemKind, ProblemState, TextRole, TranscriptKind
from archive.models.base import PublicIdModel, VersionedModel
from archive.models.work import DIRECTIONS


class ImportRun(PublicIdModel):
    """One reading of a file by an importer."""

    arrival = models.ForeignKey("archive.FileArrival", on_delete=models.PROTECT, related_name="import_runs")
    #: The work to which the text will belong; None until a new one is made on acceptance.
    work = models.ForeignKey("archive.Work", null=True, on_delete=models.PROTECT, related_name="import_runs")
    #: The text that the file is a new wording of; None for a first import.
    text = models.ForeignKey("archive.Text", null=True, on_delete=models.PROTECT, related_name="import_runs")
    #: Which part of the work the text will be: its place and its kind (`PART_ROLES`); None: no part.
    part_order = models.PositiveIntegerField(null=True, blank=True)
    part_role = models.CharField(max_length=12, blank=True, choices=[(r.value, r.value) for r in TextRole])
    part_title_ar = models.CharField(max_length=300, blank=True)
    part_title_en = models.CharField(max_length=300, blank=True)
    #: The film whose words the file holds, and what they are to it; None and "" of other files.
    video = models.ForeignKey(
        "archive.Video", null=True, blank=True, on_delete=models.PROTECT, related_name="import_runs"
    )
    transcript_kind = models.CharField(
        max_length=12, choices=[(k.value, k.value) for k in TranscriptKind], blank=True
    )
    #: The PDF whose words are read; None of other files.
    image = models.ForeignKey(
        "archive.Image", null=True, blank=True, on_delete=models.PROTECT, related_name="import_runs"
    )
    importer = models.CharField(_("importer"), max_length=30)
    importer_version = models.CharField(max_length=30, blank=True)
    language = models.CharField(_("language"), max_length=20)
    #: The encoding that a person chose; empty: as the bytes tell.
    encoding = models.CharField(max_length=20, blank=True)
    #: What reading told of the file: encoding, and what a guess of it rests on.
    facts = models.JSONField(default=dict, blank=True)
    state = models.CharField(
        max_length=12, choices=[(s.value, s.value) for s in ImportState], default=ImportState.QUEUED
    )
    #: Why it failed: `{"code": …, "params": {…}}`, worded by the page in the reader's language.
    error = models.JSONField(default=dict, blank=True)
    job = models.ForeignKey("archive.Job", null=True, on_delete=models.PROTECT, related_name="+")
    created_by = models.ForeignKey("archive.User", null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.public_id


class TextDraft(PublicIdModel, VersionedModel):
    """A text before it is accepted: the result of an import, or a correction of a revision."""

    run = models.OneToOneField(ImportRun, null=True, on_delete=models.PROTECT, related_name="draft")
    text = models.ForeignKey("archive.Text", null=True, on_delete=models.PROTECT, related_name="drafts")
    #: The revision that is corrected; None for a first import.
    base = models.ForeignKey(
        "archive.TextRevision", null=True, on_delete=models.PROTECT, related_name="drafts"
    )
    title = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=20)
    direction = models.CharField(max_length=3, choices=DIRECTIONS)
    content = models.TextField()
    blocks = models.JSONField()
    marks = models.JSONField()
    #: Changes that the importer made by itself, as JSON of `Repair`.
    repairs = models.JSONField(default=list)
    #: SHA-256 of the canonical JSON of content, blocks and marks; acceptance names it.
    sha256 = models.CharField(max_length=64)
    state = models.CharField(
        max_length=12, choices=[(s.value, s.value) for s in DraftState], default=DraftState.OPEN
    )
    #: The job that last computed what acceptance would do to the annotations.
    preview_job = models.ForeignKey("archive.Job", null=True, on_delete=models.PROTECT, related_name="+")
    created_by = models.ForeignKey("archive.User", null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title or (self.run.arrival.filename if self.run else "") or self.public_id


class ImportProblem(PublicIdModel):
    """Something that looks wrong in a draft; a person decides on it."""

    draft = models.ForeignKey(TextDraft, on_delete=models.CASCADE, related_name="problems")
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in ProblemKind])
    #: Code points over the draft's content.
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    context = models.TextField(blank=True)
    proposal = models.JSONField(default=dict, blank=True)
    params = models.JSONField(default=dict, blank=True)
    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in ProblemState], default=ProblemState.OPEN
    )
    decided_by = models.ForeignKey("archive.User", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["draft", "start", "pk"]

    def __str__(self) -> str:
        return f"{self.kind} at {self.start}"


class DraftStep(models.Model):
    """The draft as it was before one change, so that every change can be taken back."""

    draft = models.ForeignKey(TextDraft, on_delete=models.CASCADE, related_name="steps")
    #: The version that this state had.
    version = models.PositiveIntegerField()
    #: What the change was, in a code that the page words: "apply", "edit", "join"…
    label = models.CharField(max_length=40)
    #: `ParsedText` as JSON, with the problems and their states.
    before = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["draft", "-version"]
        constraints = [models.UniqueConstraint(fields=["draft", "version"], name="draft_step_version")]

    def __str__(self) -> str:
        return self.label
