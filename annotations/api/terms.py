"""Terms: the vocabulary."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.access.terms import ranked
from annotations.actions.change_term import change_term, establish_term
from annotations.actions.merge_term import merge_term
from annotations.actions.propose_term import propose_term
from annotations.api.one_of import one_of
from annotations.enums import TermKind, TermStatus
from annotations.models import Term
from annotations.values import Name, TermInput
from archive.access import require, visible_to
from archive.api.base import Resource, version_of
from archive.api.schema import CHANGING, IF_MATCH, LISTING, MAKING, READING, text_parameter
from archive.api.shapes import Code, Ref, Shape, words


class NameShape(serializers.Serializer):
    """A name of a term in a language."""

    language = serializers.CharField(max_length=20)
    name = serializers.CharField(max_length=200)
    is_label = serializers.BooleanField(read_only=True)


class TermShape(Shape):
    """An entry of the vocabulary."""

    id = serializers.CharField(source="public_id")
    version = serializers.IntegerField()
    slug = serializers.CharField()
    kind = Code(TermKind)
    status = Code(TermStatus)
    label_ar = serializers.CharField()
    label_en = serializers.CharField()
    description_ar = serializers.CharField()
    description_en = serializers.CharField()
    names = NameShape(many=True)
    broader = serializers.CharField(source="broader.public_id", default=None, allow_null=True)
    merged_into = serializers.CharField(source="merged_into.public_id", default=None, allow_null=True)
    authority = serializers.DictField(child=serializers.CharField())
    latitude = serializers.FloatField(allow_null=True)
    longitude = serializers.FloatField(allow_null=True)
    date_edtf = serializers.CharField()


class TermFields(serializers.Serializer):
    """What may be said of a term."""

    kind = Code(TermKind, required=False)
    label_ar = words(max_length=200)
    label_en = words(max_length=200)
    names = NameShape(many=True, required=False, help_text="Further names; all of them, when given.")
    description_ar = words(max_length=5_000)
    description_en = words(max_length=5_000)
    broader = Ref(Term, required=False, allow_null=True)
    authority = serializers.DictField(
        child=serializers.CharField(max_length=300, allow_blank=True), required=False
    )
    latitude = serializers.FloatField(required=False, allow_null=True)
    longitude = serializers.FloatField(required=False, allow_null=True)
    date_edtf = words(max_length=60)
    slug = words(max_length=120)


class NewTermInput(TermFields):
    """A new term; `establish` makes it public at once, for keepers of the vocabulary."""

    kind = Code(TermKind)
    establish = serializers.BooleanField(required=False)


class MergeInput(serializers.Serializer):
    """The term that stays."""

    into = Ref(Term)


class Terms(Resource):
    """Terms that the asker may see."""

    model = Term
    queryset = Term.objects.none()
    serializer_class = TermShape

    def rows(self) -> QuerySet[Term]:
        """Return the terms with their names and neighbors."""
        seen = visible_to(Term, self.viewer)
        return super().rows().prefetch_related(
            "names", Prefetch("broader", seen), Prefetch("merged_into", seen)
        )  # fmt: skip

    @extend_schema(
        summary="List terms, or find them by any name", responses={200: TermShape(many=True)} | LISTING,
        parameters=[
            text_parameter("q", "Part of any name, in any spelling: without vowel marks, with or without hamza."),
            text_parameter("kind", "One kind only.", enum=[kind.value for kind in TermKind]),
            text_parameter("status", "Proposed or established.", enum=[status.value for status in TermStatus]),
            text_parameter("slug", "The address of its page."),
        ],
    )  # fmt: skip
    def list(self, request: Request) -> Response:
        """List terms; with `q` the best first, as a picker shows them. Merged ones are left out."""
        asked = request.query_params
        rows = self.get_queryset().filter(merged_into=None)
        if asked.get("kind"):
            rows = rows.filter(kind=one_of(TermKind, asked["kind"], "kind"))
        if asked.get("status"):
            rows = rows.filter(status=one_of(TermStatus, asked["status"], "status"))
        if asked.get("slug"):
            rows = rows.filter(slug=asked["slug"])
        return self.page_of(ranked(rows, asked.get("q", "")[:200]))

    @extend_schema(summary="Read a term", responses={200: TermShape} | READING)
    def retrieve(self, request: Request, public_id: str) -> Response:
        """Read one term; one that was merged says into which."""
        return self.answer(self.found())

    @extend_schema(summary="Propose a term", request=NewTermInput, responses={201: TermShape} | MAKING)
    def create(self, request: Request) -> Response:
        """Add a term, which members see until it is established."""
        given = self.checked(NewTermInput)
        establish = given.pop("establish", False)
        row = propose_term(term=_input(given), establish=establish, by=self.by)
        return self.answer(self.rows().get(pk=row.pk), status=201)

    @extend_schema(
        summary="Change a term", parameters=[IF_MATCH], request=TermFields,
        responses={200: TermShape} | CHANGING,
    )  # fmt: skip
    def partial_update(self, request: Request, public_id: str) -> Response:
        """Change a term; what is left out stays."""
        version, row = version_of(request), self.found()
        require(self.viewer, "change", row)
        values = _input(_said(row) | self.checked(TermFields, partial=True))
        change_term(term=public_id, version=version, values=values, by=self.by)
        return self.answer(self.found())

    @extend_schema(
        summary="Establish a term", parameters=[IF_MATCH], request=None, responses={200: TermShape} | CHANGING
    )
    @action(detail=True, methods=["post"])
    def establish(self, request: Request, public_id: str) -> Response:
        """Make a proposed term public."""
        establish_term(term=public_id, version=version_of(request), by=self.by)
        return self.answer(self.found())

    @extend_schema(
        summary="Merge a term into another", parameters=[IF_MATCH], request=MergeInput,
        responses={200: TermShape} | CHANGING,
    )  # fmt: skip
    @action(detail=True, methods=["post"])
    def merge(self, request: Request, public_id: str) -> Response:
        """Make two terms one; return the one that stays."""
        version, row = version_of(request), self.found()
        require(self.viewer, "establish", row)
        into = self.checked(MergeInput)["into"].public_id
        kept = merge_term(term=public_id, version=version, into=into, by=self.by)
        return self.answer(self.rows().get(pk=kept.pk))


def _said(term: Term) -> dict[str, Any]:
    """Return what is said of a term now, in the form in which it comes in."""
    same = ("kind", "authority", "latitude", "longitude", "date_edtf")
    spoken = [f"{name}_{code}" for name in ("label", "description") for code in ("ar", "en")]
    names = [{"language": name.language, "name": name.name} for name in term.names.all() if not name.is_label]
    broader = Term.objects.filter(pk=term.broader_id).first()
    return (
        {name: getattr(term, name) for name in same}
        | {name: getattr(term, name) or "" for name in spoken}
        | {"names": names, "broader": broader}
    )


def _input(given: dict[str, Any]) -> TermInput:
    values = dict(given)
    names = tuple(Name(name["language"], name["name"]) for name in values.pop("names", ()))
    broader = values.pop("broader", None)
    kind = TermKind(values.pop("kind"))
    return TermInput(kind=kind, names=names, broader=broader.public_id if broader else "", **values)
