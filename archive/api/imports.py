"""Imports: a file is sent, read in the background, and becomes a draft with its report."""

from __future__ import annotations

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from archive.actions.receive_file import receive_file
from archive.actions.start_import import start_import
from archive.api.base import Resource, key_of
from archive.api.jobs import JobShape
from archive.api.parsers import Json
from archive.api.schema import IDEMPOTENCY_KEY, LISTING, MAKING, READING
from archive.api.shapes import Code, Language, Ref, Shape
from archive.api.uploads import check_upload, require_sender
from archive.enums import ImportState, TranscriptKind
from archive.importers.decoding import ENCODINGS
from archive.importers.registry import importers
from archive.media import limits
from archive.models import ImportRun, Text, Video, Work


class ImportShape(Shape):
    """One reading of a file."""

    id = serializers.CharField(source="public_id")
    filename = serializers.CharField(source="arrival.filename")
    size = serializers.IntegerField(source="arrival.stored_file.size", help_text="In bytes.")
    sha256 = serializers.CharField(
        source="arrival.stored_file.sha256", help_text="Of the bytes that were received."
    )
    importer = serializers.CharField()
    language = serializers.CharField()
    encoding = serializers.CharField(help_text="As chosen; empty: as the bytes told.")
    facts = serializers.DictField(
        help_text="What reading told of the file: its encoding, and what a guess rests on."
    )
    state = Code(ImportState)
    error = serializers.DictField(help_text="Why it could not be read: a code and its facts.")
    work = serializers.CharField(source="work.public_id", default=None, allow_null=True)
    text = serializers.CharField(source="text.public_id", default=None, allow_null=True)
    video = serializers.CharField(source="video.public_id", default=None, allow_null=True)
    image = serializers.CharField(
        source="image.public_id", default=None, allow_null=True, help_text="The PDF whose words are read."
    )
    draft = serializers.CharField(
        source="draft.public_id", default=None, allow_null=True, help_text="The draft, once the file is read."
    )
    created = serializers.DateTimeField(source="created_at")


class StartedImportShape(ImportShape):
    """A file that was received, and the job that reads it."""

    job = JobShape()


class ImportInput(serializers.Serializer):
    """A text to be sent in."""

    file = serializers.FileField(max_length=255, help_text="At most 10 MB.")
    language = Language()
    importer = Code(
        [spec.code for spec in importers()], required=False, help_text="Empty: as the name tells."
    )
    encoding = Code(
        ENCODINGS, required=False, help_text="Empty: as the bytes tell, which the draft's report says."
    )
    work = Ref(Work, required=False, help_text="The work it belongs to; without it, a new one is made.")
    text = Ref(Text, required=False, help_text="The text of which it is a new wording.")
    video = Ref(Video, required=False, help_text="The film whose words it holds; tied when it is accepted.")
    transcript_kind = Code(
        TranscriptKind, required=False, help_text="What it is to the film; captions, unless it says so."
    )


class ImportFilter(filters.FilterSet):
    """Filters of imports."""

    state = filters.ChoiceFilter(choices=[(state.value, state.value) for state in ImportState])

    class Meta:
        model = ImportRun
        fields: tuple[str, ...] = ()


@extend_schema_view(
    list=extend_schema(summary="List imports", responses={200: ImportShape(many=True)} | LISTING),
    retrieve=extend_schema(summary="See how far an import is", responses={200: ImportShape} | READING),
)
class Imports(Resource):
    """Imports; for archivists."""

    model = ImportRun
    queryset = ImportRun.objects.none()
    serializer_class = ImportShape
    filterset_class = ImportFilter
    parser_classes = (Json, MultiPartParser)

    def rows(self) -> QuerySet[ImportRun]:
        """Return the imports with their files, without the drafts' words."""
        rows = (
            super()
            .rows()
            .select_related("arrival__stored_file", "work", "text", "video", "image", "draft", "job")
        )
        return rows.defer("draft__content", "draft__blocks", "draft__marks", "draft__repairs")

    def list(self, request: Request) -> Response:
        """List imports, the newest first."""
        return self.page_of(self.filter_queryset(self.get_queryset()))

    def retrieve(self, request: Request, public_id: str) -> Response:
        """See how far one import is."""
        return Response(self.shown(self.found()))

    @extend_schema(
        summary="Send a text in", parameters=[IDEMPOTENCY_KEY], request={"multipart/form-data": ImportInput},
        responses={202: StartedImportShape} | MAKING,
    )  # fmt: skip
    def create(self, request: Request) -> Response:
        """Keep the bytes exactly as they are and promise to read them; the job tells when that is done."""
        require_sender(self.viewer, ImportRun)
        check_upload(request, limit=limits.TEXT_BYTES)
        values = self.checked(ImportInput)
        file = values.pop("file")
        arrival = receive_file(source=file.file, filename=file.name, max_bytes=limits.TEXT_BYTES, by=self.by)
        run = start_import(
            arrival=arrival,
            importer_code=values.pop("importer", ""),
            key=key_of(request),
            by=self.by,
            **values,
        )
        body = StartedImportShape(self.rows().get(pk=run.pk), context=self.get_serializer_context()).data
        return Response(body, status=202)
