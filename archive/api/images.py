"""Images: the catalogue's words for them, their public copies, and sending new ones in."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from archive.access import require
from archive.access.same_bytes import images_of_same_bytes
from archive.actions.add_image import add_image
from archive.actions.describe_image import describe_image
from archive.actions.receive_file import receive_file
from archive.actions.redact import redact
from archive.actions.start_import import start_import
from archive.api.base import key_of, version_of
from archive.api.described import DescribedFilter, DescribedResource, WarnedInput, WarnedShape
from archive.api.imports import StartedImportShape
from archive.api.jobs import JobShape
from archive.api.parsers import Json
from archive.api.schema import CHANGING, IDEMPOTENCY_KEY, IF_MATCH, LISTING, MAKING, READING, refusals
from archive.api.shapes import Code, Language, Ref, Shape, words
from archive.api.uploads import check_upload, require_sender
from archive.enums import ImageState
from archive.errors import NotVisible
from archive.media import limits
from archive.media.areas import MOST
from archive.media.covering import covered_areas
from archive.models import Collection, Derivative, Image, PageWords, Work
from archive.text.numbers import whole_number


class CopyShape(Shape):
    """A public copy: new pixels, no metadata."""

    name = serializers.CharField()
    media_type = serializers.CharField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    url = serializers.SerializerMethodField()

    def get_url(self, copy: Derivative) -> str:
        """Return the address of the bytes."""
        return reverse("derivative", args=[copy.image.public_id, copy.name])


class ImageShape(WarnedShape):
    """An image; sizes are pixels of the upright original."""

    alternative_ar = serializers.CharField()
    alternative_en = serializers.CharField()
    collection = serializers.CharField(source="collection.public_id", default=None, allow_null=True)
    state = Code(ImageState)
    width = serializers.IntegerField(allow_null=True)
    height = serializers.IntegerField(allow_null=True)
    copies = CopyShape(source="derivatives", many=True)
    covered = serializers.BooleanField(help_text="Whether parts are covered, in every copy and tile.")
    covered_because_ar = serializers.CharField(help_text="What readers are told of the covered parts.")
    covered_because_en = serializers.CharField()


class AreaShape(serializers.Serializer):
    """A rectangle in pixels of the upright page."""

    page = serializers.IntegerField(min_value=1, default=1)
    x = serializers.IntegerField(min_value=0)
    y = serializers.IntegerField(min_value=0)
    width = serializers.IntegerField(min_value=1)
    height = serializers.IntegerField(min_value=1)


class RedactionShape(Shape):
    """What of an image is covered."""

    image = serializers.CharField(source="public_id")
    version = serializers.IntegerField(help_text="The image's.")
    state = Code(
        ImageState, help_text="`waiting` until the copies are made anew; nothing is shown meanwhile."
    )
    areas = serializers.SerializerMethodField()
    because_ar = serializers.CharField(source="covered_because_ar")
    because_en = serializers.CharField(source="covered_because_en")

    @extend_schema_field(AreaShape(many=True))
    def get_areas(self, image: Image) -> list[dict[str, int]]:
        """Return the rectangles."""
        return covered_areas(image)


class RedactionInput(serializers.Serializer):
    """What is to be covered from now on; no areas: nothing."""

    areas = serializers.ListField(child=AreaShape(), max_length=MOST)
    reason = serializers.CharField(max_length=2000, help_text="For the record; readers are not told.")
    because_ar = words(max_length=500)
    because_en = words(max_length=500)


class ImageInput(WarnedInput):
    """The description of an image."""

    alternative_ar = words(max_length=10_000)
    alternative_en = words(max_length=10_000)
    collection = Ref(Collection, required=False, allow_null=True)


class ImageUpload(serializers.Serializer):
    """A picture to be sent in; it is described afterwards."""

    file = serializers.FileField(
        max_length=255, help_text="JPEG, PNG, WebP, TIFF, GIF, BMP, JPEG 2000, AVIF, HEIC or PDF."
    )
    title_ar = words(max_length=300)
    title_en = words(max_length=300)
    collection = Ref(Collection, required=False)
    unless_here = serializers.BooleanField(
        default=False,
        help_text="Refuse (409, `image_here`, with the id of that image) when you see an image of the very same bytes.",
    )


class PdfTextInput(serializers.Serializer):
    """How a text is made of a PDF's words."""

    language = Language()
    work = Ref(Work, required=False, help_text="The work it belongs to; without it, a new one is made.")


class PageWordsShape(Shape):
    """The words of a page of a PDF, line by line, with their places in pixels of the page."""

    page = serializers.IntegerField()
    text = serializers.CharField(help_text="The words alone, a line of the page a line.")
    lines = serializers.ListField(
        child=serializers.ListField(), help_text="Of each line its words, each `[x, y, width, height, word]`."
    )


class SentImageShape(Shape):
    """A picture that was received: its image, and the job that makes its copies."""

    image = ImageShape()
    job = JobShape()
    sha256 = serializers.CharField(help_text="Of the bytes that were received.")
    size = serializers.IntegerField(help_text="In bytes.")
    same_bytes = serializers.ListField(
        child=serializers.CharField(),
        help_text="Ids of other images of the very same bytes that you see; at most 20, the oldest first.",
    )


class ImageFilter(DescribedFilter):
    """Filters of images."""

    state = filters.ChoiceFilter(choices=[(state.value, state.value) for state in ImageState])

    class Meta:
        model = Image
        fields: tuple[str, ...] = ()


