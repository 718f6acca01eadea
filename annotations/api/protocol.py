"""The Web Annotation Protocol (https://www.w3.org/TR/annotation-protocol/): one container of all notes, and each note.

The same rights, values and actions as in `notes.py`; only the forms and headers are the protocol's.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.access.said import said_before
from annotations.actions.revise_annotation import revise_annotation
from annotations.actions.withdraw_annotation import withdraw_annotation
from annotations.actions.write_annotation import write_annotation
from annotations.api import container, jsonld, jsonld_in
from annotations.api.media_types import JSON_LD, PROFILE, JsonLd, JsonLdParser
from annotations.api.notes import Notes
from annotations.api.prefer import Wanted, wanted
from annotations.api.reading import ApiNote, read
from annotations.enums import AnnotationStatus
from annotations.errors import Gone
from annotations.models import Annotation
from archive.access import require_may
from archive.api.base import key_of, named_version
from archive.api.parsers import Json
from archive.errors import VersionMissing

_LDP = "http://www.w3.org/ns/ldp#"
_CONTAINER = (
    f'<{_LDP}BasicContainer>; rel="type"',
    f'<http://www.w3.org/TR/annotation-protocol/>; rel="{_LDP}constrainedBy"',
)
_MEMBER = (f'<{_LDP}Resource>; rel="type"', '<http://www.w3.org/ns/oa#Annotation>; rel="type"')
#: What clients in pages of other sites send and read. No cookie comes with them: they bring a token, or read what
#: anybody may.
_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Headers": "Accept, Authorization, Content-Type, If-Match, If-None-Match, Prefer, Slug",
    "Access-Control-Expose-Headers": "Allow, Content-Location, ETag, Link, Location, Preference-Applied, Vary",
}


class Protocol(Notes):
    """What the container and its members share: JSON-LD alone, the protocol's headers on every answer."""

    schema = None
    parser_classes = (JsonLdParser, Json)
    renderer_classes = (JsonLd, JSONRenderer)
    links: tuple[str, ...] = ()
    varies: tuple[str, ...] = ("Accept",)

    def options(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        """Say what may be asked for; the headers hold it.

        Of nothing, too, the media type is told: the W3C's test page looks at it, and waits forever where there is none.
        """
        return HttpResponse(content_type=f'{JSON_LD}; profile="{PROFILE}"')

    def address_of(self, note: ApiNote) -> str:
        """Return the note's lasting address, which is its `id`."""
        return jsonld.note_address(note.facts.id)

    def finalize_response(self, request: HttpRequest, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Add the headers that the protocol asks of all answers, refusals too."""
        response = super().finalize_response(request, response, *args, **kwargs)
        response.headers["Link"] = ", ".join(self.links)
        response.headers["Access-Control-Allow-Methods"] = response.headers.get("Allow", "")
        for name, value in _CORS.items():
            response.headers[name] = value
        patch_vary_headers(response, self.varies)
        return response

    def fresh(self, request: Request, body: Mapping[str, Any], **headers: str) -> Response:
        """Return a representation under a tag made of its own bytes, or 304 for who has it."""
        rendered = JsonLd().render(body)
        tag = f'"{hashlib.sha256(rendered).hexdigest()[:32]}"'
        if tag in [one.strip() for one in request.headers.get("If-None-Match", "").split(",")]:
            return Response(None, status=304, headers={"ETag": tag})
        return Response(body, headers={"ETag": tag, **headers})


class Container(Protocol):
    """`/annotations/`: all notes that the asker may see, and where new ones are sent."""

    links = _CONTAINER
    varies = ("Accept", "Prefer", "Authorization", "Cookie")

    def finalize_response(self, request: HttpRequest, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Say what is taken, too."""
        response = super().finalize_response(request, response, *args, **kwargs)
        response.headers["Accept-Post"] = f'{JSON_LD}; profile="{PROFILE}"'
        return response

    def list(self, request: Request) -> Response:
        """Describe the container, or one page of it, with as much of its notes as was preferred."""
        want = wanted(request)
        notes = self.get_queryset().exclude(told_status=AnnotationStatus.WITHDRAWN).order_by("pk")
        if want.page is None:
            return self._described(request, want, notes.count())
        ids = notes.values_list("pk", flat=True)
        return self.fresh(request, container.page(want, ids, notes.count(), self._items))

    def _described(self, request: Request, want: Wanted, count: int) -> Response:
        body = container.description(want, count)
        headers = {"Content-Location": body["id"]}
        if want.named:
            headers["Preference-Applied"] = "return=representation"
        return self.fresh(request, body, **headers)

    def _items(self, ids: Sequence[int]) -> Sequence[dict[str, Any]]:
        return [jsonld.alone(jsonld.annotation(note)) for note in read(self.viewer, ids)]

    def create(self, request: Request) -> Response:
        """Write a note; its name begins with the letters of `Slug`, and ends so that none is ever taken."""
        require_may(self.by, "add", Annotation)
        place, note = jsonld_in.read_annotation(request.data, self.viewer)
        assert place is not None
        written = write_annotation(
            place=place, note=note, elsewhere=jsonld_in.named_elsewhere(request.data),
            slug=request.headers.get("Slug", ""), idempotency_key=key_of(request), by=self.by,
        )  # fmt: skip
        return self.answer_with(self.current(written.annotation.pk), status=201)


class Member(Protocol):
    """`/annotations/ID`: one note."""

    links = _MEMBER
    varies = ("Accept", "Authorization", "Cookie")

    def retrieve(self, request: Request, public_id: str) -> Response:
        """Read a note; 410 for one that was taken back, to those who know of it."""
        response = self.answer_with(self._standing())
        if response.headers["ETag"] in request.headers.get("If-None-Match", ""):
            return Response(None, status=304, headers={"ETag": response.headers["ETag"]})
        return response

    def update(self, request: Request, public_id: str) -> Response:
        """Give a note a new version, as a whole: bodies and target are what was sent."""
        before = self._standing()
        row = self._shown_row(public_id)
        place, note = jsonld_in.read_annotation(request.data, self.viewer, before=said_before(row))
        revise_annotation(
            annotation=public_id,
            version_id=self._version(request, before),
            place=place,
            note=note,
            by=self.by,
        )
        return self.answer_with(self.current(row.pk))

    def destroy(self, request: Request, public_id: str) -> Response:
        """Take a note back."""
        version = self._version(request, self._standing())
        withdraw_annotation(annotation=public_id, version_id=version, by=self.by)
        return Response(status=204)

    def _standing(self) -> ApiNote:
        """Return the note as it is.

        Raises NotVisible, Gone.
        """
        note = self.current(self.found().pk)
        if note.status == AnnotationStatus.WITHDRAWN:
            raise Gone("note_gone")
        return note

    def _version(self, request: Request, note: ApiNote) -> str:
        """Return the version that a change is based on: the protocol lets clients leave it out.

        No version is ever lost, so that the newest is taken then.
        """
        try:
            return named_version(request)
        except VersionMissing:
            return note.facts.version_id
