"""Building blocks of representations: what each field is on the wire."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from archive.access import visible_to
from archive.enums import DetailTerm
from archive.models import Group
from archive.text.years import has_known_year


class Shape(serializers.Serializer):
    """A representation; words that nobody has written yet are empty, never null."""

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """Return the representation."""
        values = dict(super().to_representation(instance))
        for name in values:
            if values[name] is None and name.endswith(("_ar", "_en")):
                values[name] = ""
        return values


class Ref(serializers.CharField):
    """Another row, by its public id; to a writer, one that they may not see is not there."""

    default_error_messages = {"unknown": _("There is nothing of this name, or it is not visible to you.")}

    def __init__(self, model: type[Model], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.model = model

    def to_internal_value(self, data: Any) -> Any:
        """Return the row."""
        public_id = super().to_internal_value(data)[:40]
        row = visible_to(self.model, self.context["request"].user).filter(public_id=public_id).first()
        if row is None:
            self.fail("unknown")
        return row

    def to_representation(self, value: Any) -> str:
        """Return the public id."""
        return str(value.public_id)


class ReaderGroup(Ref):
    """A group that opens items: one that a member keeps shares notes alone, and is like none."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Group, **kwargs)

    def to_internal_value(self, data: Any) -> Group:
        """Return the group."""
        row: Group = super().to_internal_value(data)
        if row.keeper_id is not None:
            self.fail("unknown")
        return row


class Code(serializers.ChoiceField):
    """One of a closed vocabulary."""

    def __init__(self, codes: Any, **kwargs: Any) -> None:
        super().__init__([(str(code), getattr(code, "name", str(code))) for code in codes], **kwargs)


class Language(serializers.RegexField):
    """A BCP 47 language: "ar", "en", "ota", "ar-SY"."""

    default_error_messages = {"invalid": _("This is no language code; examples: ar, en, ota, ar-SY.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$", max_length=20, **kwargs)


class _NamedShape(serializers.Serializer):
    """A name, by choice one for each language of the site, and a role."""

    name = serializers.CharField(max_length=200)
    name_ar = serializers.CharField(
        max_length=200, required=False, allow_blank=True, help_text="Shown on Arabic pages instead of it."
    )
    name_en = serializers.CharField(
        max_length=200, required=False, allow_blank=True, help_text="Shown on English pages instead of it."
    )
    role = serializers.CharField(max_length=200, required=False, allow_blank=True)


class CreatorShape(_NamedShape):
    """Somebody who is credited."""


class IdentifierShape(serializers.Serializer):
    """A number under which the item is known elsewhere."""

    scheme = serializers.CharField(max_length=60)
    value = serializers.CharField(max_length=200)


class NamedPlaceShape(_NamedShape):
    """A place, and what it is to the item."""


class DetailShape(serializers.Serializer):
    """What else is said: a term of the closed list, each an element of MODS, and its words."""

    term = Code(DetailTerm)
    value = serializers.CharField(max_length=2000)


@extend_schema_field(NamedPlaceShape(many=True))
class Places(serializers.JSONField):
    """The places as they are kept."""


@extend_schema_field(DetailShape(many=True))
class Details(serializers.JSONField):
    """The details as they are kept."""


@extend_schema_field(CreatorShape(many=True))
class Creators(serializers.JSONField):
    """The credited ones as they are kept."""


@extend_schema_field(IdentifierShape(many=True))
class Identifiers(serializers.JSONField):
    """The identifiers as they are kept."""


class RefusalShape(serializers.Serializer):
    """Why not: a code for machines, a sentence for people; further facts depend on the code."""

    code = serializers.CharField()
    detail = serializers.CharField()
    errors = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()), required=False,
        help_text="By field, what is wrong with it (422).",
    )  # fmt: skip
    current = serializers.JSONField(required=False, help_text="What is there now (412).")
    yours = serializers.JSONField(required=False, help_text="What was sent (412).")
    problems = serializers.JSONField(required=False)
    retry_after = serializers.IntegerField(required=False, help_text="Seconds (429).")


class Moment(serializers.DateTimeField):
    """A moment in a year that calendars and databases know."""

    def to_internal_value(self, value: Any) -> Any:
        """Return the moment; other years are refused."""
        try:
            moment = super().to_internal_value(value)
        except OverflowError:
            moment = None
        if moment is None or not has_known_year(moment):
            self.fail("invalid", format="YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z]")
        return moment


def words(**more: Any) -> Any:
    """Return a field for words in one language, which may be empty."""
    return serializers.CharField(required=False, allow_blank=True, **more)
