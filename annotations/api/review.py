"""Review: notes that were handed in, and what was decided of them."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.actions.decide import decide
from annotations.actions.submit import submit
from annotations.api.note_shapes import PersonShape
from annotations.api.one_of import one_of
from annotations.enums import Outcome
from annotations.models import Annotation, AnnotationVersion, Decision, Submission, SubmissionItem
from annotations.values import MAX_BODY
from archive.access import require_may, visible_to
from archive.api.base import Resource, key_of
from archive.api.schema import IDEMPOTENCY_KEY, LISTING, MAKING, READING, refusals, text_parameter
from archive.api.shapes import Code, Shape
from archive.models import User


def person(user: User) -> dict[str, str]:
    """Return how somebody is named."""
    return {"id": user.public_id, "name": str(user)}


class HandedInShape(serializers.Serializer):
    """One version within a submission."""

    annotation = serializers.CharField(source="annotation.public_id")
    version_id = serializers.CharField(source="public_id")
    version = serializers.IntegerField(source="number")
    content_hash = serializers.CharField()


class SubmissionShape(Shape):
    """Notes handed in together."""

    id = serializers.CharField(source="public_id")
    author = serializers.SerializerMethodField()
    message = serializers.CharField()
    versions = serializers.SerializerMethodField()
    created = serializers.DateTimeField(source="created_at")

    @extend_schema_field(PersonShape)
    def get_author(self, row: Submission) -> dict[str, str]:
        """Return who handed them in."""
        return person(row.author)

    @extend_schema_field(HandedInShape(many=True))
    def get_versions(self, row: Submission) -> Any:
        """Return the versions that the asker may see."""
        return HandedInShape([item.version for item in row.items.all()], many=True).data


class SubmissionInput(serializers.Serializer):
    """Which versions to hand in (`version_id` of each), and a message to the reviewers."""

    versions = serializers.ListField(child=serializers.CharField(max_length=16), max_length=200)
    message = serializers.CharField(required=False, allow_blank=True, max_length=5_000)


class Submissions(Resource):
    """One's own submissions; for reviewers, all."""

    model = Submission
    queryset = Submission.objects.none()
    serializer_class = SubmissionShape

    def rows(self) -> QuerySet[Submission]:
        """Return the submissions with those of their versions that may be seen."""
        versions = visible_to(AnnotationVersion, self.viewer)
        items = SubmissionItem.objects.filter(version__in=versions).select_related("version__annotation")
        return super().rows().select_related("author").prefetch_related(Prefetch("items", items))

    @extend_schema(summary="List submissions", responses={200: SubmissionShape(many=True)} | LISTING)
    def list(self, request: Request) -> Response:
        """List submissions, the oldest first."""
        return self.page_of(self.get_queryset())

    @extend_schema(summary="Read a submission", responses={200: SubmissionShape} | READING)
    def retrieve(self, request: Request, public_id: str) -> Response:
        """Read one submission."""
        return Response(self.shown(self.found()))

    @extend_schema(
        summary="Hand notes in", parameters=[IDEMPOTENCY_KEY], request=SubmissionInput,
        responses={201: SubmissionShape} | MAKING | refusals(412),
    )  # fmt: skip
    def create(self, request: Request) -> Response:
        """Hand these versions in together, all of them or none."""
        given = self.checked(SubmissionInput)
        made = submit(
            version_ids=given["versions"], message=given.get("message", ""), idempotency_key=key_of(request),
            by=self.by,
        )  # fmt: skip
        return Response(self.shown(self.rows().get(pk=made.pk)), status=201)


class DecisionShape(Shape):
    """What a reviewer decided of one version."""

    id = serializers.CharField(source="public_id")
    annotation = serializers.CharField(source="version.annotation.public_id")
    version_id = serializers.CharField(source="version.public_id")
    content_hash = serializers.CharField()
    outcome = Code(Outcome)
    reason = serializers.CharField()
    suggestion = serializers.CharField(
        help_text="The wording that the author may take (`take` of a PATCH to the note); empty for none."
    )
    reviewer = serializers.SerializerMethodField()
    created = serializers.DateTimeField(source="created_at")

    @extend_schema_field(PersonShape)
    def get_reviewer(self, row: Decision) -> dict[str, str]:
        """Return who decided."""
        return person(row.reviewer)


class DecisionInput(serializers.Serializer):
    """A decision on exactly the version that was read; `content_hash` says that it was read."""

    version_id = serializers.CharField(max_length=16)
    content_hash = serializers.CharField(max_length=64)
    outcome = Code(Outcome)
    reason = serializers.CharField(
        required=False, allow_blank=True, max_length=5_000, help_text="Needed to return or to decline."
    )
    suggestion = serializers.CharField(
        required=False, allow_blank=True, trim_whitespace=False, max_length=MAX_BODY,
        help_text="With `return` only: the whole body as it should be, in Markdown. Leave it out to suggest none.",
    )  # fmt: skip


class Decisions(Resource):
    """Decisions that the asker may see: on their own notes; for reviewers and editors, all."""

    model = Decision
    queryset = Decision.objects.none()
    serializer_class = DecisionShape

    def rows(self) -> QuerySet[Decision]:
        """Return the decisions with their versions."""
        return super().rows().select_related("version__annotation", "reviewer").order_by("-pk")

    @extend_schema(
        summary="List decisions", responses={200: DecisionShape(many=True)} | LISTING,
        parameters=[
            text_parameter("annotation", "Public id of a note."),
            text_parameter("outcome", "One outcome only.", enum=[outcome.value for outcome in Outcome]),
        ],
    )  # fmt: skip
    def list(self, request: Request) -> Response:
        """List decisions, the newest first."""
        rows, asked = self.get_queryset(), request.query_params
        if asked.get("annotation"):
            notes = visible_to(Annotation, self.viewer).filter(public_id=asked["annotation"])
            rows = rows.filter(version__annotation__in=notes)
        if asked.get("outcome"):
            rows = rows.filter(outcome=one_of(Outcome, asked["outcome"], "outcome"))
        return self.page_of(rows)

    @extend_schema(summary="Read a decision", responses={200: DecisionShape} | READING)
    def retrieve(self, request: Request, public_id: str) -> Response:
        """Read one decision."""
        return Response(self.shown(self.found()))

    @extend_schema(
        summary="Decide on a note",
        request=DecisionInput,
        responses={201: DecisionShape} | MAKING | refusals(412),
    )
    def create(self, request: Request) -> Response:
        """Accept, return or decline the version that was read; nobody decides their own."""
        require_may(self.viewer, "add", Decision)
        given: dict[str, Any] = self.checked(DecisionInput)
        made = decide(**{**given, "outcome": Outcome(given["outcome"])}, by=self.by)
        return Response(self.shown(self.rows().get(pk=made.pk)), status=201)
