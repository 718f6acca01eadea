"""What the archive suggested for a text, and somebody said no to."""

from django.db import models

from archive.models.base import InsertOnlyModel, PublicIdModel


class Dismissal(PublicIdModel, InsertOnlyModel):
    """A suggestion that is made no more in this text, to nobody, in whatever wording; or a row that takes that back."""

    text = models.ForeignKey("archive.Text", on_delete=models.PROTECT, related_name="+")
    #: `SuggestionKind`.
    kind = models.CharField(max_length=8)
    #: The words that it was made for, folded; of a name, as the vocabulary has it.
    words = models.CharField(max_length=200)
    #: What was proposed: EDTF, or the public id of a term.
    proposed = models.CharField(max_length=60)
    by = models.ForeignKey("archive.User", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    #: The dismissal that this row takes back.
    takes_back = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="taken_back_by"
    )

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["text", "kind"], name="dismissal_text")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.words}"
