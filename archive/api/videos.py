"""Videos: films elsewhere, named by their provider, and films and recordings of sound that are kept here."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from archive.actions.add_film import add_film
from archive.actions.add_recording import add_recording
from archive.actions.add_video import add_video
from archive.actions.describe_video import describe_video
from archive.actions.receive_file import receive_file
from archive.api.base import key_of
from archive.api.described import DescribedFilter, DescribedResource, WarnedInput, WarnedShape
from archive.api.schema import CHANGING, IDEMPOTENCY_KEY, IF_MATCH, LISTING, MAKING, READING
from archive.api.shapes import Code, Ref, words
from archive.api.uploads import check_upload, require_sender
from archive.enums import VideoState
from archive.media import limits
from archive.models import Collection, Video


class VideoShape(WarnedShape):
    """A video, or a recording; what is kept here has no address, and is called "film" or "recording" as its provider."""

    provider = serializers.CharField()
    external_id = serializers.CharField()
    url = serializers.CharField()
    duration = serializers.FloatField(allow_null=True, help_text="In seconds.")
    state = Code(VideoState)
    collection = serializers.CharField(source="collection.public_id", default=None, allow_null=True)


class VideoInput(WarnedInput):
    """The description of a video."""

    duration = serializers.FloatField(required=False, allow_null=True, min_value=0, max_value=1_000_000)
    collection = Ref(Collection, required=False, allow_null=True)


class NewVideoInput(VideoInput):
    """A video by its address."""

    url = serializers.URLField(max_length=500)


class RecordingUpload(serializers.Serializer):
    """A recording of sound to be sent in; it is described afterwards."""

    file = serializers.FileField(max_length=255, help_text="MP3, M4A, AAC, Ogg, Opus, FLAC or WAV.")
    title_ar = words(max_length=300)
    title_en = words(max_length=300)
    collection = Ref(Collection, required=False)


class FilmUpload(RecordingUpload):
    """A film to be sent in, of which the archive keeps the bytes; it is described afterwards."""

    file = serializers.FileField(max_length=255, help_text="MP4, WebM, MKV, MOV and others.")


class VideoFilter(DescribedFilter):
    """Filters of videos."""

    provider = filters.CharFilter()
    state = filters.ChoiceFilter(choices=[(state.value, state.value) for state in VideoState])

    class Meta:
        model = Video
        fields: tuple[str, ...] = ()


@extend_schema_view(
    list=extend_schema(summary="List videos", responses={200: VideoShape(many=True)} | LISTING),
    retrieve=extend_schema(summary="Read a video's description", responses={200: VideoShape} | READING),
)
class Videos(DescribedResource):
    """Videos that the asker may see."""

    model = Video
    queryset = Video.objects.none()
    serializer_class = VideoShape
    filterset_class = VideoFilter

    def rows(self) -> QuerySet[Video]:
        """Return the videos with their shelf."""
        return super().rows().prefetch_related(self.seen("collection", Collection))

    def list(self, request: Request) -> Response:
        """List videos, the newest first."""
        return self.read_list()

    def retrieve(self, request: Request, public_id: str) -> Response:
        """Read one video's description."""
        return self.read_one()

    @extend_schema(
        summary="Enter a video into the catalogue",
        request=NewVideoInput,
        responses={201: VideoShape} | MAKING,
    )
    def create(self, request: Request) -> Response:
        """Make an entry for a film elsewhere; nothing is fetched from there."""
        values = self.checked(NewVideoInput)
        row = add_video(url=values.pop("url"), values=values, by=self.by)
        return self.answer(self.rows().get(pk=row.pk), status=201)

    @extend_schema(
        summary="Send a recording in", parameters=[IDEMPOTENCY_KEY],
        request={"multipart/form-data": RecordingUpload}, responses={202: VideoShape} | MAKING,
    )  # fmt: skip
    @action(detail=False, methods=["post"], parser_classes=[MultiPartParser])
    def recordings(self, request: Request) -> Response:
        """Keep the bytes exactly as they are and promise the copy that listeners are given: the sound alone."""
        return self._sent(request, RecordingUpload, add_recording)

    @extend_schema(
        summary="Send a film in", parameters=[IDEMPOTENCY_KEY],
        request={"multipart/form-data": FilmUpload}, responses={202: VideoShape} | MAKING,
    )  # fmt: skip
    @action(detail=False, methods=["post"], parser_classes=[MultiPartParser])
    def films(self, request: Request) -> Response:
        """Keep the bytes exactly as they are and promise the copy that viewers are given: pictures and sound alone."""
        return self._sent(request, FilmUpload, add_film)

    def _sent(self, request: Request, shape: type[RecordingUpload], add: Callable[..., Video]) -> Response:
        require_sender(self.viewer, Video)
        check_upload(request, limit=limits.IMAGE_BYTES)
        values = self.checked(shape)
        file = values.pop("file")
        arrival = receive_file(source=file.file, filename=file.name, max_bytes=limits.IMAGE_BYTES, by=self.by)
        row = add(arrival=arrival, values=values, key=key_of(request), by=self.by)
        return self.answer(self.rows().get(pk=row.pk), status=202)

    @extend_schema(
        summary="Describe a video", parameters=[IF_MATCH], request=VideoInput,
        responses={200: VideoShape} | CHANGING,
    )  # fmt: skip
    def partial_update(self, request: Request, public_id: str) -> Response:
        """Change what the catalogue says of a video, its rights and its access."""
        return self.describe(describe_video, name="video", given=VideoInput)
