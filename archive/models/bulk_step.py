"""Changes of many descriptions in one step: shown first, then applied, and taken back as one."""

from django.db import models
from django.urls import reverse

from archive.enums import RowOutcome, StepState
from archive.models.base import PublicIdModel


class BulkStep(PublicIdModel):
    """What somebody wants to change in many items of one kind, from a list of the desk or from a table."""

    #: "work", "image", "video".
    kind = models.CharField(max_length=12)
    #: Of a list: field, op, value, old. Of a table: filename, encoding, delimiter, headers, columns, lines.
    asked = models.JSONField(default=dict)
    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in StepState], default=StepState.PREVIEWED
    )
    #: The table exactly as it was sent in; None for a step from a list.
    arrival = models.ForeignKey("archive.FileArrival", null=True, on_delete=models.PROTECT, related_name="+")
    #: Of a table that describes what a deposit made: whose files it may name.
    deposit = models.ForeignKey("archive.Deposit", null=True, on_delete=models.PROTECT, related_name="steps")
    #: The newest: that applies it, or that takes it back.
    job = models.ForeignKey("archive.Job", null=True, on_delete=models.PROTECT, related_name="+")
    created_by = models.ForeignKey("archive.User", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"

    def get_absolute_url(self) -> str:
        """The page that shows what it does."""
        return reverse("bulk_step", args=[self.public_id])


class BulkRow(models.Model):
    """One item of a step: what it says, what it will say, and what became of that."""

    step = models.ForeignKey(BulkStep, on_delete=models.CASCADE, related_name="rows")
    #: From 1; of a table, the line that a spreadsheet shows.
    place = models.PositiveIntegerField()
    #: None: no item was found for it.
    item_id = models.BigIntegerField(null=True)
    #: What the item was called then, or what the table calls it.
    label = models.CharField(max_length=300, blank=True)
    #: Of the item when the step was shown; it is changed only as it was then.
    version = models.PositiveIntegerField(default=0)
    #: Stored values (`archive.presenters.described_values`) of the fields that change.
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    outcome = models.CharField(max_length=8, choices=[(o.value, o.value) for o in RowOutcome])
    #: Why not: a code and its facts, worded by pages.
    problem = models.JSONField(default=dict)
    change = models.ForeignKey(
        "archive.DescriptionChange", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["step", "place"]
        constraints = [models.UniqueConstraint(fields=["step", "place"], name="bulk_row_place")]
        indexes = [models.Index(fields=["step", "outcome"], name="bulk_row_outcome")]

    def __str__(self) -> str:
        return f"{self.step_id}/{self.place}"


class TableMapping(models.Model):
    """Which column of a table is which field: remembered for every table with the same heading."""

    kind = models.CharField(max_length=12)
    #: SHA-256 of the headers as JSON.
    headers_sha256 = models.CharField(max_length=64)
    #: The field of each column, "" for one that is left out.
    columns = models.JSONField()
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "headers_sha256"], name="table_mapping_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.headers_sha256[:8]}"
