"""What works, collections, images and videos have in common on the wire."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from django_filters import rest_framework as filters
from rest_framework import serializers
from rest_framework.response import Response

from archive.access import permitted, require, visible_to
from archive.api.base import Resource, version_of
from archive.api.shapes import (
    Code,
    Creators,
    CreatorShape,
    Identifiers,
    IdentifierShape,
    Ref,
    Shape,
    words,
)
from archive.enums import Access
from archive.models import Collection, Group


class DescribedShape(Shape):
    """The catalogue's words for an item; translated fields are explicit in both languages."""

    id = serializers.CharField(source="public_id")
    version = serializers.IntegerField()
    title_ar = serializers.CharField()
    title_en = serializers.CharField()
    description_ar = serializers.CharField()
    description_en = serializers.CharField()
    creators = Creators()
    date_edtf = serializers.CharField()
    rights_uri = serializers.CharField()
    rights_holder_ar = serializers.CharField()
    rights_holder_en = serializers.CharField()
    provenance_ar = serializers.CharField()
    provenance_en = serializers.CharField()
    identifiers = Identifiers()
    content_warning_ar = serializers.CharField()
    content_warning_en = serializers.CharField()
    access = Code(Access)
    embargo_until = serializers.DateTimeField(allow_null=True)
    groups = serializers.SerializerMethodField(
        help_text="Public ids; those of the groups that the asker may see."
    )
    created = serializers.DateTimeField(source="created_at")
    updated = serializers.DateTimeField(source="updated_at")

    def get_groups(self, item: Any) -> list[str]:
        """Return the groups, which are prefetched as far as they may be seen."""
        return [group.public_id for group in item.groups.all()]


class DescribedInput(serializers.Serializer):  # type: ignore[type-arg]
    """What may be said of an item; what is left out stays as it is."""

    title_ar = words(max_length=300)
    title_en = words(max_length=300)
    description_ar = words(max_length=50_000)
    description_en = words(max_length=50_000)
    creators = serializers.ListField(child=CreatorShape(), required=False, max_length=100)
    date_edtf = words(max_length=60)
    rights_uri = serializers.URLField(required=False, allow_blank=True, max_length=200)
    rights_holder_ar = words(max_length=200)
    rights_holder_en = words(max_length=200)
    provenance_ar = words(max_length=50_000)
    provenance_en = words(max_length=50_000)
    identifiers = serializers.ListField(child=IdentifierShape(), required=False, max_length=100)
    content_warning_ar = words(max_length=200)
    content_warning_en = words(max_length=200)
    access = Code(Access, required=False)
    embargo_until = serializers.DateTimeField(required=False, allow_null=True)
    groups = serializers.ListField(child=Ref(Group), required=False, max_length=100)


class DescribedResource(Resource):
    """Reading and describing one kind of item."""

    def rows(self) -> QuerySet[Any]:
        """Return the items with those of their groups that may be seen."""
        return super().rows().prefetch_related(Prefetch("groups", visible_to(Group, self.viewer)))

    def seen(self, name: str, model: type[Any]) -> Prefetch[Any]:
        """Return a prefetch of a related row that leaves out what may not be seen."""
        return Prefetch(name, visible_to(model, self.viewer))

    def read_list(self) -> Response:
        """Return a page of what the filters leave."""
        return self.page_of(self.filter_queryset(self.get_queryset()))

    def read_one(self) -> Response:
        """Return one item under its ETag."""
        return self.answer(self.found())

    def describe(self, action: Any, *, name: str, given: type[Any]) -> Response:
        """Change one item through its action (`<name>_id` is what the action calls it)."""
        version = version_of(self.request)
        row = self.found()
        require(self.viewer, "change", row)
        action(
            **{f"{name}_id": row.pk}, version=version, values=self.checked(given, partial=True), by=self.by
        )
        return self.answer(self.found())

    def may_change(self, row: Any) -> bool:
        """Whether the asker may describe this item."""
        return permitted(self.model, self.viewer, "change").filter(pk=row.pk).exists()


class DescribedFilter(filters.FilterSet):
    """Filters of every kind of item; one that names something hidden finds nothing."""

    collection = filters.CharFilter(method="in_collection", help_text="Public id of a collection.")
    updated_after = filters.IsoDateTimeFilter(field_name="updated_at", lookup_expr="gt")

    def in_collection(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Return what is shelved in a collection that the asker may see."""
        shelf = visible_to(Collection, self.request.user).filter(public_id=value)
        return rows.filter(**{f"{name}__in": shelf})
