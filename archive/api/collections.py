"""Collections: the shelves."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from archive.actions.create_collection import create_collection
from archive.actions.describe_collection import describe_collection
from archive.actions.rename import rename
from archive.api.base import key_of, version_of
from archive.api.described import DescribedInput, DescribedResource, DescribedShape
from archive.api.filtering import RefFilter
from archive.api.schema import CHANGING, IDEMPOTENCY_KEY, IF_MATCH, LISTING, MAKING, READING
from archive.api.shapes import Ref
from archive.api.works import SlugInput, titled
from archive.models import Collection


class CollectionShape(DescribedShape):
    """A shelf."""

    slug = serializers.CharField()
    parent = serializers.CharField(source="parent.public_id", default=None, allow_null=True)
    order = serializers.IntegerField()


class CollectionInput(DescribedInput):
    """The description of a collection."""

    parent = Ref(Collection, required=False, allow_null=True)
    order = serializers.IntegerField(required=False, min_value=0, max_value=100_000)


class NewCollectionInput(CollectionInput):
    """The description of a collection that is not there yet."""

    slug = serializers.SlugField(max_length=120, required=False, allow_blank=True)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        """Ask for a title in one language."""
        return titled(given)


class CollectionFilter(filters.FilterSet):
    """Filters of collections."""

    slug = filters.CharFilter()
    parent = RefFilter(Collection, help_text="Public id of the collection that holds it.")

    class Meta:
        model = Collection
        fields: tuple[str, ...] = ()


@extend_schema_view(
    list=extend_schema(summary="List collections", responses={200: CollectionShape(many=True)} | LISTING),
    retrieve=extend_schema(summary="Read a collection", responses={200: CollectionShape} | READING),
)
class Collections(DescribedResource):
    """Collections that the asker may see; `?collection=` of works, images and videos finds what they hold."""

    model = Collection
    queryset = Collection.objects.none()
    serializer_class = CollectionShape
    filterset_class = CollectionFilter

    def rows(self) -> QuerySet[Collection]:
        """Return the collections with what holds them."""
        return super().rows().prefetch_related(self.seen("parent", Collection))

    def list(self, request: Request) -> Response:
        """List collections in their order."""
        return self.read_list()

    def retrieve(self, request: Request, public_id: str) -> Response:
        """Read one collection."""
        return self.read_one()

    @extend_schema(
        summary="Put up a collection", parameters=[IDEMPOTENCY_KEY], request=NewCollectionInput,
        responses={201: CollectionShape} | MAKING,
    )  # fmt: skip
    def create(self, request: Request) -> Response:
        """Make a collection, seen by the keepers only unless it says more."""
        values = self.checked(NewCollectionInput)
        row = create_collection(values=values, slug=values.pop("slug", ""), key=key_of(request), by=self.by)
        return self.answer(self.rows().get(pk=row.pk), status=201)

    @extend_schema(
        summary="Describe a collection", parameters=[IF_MATCH], request=CollectionInput,
        responses={200: CollectionShape} | CHANGING,
    )  # fmt: skip
    def partial_update(self, request: Request, public_id: str) -> Response:
        """Change what is said of a collection, and where it stands."""
        return self.describe(describe_collection, name="collection", given=CollectionInput)

    @extend_schema(
        summary="Give a collection another address", parameters=[IF_MATCH], request=SlugInput,
        responses={200: CollectionShape} | CHANGING,
    )  # fmt: skip
    @action(detail=True, methods=["post"])
    def rename(self, request: Request, public_id: str) -> Response:
        """Change the address; the old one leads to the new."""
        version = version_of(request)
        row = self.found()
        rename(row, slug=self.checked(SlugInput)["slug"], version=version, by=self.by)
        return self.answer(self.found())
