"""Notes on the wire: our own JSON."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from annotations.access.references import End, ReferenceFacts
from annotations.api.reading import ApiNote
from annotations.enums import (
    AnchorStatus,
    AnnotationStatus,
    Category,
    LocusKind,
    TermKind,
    Visibility,
)
from annotations.models import Term
from annotations.presenters.cited import cited
from archive.api.shapes import Code, Language

#: Said in place of an anchor's status until the carrying-over to a new revision has run.
CARRYING = "carrying"
_ELSEWHERE = "What is not of this archive: an address, or a Web Annotation's specific resource."


class PersonShape(serializers.Serializer):
    """Somebody who is named."""

    id = serializers.CharField()
    name = serializers.CharField()


class RegionShape(serializers.Serializer):
    """A part of an image: rect (two corners), polygon (its corners), ellipse (center, and the two radii)."""

    shape = Code(("rect", "polygon", "ellipse"))
    points = serializers.ListField(
        child=serializers.ListField(child=serializers.FloatField(), min_length=2, max_length=2),
        max_length=500,
    )
    page = serializers.IntegerField(required=False, help_text="From 1, of an image of several pages.")


class PlaceShape(serializers.Serializer):
    """Where a note sits. Only the facts of its kind are there; offsets are code points, half-open."""

    kind = Code(LocusKind)
    text = serializers.CharField(required=False)
    revision = serializers.IntegerField(required=False, allow_null=True)
    start = serializers.FloatField(
        required=False,
        allow_null=True,
        help_text="First code point, or seconds; null when the passage was lost.",
    )
    end = serializers.FloatField(required=False, allow_null=True)
    exact = serializers.CharField(required=False)
    prefix = serializers.CharField(required=False)
    suffix = serializers.CharField(required=False)
    status = Code(
        [*AnchorStatus, CARRYING], required=False, help_text="What became of it when the text was corrected."
    )
    score = serializers.FloatField(required=False, allow_null=True)
    image = serializers.CharField(required=False)
    region = RegionShape(required=False)
    video = serializers.CharField(required=False)
    target = serializers.JSONField(required=False, help_text=_ELSEWHERE)


class TagShape(serializers.Serializer):
    """A term on a note."""

    id = serializers.CharField()
    kind = Code(TermKind)
    label_ar = serializers.CharField()
    label_en = serializers.CharField()


class TargetShape(serializers.Serializer):
    """The other end of a reference: a place in a text, a note, another item, or something outside."""

    label = serializers.CharField()
    text = serializers.CharField(required=False)
    start = serializers.IntegerField(required=False)
    end = serializers.IntegerField(required=False)
    exact = serializers.CharField(required=False)
    annotation = serializers.CharField(required=False)
    page = serializers.CharField(required=False, help_text="Where it is read.")
    url = serializers.CharField(required=False)
    title = serializers.CharField(required=False)
    pages = serializers.CharField(required=False)
    csl = serializers.DictField(required=False, help_text="One item of CSL-JSON, where it is known so well.")


class ReferenceShape(serializers.Serializer):
    """A named relation to another place."""

    id = serializers.CharField()
    relation = serializers.CharField(help_text="The code of one of `/api/relations/`.")
    direction = Code(("in", "out"))
    inverse = serializers.BooleanField(
        help_text="From this note's side it is read by the relation's inverse name."
    )
    note = serializers.CharField()
    note_language = serializers.CharField(help_text="Empty when nobody said it.")
    target = TargetShape()


class NoteShape(serializers.Serializer):
    """A note, in the version that the asker is shown."""

    id = serializers.CharField()
    version = serializers.IntegerField()
    version_id = serializers.CharField(help_text="The ETag; a revision, a submission and a decision name it.")
    content_hash = serializers.CharField(help_text="SHA-256 of what the version says; a decision binds it.")
    place = PlaceShape()
    body = serializers.CharField(help_text="Markdown.")
    language = serializers.CharField()
    category = Code(Category)
    status = Code(AnnotationStatus)
    visibility = Code(Visibility)
    group = serializers.CharField(allow_null=True)
    author = PersonShape()
    tags = TagShape(many=True)
    references = ReferenceShape(many=True)
    created = serializers.DateTimeField()
    updated = serializers.DateTimeField()
    actions = serializers.ListField(
        child=Code(("revise", "submit", "decide", "reattach", "withdraw")),
        help_text="What the asker may do now.",
    )


class PlaceInput(serializers.Serializer):
    """A place: `text, revision, start, end, exact`, or `image, region`, or `video, start, end` (seconds)."""

    text = serializers.CharField(required=False)
    revision = serializers.IntegerField(required=False, help_text="Number of the current revision.")
    start = serializers.FloatField(required=False)
    end = serializers.FloatField(required=False)
    exact = serializers.CharField(
        required=False, help_text="The words at the place: `content[start:end]`, or 409."
    )
    image = serializers.CharField(required=False)
    region = RegionShape(required=False)
    video = serializers.CharField(required=False)
    target = serializers.JSONField(required=False, help_text=_ELSEWHERE)


class TargetInput(PlaceInput):
    """A place, a note, or something outside; or a `reference` of the version before, which stays."""

    annotation = serializers.CharField(required=False)
    reference = serializers.CharField(required=False)
    url = serializers.URLField(required=False)
    title = serializers.CharField(required=False)
    pages = serializers.CharField(required=False)
    csl = serializers.DictField(required=False, help_text="One item of CSL-JSON.")


class ReferenceInput(serializers.Serializer):
    """A relation from the note's place to something."""

    relation = serializers.CharField(required=False, help_text="The code of one of `/api/relations/`.")
    inverse = serializers.BooleanField(
        required=False, help_text="Read backwards: with `cites`, the target cites this place."
    )
    target = TargetInput()
    note = serializers.CharField(required=False, max_length=500)
    note_language = serializers.CharField(required=False, max_length=20)


