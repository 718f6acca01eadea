"""Drafts: texts before they are accepted, with what looks wrong in them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from archive.access import require
from archive.actions.abandon_draft import abandon_draft
from archive.actions.accept_draft import accept_draft, default_values
from archive.actions.decide_problem import OUTCOMES, decide_all, decide_problem
from archive.actions.draft_state import problem_of, text_of
from archive.actions.edit_blocks import edit_blocks
from archive.actions.edit_draft import edit_draft
from archive.actions.undo_draft_step import undo_draft_step
from archive.api.base import Resource, version_of
from archive.api.draft_shapes import (
    AcceptedShape,
    AcceptInput,
    DecideAllInput,
    DecideInput,
    DraftShape,
    DraftTextShape,
    EditInput,
    MarkdownInput,
    MarkdownShape,
    ProblemShape,
    ReportShape,
)
from archive.api.schema import (
    CHANGING,
    IF_MATCH,
    LISTING,
    READING,
    number_parameter,
    path_parameter,
    text_parameter,
)
from archive.enums import DraftState, ProblemKind, ProblemState
from archive.errors import NotVisible, OperationRefused, Stale
from archive.models import ImportProblem, TextDraft
from archive.text.markdown import shown
from archive.text.numbers import whole_number
from archive.text.report import report

__all__ = ["DraftShape", "Drafts"]


#: Blocks of which the Markdown is read at a time.
BLOCKS = 500


class ProblemFilter(filters.FilterSet):
    """Filters of problems."""

    kind = filters.ChoiceFilter(choices=[(kind.value, kind.value) for kind in ProblemKind])
    state = filters.ChoiceFilter(choices=[(state.value, state.value) for state in ProblemState])

    class Meta:
        model = ImportProblem
        fields: tuple[str, ...] = ()


class DraftFilter(filters.FilterSet):
    """Filters of drafts."""

    state = filters.ChoiceFilter(choices=[(state.value, state.value) for state in DraftState])

    class Meta:
        model = TextDraft
        fields: tuple[str, ...] = ()


_CHANGE: Any = {"parameters": [IF_MATCH], "responses": {200: DraftShape} | CHANGING}


@extend_schema_view(
    list=extend_schema(summary="List drafts", responses={200: DraftShape(many=True)} | LISTING),
    retrieve=extend_schema(summary="Read what is known of a draft", responses={200: DraftShape} | READING),
)
class Drafts(Resource):
    """Imports and corrections on their way to a revision; for archivists."""

    model = TextDraft
    queryset = TextDraft.objects.none()
    serializer_class = DraftShape
    filterset_class = DraftFilter

    def rows(self) -> QuerySet[TextDraft]:
        """Return the drafts without their words."""
        rows = super().rows().select_related("run", "text", "base", "preview_job")
        heavy = ("content", "blocks", "marks", "repairs")
        return rows.defer(*heavy, *(f"base__{name}" for name in heavy[:3]))

    def list(self, request: Request) -> Response:
        """List drafts, the newest first."""
        return self.page_of(self.filter_queryset(self.get_queryset()))

    def retrieve(self, request: Request, public_id: str) -> Response:
        """Read one draft."""
        return self.answer(self.found())

    @extend_schema(summary="Read a draft's words", responses={200: DraftTextShape} | READING)
    @action(detail=True, methods=["get"], serializer_class=DraftTextShape)
    def text(self, request: Request, public_id: str) -> Response:
        """Read the words as they stand, with blocks and marks."""
        row = self.found()
        return Response(DraftTextShape(row).data, headers={"ETag": self.tag(row)})

    @extend_schema(summary="Read the import report", responses={200: ReportShape} | READING)
    @action(detail=True, methods=["get"], serializer_class=ReportShape)
    def report(self, request: Request, public_id: str) -> Response:
        """Read what was found, repaired, missing and doubtful, each with its place."""
        row = self.found()
        problems = row.problems.filter(state=ProblemState.OPEN)
        return Response(report(replace(text_of(row), problems=tuple(map(problem_of, problems)))))

    @extend_schema(
        summary="List a draft's problems", responses={200: ProblemShape(many=True)} | LISTING, filters=False,
        parameters=[
            text_parameter("kind", "One kind only.", enum=[kind.value for kind in ProblemKind]),
            text_parameter("state", "One state only.", enum=[state.value for state in ProblemState]),
        ],
    )  # fmt: skip
    @action(detail=True, methods=["get"], filterset_class=ProblemFilter, serializer_class=ProblemShape)
    def problems(self, request: Request, public_id: str) -> Response:
        """List what looks wrong, in the order of the text."""
        rows = self.found().problems.order_by("start", "pk")
        return self.page_of(self.filter_queryset(rows))

    @extend_schema(
        summary="Decide on a problem", request=DecideInput, responses={200: DraftShape} | CHANGING,
        parameters=[IF_MATCH, path_parameter("problem", "Id of the problem.")],
    )  # fmt: skip
    @action(detail=True, methods=["post"], url_path=r"problems/(?P<problem>[^/.]+)")
    def problem(self, request: Request, public_id: str, problem: str) -> Response:
        """Apply what a problem proposes, dismiss it, or open it again."""
        version, row = version_of(request), self.found()
        found = row.problems.filter(public_id=problem).first()
        if found is None:
            raise NotVisible("not_visible")
        given = self.checked(DecideInput)
        decide_problem(
            problem_id=found.pk,
            outcome=given["outcome"],
            version=version,
            values=given.get("values"),
            by=self.by,
        )
        return self.answer(self.found())

    @extend_schema(summary="Decide on all problems of a kind", request=DecideAllInput, **_CHANGE)
    @action(detail=True, methods=["post"])
    def decide(self, request: Request, public_id: str) -> Response:
        """Apply or dismiss every open problem of a kind, as one step."""
        version, row = version_of(request), self.found()
        decide_all(draft_id=row.pk, version=version, by=self.by, **self.checked(DecideAllInput))
        return self.answer(self.found())

    @extend_schema(summary="Change a block by hand", request=EditInput, **_CHANGE)
    @action(detail=True, methods=["post"])
    def edit(self, request: Request, public_id: str) -> Response:
        """Edit, join, split, delete or insert a block, or give it another level or kind."""
        version, row = version_of(request), self.found()
        edit_draft(draft_id=row.pk, version=version, by=self.by, **self.checked(EditInput))
        return self.answer(self.found())

    @extend_schema(
        summary="Read a draft's blocks as Markdown", responses={200: MarkdownShape} | READING,
        parameters=[number_parameter("first", f"The block to begin with, from 0; {BLOCKS} are read at a time.")],
    )  # fmt: skip
    @action(detail=True, methods=["get"])
    def markdown(self, request: Request, public_id: str) -> Response:
        """Read blocks as the editor shows them."""
        row = self.found()
        parsed, first = text_of(row), whole_number(request.query_params.get("first", "")) or 0
        blocks = [
            {
                "block": index,
                "kind": parsed.blocks[index].kind.value,
                "markdown": shown(parsed, index).markdown,
            }
            for index in range(first, min(first + BLOCKS, len(parsed.blocks)))
        ]
        return Response({"blocks": blocks}, headers={"ETag": self.tag(row)})

    @extend_schema(summary="Change blocks as Markdown", request=MarkdownInput, **_CHANGE)
    @markdown.mapping.post
    def change_markdown(self, request: Request, public_id: str) -> Response:
        """Change many blocks as one step; what says the same is not touched."""
        version, row = version_of(request), self.found()
        typed: dict[int, str] = {}
        for each in self.checked(MarkdownInput)["blocks"]:
            if each["block"] in typed:
                raise OperationRefused("block_twice", index=each["block"])
            typed[each["block"]] = each["markdown"]
        nowhere = next((index for index in typed if index >= len(row.blocks)), None)
        if nowhere is not None and version == row.version:
            raise OperationRefused("no_such_block", index=nowhere, blocks=len(row.blocks))
        edit_blocks(draft_id=row.pk, version=version, typed=typed, by=self.by)
        return self.answer(self.found())

    @extend_schema(summary="Take the last step back", request=None, **_CHANGE)
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, public_id: str) -> Response:
        """Bring the draft back to before its last change."""
        version, row = version_of(request), self.found()
        undo_draft_step(draft_id=row.pk, version=version, by=self.by)
        return self.answer(self.found())

    @extend_schema(
        summary="Accept a draft", parameters=[IF_MATCH], request=AcceptInput,
        responses={201: AcceptedShape} | CHANGING,
    )  # fmt: skip
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, public_id: str) -> Response:
        """Make the revision that the draft with this hash is; accepted again, it is the same revision."""
        version, row = version_of(request), self.found()
        if row.state == DraftState.OPEN and row.version != version:
            raise Stale("stale", current=row.version)
        given = self.checked(AcceptInput)
        work, values = given.pop("work", None), given.pop("new_work", None)
        revision = accept_draft(
            draft_id=row.pk, work=work, values={**default_values(row), **values} if values else None,
            by=self.by, **given,
        )  # fmt: skip
        text = revision.text
        made = {
            "work": text.work.public_id,
            "text": text.public_id,
            "revision": revision.number,
            "sha256": revision.sha256,
        }
        return Response(made, status=201)

    @extend_schema(
        summary="Lay a draft aside", parameters=[IF_MATCH], request=None, responses={204: None} | CHANGING
    )
    def destroy(self, request: Request, public_id: str) -> Response:
        """Close a draft without a revision; nothing of it is deleted."""
        version, row = version_of(request), self.found()
        require(self.viewer, "change", row)
        abandon_draft(draft_id=row.pk, version=version, by=self.by)
        return Response(status=204)


assert set(OUTCOMES) == set(DecideInput.OUTCOMES)
