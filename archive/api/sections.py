"""Sections of texts that are kept from readers, for those who keep the archive."""

from __future__ import annotations

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from archive.access import require, require_may, visible_to
from archive.actions._sections import REASON, SENTENCE
from archive.actions.change_section import change_section
from archive.actions.keep_section import keep_section
from archive.actions.lift_section import lift_section
from archive.actions.settle_section import settle_section
from archive.api.base import Resource, key_of, version_of
from archive.api.described import Readers
from archive.api.filtering import RefFilter
from archive.api.schema import CHANGING, IDEMPOTENCY_KEY, IF_MATCH, LISTING, MAKING, READING
from archive.api.shapes import Code, Moment, ReaderGroup, Ref, Shape, words
from archive.enums import Access, SectionFit, TakedownReason
from archive.models import Group, SectionPlace, Text, TextSection


class SectionShape(Shape):
    """A run of whole blocks that fewer people read than the text; `first` and `last` are of the current wording."""

    id = serializers.CharField(source="public_id")
    version = serializers.IntegerField()
    text = serializers.CharField(source="text.public_id")
    revision = serializers.IntegerField(source="text.current_revision.number", default=None, allow_null=True)
    first = serializers.IntegerField(
        allow_null=True, help_text="First block, from zero; null where nobody is sure of it."
    )
    last = serializers.IntegerField(allow_null=True, help_text="One past the last.")
    fit = Code(SectionFit, allow_null=True, help_text="How its place in this wording was found.")
    access = Code(Access)
    groups = serializers.SerializerMethodField(help_text="Public ids of the groups that read it.")
    readers = serializers.SerializerMethodField(help_text="Addresses of the people who read it.")
    embargo_until = serializers.DateTimeField(allow_null=True)
    down_because = serializers.CharField(help_text="Why it is taken down; empty while it is not.")
    sentence_ar = serializers.CharField(help_text="Said to readers in its place.")
    sentence_en = serializers.CharField()
    created = serializers.DateTimeField(source="created_at")
    lifted = serializers.DateTimeField(
        source="lifted_at", allow_null=True, help_text="When it was given free."
    )

    def get_groups(self, section: TextSection) -> list[str]:
        """Return the groups, which are prefetched as far as they may be seen."""
        return [group.public_id for group in section.groups.all()]

    def get_readers(self, section: TextSection) -> list[str]:
        """Return the named people."""
        return sorted(user.email for user in section.readers.all())


class ReasonInput(serializers.Serializer):
    """Why it is done, for the record."""

    reason = serializers.CharField(max_length=REASON, help_text="Only those who keep the archive see it.")


class SectionInput(ReasonInput):
    """Who reads a section, until when others do not, and what they are told; what is left out stays as it is."""

    access = Code(Access, required=False)
    groups = serializers.ListField(child=ReaderGroup(), required=False, max_length=100)
    readers = Readers(required=False, max_length=200)
    embargo_until = Moment(required=False, allow_null=True)
    down_because = Code(("", *TakedownReason), required=False)
    sentence_ar = words(max_length=SENTENCE)
    sentence_en = words(max_length=SENTENCE)


class RunInput(serializers.Serializer):
    """Blocks `[first, last)` of a wording, counted from zero."""

    revision = serializers.IntegerField(min_value=1, help_text="The wording in which they were counted.")
    first = serializers.IntegerField(min_value=0)
    last = serializers.IntegerField(min_value=0)


class NewSectionInput(RunInput, SectionInput):
    """A section of a text's current wording, and who reads it: nobody but the keepers where nothing is said."""

    text = Ref(Text)


class SectionPlaceInput(RunInput, ReasonInput):
    """Where a section stands in the current wording; zero to zero: it is not in it any more."""


class SectionFilter(filters.FilterSet):
    """Filters of sections; one that names something hidden finds nothing."""

    text = RefFilter(Text, help_text="Public id of a text.")
    in_force = filters.BooleanFilter(
        field_name="lifted_at", lookup_expr="isnull", help_text="Whether it is still kept from readers."
    )

    class Meta:
        model = TextSection
        fields: tuple[str, ...] = ()


