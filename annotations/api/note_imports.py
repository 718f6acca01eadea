"""Notes of other systems: a file sent in, looked at, brought in as one step, and taken back as one."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.actions.apply_notes import apply_notes, undo_notes
from annotations.actions.import_notes import OTHERS, UNKNOWN_TAGS, choose_places, forget_import, import_notes
from annotations.api.one_of import one_of
from annotations.enums import ArrivalHow, ArrivalOutcome, Visibility
from annotations.exchange.notes.formats import FORMATS
from annotations.exchange.notes.records import MOST_BYTES
from annotations.models import NoteImport
from archive.access import require, require_may
from archive.api.base import Resource, named_version
from archive.api.parsers import Json
from archive.api.schema import CHANGING, IF_MATCH, LISTING, MAKING, READING, text_parameter
from archive.api.shapes import Code
from archive.api.uploads import check_upload
from archive.enums import StepState
from archive.errors import Invalid, Stale

_VISIBILITIES = (Visibility.OPEN.value, Visibility.PRIVATE.value)


class NoteImportShape(serializers.Serializer):
    """A file of notes, which is brought in and taken back as one."""

    id = serializers.CharField(source="public_id")
    state = Code(StepState)
    text = serializers.CharField(source="text.public_id", default=None, allow_null=True)
    filename = serializers.SerializerMethodField()
    format = serializers.SerializerMethodField(help_text="As it was recognized, once it is read.")
    notes = serializers.SerializerMethodField(help_text="How many notes stand how.")
    stopped = serializers.SerializerMethodField(
        help_text="Why nothing was brought in when that was asked for last: a code and its facts."
    )

    def get_filename(self, step: NoteImport) -> str:
        """Return what the file was called."""
        return str(step.asked.get("filename", ""))

    def get_format(self, step: NoteImport) -> str:
        """Return the format."""
        return str(step.asked.get("found_format", ""))

    def get_stopped(self, step: NoteImport) -> dict[str, Any] | None:
        """Return what stood in the way."""
        return step.asked.get("stopped")

    def get_notes(self, step: NoteImport) -> dict[str, int] | None:
        """Return the counts; lists leave them out, since they take a query for each file."""
        if self.context["view"].action == "list":
            return None
        return dict(step.rows.order_by().values_list("outcome").annotate(n=Count("pk")))


class NoteImportRowShape(serializers.Serializer):
    """One note of a file."""

    place = serializers.IntegerField(help_text="The line of a table, or the place in the file.")
    outcome = Code(ArrivalOutcome)
    how = Code(ArrivalHow, help_text="How its place is known.")
    text = serializers.CharField(help_text="The text that it is on; empty for what is on none.")
    start = serializers.IntegerField(allow_null=True, help_text="Code points of the text's current wording.")
    end = serializers.IntegerField(allow_null=True)
    candidates = serializers.ListField(help_text="Places that could be meant: start, end and a score each.")
    on = serializers.DictField(help_text="The part of a picture or a film, or the target elsewhere.")
    terms = serializers.ListField(
        help_text="The term that each of its tags means; empty for one that nobody knows."
    )
    told = serializers.DictField(help_text="What the file says of it.")
    problem = serializers.DictField(help_text="Why not: a code and its facts.")
    annotation = serializers.CharField(source="annotation.public_id", default=None, allow_null=True)


class NoteImportInput(serializers.Serializer):
    """A file of notes."""

    file = serializers.FileField(max_length=255, help_text="At most 20 MB and 5000 notes.")
    text = serializers.CharField(
        required=False, help_text="The text that they are on; without it each says so itself."
    )
    format = Code(tuple(FORMATS), required=False, help_text="Empty: recognized.")
    unknown_tags = Code(UNKNOWN_TAGS, required=False)
    others = Code(OTHERS, required=False, help_text="What becomes of notes on other sites.")
    visibility = Code(_VISIBILITIES, required=False)
    base = serializers.FileField(
        required=False, max_length=255, help_text="The plain text that the file's offsets count."
    )


class ApplyNotesInput(serializers.Serializer):
    """What is brought in."""

    waiting = serializers.BooleanField(
        required=False, help_text="Those without a sure place too, to be placed by hand."
    )


class ChosenPlace(serializers.Serializer):
    """Where a note of a file belongs."""

    place = serializers.IntegerField(min_value=1)
    start = serializers.IntegerField(
        required=False, allow_null=True, min_value=0, help_text="Null: it is left out."
    )
    end = serializers.IntegerField(required=False, allow_null=True, min_value=0)


class ChosenPlaces(serializers.Serializer):
    """Choices of places."""

    places = ChosenPlace(many=True)


class NoteImports(Resource):
    """Files of notes of other systems, for those who sent them in."""

    parser_classes = (Json, MultiPartParser)
    model = NoteImport
    queryset = NoteImport.objects.none()
    serializer_class = NoteImportShape

    def rows(self) -> QuerySet[NoteImport]:
        """Return the files with their texts."""
        return super().rows().select_related("text").defer("data", "base").order_by("-pk")

    def tag(self, row: NoteImport) -> str:
        """Return the ETag of a file: where it stands."""
        return f'"{row.state}"'

    @extend_schema(
        summary="List the files of notes that one sent in",
        responses={200: NoteImportShape(many=True)} | LISTING,
    )
    def list(self, request: Request) -> Response:
        """List the files, the newest first."""
        return self.page_of(self.get_queryset())

    @extend_schema(
        summary="Send in a file of notes", request={"multipart/form-data": NoteImportInput}, responses={201: NoteImportShape} | MAKING
    )  # fmt: skip
    def create(self, request: Request) -> Response:
        """Read notes and say of each where it would stand; `apply` brings in those whose places are known."""
        require_may(self.viewer, "add", NoteImport)
        check_upload(request, limit=MOST_BYTES)
        given = self.checked(NoteImportInput)
        base = given.get("base")
        if base and base.size > MOST_BYTES:
            raise Invalid("too_large", field="base", limit=MOST_BYTES)
        step = import_notes(
            data=given["file"].read(), filename=given["file"].name or "", text=given.get("text", ""), form=given.get("format", ""),
            unknown_tags=given.get("unknown_tags") or "words", others=given.get("others") or "out",
            visibility=given.get("visibility") or Visibility.OPEN, base=base.read() if base else b"", by=self.by,
        )  # fmt: skip
        return self.answer(self.rows().get(pk=step.pk), status=201)

    @extend_schema(
        summary="Read the notes of a file", responses={200: NoteImportRowShape(many=True)} | LISTING,
        parameters=[text_parameter("outcome", "Notes that stand so.", enum=[one.value for one in ArrivalOutcome])],
    )  # fmt: skip
    @action(detail=True, methods=["get"], url_path="rows", url_name="rows")
    def rows_of(self, request: Request, public_id: str) -> Response:
        """List the notes of a file, each with its own words and where it would stand."""
        rows = self.found().rows.select_related("annotation").order_by("place", "pk")
        outcome = request.query_params.get("outcome")
        if outcome:
            rows = rows.filter(outcome=one_of(ArrivalOutcome, outcome, "outcome"))
        page = self.paginate_queryset(rows)
        assert self.paginator is not None
        return self.paginator.get_paginated_response(NoteImportRowShape(page or [], many=True).data)

    @extend_schema(
        summary="Choose where notes of a file belong", parameters=[IF_MATCH], request=ChosenPlaces,
        responses={200: NoteImportShape} | CHANGING,
    )  # fmt: skip
    @action(detail=True, methods=["post"])
    def choose(self, request: Request, public_id: str) -> Response:
        """Say of notes, by their place in the file, where each belongs in its text."""
        self._at(request)
        given = self.checked(ChosenPlaces)["places"]
        choices = {
            one["place"]: None
            if one.get("start") is None or one.get("end") is None
            else (one["start"], one["end"])
            for one in given
        }
        choose_places(step=public_id, choices=choices, by=self.by)
        return self.answer(self.found())

    @extend_schema(
        summary="Bring the notes of a file in", parameters=[IF_MATCH], request=ApplyNotesInput, responses={200: NoteImportShape} | CHANGING
    )  # fmt: skip
    @action(detail=True, methods=["post"])
    def apply(self, request: Request, public_id: str) -> Response:
        """Promise that they are brought in, all or none; the file's state says when it is done."""
        self._at(request)
        waiting = self.checked(ApplyNotesInput).get("waiting", False)
        apply_notes(step=public_id, waiting=waiting, by=self.by)
        return self.answer(self.found())

    @extend_schema(
        summary="Take the notes of a file back", parameters=[IF_MATCH], request=None, responses={200: NoteImportShape} | CHANGING
    )  # fmt: skip
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, public_id: str) -> Response:
        """Promise that they are taken back, except those that were touched since."""
        self._at(request)
        undo_notes(step=public_id, by=self.by)
        return self.answer(self.found())

    @extend_schema(summary="Read how a file of notes stands", responses={200: NoteImportShape} | READING)
    def retrieve(self, request: Request, public_id: str) -> Response:
        """Read one file."""
        return self.answer(self.found())

    @extend_schema(
        summary="Forget a file that was only looked at",
        parameters=[IF_MATCH],
        responses={204: None} | CHANGING,
    )
    def destroy(self, request: Request, public_id: str) -> Response:
        """Let go of a file of which nothing was brought in."""
        self._at(request)
        forget_import(step=public_id, by=self.by)
        return Response(status=204)

    def _at(self, request: Request) -> NoteImport:
        """Return the file, if `If-Match` names the state that it is in.

        Raises VersionMissing, Stale, NotVisible, NotAllowed.
        """
        state, row = named_version(request), self.found()
        require(self.viewer, "change", row)
        if state != row.state:
            raise Stale("stale", current=row.state)
        step: NoteImport = row
        return step