class NoteChangeInput(serializers.Serializer):
    """What a note says; what a change leaves out stays as it is."""

    place = PlaceInput(required=False)
    body = serializers.CharField(required=False, allow_blank=True, max_length=20_000, help_text="Markdown.")
    language = Language(required=False)
    category = Code(Category, required=False)
    tags = serializers.ListField(
        child=serializers.CharField(), required=False, help_text="Public ids of terms."
    )
    references = ReferenceInput(many=True, required=False)
    visibility = Code(Visibility, required=False)
    group = serializers.CharField(
        required=False, help_text="For `visibility: group`: one of one's own groups."
    )


class NoteRevisionInput(NoteChangeInput):
    """What a note says; what a change leaves out stays as it is. With `take`, nothing else is sent."""

    take = serializers.CharField(
        required=False,
        max_length=16,
        help_text="Public id of the decision that returned this version: its `suggestion` becomes the body.",
    )


class NoteInputShape(NoteChangeInput):
    """A new note: its place, and at least one of words, tags and references."""

    place = PlaceInput()


def note_json(note: ApiNote) -> dict[str, Any]:
    """Return a note as the API tells it."""
    facts = note.facts
    return {
        "id": facts.id, "version": facts.version, "version_id": facts.version_id,
        "content_hash": facts.content_hash, "place": place_json(note), "body": facts.body,
        "language": facts.language, "category": facts.category, "status": note.status,
        "visibility": facts.visibility, "group": facts.group or None,
        "author": {"id": note.author, "name": facts.author},
        "tags": [tag_json(term) for term in facts.tags],
        "references": [_reference(reference) for reference in facts.references],
        "created": facts.created.isoformat(), "updated": facts.updated.isoformat(),
        "actions": list(facts.acts),
    }  # fmt: skip


def place_json(note: ApiNote) -> dict[str, Any]:
    """Return where a note sits, in the current wording of its text."""
    locus, sits = note.locus, note.facts.sits
    if locus.kind == LocusKind.REGION:
        return {
            "kind": locus.kind,
            "image": locus.image.public_id if locus.image else "",
            "region": locus.region,
        }
    if locus.kind == LocusKind.WEB:
        return {"kind": locus.kind, "target": locus.target}
    if locus.kind == LocusKind.TIME:
        video = locus.video.public_id if locus.video else ""
        return {"kind": locus.kind, "video": video, "start": locus.start_time, "end": locus.end_time}
    place = {"kind": locus.kind, "text": note.facts.text, "revision": note.revision}
    if sits is None:
        return place | {"start": None, "end": None, "status": CARRYING, "score": None}
    return place | {
        "start": sits.start, "end": sits.end, "exact": sits.exact, "prefix": sits.prefix, "suffix": sits.suffix,
        "status": str(sits.status), "score": sits.score,
    }  # fmt: skip


def tag_json(term: Term) -> dict[str, str]:
    """Return a term as a tag."""
    return {
        "id": term.public_id, "kind": term.kind,
        "label_ar": term.label_ar or "", "label_en": term.label_en or "",
    }  # fmt: skip


def _reference(reference: ReferenceFacts) -> dict[str, Any]:
    return {
        "id": reference.id, "relation": reference.relation, "direction": "in" if reference.inward else "out",
        "inverse": reference.is_backwards, "note": reference.note, "note_language": reference.note_language,
        "target": _target(reference.end),
    }  # fmt: skip


def _target(end: End) -> dict[str, Any]:
    if end.citation is not None:
        return {"label": cited(end.citation), **end.citation}
    found: dict[str, Any] = {"label": str(end.title)}
    if end.text:
        found["text"] = end.text
    if end.sits is not None and end.sits.start is not None:
        found |= {"start": end.sits.start, "end": end.sits.end, "exact": end.sits.exact}
    if end.note:
        found["annotation"] = end.note
    if end.page:
        found["page"] = end.page
    return found
