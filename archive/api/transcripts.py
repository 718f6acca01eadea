"""Ties of texts to films: captions, transcripts, translations."""

from __future__ import annotations

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from archive.access import require
from archive.actions.change_tie import change_tie
from archive.actions.tie_text import tie_text
from archive.actions.untie_text import untie_text
from archive.api.base import Resource, version_of
from archive.api.filtering import RefFilter
from archive.api.schema import CHANGING, IF_MATCH, LISTING, MAKING, READING
from archive.api.shapes import Code, Ref, Shape
from archive.enums import TranscriptKind
from archive.models import Text, Transcript, Video


class TranscriptShape(Shape):
    """One text of a film."""

    id = serializers.CharField(source="public_id")
    version = serializers.IntegerField()
    video = serializers.CharField(source="video.public_id")
    text = serializers.CharField(source="text.public_id")
    kind = Code(TranscriptKind)
    language = serializers.CharField(source="text.language")
    created = serializers.DateTimeField(source="created_at")


class TranscriptInput(serializers.Serializer):
    """What the text is to the film."""

    kind = Code(TranscriptKind)


class NewTranscriptInput(TranscriptInput):
    """A text and the film to which it is tied."""

    video = Ref(Video)
    text = Ref(Text)


class TranscriptFilter(filters.FilterSet):
    """Filters of ties; one that names something hidden finds nothing."""

    video = RefFilter(Video, help_text="Public id of a video.")
    text = RefFilter(Text, help_text="Public id of a text.")
    kind = filters.ChoiceFilter(choices=[(kind.value, kind.value) for kind in TranscriptKind])

    class Meta:
        model = Transcript
        fields: tuple[str, ...] = ()


@extend_schema_view(
    list=extend_schema(
        summary="List the texts of films", responses={200: TranscriptShape(many=True)} | LISTING
    ),
    retrieve=extend_schema(
        summary="Read which text belongs to which film", responses={200: TranscriptShape} | READING
    ),
)
class Transcripts(Resource):
    """Ties of texts to films, both of which the asker may see."""

    model = Transcript
    queryset = Transcript.objects.none()
    serializer_class = TranscriptShape
    filterset_class = TranscriptFilter

    def rows(self) -> QuerySet[Transcript]:
        """Return the ties with both their ends."""
        return super().rows().select_related("video", "text").order_by("-pk")

    def list(self, request: Request) -> Response:
        """List ties, the newest first."""
        return self.page_of(self.filter_queryset(self.get_queryset()))

    def retrieve(self, request: Request, public_id: str) -> Response:
        """Read one tie."""
        return self.answer(self.found())

    @extend_schema(
        summary="Tie a text to a film", request=NewTranscriptInput, responses={201: TranscriptShape} | MAKING
    )
    def create(self, request: Request) -> Response:
        """Tie a text to the film whose words it holds; what is tied already stays as it is."""
        row = tie_text(**self.checked(NewTranscriptInput), by=self.by)
        return self.answer(self.rows().get(pk=row.pk), status=201)

    @extend_schema(
        summary="Say anew what a text is to its film", parameters=[IF_MATCH], request=TranscriptInput,
        responses={200: TranscriptShape} | CHANGING,
    )  # fmt: skip
    def partial_update(self, request: Request, public_id: str) -> Response:
        """Change the kind of a tie."""
        version = version_of(request)
        row = self.found()
        require(self.viewer, "change", row)
        change_tie(tie_id=row.pk, version=version, by=self.by, **self.checked(TranscriptInput))
        return self.answer(self.found())

    @extend_schema(
        summary="Untie a text from its film", parameters=[IF_MATCH],
        responses={204: OpenApiResponse(description="Untied; text and film stay.")} | CHANGING,
    )  # fmt: skip
    def destroy(self, request: Request, public_id: str) -> Response:
        """Untie a text; text and film stay as they are."""
        version = version_of(request)
        row = self.found()
        require(self.viewer, "change", row)
        untie_text(tie_id=row.pk, version=version, by=self.by)
        return Response(status=204)
