"""Images, their public copies, videos, and the figures of a text that show them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from archive.enums import KEPT_HERE, RECORDING, FilmOutcome, ImageState, VideoState
from archive.models.base import InsertOnlyModel, PublicIdModel
from archive.models.described import WarnedModel


class CurrentQuerySet(models.QuerySet[Any]):
    """Rows made of an image's pixels, of which only those of its present state may be shown."""

    def current(self) -> CurrentQuerySet:
        """Return those made since parts of the image were last covered or uncovered."""
        return self.filter(pixels=models.F("image__pixels"))


class Image(WarnedModel):
    """A picture: the original exactly as received, and fresh copies made from its pixels."""

    arrival = models.ForeignKey("archive.FileArrival", on_delete=models.PROTECT, related_name="images")
    collection = models.ForeignKey(
        "archive.Collection", null=True, blank=True, on_delete=models.PROTECT, related_name="images"
    )
    #: What the picture shows, for those who do not see it.
    alternative = models.TextField(_("alternative text"), blank=True)
    #: Pixels of the upright picture (orientation applied); None until decoded.
    width = models.PositiveIntegerField(null=True, editable=False)
    height = models.PositiveIntegerField(null=True, editable=False)
    #: How many pages the file holds; width and height are those of the first.
    pages = models.PositiveIntegerField(default=1, editable=False)
    state = models.CharField(
        max_length=8,
        choices=[(s.value, s.value) for s in ImageState],
        default=ImageState.WAITING,
        editable=False,
    )
    #: Why it does not decode: a code that pages put into words.
    error_code = models.CharField(max_length=40, blank=True, editable=False)
    #: What the file says of itself (EXIF…): restricted, never in a public copy.
    embedded_metadata = models.JSONField(default=dict, blank=True, editable=False)
    job = models.ForeignKey(
        "archive.Job", null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    #: Raised by one whenever parts are covered or uncovered; copies and tiles of an earlier number are never shown.
    pixels = models.PositiveIntegerField(default=0, editable=False)
    #: Whether parts are covered now: the newest `Redaction` says which.
    covered = models.BooleanField(default=False, editable=False)
    #: What readers are told of the covered parts; that of the newest `Redaction`.
    covered_because = models.TextField(_("public reason"), blank=True, editable=False)
    #: Whether the deposit that made it was undone: nobody sees it any more.
    undone = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["-pk"]

    def get_absolute_url(self) -> str:
        """The image's public page."""
        return reverse("image", args=[self.public_id])

    @property
    def is_pdf(self) -> bool:
        """Whether the original is a PDF; looks its file up."""
        return self.arrival.stored_file.media_type == "application/pdf"


class Redaction(PublicIdModel, InsertOnlyModel):
    """Which parts of an image are covered from then on; the reason that is not public stands in the audit chain."""

    image = models.ForeignKey(Image, on_delete=models.PROTECT, related_name="redactions")
    #: `Image.pixels` of the copies that are made by it.
    pixels = models.PositiveIntegerField()
    #: `[{"page": 1, "x": …, "y": …, "width": …, "height": …}]` in pixels of the upright page; empty: nothing.
    areas = models.JSONField(default=list)
    #: Public reason by language: `{"ar": …, "en": …}`.
    because = models.JSONField(default=dict)
    created_by = models.ForeignKey("archive.User", null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["image", "-pixels"]
        constraints = [models.UniqueConstraint(fields=["image", "pixels"], name="redaction_once")]

    def __str__(self) -> str:
        return f"{self.image_id}/{self.pixels}"


class Derivative(InsertOnlyModel):
    """A public copy of an image: new pixels, no metadata."""

    image = models.ForeignKey(Image, on_delete=models.PROTECT, related_name="derivatives")
    #: From 1. Pages after the first have copies only when a figure shows them.
    page = models.PositiveIntegerField(default=1)
    #: `Image.pixels` when it was made.
    pixels = models.PositiveIntegerField(default=0)
    #: "thumb", "small", "medium", "large".
    name = models.CharField(max_length=20)
    media_type = models.CharField(max_length=40)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    stored_file = models.ForeignKey(
        "archive.StoredFile", on_delete=models.PROTECT, related_name="derivatives"
    )

    objects = CurrentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "pixels", "page", "name", "media_type"], name="derivative_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.image_id}/{self.address}"

    @property
    def address(self) -> str:
        """How addresses name it: "large", and "large-3" of the third page."""
        return self.name if self.page == 1 else f"{self.name}-{self.page}"


class ImageTiles(InsertOnlyModel):
    """The pyramid of a page of an image (archive.media.tiles): fresh pixels of the whole, cut up for deep zoom."""

    image = models.ForeignKey(Image, on_delete=models.PROTECT, related_name="tiles")
    #: From 1.
    page = models.PositiveIntegerField(default=1)
    #: `Image.pixels` when it was made.
    pixels = models.PositiveIntegerField(default=0)
    #: Pixels of the upright page, which is the first level.
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    stored_file = models.ForeignKey("archive.StoredFile", on_delete=models.PROTECT, related_name="pyramids")

    objects = CurrentQuerySet.as_manager()

    class Meta:
        ordering = ["image", "page"]
        constraints = [models.UniqueConstraint(fields=["image", "pixels", "page"], name="tiles_once_a_page")]

    def __str__(self) -> str:
        return f"{self.image_id}/tiles/{self.page}"


class PageWords(InsertOnlyModel):
    """The words of a page of a PDF as they can be read in its pixels: none that is covered or that nobody sees."""

    image = models.ForeignKey(Image, on_delete=models.PROTECT, related_name="words")
    #: From 1.
    page = models.PositiveIntegerField()
    #: `Image.pixels` when they were read.
    pixels = models.PositiveIntegerField()
    #: Line by line, each `[x, y, width, height, word]` in pixels of the page as `ImageTiles` has it.
    lines = models.JSONField(default=list)

    objects = CurrentQuerySet.as_manager()

    class Meta:
        ordering = ["image", "page"]
        constraints = [
            models.UniqueConstraint(fields=["image", "pixels", "page"], name="page_words_once"),
        ]

    def __str__(self) -> str:
        return f"{self.image_id}/words/{self.page}"

    @property
    def text(self) -> str:
        """The words alone, a line of the page a line."""
        return "\n".join(" ".join(word[4] for word in line) for line in self.lines)


class FreshPdf(InsertOnlyModel):
    """All pages of a PDF as readers may have it: our pixels and words (archive.media.fresh_pdf), nothing of the original."""

    image = models.ForeignKey(Image, on_delete=models.PROTECT, related_name="fresh_pdfs")
    #: `Image.pixels` of its pages.
    pixels = models.PositiveIntegerField()
    stored_file = models.ForeignKey("archive.StoredFile", on_delete=models.PROTECT, related_name="fresh_pdfs")

    objects = CurrentQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["image", "pixels"], name="fresh_pdf_once")]

    def __str__(self) -> str:
        return f"{self.image_id}/pdf"


