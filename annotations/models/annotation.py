"""Notes, their versions, and what a version points at."""

import re
import unicodedata

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotations.enums import AnnotationStatus, Category, Visibility
from archive.models.base import InsertOnlyModel, PublicIdModel, id_of_words, new_public_id

#: Ten thousand of them travel with a text's spans, so they are short; a clash (1 in 2.7e10) is drawn again.
NOTE_ID_LENGTH = 7


def new_note_id() -> str:
    """Return a short random id; access never leans on its being hard to guess."""
    return new_public_id()[:NOTE_ID_LENGTH]


def named_note_id(slug: str) -> str:
    """Return a short random id that begins with the letters of a slug, so that it never tells which are taken."""
    begin = re.sub(r"[^0-9a-z]", "", unicodedata.normalize("NFKD", slug[:100]).lower())
    return begin[: 16 - NOTE_ID_LENGTH] + new_note_id()


class Annotation(PublicIdModel):
    """A note: who wrote it, who may see it, where it stands; what it says is in its versions."""

    public_id = models.CharField(max_length=16, unique=True, editable=False, default=new_note_id)
    author = models.ForeignKey("archive.User", on_delete=models.PROTECT, related_name="annotations")
    #: Who wrote it, where that was in another archive: `author` is then who brought it in and answers for it.
    credited = models.CharField(max_length=120, blank=True, default="", editable=False)
    #: The text that its place is in; None for images and videos. A note never moves to another text.
    text = models.ForeignKey("archive.Text", null=True, on_delete=models.PROTECT, related_name="annotations")
    image = models.ForeignKey(
        "archive.Image", null=True, on_delete=models.PROTECT, related_name="annotations"
    )
    video = models.ForeignKey(
        "archive.Video", null=True, on_delete=models.PROTECT, related_name="annotations"
    )
    visibility = models.CharField(
        _("who may see it"),
        max_length=7,
        choices=[(v.value, v.value) for v in Visibility],
        default=Visibility.OPEN,
    )
    group = models.ForeignKey(
        "archive.Group", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    status = models.CharField(
        max_length=9, choices=[(s.value, s.value) for s in AnnotationStatus], default=AnnotationStatus.DRAFT
    )
    newest_version = models.ForeignKey(
        "annotations.AnnotationVersion", null=True, on_delete=models.PROTECT, related_name="+"
    )
    accepted_version = models.ForeignKey(
        "annotations.AnnotationVersion", null=True, on_delete=models.PROTECT, related_name="+"
    )
    #: Names that it had before it came here: `{"canonical": IRI, "via": [IRI, …]}` of the Web Annotation Model.
    elsewhere = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["text", "status"]), models.Index(fields=["author", "status"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(visibility="group", group__isnull=False)
                | (~Q(visibility="group") & Q(group__isnull=True)),
                name="annotation_group",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def author_name(self) -> str:
        """The name that readers are told; the author's row is at hand."""
        return self.credited or str(self.author)

    @property
    def author_key(self) -> str:
        """The public id of whom readers are told of; of who has no account here, one made of the name."""
        return id_of_words(f"credited:{self.credited}") if self.credited else self.author.public_id


class AnnotationVersion(PublicIdModel, InsertOnlyModel):
    """What a note said at one time: words, place, tags, references; a decision binds its hash."""

    annotation = models.ForeignKey(Annotation, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    locus = models.ForeignKey("annotations.Locus", on_delete=models.PROTECT, related_name="versions")
    category = models.CharField(
        max_length=8, choices=[(c.value, c.value) for c in Category], default=Category.NOTE
    )
    #: Markdown.
    body = models.TextField(blank=True)
    #: BCP 47 language of the body.
    language = models.CharField(max_length=20, default="ar")
    tags = models.ManyToManyField("annotations.Term", through="annotations.VersionTag", related_name="+")
    #: SHA-256 of body, language, category, tags, references, locus and its words in canonical JSON (RFC 8785).
    content_hash = models.CharField(max_length=64)
    created_by = models.ForeignKey("archive.User", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["annotation", "number"]
        constraints = [
            models.UniqueConstraint(fields=["annotation", "number"], name="annotation_version_number"),
        ]

    def __str__(self) -> str:
        return f"{self.annotation_id} v{self.number}"


class VersionTag(InsertOnlyModel):
    """A term put on a version."""

    version = models.ForeignKey(AnnotationVersion, on_delete=models.PROTECT, related_name="version_tags")
    term = models.ForeignKey("annotations.Term", on_delete=models.PROTECT, related_name="uses")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["version", "term"], name="version_tag_once")]

    def __str__(self) -> str:
        return f"{self.version_id} → {self.term_id}"


class CrossReference(PublicIdModel, InsertOnlyModel):
    """A named relation from a version's place to another place, or to something outside."""

    version = models.ForeignKey(AnnotationVersion, on_delete=models.PROTECT, related_name="references")
    #: Code of a `NamedRelation`.
    relation = models.CharField(max_length=14)
    #: It is read backwards: the target cites this place, for "cites".
    is_inverse = models.BooleanField(default=False)
    target = models.ForeignKey(
        "annotations.Locus", null=True, on_delete=models.PROTECT, related_name="pointed_at_by"
    )
    #: The note that was pointed at, when it was a note and not only a place.
    target_annotation = models.ForeignKey(
        Annotation, null=True, on_delete=models.PROTECT, related_name="pointed_at_by"
    )
    #: An outside source: `{"url": …, "title": …, "pages": …}`, and `"csl"`, one item of CSL-JSON, where more is known.
    citation = models.JSONField(null=True)
    note = models.CharField(max_length=500, blank=True)
    #: BCP 47 language of `note`; empty where nobody said it.
    note_language = models.CharField(max_length=20, blank=True, default="")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(target__isnull=False, citation__isnull=True)
                | Q(target__isnull=True, citation__isnull=False),
                name="cross_reference_one_target",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.relation}"


class NoteDraft(models.Model):
    """What somebody was typing: kept on the server so that a closed laptop loses nothing."""

    user = models.ForeignKey("archive.User", on_delete=models.CASCADE, related_name="note_drafts")
    #: Chosen by the page: text, revision and place, or the note that is revised.
    key = models.CharField(max_length=120)
    text = models.ForeignKey("archive.Text", null=True, on_delete=models.CASCADE, related_name="+")
    data = models.JSONField()
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-updated_at"]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="note_draft_key")]

    def __str__(self) -> str:
        return self.key


class NoteClock(models.Model):
    """Counts the changes to the notes of a text: what memory keeps of them is keyed on it."""

    text = models.OneToOneField("archive.Text", on_delete=models.CASCADE, related_name="note_clock")
    ticks = models.PositiveBigIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.text_id}: {self.ticks}"
