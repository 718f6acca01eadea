"""Steps on the vocabulary: merges, splits and imports, each undone as one."""

from __future__ import annotations

from django.db.models import Count, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.actions.undo_step import undo_step
from annotations.enums import VocabularyAct
from annotations.models import VocabularyStep
from annotations.presenters.vocabulary_steps import seen_rows
from archive.access import require
from archive.api.base import Resource, named_version
from archive.api.schema import CHANGING, IF_MATCH, READING
from archive.api.shapes import Code
from archive.enums import StepState
from archive.errors import Stale


class StepShape(serializers.Serializer):
    """A merge, a split or an import, which can be undone as one."""

    id = serializers.CharField(source="public_id")
    act = Code(VocabularyAct)
    state = Code(StepState)
    term = serializers.CharField(source="term.public_id", default=None, allow_null=True)
    other = serializers.CharField(source="other.public_id", default=None, allow_null=True)
    rows = serializers.SerializerMethodField(help_text="How many rows ended how, of those that the asker may see.")

    def get_rows(self, step: VocabularyStep) -> dict[str, int]:
        """Return the counts."""
        rows = seen_rows(step, self.context["view"].viewer)
        return dict(rows.order_by().values_list("outcome").annotate(n=Count("pk")))


class VocabularySteps(Resource):
    """Steps on the vocabulary, for its keepers."""

    model = VocabularyStep
    queryset = VocabularyStep.objects.none()
    serializer_class = StepShape

    def rows(self) -> QuerySet[VocabularyStep]:
        """Return the steps with their terms."""
        return super().rows().select_related("term", "other").order_by("-pk")

    def tag(self, row: VocabularyStep) -> str:
        """Return the ETag of a step: where it stands."""
        return f'"{row.state}"'

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
        state, row = named_version(request), self.found()
        require(self.viewer, "change", row)
        if state != row.state:
            raise Stale("stale", current=row.state)
        undo_step(step=public_id, by=self.by)
        return self.answer(self.found())
