"""Catalogue entries and their texts."""

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from archive.enums import TextRole, WorkKind
from archive.models.base import InsertOnlyModel, PublicIdModel, VersionedModel
from archive.models.described import WarnedModel

DIRECTIONS = [("rtl", _("right to left")), ("ltr", _("left to right"))]


class Work(WarnedModel):
    """A catalogue entry: an article, a book, a letter; its texts hold the words."""

    slug = models.SlugField(_("address"), max_length=120, unique=True)
    kind = models.CharField(
        _("kind"), max_length=12, choices=[(k.value, k.value) for k in WorkKind], default=WorkKind.ARTICLE
    )
    collection = models.ForeignKey(
        "archive.Collection", null=True, blank=True, on_delete=models.PROTECT, related_name="works",
        verbose_name=_("collection"),
    )  # fmt: skip
    #: BCP 47 language of the original.
    language = models.CharField(_("language"), max_length=20, default="ar")
    #: The image that stands for the work on cards.
    cover = models.ForeignKey(
        "archive.Image", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-pk"]

    def get_absolute_url(self) -> str:
        """The work's public page."""
        return reverse("work", args=[self.slug])


class Text(PublicIdModel, VersionedModel):
    """One wording of a work: the original, a translation, a volume, a transcript."""

    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="texts")
    role = models.CharField(
        max_length=12, choices=[(r.value, r.value) for r in TextRole], default=TextRole.ORIGINAL
    )
    language = models.CharField(_("language"), max_length=20)
    direction = models.CharField(_("direction"), max_length=3, choices=DIRECTIONS)
    #: Its place among the texts of the work; parts are numbered by it.
    order = models.PositiveIntegerField(default=0)
    #: What this part of the work is called; empty where the work's own title is enough. Plain columns, since the
    #: manager of translated fields rewrites the queries that are made once for each viewer.
    title_ar = models.CharField(_("title in Arabic"), max_length=300, blank=True)
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    #: The text of the same work that this one translates.
    translation_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="translations"
    )
    translator = models.CharField(_("translator"), max_length=200, blank=True)
    #: The PDF of whose words it was made: its page breaks are numbered as that one's pages.
    image = models.ForeignKey(
        "archive.Image", null=True, blank=True, on_delete=models.PROTECT, related_name="texts"
    )
    #: The newest accepted wording; None until the first draft is accepted.
    current_revision = models.ForeignKey(
        "archive.TextRevision", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["work", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(translation_of=models.F("id")), name="text_translates_another"
            ),
        ]

    @property
    def title(self) -> str:
        """The title of the part in the interface's language, else in the other."""
        titles = [self.title_ar, self.title_en]
        first, second = titles if (get_language() or "ar").startswith("ar") else reversed(titles)
        return first or second

    def __str__(self) -> str:
        part = f" · {self.title}" if self.title else ""
        return f"{self.work}{part} ({self.language})"


class TextRevision(InsertOnlyModel):
    """One accepted wording of a text: canonical content and the structure that stands off from it."""

    text = models.ForeignKey(Text, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    language = models.CharField(max_length=20)
    direction = models.CharField(max_length=3, choices=DIRECTIONS)
    #: Code point for code point as decoded after the reported repairs; no Unicode normalisation.
    content = models.TextField()
    #: In code points.
    length = models.PositiveIntegerField()
    #: SHA-256 of `content` as UTF-8.
    sha256 = models.CharField(max_length=64)
    #: Lists of `Block` and `Mark` as JSON (`archive.text.serialize`).
    blocks = models.JSONField()
    marks = models.JSONField()
    title = models.CharField(max_length=300, blank=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    draft = models.OneToOneField(
        "archive.TextDraft", null=True, on_delete=models.PROTECT, related_name="revision"
    )
    #: What changed, in the words of the person who accepted it.
    message = models.CharField(max_length=500, blank=True)
    created_by = models.ForeignKey("archive.User", null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["text", "number"]
        constraints = [
            models.UniqueConstraint(fields=["text", "number"], name="text_revision_number"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="text_revision_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.text} r{self.number}"


class SlugRedirect(InsertOnlyModel):
    """An address that a renamed thing had before."""

    kind = models.CharField(max_length=20)
    old_slug = models.CharField(max_length=120)
    target_id = models.BigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "old_slug"])]

    def __str__(self) -> str:
        return f"{self.kind}/{self.old_slug}"
