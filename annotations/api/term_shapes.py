"""What a term is on the wire, and what may be sent about one."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from annotations.authorities import RELATIONS
from annotations.enums import NameForm, TermKind, TermStatus
from annotations.models import Term
from annotations.presenters.term_tree import path_of
from annotations.values import Match, Name, TermInput
from archive.api.shapes import Code, Ref, Shape, words


class NameShape(serializers.Serializer):
    """A name of a term in a language."""

    language = serializers.CharField(max_length=20)
    name = serializers.CharField(max_length=200)
    form = Code(NameForm, required=False)
    is_label = serializers.BooleanField(read_only=True)


class MatchShape(serializers.Serializer):
    """Something elsewhere that is the same (`exact`) or like it."""

    relation = Code(RELATIONS)
    url = serializers.CharField(max_length=500)


class TermShape(Shape):
    """An entry of the vocabulary."""

    id = serializers.CharField(source="public_id")
    version = serializers.IntegerField()
    slug = serializers.CharField()
    kind = Code(TermKind)
    status = Code(TermStatus)
    label_ar = serializers.CharField()
    label_en = serializers.CharField()
    description_ar = serializers.CharField()
    description_en = serializers.CharField()
    names = NameShape(many=True)
    broader = serializers.CharField(source="broader.public_id", default=None, allow_null=True)
    merged_into = serializers.CharField(source="merged_into.public_id", default=None, allow_null=True)
    path = serializers.SerializerMethodField(
        help_text="Public ids of the terms above, the outermost first; of one term alone."
    )
    scope_note_ar = serializers.CharField()
    scope_note_en = serializers.CharField()
    notation = serializers.CharField()
    authority = serializers.DictField(child=serializers.CharField())
    matches = MatchShape(many=True)
    latitude = serializers.FloatField(allow_null=True)
    longitude = serializers.FloatField(allow_null=True)
    date_edtf = serializers.CharField()

    def get_path(self, term: Term) -> list[str] | None:
        """Return the way up; lists leave it out, since it takes a query for each level."""
        if not self.context.get("with_path"):
            return None
        return [above.public_id for above in path_of(self.context["view"].viewer, term)]


class TermFields(serializers.Serializer):
    """What may be said of a term."""

    kind = Code(TermKind, required=False)
    label_ar = words(max_length=200)
    label_en = words(max_length=200)
    names = NameShape(many=True, required=False, help_text="Further names; all of them, when given.")
    description_ar = words(max_length=5_000)
    description_en = words(max_length=5_000)
    broader = Ref(Term, required=False, allow_null=True)
    authority = serializers.DictField(
        child=serializers.CharField(max_length=300, allow_blank=True), required=False
    )
    matches = MatchShape(many=True, required=False, help_text="All of them, when given.")
    scope_note_ar = words(max_length=5_000)
    scope_note_en = words(max_length=5_000)
    notation = words(max_length=60)
    latitude = serializers.FloatField(required=False, allow_null=True)
    longitude = serializers.FloatField(required=False, allow_null=True)
    date_edtf = words(max_length=60)
    slug = words(max_length=120)


class NewTermInput(TermFields):
    """A new term; `establish` makes it public at once, for keepers of the vocabulary."""

    kind = Code(TermKind)
    establish = serializers.BooleanField(required=False)


class MoveInput(serializers.Serializer):
    """Below which term; null: at the top."""

    broader = Ref(Term, allow_null=True)


class SplitInput(serializers.Serializer):
    """Which notes (public ids) go to which term: one that is there (`into`), or a new one."""

    notes = serializers.ListField(child=serializers.CharField(max_length=16), max_length=2_000)
    into = Ref(Term, required=False)
    new = NewTermInput(required=False)


class MergeInput(serializers.Serializer):
    """The term that stays."""

    into = Ref(Term)


def said_of(term: Term) -> dict[str, Any]:
    """Return what is said of a term now, in the form in which it comes in."""
    same = ("kind", "authority", "latitude", "longitude", "date_edtf", "notation", "matches")
    spoken = [f"{name}_{code}" for name in ("label", "description", "scope_note") for code in ("ar", "en")]
    names = [
        {"language": name.language, "name": name.name, "form": name.form}
        for name in term.names.all() if not name.is_label
    ]  # fmt: skip
    broader = Term.objects.filter(pk=term.broader_id).first()
    return (
        {name: getattr(term, name) for name in same}
        | {name: getattr(term, name) or "" for name in spoken}
        | {"names": names, "broader": broader}
    )


def input_of(given: dict[str, Any]) -> TermInput:
    values = dict(given)
    names = tuple(
        Name(name["language"], name["name"], NameForm(name.get("form") or NameForm.ALTERNATIVE))
        for name in values.pop("names", ())
    )
    matches = tuple(Match(one["relation"], one["url"]) for one in values.pop("matches", ()))
    broader = values.pop("broader", None)
    kind = TermKind(values.pop("kind"))
    return TermInput(
        kind=kind, names=names, matches=matches, broader=broader.public_id if broader else "", **values
    )
