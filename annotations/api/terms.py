"""Terms: the vocabulary."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.access.terms import ranked
from annotations.access.uses import branch_of
from annotations.actions.change_term import change_term, establish_term, move_term
from annotations.actions.merge_term import merge_term
from annotations.actions.propose_term import propose_term
from annotations.actions.split_term import split_term
from annotations.api.one_of import one_of
from annotations.api.term_shapes import (
    MergeInput,
    MoveInput,
    NewTermInput,
    SplitInput,
    TermFields,
    TermShape,
    input_of,
    said_of,
)
from annotations.api.vocabulary_steps import StepShape
from annotations.enums import TermKind, TermStatus
from annotations.exports.vocabulary import FORMS, written
from annotations.models import Term
from archive.access import require, visible_to
from archive.api.base import Resource, version_of
from archive.api.schema import CHANGING, IF_MATCH, LISTING, MAKING, READING, text_parameter
from archive.errors import Invalid


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
            text_parameter("broader", "Public id of a term: what is directly narrower; `none`: what stands at the top."),
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
        if asked.get("broader") == "none":
            rows = rows.filter(broader=None)
        elif asked.get("broader"):
            rows = rows.filter(broader__in=visible_to(Term, self.viewer).filter(public_id=asked["broader"]))
        return self.page_of(ranked(rows, asked.get("q", "")[:200]))

    @extend_schema(
        summary="Hand the vocabulary out", responses={(200, "text/turtle"): OpenApiTypes.STR} | LISTING,
        parameters=[
            text_parameter("as", "SKOS in Turtle or JSON-LD, or a table.", enum=[*FORMS]),
            text_parameter("kind", "One kind only.", enum=[kind.value for kind in TermKind]),
            text_parameter("under", "Public id of a term: it and all that is narrower."),
        ],
    )  # fmt: skip
    @action(detail=False, methods=["get"])
    def export(self, request: Request) -> StreamingHttpResponse:
        """Send the terms that the asker may see as a file; merged ones are left out."""
        asked = request.query_params
        form = asked.get("as") or "ttl"
        if form not in FORMS:
            raise Invalid("choice_unknown", field="as")
        rows = visible_to(Term, self.viewer).filter(merged_into=None)
        if asked.get("kind"):
            rows = rows.filter(kind=one_of(TermKind, asked["kind"], "kind"))
        if asked.get("under"):
            top = visible_to(Term, self.viewer).filter(public_id=asked["under"]).values_list("pk", flat=True)
            rows = rows.filter(pk__in=branch_of(self.viewer, top))
        lines = written(rows, form, title=_("Vocabulary"))
        return StreamingHttpResponse(lines, content_type=f"{FORMS[form]}; charset=utf-8")

    @extend_schema(summary="Read a term", responses={200: TermShape} | READING)
    def retrieve(self, request: Request, public_id: str) -> Response:
        """Read one term; one that was merged says into which."""
        return self.answer(self.found())

    @extend_schema(summary="Propose a term", request=NewTermInput, responses={201: TermShape} | MAKING)
    def create(self, request: Request) -> Response:
        """Add a term, which members see until it is established."""
        given = self.checked(NewTermInput)
        establish = given.pop("establish", False)
        row = propose_term(term=input_of(given), establish=establish, by=self.by)
        return self.answer(self.rows().get(pk=row.pk), status=201)

    @extend_schema(
        summary="Change a term", parameters=[IF_MATCH], request=TermFields,
        responses={200: TermShape} | CHANGING,
    )  # fmt: skip
    def partial_update(self, request: Request, public_id: str) -> Response:
        """Change a term; what is left out stays."""
        version, row = version_of(request), self.found()
        require(self.viewer, "change", row)
        values = input_of(said_of(row) | self.checked(TermFields, partial=True))
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

    @extend_schema(
        summary="Move a term with its branch", parameters=[IF_MATCH], request=MoveInput,
        responses={200: TermShape} | CHANGING,
    )  # fmt: skip
    @action(detail=True, methods=["post"])
    def move(self, request: Request, public_id: str) -> Response:
        """Put a term below another, or at the top; a circle is refused."""
        version, row = version_of(request), self.found()
        require(self.viewer, "change", row)
        above = self.checked(MoveInput)["broader"]
        move_term(term=public_id, version=version, broader=above.public_id if above else "", by=self.by)
        return self.answer(self.found())

    @extend_schema(
        summary="Split a term",
        parameters=[IF_MATCH],
        request=SplitInput,
        responses={201: StepShape} | CHANGING,
    )
    @action(detail=True, methods=["post"])
    def split(self, request: Request, public_id: str) -> Response:
        """Let some notes bear another term instead; return the step, which can be undone."""
        version, row = version_of(request), self.found()
        require(self.viewer, "establish", row)
        given = self.checked(SplitInput)
        new = given.get("new")
        if (new is None) == (given.get("into") is None):
            raise Invalid("choice_unknown", field="into")
        if new is not None:
            new = {name: value for name, value in new.items() if name != "establish"}
        step = split_term(
            term=public_id, version=version, notes=given["notes"], new=input_of(new) if new is not None else None,
            into=given["into"].public_id if given.get("into") else "", by=self.by,
        )  # fmt: skip
        return Response(StepShape(step, context=self.get_serializer_context()).data, status=201)

    def get_serializer_context(self) -> dict[str, Any]:
        """Say the way up of one term, not of each of a list."""
        return {**super().get_serializer_context(), "with_path": self.action not in ("list", None)}