class Video(WarnedModel):
    """A film elsewhere, named by its provider and id; nothing is fetched from there before a click.

    Or a recording of sound, or a film, that is kept here: its provider is `RECORDING` or `FILM`, its id its own, it has no
    address, and its bytes are those of its captures.
    """

    provider = models.CharField(_("provider"), max_length=20)
    external_id = models.CharField(_("id at the provider"), max_length=200)
    url = models.URLField(_("address"), max_length=500, blank=True)
    collection = models.ForeignKey(
        "archive.Collection", null=True, blank=True, on_delete=models.PROTECT, related_name="videos"
    )
    #: In seconds; None when unknown.
    duration = models.FloatField(null=True, blank=True)
    #: Whether the deposit that made it was undone: nobody sees it any more.
    undone = models.BooleanField(default=False, editable=False)
    state = models.CharField(
        max_length=10,
        choices=[(s.value, s.value) for s in VideoState],
        default=VideoState.UNCHECKED,
        editable=False,
    )
    #: The newest `VideoCheck`'s, so that lists need not look for it; None and "" before the first.
    last_checked_at = models.DateTimeField(null=True, editable=False, db_index=True)
    last_outcome = models.CharField(
        max_length=20, choices=[(o.value, o.value) for o in FilmOutcome], blank=True, editable=False
    )
    #: What the provider last called it: its name to readers until the archive gives it a title.
    found_title = models.CharField(max_length=300, blank=True, editable=False)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["provider", "external_id"], name="video_once_per_provider"),
        ]

    def get_absolute_url(self) -> str:
        """The video's public page."""
        return reverse("video", args=[self.public_id])

    @property
    def is_kept_here(self) -> bool:
        """Whether its bytes are the archive's own, and it is at no address elsewhere."""
        return self.provider in KEPT_HERE

    @property
    def is_recording(self) -> bool:
        """Whether it is sound that the archive itself keeps."""
        return self.provider == RECORDING


class Figure(models.Model):
    """The image shown at a figure of a text; the figure's key is in the block, the same in every revision."""

    text = models.ForeignKey("archive.Text", on_delete=models.PROTECT, related_name="figures")
    #: `attrs["figure"]` of the block.
    key = models.CharField(max_length=20)
    #: None: a missing figure, shown as a labelled gap.
    image = models.ForeignKey(Image, null=True, on_delete=models.PROTECT, related_name="figures")
    #: Which page of the image it shows, from 1.
    page = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["text", "pk"]
        constraints = [models.UniqueConstraint(fields=["text", "key"], name="figure_key")]

    def __str__(self) -> str:
        return f"{self.text_id}/{self.key}"
