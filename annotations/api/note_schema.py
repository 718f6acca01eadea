"""What the OpenAPI document says of notes in their two forms."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from annotations.api.media_types import JSON_LD

#: One of these, or several.
_ANY = serializers.JSONField


class WebAnnotationShape(serializers.Serializer):
    """A W3C Web Annotation (https://www.w3.org/TR/annotation-model/)."""

    id = serializers.URLField(read_only=True)
    type = serializers.ChoiceField([("Annotation", "Annotation")])
    motivation = serializers.CharField(required=False)
    body = _ANY(
        required=False,
        help_text="TextualBody for words; SpecificResource of purpose tagging or linking for tags and references.",
    )
    target = _ANY(
        help_text="SpecificResource: source and selectors (position in code points, quote; region; time)."
    )
    creator = _ANY(read_only=True)
    created = serializers.DateTimeField(read_only=True)
    modified = serializers.DateTimeField(read_only=True)


class WebAnnotationPageShape(serializers.Serializer):
    """A page of a W3C AnnotationCollection."""

    id = serializers.URLField()
    type = serializers.ChoiceField([("AnnotationPage", "AnnotationPage")])
    partOf = _ANY()
    startIndex = serializers.IntegerField()
    next = serializers.URLField(required=False)
    prev = serializers.URLField(required=False)
    items = WebAnnotationShape(many=True)


def both(
    shape: type[serializers.Serializer[Any]], *, many: bool = False, status: int = 200
) -> dict[Any, Any]:
    """Return the answer in our JSON and in JSON-LD."""
    ours: Any = shape(many=True) if many else shape
    theirs = WebAnnotationPageShape if many else WebAnnotationShape
    return {(status, "application/json"): ours, (status, JSON_LD): theirs}


class WebCollectionShape(serializers.Serializer):
    """A W3C AnnotationCollection with all its annotations on one page."""

    id = serializers.URLField()
    type = serializers.ChoiceField([("AnnotationCollection", "AnnotationCollection")])
    label = _ANY()
    total = serializers.IntegerField()
    rights = serializers.CharField()
    creator = _ANY()
    first = WebAnnotationPageShape()
