"""Annotations: reading, writing, revising and withdrawing notes, in our JSON and in W3C JSON-LD."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.access.notes import shown_to
from annotations.access.said import said_before
from annotations.actions.revise_annotation import revise_annotation
from annotations.actions.take_wording import take_wording
from annotations.actions.withdraw_annotation import withdraw_annotation
from annotations.actions.write_annotation import Written, write_annotation
from annotations.api import jsonld, jsonld_in
from annotations.api.incoming import place_of, said
from annotations.api.media_types import JsonLd, JsonLdParser, is_jsonld, sent_as_jsonld
from annotations.api.note_filters import PARAMETERS, filtered
from annotations.api.note_schema import both
from annotations.api.note_shapes import NoteInputShape, NoteRevisionInput, NoteShape, note_json
from annotations.api.reading import ApiNote, notes_of, read
from annotations.models import Annotation, Locus
from annotations.presenters.incoming import taken_from
from annotations.values import Place, TextPlace
from archive.access import require_may
from archive.api.base import Resource, key_of, named_version
from archive.api.parsers import Json
from archive.api.schema import CHANGING, IDEMPOTENCY_KEY, IF_MATCH, LISTING, MAKING, READING
from archive.errors import NotVisible


class Notes(Resource):
    """Notes that the asker may see, each in the version that they are shown."""

    model = Annotation
    queryset = Annotation.objects.none()
    serializer_class = NoteShape
    parser_classes = (Json, JsonLdParser)
    renderer_classes = (JSONRenderer, JsonLd)

    def rows(self) -> QuerySet[Annotation]:
        """Return the notes with the version that is shown."""
        return notes_of(self.viewer)

    def shown(self, row: Annotation) -> Any:
        """Return one note, read afresh."""
        return self.told(read(self.viewer, [row.pk]))[0]

    def told(self, notes: Sequence[ApiNote]) -> list[dict[str, Any]]:
        """Return the notes in the form that was asked for."""
        tell = jsonld.annotation if is_jsonld(self.request) else note_json
        return [tell(note) for note in notes]

    def answer_with(self, note: ApiNote, status: int = 200) -> Response:
        """Return a note under its ETag."""
        headers = {"ETag": f'"{note.facts.version_id}"'}
        if status == 201:
            headers["Location"] = self.address_of(note)
        value = self.told([note])[0]
        body = jsonld.alone(value) if is_jsonld(self.request) else value
        return Response(body, status=status, headers=headers)

    def address_of(self, note: ApiNote) -> str:
        """Return where a new note is found."""
        return f"/api/annotations/{note.facts.id}/"

    def tag(self, row: Annotation) -> str:
        """Return the tag of a note: the version that is shown."""
        return f'"{read(self.viewer, [row.pk])[0].facts.version_id}"'

    def current(self, pk: int) -> ApiNote:
        """Return a note as it is now.

        Raises NotVisible.
        """
        found = read(self.viewer, [pk])
        if not found:
            raise NotVisible("not_visible")
        return found[0]

    @extend_schema(
        summary="List annotations", parameters=PARAMETERS, responses=both(NoteShape, many=True) | LISTING
    )
    def list(self, request: Request) -> Response:
        """List notes, the newest first; those of a stretch of text in the order of their places."""
        rows = filtered(self.get_queryset(), request)
        page = self.paginate_queryset(rows.values_list("pk", flat=True)) or []
        notes = self.told(read(self.viewer, list(page)))
        assert self.paginator is not None
        if is_jsonld(request):
            return Response(jsonld.page(notes, self.paginator, request))
        return self.paginator.get_paginated_response(notes)

    @extend_schema(summary="Read an annotation", responses=both(NoteShape) | READING)
    def retrieve(self, request: Request, public_id: str) -> Response:
        """Read one note."""
        return self.answer_with(self.current(self.found().pk))

    @extend_schema(
        summary="Write an annotation", parameters=[IDEMPOTENCY_KEY],
        request={"application/json": NoteInputShape, "application/ld+json": dict},
        responses=both(NoteShape, status=201) | MAKING,
    )  # fmt: skip
    def create(self, request: Request) -> Response:
        """Write a note, a draft until it is handed in."""
        # Asked before anything is looked up for somebody who may not write at all.
        require_may(self.by, "add", Annotation)
        if sent_as_jsonld(request):
            place, note = jsonld_in.read_annotation(request.data, self.viewer)
        else:
            place, note = place_of(request.data), said(request.data)
        written = write_annotation(place=place, note=note, idempotency_key=key_of(request), by=self.by)
        return self.answer_with(self._written(written, place), status=201)

    def _written(self, written: Written, place: Place) -> ApiNote:
        """Return a new note from what its writing knows; only what it does not know is read."""
        if written.facts is None:
            return self.current(written.annotation.pk)
        version = written.annotation.newest_version
        locus: Locus = version.locus if version else Locus()
        revision = place.revision if isinstance(place, TextPlace) else None
        return ApiNote(written.facts, self.by.public_id, written.facts.status, locus, revision)

    @extend_schema(
        summary="Revise an annotation", parameters=[IF_MATCH],
        request={"application/json": NoteRevisionInput, "application/ld+json": dict},
        responses=both(NoteShape) | CHANGING,
    )  # fmt: skip
    def partial_update(self, request: Request, public_id: str) -> Response:
        """Give a note a new version; what is left out stays. Whoever may not see it finds nothing."""
        version = named_version(request)
        row = self._shown_row(public_id)
        if sent_as_jsonld(request):
            place, note = jsonld_in.read_annotation(request.data, self.viewer, before=said_before(row))
        elif decision := taken_from(request.data):
            take_wording(annotation=public_id, decision=decision, version_id=version, by=self.by)
            return self.answer_with(self.current(row.pk))
        else:
            place = place_of(request.data) if "place" in request.data else None
            note = said(request.data, before=said_before(row))
        revise_annotation(annotation=public_id, version_id=version, place=place, note=note, by=self.by)
        return self.answer_with(self.current(row.pk))

    def _shown_row(self, public_id: str) -> Annotation:
        row = shown_to(self.viewer).select_related("group").filter(public_id=public_id).first()
        if row is None:
            raise NotVisible("not_visible")
        return row

    @extend_schema(
        summary="Withdraw an annotation",
        parameters=[IF_MATCH],
        request=None,
        responses={204: None} | CHANGING,
    )
    def destroy(self, request: Request, public_id: str) -> Response:
        """Take a note back; nothing is deleted, and releases that have it keep it."""
        withdraw_annotation(annotation=public_id, version_id=named_version(request), by=self.by)
        return Response(status=204)
