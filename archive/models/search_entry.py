"""The search table: made from the rest, thrown away and rebuilt at will."""

from django.db import models


class SearchEntry(models.Model):
    """One thing that can be found: a work, a passage of a text, a note, a term."""

    #: Names a searchable kind in `archive.kinds`: "work", "passage", "annotation", "term", "image", "video".
    kind = models.CharField(max_length=20)
    #: Primary key of the row that decides who may find it (a passage: its work).
    owner_id = models.BigIntegerField()
    #: Primary key of the row itself (a passage: its text).
    object_id = models.BigIntegerField()
    language = models.CharField(max_length=20, blank=True)
    #: Code points over the revision's content; None for what is no passage.
    start = models.PositiveIntegerField(null=True)
    #: What follows the address: a fragment without "#", the block of a passage; or "?…" with its own, the page of a PDF.
    fragment = models.CharField(max_length=40, blank=True)
    title = models.TextField(blank=True)
    #: The words as they stand, for exact highlights.
    original = models.TextField(blank=True)
    #: Title and words, folded and cut into tokens by `archive.search.tokens`: what is matched.
    folded = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["kind", "object_id"]),
            models.Index(fields=["kind", "owner_id"]),
            models.Index(fields=["kind", "id"], name="archive_search_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
