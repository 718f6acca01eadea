"""Steps on the vocabulary: merges, splits and imports, each undone as one."""

from __future__ import annotations

from django.db.models import Count, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.actions.apply_terms import apply_import, undo_import
from annotations.actions.import_terms import FORMATS, import_terms
from annotations.actions.undo_step import undo_step
from annotations.api.one_of import one_of
from annotations.enums import Aspect, TermKind, VocabularyAct
from annotations.exchange.skos_in import MOST_BYTES
from annotations.models import VocabularyStep
from annotations.presenters.vocabulary_steps import seen_rows
from archive.access import require, require_may
from archive.actions.receive_file import receive_file
from archive.api.base import Resource, named_version
from archive.api.parsers import Json
from archive.api.schema import CHANGING, IF_MATCH, LISTING, MAKING, READING, text_parameter
from archive.api.shapes import Code
from archive.api.uploads import check_upload
from archive.enums import RowOutcome, StepState
from archive.errors import Stale


class StepShape(serializers.Serializer):
    """A merge, a split or an import, which can be undone as one."""

    id = serializers.CharField(source="public_id")
    act = Code(VocabularyAct)
    state = Code(StepState)
    term = serializers.CharField(source="term.public_id", default=None, allow_null=True)
    other = serializers.CharField(source="other.public_id", default=None, allow_null=True)
    rows = serializers.SerializerMethodField(
        help_text="How many rows ended how, of those that the asker may see."
    )

    def get_rows(self, step: VocabularyStep) -> dict[str, int] | None:
        """Return the counts; lists leave them out, since they take a query for each step."""
        if self.context["view"].action == "list":
            return None
        rows = seen_rows(step, self.context["view"].viewer)
        return dict(rows.order_by().values_list("outcome").annotate(n=Count("pk")))


class RowShape(serializers.Serializer):
    """One thing that a step does or did."""

    place = serializers.IntegerField(help_text="The line of a table, or the place in the file.")
    aspect = Code(Aspect)
    label = serializers.CharField()
    term = serializers.CharField(source="term.public_id", default=None, allow_null=True)
    annotation = serializers.CharField(source="annotation.public_id", default=None, allow_null=True)
    before = serializers.DictField()
    after = serializers.DictField()
    outcome = Code(RowOutcome)
    problem = serializers.DictField(help_text="Why not: a code and its facts.")


class ImportTermsInput(serializers.Serializer):
    """A file of terms."""

    file = serializers.FileField(
        max_length=255, help_text="SKOS (Turtle, JSON-LD with its context within) or CSV; at most 10 MB."
    )
    format = Code(FORMATS, required=False, help_text="Empty: as the name tells.")
    kind = Code(TermKind, required=False, help_text="Of entries that say none; a concept, unless it says so.")
    establish = serializers.BooleanField(
        required=False, help_text="Make new terms public when it is applied."
    )


class VocabularySteps(Resource):
    """Steps on the vocabulary, for its keepers."""

    parser_classes = (Json, MultiPartParser)

    model = VocabularyStep
    queryset = VocabularyStep.objects.none()
    serializer_class = StepShape

    def rows(self) -> QuerySet[VocabularyStep]:
        """Return the steps with their terms."""
        return super().rows().select_related("term", "other").order_by("-pk")

    def tag(self, row: VocabularyStep) -> str:
        """Return the ETag of a step: where it stands."""
        return f'"{row.state}"'

    @extend_schema(
        summary="List the steps on the vocabulary", responses={200: StepShape(many=True)} | LISTING
    )
    def list(self, request: Request) -> Response:
        """List the steps, the newest first; what became of their rows is said of one step alone."""
        return self.page_of(self.get_queryset())

    @extend_schema(
        summary="Send in a file of terms", request={"multipart/form-data": ImportTermsInput}, responses={201: StepShape} | MAKING
    )  # fmt: skip
    def create(self, request: Request) -> Response:
        """Read SKOS or a table, and say row by row what it would change; `apply` takes all rows in or none."""
        require_may(self.viewer, "add", VocabularyStep)
        check_upload(request, limit=MOST_BYTES)
        given = self.checked(ImportTermsInput)
        file = given["file"]
        arrival = receive_file(
            source=file.chunks(), filename=file.name or "", max_bytes=MOST_BYTES, by=self.by, check=False
        )
        step = import_terms(
            arrival=arrival, form=given.get("format", ""), kind=given.get("kind") or TermKind.CONCEPT,
            establish=given.get("establish", False), by=self.by,
        )  # fmt: skip
        return self.answer(self.rows().get(pk=step.pk), status=201)

    @extend_schema(
        summary="Read the rows of a step", responses={200: RowShape(many=True)} | LISTING,
        parameters=[text_parameter("outcome", "Rows that ended so.", enum=[one.value for one in RowOutcome])],
    )  # fmt: skip
    @action(detail=True, methods=["get"], url_path="rows", url_name="rows")
    def rows_of(self, request: Request, public_id: str) -> Response:
        """List the rows of a step; those of notes that the asker may not see are left out."""
        rows = (
            seen_rows(self.found(), self.viewer).select_related("term", "annotation").order_by("place", "pk")
        )
        outcome = request.query_params.get("outcome")
        if outcome:
            rows = rows.filter(outcome=one_of(RowOutcome, outcome, "outcome"))
        page = self.paginate_queryset(rows)
        assert self.paginator is not None
        return self.paginator.get_paginated_response(RowShape(page or [], many=True).data)

    @extend_schema(
        summary="Apply an import", parameters=[IF_MATCH], request=None, responses={200: StepShape} | CHANGING
    )
    @action(detail=True, methods=["post"])
    def apply(self, request: Request, public_id: str) -> Response:
        """Promise that all rows are taken in, or none; the step says when it is done."""
        self._at(request)
        apply_import(step=public_id, by=self.by)
        return self.answer(self.found())

    def _at(self, request: Request) -> VocabularyStep:
        """Return the step, if `If-Match` names the state that it is in.

        Raises VersionMissing, Stale, NotVisible, NotAllowed.
        """
        state, row = named_version(request), self.found()
        require(self.viewer, "change", row)
        if state != row.state:
            raise Stale("stale", current=row.state)
        step: VocabularyStep = row
        return step

    @extend_schema(summary="Read a step on the vocabulary", responses={200: StepShape} | READING)
    def retrieve(self, request: Request, public_id: str) -> Response:
        """Read one step."""
        return self.answer(self.found())

    @extend_schema(
        summary="Undo a step on the vocabulary", parameters=[IF_MATCH], request=None,
        responses={200: StepShape} | CHANGING,
    )  # fmt: skip
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, public_id: str) -> Response:
        """Take a step back, except where somebody changed the same since; `If-Match` names its state."""
        row = self._at(request)
        (undo_import if row.act == VocabularyAct.IMPORT else undo_step)(step=public_id, by=self.by)
        return self.answer(self.found())
