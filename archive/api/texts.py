"""Texts and their revisions: the words, and the structure that stands off from them."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import F, Prefetch, QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from archive.access import require, visible_to
from archive.access.sections import closed_texts, in_part
from archive.actions.fill_figure import fill_figure
from archive.actions.start_correction import start_correction
from archive.api.base import Resource, named_version
from archive.api.drafts import DraftShape
from archive.api.filtering import RefFilter
from archive.api.schema import CHANGING, IF_MATCH, LISTING, MAKING, READING, refusals
from archive.api.text_shapes import (
    AlignmentShape,
    FigureInput,
    FigureShape,
    RevisionShape,
    TextShape,
    WordingShape,
)
from archive.errors import Conflict, NotAllowed, NotVisible, Stale
from archive.models import Figure, Image, Text, TextRevision, Work
from archive.presenters.iiif import page_id
from archive.presenters.pairs import pairs_of, readable
from archive.text.numbers import whole_number

#: A text of which a section is kept from the asker is refused with that reason.
_PART = READING | refusals(403)
#: Rows of a pairing on one page.
PAIRS = 100


class TextFilter(filters.FilterSet):
    """Filters of texts."""

    work = RefFilter(Work, help_text="Public id of a work.")
    language = filters.CharFilter()

    class Meta:
        model = Text
        fields: tuple[str, ...] = ()


@extend_schema_view(
    list=extend_schema(summary="List texts", responses={200: TextShape(many=True)} | LISTING),
    retrieve=extend_schema(summary="Read what is known of a text", responses={200: TextShape} | _PART),
)
class Texts(Resource):
    """Texts that the asker may see."""

    model = Text
    queryset = Text.objects.none()
    serializer_class = TextShape
    filterset_class = TextFilter

    def rows(self) -> QuerySet[Text]:
        """Return the texts with their figures; a picture that may not be seen is a gap."""
        images = Prefetch("image", visible_to(Image, self.viewer))
        figures = visible_to(Figure, self.viewer).prefetch_related(images).order_by("pk")
        numbers = Prefetch("current_revision", TextRevision.objects.only("number", "text_id"))
        return (
            super()
            .rows()
            .select_related("work", "translation_of")
            .prefetch_related(
                numbers, Prefetch("figures", figures), Prefetch("image", visible_to(Image, self.viewer))
            )
        )

    def found(self) -> Any:
        """Return the text that the address names.

        Raises NotVisible, NotAllowed("text_kept_back") for one of which a section is kept from the asker.
        """
        row = self.get_queryset().filter(public_id=self.kwargs["public_id"]).first()
        if row is None:
            self._refuse_part()
            raise NotVisible("not_visible")
        return row

    def _refuse_part(self) -> None:
        rows = Text.objects.filter(public_id=self.kwargs["public_id"], pk__in=closed_texts(self.viewer))
        if in_part(rows, self.viewer).exists():
            raise NotAllowed("text_kept_back")

    def tag(self, row: Text) -> str:
        """Return the tag of the text: the number of its wording."""
        return f'"{row.current_revision.number if row.current_revision else 0}"'

    def list(self, request: Request) -> Response:
        """List texts."""
        return self.page_of(self.filter_queryset(self.get_queryset()))

    def retrieve(self, request: Request, public_id: str) -> Response:
        """Read one text."""
        return self.answer(self.found())

    def _revisions(self) -> QuerySet[TextRevision]:
        rows = visible_to(TextRevision, self.viewer).filter(text__public_id=self.kwargs["public_id"])
        return rows.select_related("text").order_by("-number")

    @extend_schema(
        summary="List the revisions of a text",
        responses={200: RevisionShape(many=True)} | LISTING | refusals(403),
        filters=False,
    )
    @action(detail=True, methods=["get"], filterset_class=None, serializer_class=RevisionShape)
    def revisions(self, request: Request, public_id: str) -> Response:
        """List the wordings that this text has had, the newest first."""
        self.found()
        return self.page_of(self._revisions().defer("content", "blocks", "marks"))

    @extend_schema(summary="Read the current wording", responses={200: WordingShape} | _PART)
    @action(detail=True, methods=["get"], url_path="revisions/current", serializer_class=WordingShape)
    def current(self, request: Request, public_id: str) -> Response:
        """Read the words of the current revision."""
        return self._wording(self._revisions().filter(text__current_revision=F("pk")))

    @extend_schema(summary="Read a wording", responses={200: WordingShape} | _PART)
    @action(
        detail=True,
        methods=["get"],
        url_path=r"revisions/(?P<number>[0-9]{1,6})",
        serializer_class=WordingShape,
    )
    def revision(self, request: Request, public_id: str, number: str) -> Response:
        """Read the words of one revision; they never change."""
        return self._wording(self._revisions().filter(number=int(number)))

    def _wording(self, rows: QuerySet[TextRevision]) -> Response:
        row = rows.first()
        if row is None:
            self._refuse_part()
            raise NotVisible("not_visible")
        return Response(WordingShape(row).data, headers={"ETag": f'"{row.number}"'})

    @extend_schema(
        summary="Read which blocks of a translation stand for which of its original",
        parameters=[OpenApiParameter("page", int, description=f"{PAIRS} rows a page.")],
        responses={200: AlignmentShape} | _PART, filters=False,
        description="Of the translation's text; 404 until an archivist approved the pairs.",
    )  # fmt: skip
    @action(detail=True, methods=["get"], pagination_class=None, filterset_class=None)
    def alignment(self, request: Request, public_id: str) -> Response:
        """Return a page of the newest approved pairing of this translation with what it translates."""
        rows = readable([self.found()], self.viewer)
        row: Any = rows.select_related("original__text", "translation__text").first()
        if row is None:
            raise NotVisible("not_visible")
        pages = Paginator(pairs_of(row), PAIRS)
        page = pages.get_page(whole_number(request.query_params.get("page", "")) or 1)
        row.count, row.page, row.pages, row.shown = (
            pages.count,
            page.number,
            pages.num_pages,
            page.object_list,
        )
        return Response(AlignmentShape(row).data, headers={"ETag": f'"{row.public_id}"'})

    @extend_schema(summary="Begin to correct a text", request=None, responses={201: DraftShape} | MAKING)
    @action(detail=True, methods=["post"])
    def corrections(self, request: Request, public_id: str) -> Response:
        """Return a draft of the current wording; one that is open already goes on."""
        row = self.found()
        require(self.viewer, "correct", row)
        draft = start_correction(text_id=row.pk, by=self.by)
        return Response(DraftShape(draft).data, status=201, headers={"ETag": f'"{draft.version}"'})

    @extend_schema(
        summary="Put an image into a figure", parameters=[IF_MATCH], request=FigureInput,
        responses={200: FigureShape} | CHANGING,
        description="`If-Match` names the image that the figure had when it was read (its third page as `ID:3`), or `none`.",
    )  # fmt: skip
    @action(detail=True, methods=["patch"], url_path=r"figures/(?P<key>[^/]{1,20})")
    def figure(self, request: Request, public_id: str, key: str) -> Response:
        """Fill a gap with a picture, or leave a gap."""
        seen = named_version(request).replace("none", "")
        row = next((figure for figure in self.found().figures.all() if figure.key == key), None)
        if row is None:
            raise NotVisible("not_visible")
        require(self.viewer, "fill", row)
        given = self.checked(FigureInput)
        try:
            filled = fill_figure(figure_id=row.pk, **given, seen=seen, by=self.by)
        except Conflict as error:
            current = page_id(row.image.public_id, row.page) if row.image else None
            raise Stale("stale", current=current) from error
        tag = page_id(filled.image.public_id, filled.page) if filled.image else "none"
        return Response(FigureShape(filled).data, headers={"ETag": f'"{tag}"'})
