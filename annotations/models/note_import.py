"""Notes of another system's file: looked at first, brought in as one step, and taken back as one."""

from django.db import models
from django.urls import reverse

from annotations.enums import ArrivalHow, ArrivalOutcome
from archive.enums import StepState
from archive.models.base import PublicIdModel


class NoteImport(PublicIdModel):
    """A file of notes that somebody sent in, and what was made of it."""

    #: The text that its notes are on; None where each says itself what it is on.
    text = models.ForeignKey("archive.Text", null=True, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in StepState], default=StepState.PLANNING
    )
    #: filename, format, what becomes of unknown tags and of other sites' notes, revision, what was left out of the file.
    asked = models.JSONField(default=dict)
    #: The file as it was sent in, and the text that its offsets count, until they are read: notes may be private.
    data = models.BinaryField(null=True)
    base = models.BinaryField(null=True)
    #: The newest: that reads, applies or undoes it.
    job = models.ForeignKey("archive.Job", null=True, on_delete=models.PROTECT, related_name="+")
    created_by = models.ForeignKey("archive.User", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.public_id

    def get_absolute_url(self) -> str:
        """The page that shows its notes one by one."""
        return reverse("note_import", args=[self.public_id])


class NoteImportRow(models.Model):
    """One note of such a file: its own words, where it belongs, and what became of it."""

    step = models.ForeignKey(NoteImport, on_delete=models.CASCADE, related_name="rows")
    #: From 1; of a table, the line that a spreadsheet shows.
    place = models.PositiveIntegerField()
    #: SHA-256 of its name there, or of all that it says where it has none; the same file brought in twice is known by it.
    digest = models.CharField(max_length=64, db_index=True)
    #: What the file says of it (`annotations.exchange.notes.records.NoteRecord`).
    told = models.JSONField(default=dict)
    outcome = models.CharField(max_length=6, choices=[(o.value, o.value) for o in ArrivalOutcome])
    how = models.CharField(max_length=9, choices=[(h.value, h.value) for h in ArrivalHow])
    #: The public id of the text that it is on; empty for what is on none.
    text = models.CharField(max_length=16, blank=True)
    #: Code points of that text; None while they are not known.
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    #: Places that could be meant: `[[start, end, score], …]`.
    candidates = models.JSONField(default=list)
    #: Of a part of a picture or a film, or of what is elsewhere: `{"image": …}`, `{"video": …}`, `{"target": …}`.
    on = models.JSONField(default=dict)
    #: The public id of the term that each of its tags means; empty for one that nobody knows.
    terms = models.JSONField(default=list)
    #: Why not: a code and its facts, worded by pages.
    problem = models.JSONField(default=dict)
    annotation = models.ForeignKey(
        "annotations.Annotation", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["step", "place", "pk"]
        indexes = [models.Index(fields=["step", "outcome"], name="note_import_row_outcome")]

    def __str__(self) -> str:
        return f"{self.step_id}/{self.place}"
