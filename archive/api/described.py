"""What works, collections, images and videos have in common on the wire."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from archive.access import may, permitted, require, require_may, visible_to
from archive.access.description_changes import changes_of
from archive.actions.describe import readers_at
from archive.actions.put_back import put_back
from archive.actions.take_down import NOTE, SENTENCE, take_down
from archive.api.base import Resource, version_of
from archive.api.filtering import RefFilter
from archive.api.schema import DOING, READING
from archive.api.shapes import (
    Code,
    Creators,
    CreatorShape,
    Details,
    DetailShape,
    Identifiers,
    IdentifierShape,
    Moment,
    NamedPlaceShape,
    Places,
    ReaderGroup,
    Shape,
    words,
)
from archive.enums import Access, ChangeWay, TakedownReason, WarningKind
from archive.errors import Invalid
from archive.models import Collection, DescriptionChange, Group, User, Work
from archive.presenters.description_history import names_for
from archive.presenters.messages import sentence


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
    places = Places()
    details = Details()
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
    readers = serializers.SerializerMethodField(
        help_text="Addresses of the named people; told to those who may change the item, empty to others."
    )
    created = serializers.DateTimeField(source="created_at")
    updated = serializers.DateTimeField(source="updated_at")

    def get_groups(self, item: Any) -> list[str]:
        """Return the groups, which are prefetched as far as they may be seen."""
        return [group.public_id for group in item.groups.all()]

    def get_readers(self, item: Any) -> list[str]:
        """Return the named people, who are prefetched for those who may name them."""
        return sorted(user.email for user in item.readers.all())


class WarnedShape(DescribedShape):
    """What may be warned of, besides."""

    warnings = serializers.ListField(child=Code(WarningKind))


class Readers(serializers.ListField):
    """Accounts, by the addresses with which they sign in."""

    child = serializers.EmailField()

    def to_internal_value(self, data: Any) -> Any:
        """Return the accounts; who may not name any is told of none."""
        require_may(self.context["request"].user, "change", Work)
        try:
            return readers_at(super().to_internal_value(data))
        except Invalid as error:
            raise serializers.ValidationError(sentence(error.code, error.params)) from error


class DescribedInput(serializers.Serializer):
    """What may be said of an item; what is left out stays as it is."""

    title_ar = words(max_length=300)
    title_en = words(max_length=300)
    description_ar = words(max_length=50_000)
    description_en = words(max_length=50_000)
    creators = serializers.ListField(child=CreatorShape(), required=False, max_length=100)
    date_edtf = words(max_length=60)
    places = serializers.ListField(child=NamedPlaceShape(), required=False, max_length=100)
    details = serializers.ListField(child=DetailShape(), required=False, max_length=200)
    rights_uri = serializers.URLField(required=False, allow_blank=True, max_length=200)
    rights_holder_ar = words(max_length=200)
    rights_holder_en = words(max_length=200)
    provenance_ar = words(max_length=50_000)
    provenance_en = words(max_length=50_000)
    identifiers = serializers.ListField(child=IdentifierShape(), required=False, max_length=100)
    content_warning_ar = words(max_length=200)
    content_warning_en = words(max_length=200)
    access = Code(Access, required=False)
    embargo_until = Moment(required=False, allow_null=True)
    groups = serializers.ListField(child=ReaderGroup(), required=False, max_length=100)
    readers = Readers(required=False, max_length=200)


class WarnedInput(DescribedInput):
    """What may be warned of, besides."""

    warnings = serializers.ListField(child=Code(WarningKind), required=False, max_length=20)


class TakeDownInput(serializers.Serializer):
    """Why something is taken down, and what the public is told of it."""

    reason = Code(TakedownReason)
    sentence_ar = words(max_length=SENTENCE, help_text="Public, beside the reason.")
    sentence_en = words(max_length=SENTENCE)
    note = words(max_length=NOTE, help_text="For those who keep the archive.")
    shows_title = serializers.BooleanField(required=False, help_text="Whether the tombstone says the title.")


class PutBackInput(serializers.Serializer):
    """Why something is put back."""

    note = words(max_length=NOTE, help_text="For those who keep the archive.")


class ChangeShape(Shape):
    """One saved change of a description."""

    id = serializers.CharField(source="public_id")
    version = serializers.IntegerField(help_text="Of the item before the change.")
    way = Code(ChangeWay)
    by = serializers.CharField(source="created_by.public_id", default=None, allow_null=True)
    at = serializers.DateTimeField(source="created_at")
    fields_changed = serializers.SerializerMethodField()
    was = serializers.SerializerMethodField(
        help_text="Every field before the change; other rows by their public ids."
    )
    became = serializers.SerializerMethodField(help_text="The changed fields after it.")

    def get_fields_changed(self, change: DescriptionChange) -> list[str]:
        """Return which fields it changed."""
        return sorted(change.became)

    def get_was(self, change: DescriptionChange) -> dict[str, Any]:
        """Return what stood there, without the ids of what the asker may not see."""
        return self._seen(change.was)

    def get_became(self, change: DescriptionChange) -> dict[str, Any]:
        """Return what stood there then, without the ids of what the asker may not see."""
        return self._seen(change.became)

    def _seen(self, said: dict[str, Any]) -> dict[str, Any]:
        names = self.context["names"]
        return {name: names.seen(name, value) for name, value in said.items()}


class DescribedResource(Resource):
    """Reading and describing one kind of item."""

    def rows(self) -> QuerySet[Any]:
        """Return the items with those of their groups that may be seen."""
        named = (
            User.objects.filter(is_active=True)
            if may(self.viewer, "change", self.model)
            else User.objects.none()
        )
        return (
            super()
            .rows()
            .prefetch_related(Prefetch("groups", visible_to(Group, self.viewer)), Prefetch("readers", named))
        )

    def seen(self, name: str, model: type[Any]) -> Prefetch[Any]:
        """Return a prefetch of a related row that leaves out what may not be seen."""
        return Prefetch(name, visible_to(model, self.viewer))

    def read_list(self) -> Response:
        """Return a page of what the filters leave."""
        return self.page_of(self.filter_queryset(self.get_queryset()))

    def read_one(self) -> Response:
        """Return one item under its ETag."""
        return self.answer(self.found())

    def describe(self, change: Any, *, name: str, given: type[Any]) -> Response:
        """Change one item through its action (`<name>_id` is what the action calls it)."""
        version = version_of(self.request)
        row = self.found()
        require(self.viewer, "change", row)
        change(
            **{f"{name}_id": row.pk}, version=version, values=self.checked(given, partial=True), by=self.by
        )
        return self.answer(self.found())

    @extend_schema(
        summary="Read what a description said before",
        responses={200: ChangeShape(many=True)} | READING,
    )
    @action(detail=True, filterset_class=None)
    def history(self, request: Request, public_id: str) -> Response:
        """List the changes of the description, the newest first; for those who describe."""
        row = self.found()
        require(self.viewer, "change", row)
        page = self.paginate_queryset(changes_of(row, self.viewer)) or []
        names = names_for(self.viewer, [said for change in page for said in (change.was, change.became)])
        context = {**self.get_serializer_context(), "names": names}
        assert self.paginator is not None
        return self.paginator.get_paginated_response(ChangeShape(page, many=True, context=context).data)

    @extend_schema(summary="Take it down", request=TakeDownInput, responses={204: None} | DOING)
    @action(detail=True, methods=["post"], url_path="take-down")
    def take_down(self, request: Request, public_id: str) -> Response:
        """Let nobody but the keepers see it, at once; what was public leaves a tombstone at its address."""
        row = self.found()
        require(self.viewer, "take_down", row)
        take_down(row, **self.checked(TakeDownInput), by=self.by)
        return Response(status=204)

    @extend_schema(summary="Put it back", request=PutBackInput, responses={204: None} | DOING)
    @action(detail=True, methods=["post"], url_path="put-back")
    def put_back(self, request: Request, public_id: str) -> Response:
        """Let those see it again whom its access names."""
        row = self.found()
        require(self.viewer, "take_down", row)
        put_back(row, **self.checked(PutBackInput), by=self.by)
        return Response(status=204)

    def may_change(self, row: Any) -> bool:
        """Whether the asker may describe this item."""
        return permitted(self.model, self.viewer, "change").filter(pk=row.pk).exists()


class DescribedFilter(filters.FilterSet):
    """Filters of every kind of item; one that names something hidden finds nothing."""

    collection = RefFilter(Collection, help_text="Public id of a collection.")
    updated_after = filters.IsoDateTimeFilter(field_name="updated_at", lookup_expr="gt")
