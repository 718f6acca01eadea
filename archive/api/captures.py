"""Captures of films: what the archive itself keeps of a film elsewhere."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from archive.access import may, require, visible_to
from archive.actions.add_capture import add_capture
from archive.actions.describe_capture import describe_capture
from archive.actions.receive_file import receive_file
from archive.api.base import Resource, key_of, version_of
from archive.api.filtering import RefFilter
from archive.api.parsers import Json
from archive.api.schema import CHANGING, IDEMPOTENCY_KEY, IF_MATCH, LISTING, MAKING, READING
from archive.api.shapes import Code, Moment, ReaderGroup, Ref, Shape, words
from archive.api.uploads import check_upload, require_sender
from archive.enums import CaptureAccess, CaptureKind
from archive.errors import Invalid
from archive.media import limits
from archive.models import Capture, FileArrival, Group, Video


class CustodyShape(Shape):
    """How a capture was made and came in."""

    captured_by = serializers.CharField()
    tool = serializers.CharField()
    note = serializers.CharField()
    filename = serializers.CharField(source="arrival.filename", default=None, allow_null=True)
    sha256 = serializers.CharField(source="arrival.stored_file.sha256", default=None, allow_null=True)
    entered = serializers.DateTimeField(source="created_at")


class CaptureShape(Shape):
    """One capture of a film."""

    id = serializers.CharField(source="public_id")
    version = serializers.IntegerField()
    video = serializers.CharField(source="video.public_id")
    kind = Code(CaptureKind)
    media_type = serializers.CharField(help_text="Found by looking at the bytes; empty of an address.")
    size = serializers.IntegerField(
        source="arrival.stored_file.size", default=None, allow_null=True, help_text="In bytes."
    )
    url = serializers.CharField(help_text="At a web archive; empty of bytes.")
    file = serializers.SerializerMethodField(help_text="Path of the bytes; empty of an address.")
    captured = serializers.DateTimeField(source="captured_at", allow_null=True)
    access = Code(CaptureAccess)
    groups = serializers.SerializerMethodField(
        help_text="Public ids; those of the groups that the asker may see."
    )
    custody = serializers.SerializerMethodField(help_text="For those who keep captures; null for others.")

    def get_file(self, capture: Capture) -> str:
        """Return where the bytes are."""
        return reverse("capture", args=[capture.public_id]) if capture.arrival_id else ""

    def get_groups(self, capture: Capture) -> list[str]:
        """Return the groups, which are prefetched as far as they may be seen."""
        return [group.public_id for group in capture.groups.all()]

    def get_custody(self, capture: Capture) -> dict[str, Any] | None:
        """Return what only keepers know."""
        return CustodyShape(capture, context=self.context).data if self.context["keeps"] else None


class CaptureInput(serializers.Serializer):
    """What may be said of a capture; what is left out stays as it is."""

    captured_at = Moment(required=False, allow_null=True)
    captured_by = words(max_length=200)
    tool = words(max_length=200)
    note = words(max_length=20_000)
    access = Code(CaptureAccess, required=False)
    groups = serializers.ListField(child=ReaderGroup(), required=False, max_length=100)


class NewCaptureInput(CaptureInput):
    """A capture: a file, one that was received, or the address of a copy that a web archive keeps."""

    video = Ref(Video)
    file = serializers.FileField(
        required=False, max_length=255, help_text="At most 300 MB, in a form; larger films come as deposits."
    )
    arrival = Ref(FileArrival, required=False, help_text="Public id of a file that was received.")
    url = serializers.CharField(required=False, allow_blank=True, max_length=2000)


class CaptureFilter(filters.FilterSet):
    """Filters of captures; one that names something hidden finds nothing."""

    video = RefFilter(Video, help_text="Public id of a video.")
    kind = filters.ChoiceFilter(choices=[(kind.value, kind.value) for kind in CaptureKind])

    class Meta:
        model = Capture
        fields: tuple[str, ...] = ()


@extend_schema_view(
    list=extend_schema(summary="List captures of films", responses={200: CaptureShape(many=True)} | LISTING),
    retrieve=extend_schema(
        summary="Read what is known of a capture", responses={200: CaptureShape} | READING
    ),
)
class Captures(Resource):
    """Captures that the asker may see."""

    model = Capture
    queryset = Capture.objects.none()
    serializer_class = CaptureShape
    filterset_class = CaptureFilter
    parser_classes = (Json, MultiPartParser)

    def rows(self) -> QuerySet[Capture]:
        """Return the captures with their files and films."""
        rows = super().rows().select_related("video", "arrival__stored_file")
        return rows.prefetch_related(Prefetch("groups", visible_to(Group, self.viewer)))

    def get_serializer_context(self) -> dict[str, Any]:
        """Say whether the asker keeps captures."""
        fake = getattr(self, "swagger_fake_view", False)
        return {**super().get_serializer_context(), "keeps": not fake and may(self.viewer, "add", Capture)}

    def list(self, request: Request) -> Response:
        """List captures, the newest first."""
        return self.page_of(self.filter_queryset(self.get_queryset()))

    def retrieve(self, request: Request, public_id: str) -> Response:
        """Read one capture."""
        return self.answer(self.found())

    @extend_schema(
        summary="Keep a capture of a film", parameters=[IDEMPOTENCY_KEY],
        request={"multipart/form-data": NewCaptureInput, "application/json": NewCaptureInput},
        responses={201: CaptureShape} | MAKING,
    )  # fmt: skip
    def create(self, request: Request) -> Response:
        """Keep the bytes exactly as they are, or write the address down; nothing is fetched from there."""
        require_sender(self.viewer, Capture)
        check_upload(request, limit=limits.IMAGE_BYTES)
        values = self.checked(NewCaptureInput)
        video, url = values.pop("video"), values.pop("url", "")
        file, arrival = values.pop("file", None), values.pop("arrival", None)
        if file is not None and arrival is None and not url:
            require(self.viewer, "change", video)
            arrival = receive_file(
                source=file.file, filename=file.name, max_bytes=limits.IMAGE_BYTES, by=self.by
            )
        elif file is not None:
            raise Invalid("capture_two", field="file")
        row = add_capture(
            video=video, arrival=arrival, url=url, values=values, key=key_of(request), by=self.by
        )
        return self.answer(self.rows().get(pk=row.pk), status=201)

    @extend_schema(
        summary="Describe a capture", parameters=[IF_MATCH], request={"application/json": CaptureInput},
        responses={200: CaptureShape} | CHANGING,
    )  # fmt: skip
    def partial_update(self, request: Request, public_id: str) -> Response:
        """Change what is said of a capture and who may see it; what was captured stays."""
        version = version_of(request)
        row = self.found()
        require(self.viewer, "change", row)
        values = self.checked(CaptureInput, partial=True)
        describe_capture(capture_id=row.pk, version=version, values=values, by=self.by)
        return self.answer(self.found())
