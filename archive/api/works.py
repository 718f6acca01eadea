"""Works: the catalogue's entries."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from archive.access import visible_to
from archive.access.shown_with import Reserve, hidden_with
from archive.actions.create_work import create_work
from archive.actions.describe_work import describe_work
from archive.actions.rename import rename
from archive.api.base import key_of, version_of
from archive.api.described import DescribedFilter, DescribedResource, WarnedInput, WarnedShape
from archive.api.schema import CHANGING, IDEMPOTENCY_KEY, IF_MATCH, LISTING, MAKING, READING
from archive.api.shapes import Code, Language, Ref, Shape
from archive.enums import Access, TextRole, WorkKind
from archive.models import Collection, Image, Text, TextRevision, Work
from archive.presenters.desk_names import desk_name


class WorkTextShape(Shape):
    """One wording of a work, in short."""

    id = serializers.CharField(source="public_id")
    role = Code(TextRole)
    language = serializers.CharField()
    direction = Code(("rtl", "ltr"))
    revision = serializers.IntegerField(
        source="current_revision.number",
        default=None,
        allow_null=True,
        help_text="Number of the current revision.",
    )


class WorkShape(WarnedShape):
    """A work and its texts."""

    slug = serializers.CharField()
    kind = Code(WorkKind)
    language = serializers.CharField()
    collection = serializers.CharField(source="collection.public_id", default=None, allow_null=True)
    cover = serializers.CharField(source="cover.public_id", default=None, allow_null=True)
    texts = WorkTextShape(many=True)


class ClosedShape(serializers.Serializer):
    """A picture or film that a public work shows and the public does not see: readers meet a gap."""

    kind = Code(("image", "video"))
    id = serializers.CharField()
    title = serializers.CharField()
    reserve = Code(
        Reserve, help_text="Why it may have been kept on purpose; empty: it is a draft and nothing else."
    )


class WorkChangedShape(WorkShape):
    """A work as it is after a change."""

    stays_closed = ClosedShape(
        many=True, read_only=True,
        help_text="While the work is public: what it shows and the public does not see, as far as the asker may open it.",
    )  # fmt: skip


class WorkInput(WarnedInput):
    """The description of a work."""

    kind = Code(WorkKind, required=False)
    language = Language(required=False)
    collection = Ref(Collection, required=False, allow_null=True)
    cover = Ref(Image, required=False, allow_null=True)


class NewWorkInput(WorkInput):
    """The description of a work that is not there yet."""

    slug = serializers.SlugField(max_length=120, required=False, allow_blank=True)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        """Ask for a title in one language."""
        return titled(given)


class SlugInput(serializers.Serializer):
    """Another address; the old one leads to it."""

    slug = serializers.SlugField(max_length=120)


class WorkFilter(DescribedFilter):
    """Filters of works."""

    slug = filters.CharFilter()
    kind = filters.ChoiceFilter(choices=[(kind.value, kind.value) for kind in WorkKind])
    language = filters.CharFilter()

    class Meta:
        model = Work
        fields: tuple[str, ...] = ()


def titled(given: dict[str, Any]) -> dict[str, Any]:
    """Return the description of a new item, which has a title in one language at least.

    Raises ValidationError.
    """
    if not (given.get("title_ar") or given.get("title_en")):
        raise serializers.ValidationError(
            {"title_ar": [serializers.Field.default_error_messages["required"]]}
        )
    return given


@extend_schema_view(
    list=extend_schema(summary="List works", responses={200: WorkShape(many=True)} | LISTING),
    retrieve=extend_schema(summary="Read a work", responses={200: WorkShape} | READING),
)
class Works(DescribedResource):
    """Works that the asker may see."""

    model = Work
    queryset = Work.objects.none()
    serializer_class = WorkShape
    filterset_class = WorkFilter

    def rows(self) -> QuerySet[Work]:
        """Return the works with their texts."""
        numbers = TextRevision.objects.only("number", "text_id")
        texts = visible_to(Text, self.viewer).prefetch_related(Prefetch("current_revision", numbers))
        return super().rows().prefetch_related(
            self.seen("collection", Collection), self.seen("cover", Image), Prefetch("texts", texts)
        )  # fmt: skip

    def list(self, request: Request) -> Response:
        """List works, the newest first."""
        return self.read_list()

    def retrieve(self, request: Request, public_id: str) -> Response:
        """Read one work."""
        return self.read_one()

    @extend_schema(
        summary="Enter a work into the catalogue", parameters=[IDEMPOTENCY_KEY], request=NewWorkInput,
        responses={201: WorkShape} | MAKING,
    )  # fmt: skip
    def create(self, request: Request) -> Response:
        """Make a catalogue entry, seen by the keepers only unless it says more."""
        values = self.checked(NewWorkInput)
        row = create_work(values=values, slug=values.pop("slug", ""), key=key_of(request), by=self.by)
        return self.answer(self.rows().get(pk=row.pk), status=201)

    @extend_schema(
        summary="Describe a work",
        parameters=[IF_MATCH],
        request=WorkInput,
        responses={200: WorkChangedShape} | CHANGING,
    )
    def partial_update(self, request: Request, public_id: str) -> Response:
        """Change what the catalogue says of a work, its rights and its access."""
        answer = self.describe(describe_work, name="work", given=WorkInput)
        row = self.found()
        closed = hidden_with(row, self.viewer) if row.access == Access.PUBLIC else []
        answer.data["stays_closed"] = [
            {
                "kind": str(each.item._meta.model_name), "id": each.item.public_id, "title": desk_name(each.item),
                "reserve": each.reserve.value,
            }
            for each in closed
        ]  # fmt: skip
        return answer

    @extend_schema(
        summary="Give a work another address", parameters=[IF_MATCH], request=SlugInput,
        responses={200: WorkShape} | CHANGING,
    )  # fmt: skip
    @action(detail=True, methods=["post"])
    def rename(self, request: Request, public_id: str) -> Response:
        """Change the address; the old one leads to the new."""
        version = version_of(request)
        row = self.found()
        rename(row, slug=self.checked(SlugInput)["slug"], version=version, by=self.by)
        return self.answer(self.found())
