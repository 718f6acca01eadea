"""Relations: what references are made with."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.actions.add_relation import add_relation
from annotations.actions.change_relation import change_relation
from annotations.actions.retire_relation import retire_relation, take_up_relation
from annotations.models import NamedRelation
from annotations.values import RelationInput
from archive.access import require
from archive.api.base import Resource, version_of
from archive.api.schema import CHANGING, IF_MATCH, LISTING, MAKING, READING
from archive.api.shapes import Shape, words

NAMES = ("name_ar", "name_en", "inverse_ar", "inverse_en", "description_ar", "description_en")


class RelationShape(Shape):
    """A relation, by its name in either direction."""

    id = serializers.CharField(source="public_id")
    version = serializers.IntegerField()
    code = serializers.CharField(help_text="What references name; it never changes.")
    name_ar = serializers.CharField()
    name_en = serializers.CharField()
    inverse_ar = serializers.CharField()
    inverse_en = serializers.CharField()
    is_symmetric = serializers.BooleanField()
    description_ar = serializers.CharField()
    description_en = serializers.CharField()
    retired_at = serializers.DateTimeField(
        allow_null=True, help_text="No new reference is made with it since."
    )


class RelationFields(serializers.Serializer):
    """What a relation is called."""

    name_ar = words(max_length=80)
    name_en = words(max_length=80)
    inverse_ar = words(max_length=80)
    inverse_en = words(max_length=80)
    description_ar = words(max_length=500)
    description_en = words(max_length=500)


class NewRelationInput(RelationFields):
    """A new relation; one that is symmetric needs no inverse, and stays so."""

    is_symmetric = serializers.BooleanField(required=False)


class Relations(Resource):
    """Relations, in the order in which they are offered."""

    model = NamedRelation
    queryset = NamedRelation.objects.none()
    serializer_class = RelationShape

    def rows(self) -> QuerySet[NamedRelation]:
        """Return all, retired ones too: old references name them."""
        return super().rows().order_by("order", "pk")

    @extend_schema(summary="List relations", responses={200: RelationShape(many=True)} | LISTING)
    def list(self, request: Request) -> Response:
        """List the relations; retired ones say since when."""
        return self.page_of(self.get_queryset())

    @extend_schema(summary="Read a relation", responses={200: RelationShape} | READING)
    def retrieve(self, request: Request, public_id: str) -> Response:
        """Read one relation."""
        return self.answer(self.found())

    @extend_schema(
        summary="Add a relation", request=NewRelationInput, responses={201: RelationShape} | MAKING
    )
    def create(self, request: Request) -> Response:
        """Add a relation, for keepers of the vocabulary."""
        row = add_relation(relation=RelationInput(**self.checked(NewRelationInput)), by=self.by)
        return self.answer(self.rows().get(pk=row.pk), status=201)

    @extend_schema(
        summary="Rename a relation", parameters=[IF_MATCH], request=RelationFields,
        responses={200: RelationShape} | CHANGING,
    )  # fmt: skip
    def partial_update(self, request: Request, public_id: str) -> Response:
        """Change what a relation is called; what is left out stays."""
        version, row = version_of(request), self.found()
        require(self.viewer, "change", row)
        said: dict[str, Any] = {name: getattr(row, name) for name in NAMES} | self.checked(
            RelationFields, partial=True
        )
        values = RelationInput(is_symmetric=row.is_symmetric, **said)
        change_relation(relation=public_id, version=version, values=values, by=self.by)
        return self.answer(self.found())

    @extend_schema(
        summary="Retire a relation", parameters=[IF_MATCH], request=None,
        responses={200: RelationShape} | CHANGING,
    )  # fmt: skip
    @action(detail=True, methods=["post"])
    def retire(self, request: Request, public_id: str) -> Response:
        """Let no new reference be made with it; those that exist stay."""
        retire_relation(relation=public_id, version=version_of(request), by=self.by)
        return self.answer(self.found())

    @extend_schema(
        summary="Take a retired relation up again", parameters=[IF_MATCH], request=None,
        responses={200: RelationShape} | CHANGING,
    )  # fmt: skip
    @action(detail=True, methods=["post"], url_path="take-up")
    def take_up(self, request: Request, public_id: str) -> Response:
        """Let new references be made with it again."""
        take_up_relation(relation=public_id, version=version_of(request), by=self.by)
        return self.answer(self.found())
