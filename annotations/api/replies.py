"""Replies to notes: read, said, revised and taken back by those who may see the note."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.access.talk import names_in
from annotations.actions._talk import MAX_REPLY
from annotations.actions.revise_reply import revise_reply
from annotations.actions.say_reply import say_reply
from annotations.actions.withdraw_reply import withdraw_reply
from annotations.api.note_shapes import PersonShape
from annotations.api.review import person
from annotations.models import Annotation, Reply
from archive.access import visible_to
from archive.api.base import Resource, key_of, named_version
from archive.api.schema import CHANGING, IDEMPOTENCY_KEY, IF_MATCH, LISTING, MAKING, READING, text_parameter
from archive.api.shapes import Shape
from archive.presenters.markup import with_names


class ReplyShape(Shape):
    """One turn of the talk about a note; of one that was taken back or removed, no words."""

    id = serializers.CharField(source="public_id")
    annotation = serializers.CharField(source="annotation.public_id")
    author = serializers.SerializerMethodField()
    answers = serializers.CharField(
        source="answers.public_id", default=None, help_text="The reply that it answers; null: the note."
    )
    body = serializers.SerializerMethodField(help_text="Markdown, with the names of whom it mentions.")
    mentions = serializers.SerializerMethodField()
    gone = serializers.CharField(help_text='"withdrawn", "removed", or empty while it stands.')
    version = serializers.SerializerMethodField()
    version_id = serializers.SerializerMethodField()
    created = serializers.DateTimeField(source="created_at")

    @extend_schema_field(PersonShape)
    def get_author(self, row: Reply) -> dict[str, str]:
        """Return who said it."""
        return person(row.author)

    def get_body(self, row: Reply) -> str:
        """Return its words."""
        version = row.newest_version
        return "" if row.gone or version is None else with_names(version.body, names_in(version))

    @extend_schema_field(PersonShape(many=True))
    def get_mentions(self, row: Reply) -> list[dict[str, str]]:
        """Return whom it mentions."""
        version = row.newest_version
        return [] if row.gone or version is None else [person(one.person) for one in version.mentions.all()]

    @extend_schema_field(serializers.IntegerField())
    def get_version(self, row: Reply) -> int:
        """Return how often it was worded."""
        return row.newest_version.number if row.newest_version else 0

    @extend_schema_field(serializers.CharField())
    def get_version_id(self, row: Reply) -> str:
        """Return what `If-Match` names."""
        return row.newest_version.public_id if row.newest_version else ""


class ReplyInput(serializers.Serializer):
    """What is said, of which note, and to which reply."""

    annotation = serializers.CharField(max_length=16)
    body = serializers.CharField(
        max_length=MAX_REPLY, trim_whitespace=False,
        help_text="Markdown. `@` with a name, or `@{id}`, tells somebody who may read the talk.",
    )  # fmt: skip
    answers = serializers.CharField(max_length=16, required=False, allow_blank=True)


class ReplyChange(serializers.Serializer):
    """What it says from now on."""

    body = serializers.CharField(max_length=MAX_REPLY, trim_whitespace=False)


class Replies(Resource):
    """Replies to the notes that the asker may see."""

    model = Reply
    queryset = Reply.objects.none()
    serializer_class = ReplyShape

    def rows(self) -> QuerySet[Reply]:
        """Return the replies with what is told of them."""
        rows = super().rows().select_related("annotation", "author", "answers", "newest_version")
        return rows.prefetch_related("newest_version__mentions__person").order_by("pk")

    def tag(self, row: Reply) -> str:
        """Return the tag of a reply: its newest version."""
        return f'"{row.newest_version.public_id if row.newest_version else ""}"'

    @extend_schema(
        summary="List replies", responses={200: ReplyShape(many=True)} | LISTING,
        parameters=[text_parameter("annotation", "Public id of a note.")],
    )  # fmt: skip
    def list(self, request: Request) -> Response:
        """List replies, in the order in which they were said."""
        rows = self.get_queryset()
        if request.query_params.get("annotation"):
            notes = visible_to(Annotation, self.viewer).filter(public_id=request.query_params["annotation"])
            rows = rows.filter(annotation__in=list(notes.values_list("pk", flat=True)))
        return self.page_of(rows)

    @extend_schema(summary="Read a reply", responses={200: ReplyShape} | READING)
    def retrieve(self, request: Request, public_id: str) -> Response:
        """Read one reply."""
        return self.answer(self.found())

    @extend_schema(
        summary="Reply to a note", parameters=[IDEMPOTENCY_KEY], request=ReplyInput,
        responses={201: ReplyShape} | MAKING,
    )  # fmt: skip
    def create(self, request: Request) -> Response:
        """Say something about a note; those who take part or are named are told."""
        given: dict[str, Any] = self.checked(ReplyInput)
        made = say_reply(**given, idempotency_key=key_of(request), by=self.by)
        return self.answer(self.rows().get(pk=made.pk), status=201)

    @extend_schema(
        summary="Revise a reply", parameters=[IF_MATCH], request=ReplyChange,
        responses={200: ReplyShape} | CHANGING,
    )  # fmt: skip
    def partial_update(self, request: Request, public_id: str) -> Response:
        """Say it otherwise; the earlier wording stays readable."""
        version = named_version(request)
        row = self.found()
        revise_reply(reply=public_id, version_id=version, by=self.by, **self.checked(ReplyChange))
        return self.answer(self.rows().get(pk=row.pk))

    @extend_schema(
        summary="Take a reply back", parameters=[IF_MATCH], request=None, responses={204: None} | CHANGING
    )
    def destroy(self, request: Request, public_id: str) -> Response:
        """Take a reply back; a gap stays."""
        version = named_version(request)
        self.found()
        withdraw_reply(reply=public_id, version_id=version, by=self.by)
        return Response(status=204)