@extend_schema_view(
    list=extend_schema(summary="List images", responses={200: ImageShape(many=True)} | LISTING),
    retrieve=extend_schema(summary="Read an image's description", responses={200: ImageShape} | READING),
)
class Images(DescribedResource):
    """Images that the asker may see."""

    model = Image
    queryset = Image.objects.none()
    serializer_class = ImageShape
    filterset_class = ImageFilter
    parser_classes = (Json, MultiPartParser)

    def rows(self) -> QuerySet[Image]:
        """Return the images with their copies."""
        copies = Prefetch(
            "derivatives",
            Derivative.objects.current().filter(page=1).select_related("image").order_by("width"),
        )
        return super().rows().prefetch_related(self.seen("collection", Collection), copies)

    def list(self, request: Request) -> Response:
        """List images, the newest first."""
        return self.read_list()

    def retrieve(self, request: Request, public_id: str) -> Response:
        """Read one image's description and where its copies are."""
        return self.read_one()

    @extend_schema(
        summary="Send a picture in", parameters=[IDEMPOTENCY_KEY],
        request={"multipart/form-data": ImageUpload}, responses={202: SentImageShape} | MAKING,
    )  # fmt: skip
    def create(self, request: Request) -> Response:
        """Keep the bytes exactly as they are and promise public copies; the job tells when they are made."""
        require_sender(self.viewer, Image)
        check_upload(request, limit=limits.IMAGE_BYTES)
        values: dict[str, Any] = self.checked(ImageUpload)
        file = values.pop("file")
        arrival = receive_file(source=file.file, filename=file.name, max_bytes=limits.IMAGE_BYTES, by=self.by)
        unless_here = values.pop("unless_here")
        image = add_image(
            arrival=arrival, values=values, key=key_of(request), unless_here=unless_here, by=self.by
        )
        stored = image.arrival.stored_file
        row = self.rows().select_related("job").get(pk=image.pk)
        others = images_of_same_bytes(self.viewer, image.arrival).exclude(pk=image.pk)
        sent = {
            "image": row, "job": row.job, "sha256": stored.sha256, "size": stored.size,
            "same_bytes": others.values_list("public_id", flat=True)[:20],
        }  # fmt: skip
        body = SentImageShape(sent, context=self.get_serializer_context()).data
        return Response(body, status=202, headers={"ETag": self.tag(row)})

    @extend_schema(
        summary="Describe an image", parameters=[IF_MATCH], request=ImageInput,
        responses={200: ImageShape} | CHANGING,
    )  # fmt: skip
    def partial_update(self, request: Request, public_id: str) -> Response:
        """Change what the catalogue says of an image, its rights and its access."""
        return self.describe(describe_image, name="image", given=ImageInput)

    @extend_schema(
        methods=["GET"], operation_id="images_redaction_retrieve", summary="Read what of an image is covered",
        responses={200: RedactionShape} | READING | refusals(403),
    )  # fmt: skip
    @extend_schema(
        methods=["PUT"], operation_id="images_redaction_update",
        summary="Cover parts of an image, or uncover them", parameters=[IF_MATCH], request=RedactionInput,
        responses={202: RedactionShape} | CHANGING,
    )  # fmt: skip
    @action(detail=True, methods=["get", "put"])
    def redaction(self, request: Request, public_id: str) -> Response:
        """What is covered is painted over in new copies and tiles; the original stays as it is, for archivists."""
        if request.method == "GET":
            row = self.found()
            require(self.viewer, "redact", row)
            return self._covering(row)
        version = version_of(request)
        row = self.found()
        require(self.viewer, "redact", row)
        given = self.checked(RedactionInput)
        told = {language: given.get(f"because_{language}", "") for language in ("ar", "en")}
        redact(
            image_id=row.pk,
            version=version,
            areas=given["areas"],
            reason=given["reason"],
            because=told,
            by=self.by,
        )
        return self._covering(self.found(), status=202)

    @extend_schema(
        summary="Read the words of a page of a PDF",
        parameters=[OpenApiParameter("page", int, description="From 1; the first without it.")],
        responses={200: PageWordsShape} | READING,
    )  # fmt: skip
    @action(detail=True, methods=["get"])
    def words(self, request: Request, public_id: str) -> Response:
        """Words with their places; none that is covered, or that nobody sees on the page."""
        row = self.found()
        wanted = whole_number(request.query_params.get("page", "1"))
        found = PageWords.objects.current().filter(image=row, page=wanted).first() if wanted else None
        if found is None:
            raise NotVisible("not_visible")
        return Response(PageWordsShape(found, context=self.get_serializer_context()).data)

    @extend_schema(
        summary="Make a text of a PDF's words", parameters=[IDEMPOTENCY_KEY], request=PdfTextInput,
        responses={202: StartedImportShape} | MAKING,
    )  # fmt: skip
    @action(detail=True, methods=["post"])
    def text(self, request: Request, public_id: str) -> Response:
        """Promise the reading of the words that readers can see on its pages; the draft has a report as any import."""
        row = self.found()
        require(self.viewer, "change", row)
        if not row.is_pdf:
            raise NotVisible("not_visible")
        given = self.checked(PdfTextInput)
        run = start_import(arrival=row.arrival, image=row, key=key_of(request), by=self.by, **given)
        return Response(StartedImportShape(run, context=self.get_serializer_context()).data, status=202)

    def _covering(self, row: Image, status: int = 200) -> Response:
        body = RedactionShape(row, context=self.get_serializer_context()).data
        return Response(body, status=status, headers={"ETag": self.tag(row)})
