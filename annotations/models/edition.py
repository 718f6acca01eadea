"""Editions, and the numbered releases that never change."""

from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from annotations.enums import ReleaseEventKind
from archive.models.base import InsertOnlyModel, PublicIdModel, VersionedModel


class Edition(PublicIdModel, VersionedModel):
    """A plan: which text, which notes, with which words around them."""

    slug = models.SlugField(_("address"), max_length=120, unique=True)
    work = models.ForeignKey("archive.Work", on_delete=models.PROTECT, related_name="editions")
    #: The text, or the first of its parts (`EditionPart`).
    text = models.ForeignKey("archive.Text", on_delete=models.PROTECT, related_name="editions")
    title = models.CharField(_("title"), max_length=300, blank=True)
    #: Front matter in Markdown.
    introduction = models.TextField(_("introduction"), blank=True)
    #: What changed since the last release, in the editor's words; pinned when sealed.
    change_note = models.TextField(_("what changed"), blank=True)
    #: `[{"name": …, "role": …}]`, by choice with `name_ar`, `name_en`, `roles` (codes of CRediT) and `orcid`.
    credits = models.JSONField(_("credits"), default=list, blank=True)
    license_uri = models.URLField(_("license"), blank=True)
    #: The picture that stands for the next release; pinned when sealed.
    cover = models.ForeignKey(
        "archive.Image", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    #: `{"categories": […], "tags": […], "languages": […], "places": […], "authors": […], "groups": […]}`; empty lists mean all.
    #: By choice `"order"`, what numbers the notes when it is not their place, and `"only_picked": true`, when it takes in none.
    rule = models.JSONField(default=dict, blank=True)
    #: Notes taken out by hand though the rule takes them in.
    excluded = models.ManyToManyField("annotations.Annotation", blank=True, related_name="+")
    #: Notes taken in by hand: on its text though the rule leaves them out, and on any picture or film.
    picked = models.ManyToManyField("annotations.Annotation", blank=True, related_name="+")
    required_approvals = models.PositiveSmallIntegerField(_("approvals that a note needs"), default=1)
    #: Whether reviewers decide on its notes without knowing what others decided (`annotations.access.independent`).
    independent_review = models.BooleanField(_("independent review"), default=False)
    created_by = models.ForeignKey("archive.User", null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(required_approvals__range=(1, 3)), name="edition_required_approvals"
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.slug

    def get_absolute_url(self) -> str:
        """The newest release, for the public."""
        return reverse("edition", args=[self.slug])


class EditionPart(models.Model):
    """A further text of its work that an edition takes, after its first."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="parts")
    text = models.ForeignKey("archive.Text", on_delete=models.PROTECT, related_name="edition_parts")
    #: From 2: the first is the edition's own `text`.
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["edition", "position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "text"], name="edition_part_once"),
            models.UniqueConstraint(fields=["edition", "position"], name="edition_part_position"),
            models.CheckConstraint(condition=models.Q(position__gte=2), name="edition_part_from_two"),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.position}"


class Release(PublicIdModel, InsertOnlyModel):
    """A sealed release: everything pinned in one canonical JSON value."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField()
    #: The pinned wording; of several parts that of the first (`ReleasePart` has them all).
    revision = models.ForeignKey("archive.TextRevision", on_delete=models.PROTECT, related_name="releases")
    previous = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    #: Canonical JSON (RFC 8785) of the snapshot; its SHA-256 is `manifest_hash`.
    snapshot = models.TextField()
    manifest_hash = models.CharField(max_length=64)
    sealed_by = models.ForeignKey("archive.User", null=True, on_delete=models.PROTECT, related_name="+")
    sealed_at = models.DateTimeField()

    class Meta:
        ordering = ["edition", "number"]
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="release_number")]

    def __str__(self) -> str:
        return f"{self.edition_id} r{self.number}"

    def get_absolute_url(self) -> str:
        """The release's own, lasting page."""
        return reverse("release", args=[self.edition.slug, self.number])


class ReleasePart(InsertOnlyModel):
    """One of the wordings of which that of a release is made, where it is made of several."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="parts")
    revision = models.ForeignKey(
        "archive.TextRevision", on_delete=models.PROTECT, related_name="release_parts"
    )
    #: From 1; the first is that of `Release.revision`.
    position = models.PositiveSmallIntegerField()
    #: Code point of the whole at which its own content begins.
    start = models.PositiveIntegerField()

    class Meta:
        ordering = ["release", "position"]
        constraints = [
            models.UniqueConstraint(fields=["release", "position"], name="release_part_position"),
            models.UniqueConstraint(fields=["release", "revision"], name="release_part_once"),
        ]

    def __str__(self) -> str:
        return f"{self.release_id}: {self.position}"


class ReleaseNote(InsertOnlyModel):
    """One note pinned in a release, with the number that it has there for ever."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="notes")
    version = models.ForeignKey(
        "annotations.AnnotationVersion", on_delete=models.PROTECT, related_name="released_in"
    )
    annotation = models.ForeignKey(
        "annotations.Annotation", on_delete=models.PROTECT, related_name="released_in"
    )
    number = models.PositiveIntegerField()

    class Meta:
        ordering = ["release", "number"]
        constraints = [models.UniqueConstraint(fields=["release", "number"], name="release_note_number")]

    def __str__(self) -> str:
        return f"{self.release_id}/{self.number}"


class ReleaseMember(InsertOnlyModel):
    """An archive item that a release shows; reading the release asks access for each, now."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="members")
    #: "work", "image", "video".
    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "kind", "object_id"], name="release_member_once")
        ]

    def __str__(self) -> str:
        return f"{self.release_id}: {self.kind} {self.object_id}"


class ReleaseFile(PublicIdModel, InsertOnlyModel):
    """Bytes that belong to a release: the public copies of its images, as they were when it was sealed."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="files")
    #: As named in the snapshot.
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=40)
    stored_file = models.ForeignKey("archive.StoredFile", on_delete=models.PROTECT, related_name="+")
    #: The image that decides who may see the bytes.
    image = models.ForeignKey("archive.Image", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "name"], name="release_file_name")]

    def __str__(self) -> str:
        return self.name


class ReleaseEvents(models.QuerySet["ReleaseEvent"]):
    """What happened to releases."""

    def standing(self) -> Self:
        """Leave out publications that were called off before their moment came, and that they were."""
        return self.exclude(kind=ReleaseEventKind.CANCELLED).filter(followed_by=None)


class ReleaseEvent(InsertOnlyModel):
    """Publishing and withdrawing: what happened to a release, and from when it holds.

    A publication that is still to come is called off by an event after it, and another may come after that: they make a
    chain, so that at any time at most one publication of a release stands, whoever acts at once.
    """

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in ReleaseEventKind])
    #: Compared with the database clock when the release is read.
    effective_at = models.DateTimeField()
    #: Public words; a withdrawal has them.
    reason = models.TextField(blank=True)
    #: Of a cancellation the publication that it calls off; of a later publication the cancellation before it.
    after = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="followed_by")
    created_by = models.ForeignKey("archive.User", null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ReleaseEvents.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["release", "kind"], condition=models.Q(after=None), name="release_event_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="withdrawn") | ~models.Q(reason=""), name="release_withdrawal_reason"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="published")
                | models.Q(kind="cancelled", after__isnull=False)
                | models.Q(kind="withdrawn", after=None),
                name="release_event_chain",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.release_id} {self.kind}"