@extend_schema_view(
    list=extend_schema(
        summary="List what is kept of texts", responses={200: SectionShape(many=True)} | LISTING
    ),
    retrieve=extend_schema(
        summary="Read who reads a section of a text", responses={200: SectionShape} | READING
    ),
)
class Sections(Resource):
    """Sections that the asker keeps; to everybody else there are none."""

    model = TextSection
    queryset = TextSection.objects.none()
    serializer_class = SectionShape
    filterset_class = SectionFilter

    def rows(self) -> QuerySet[TextSection]:
        """Return the sections with their place in the current wording, and whom they name."""
        places = SectionPlace.objects.filter(
            section=OuterRef("pk"), revision=OuterRef("text__current_revision")
        ).order_by("-pk")
        found = super().rows().select_related("text__current_revision").defer(
            "text__current_revision__content", "text__current_revision__blocks", "text__current_revision__marks"
        )  # fmt: skip
        placed = {name: Subquery(places.values(name)[:1]) for name in ("first", "last", "fit")}
        groups = Prefetch("groups", visible_to(Group, self.viewer))
        return found.annotate(**placed).prefetch_related(groups, "readers").order_by("-pk")

    def list(self, request: Request) -> Response:
        """List sections, the newest first."""
        return self.page_of(self.filter_queryset(self.get_queryset()))

    def retrieve(self, request: Request, public_id: str) -> Response:
        """Read one section."""
        return self.answer(self.found())

    @extend_schema(
        summary="Keep a section of a text from readers", parameters=[IDEMPOTENCY_KEY], request=NewSectionInput,
        responses={201: SectionShape} | MAKING,
    )  # fmt: skip
    def create(self, request: Request) -> Response:
        """Keep blocks of the current wording, and of every wording after it."""
        require_may(self.viewer, "add", TextSection)
        values = self.checked(NewSectionInput)
        run = {name: values.pop(name) for name in ("revision", "first", "last", "reason")}
        text = values.pop("text")
        row = keep_section(text_id=text.pk, values=values, key=key_of(request), by=self.by, **run)
        return self.answer(self.rows().get(pk=row.pk), status=201)

    @extend_schema(
        summary="Change who reads a section", parameters=[IF_MATCH], request=SectionInput,
        responses={200: SectionShape} | CHANGING,
    )  # fmt: skip
    def partial_update(self, request: Request, public_id: str) -> Response:
        """Change who reads it, and until when others do not."""
        version, row = version_of(request), self._to_change()
        values = self.checked(SectionInput)
        reason = values.pop("reason")
        change_section(section_id=row.pk, version=version, values=values, reason=reason, by=self.by)
        return self.answer(self.found())

    @extend_schema(
        summary="Say where a section stands in the current wording", parameters=[IF_MATCH], request=SectionPlaceInput,
        responses={200: SectionShape} | CHANGING,
    )  # fmt: skip
    @action(detail=True, methods=["post"])
    def place(self, request: Request, public_id: str) -> Response:
        """Place a section when nobody could be sure of it."""
        version, row = version_of(request), self._to_change()
        settle_section(section_id=row.pk, version=version, by=self.by, **self.checked(SectionPlaceInput))
        return self.answer(self.found())

    @extend_schema(
        summary="Give a section free", parameters=[IF_MATCH], request=ReasonInput,
        responses={200: SectionShape} | CHANGING,
    )  # fmt: skip
    @action(detail=True, methods=["post"])
    def lift(self, request: Request, public_id: str) -> Response:
        """Let everybody who reads the text read it again; what it was stays on record."""
        version, row = version_of(request), self._to_change()
        lift_section(section_id=row.pk, version=version, by=self.by, **self.checked(ReasonInput))
        return self.answer(self.found())

    def _to_change(self) -> TextSection:
        """Return the section; raises NotVisible, NotAllowed."""
        row: TextSection = self.found()
        require(self.viewer, "change", row)
        return row
