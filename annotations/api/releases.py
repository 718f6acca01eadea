"""Releases: publishing, withdrawing, and reading them as values."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.decorators import action
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.actions.cancel_schedule import cancel_schedule
from annotations.actions.publish import publish
from annotations.actions.withdraw_release import withdraw_release
from annotations.api.edition_shapes import (
    PublishInput,
    ReleaseShape,
    TombstoneShape,
    WithdrawInput,
    learn_titles,
    release_json,
)
from annotations.api.media_types import JSON_LD, JsonLd
from annotations.api.note_schema import WebCollectionShape
from annotations.api.release_rows import release_rows
from annotations.editions.reading import read_snapshot, scheduled_for, shown_members, tombstones
from annotations.enums import ReleaseStatus
from annotations.exports import FORMATS, Given
from annotations.models import Edition, Release, ReleaseEvent
from annotations.presenters.released import permalink
from archive.access import require, visible_to
from archive.api.base import Resource, named_version
from archive.api.schema import CHANGING, IF_MATCH, LISTING, READING, text_parameter
from archive.errors import NotVisible, Stale

GONE = {410: OpenApiResponse(TombstoneShape, "It was public, and was withdrawn.")}


class Releases(Resource):
    """Releases that the asker may see: public ones; for editors, all."""

    model = Release
    queryset = Release.objects.none()
    serializer_class = ReleaseShape

    def rows(self) -> QuerySet[Any]:
        """Return the releases, the newest first."""
        return release_rows(self.viewer).order_by("-pk")

    def shown(self, row: Any) -> Any:
        """Return one release."""
        learn_titles([row])
        return release_json(row)

    def tag(self, row: Any) -> str:
        """Return the tag of a release: its hash, and where it stands; of one that is scheduled, until when."""
        learn_titles([row])
        status = release_json(row)["status"]
        when = (
            f"-{row.published_at.astimezone(UTC):%Y%m%d%H%M%S%f}" if status == ReleaseStatus.SCHEDULED else ""
        )
        return f'"{status}{when}-{row.manifest_hash[:32]}"'

    @extend_schema(
        summary="List releases", responses={200: ReleaseShape(many=True)} | LISTING,
        parameters=[text_parameter("edition", "Public id of an edition.")],
    )  # fmt: skip
    def list(self, request: Request) -> Response:
        """List releases, the newest first."""
        rows, asked = self.get_queryset(), request.query_params
        if asked.get("edition"):
            editions = visible_to(Edition, self.viewer).filter(public_id=asked["edition"])
            rows = rows.filter(edition__in=editions)
        page = self.paginate_queryset(rows) or []
        learn_titles(page)
        assert self.paginator is not None
        return self.paginator.get_paginated_response([release_json(release) for release in page])

    @extend_schema(summary="Read a release", responses={200: ReleaseShape} | READING | GONE)
    def retrieve(self, request: Request, public_id: str) -> Response:
        """Read what is known of a release; one that was public and withdrawn says so for ever."""
        try:
            return self.answer(self.found())
        except NotVisible:
            return self._tombstone(public_id)

    def _tombstone(self, public_id: str) -> Response:
        row = tombstones().filter(public_id=public_id).first()
        if row is None:
            raise NotVisible("not_visible")
        event = ReleaseEvent.objects.get(release=row, kind="withdrawn")
        body = {
            "code": "withdrawn", "detail": _("This release was withdrawn."), "reason": event.reason,
            "withdrawn": event.effective_at,
        }  # fmt: skip
        return Response(body, status=410)

    def _given(self) -> tuple[Any, Given]:
        row = self.found()
        shown = shown_members(row, self.viewer)
        published = row.published_at.date().isoformat() if row.published_at else ""
        return row, Given(
            read_snapshot(row), address=permalink(row.edition.slug, row.number),
            manifest_hash=row.manifest_hash, shows=shown.has, published=published,
            sealed=row.sealed_at.isoformat(),
        )  # fmt: skip

    @extend_schema(
        summary="Read a release's snapshot", responses={(200, "application/json"): OpenApiTypes.OBJECT} | READING,
        description="The canonical JSON (RFC 8785) whose SHA-256 is `manifest_hash`. It has no gaps: when "
        "something in it may no longer be shown, it is not there.",
    )  # fmt: skip
    @action(detail=True, methods=["get"])
    def snapshot(self, request: Request, public_id: str) -> HttpResponse:
        """Read the frozen value, byte for byte."""
        row, given = self._given()
        body = b"".join(FORMATS["json"].write(given))
        headers = {"ETag": f'"{row.manifest_hash[:32]}"'}
        return HttpResponse(body, content_type="application/json", headers=headers)

    @extend_schema(
        summary="Read a release's annotations", responses={(200, JSON_LD): WebCollectionShape} | READING,
    )  # fmt: skip
    @action(detail=True, methods=["get"], renderer_classes=[JsonLd, JSONRenderer])
    def annotations(self, request: Request, public_id: str) -> StreamingHttpResponse:
        """Read all its notes as one W3C AnnotationCollection."""
        _row, given = self._given()
        export = FORMATS["jsonld"]
        return StreamingHttpResponse(export.write(given), content_type=export.media_type)

    @extend_schema(
        summary="Publish a release", parameters=[IF_MATCH], request=PublishInput,
        responses={200: ReleaseShape} | CHANGING,
    )  # fmt: skip
    @action(detail=True, methods=["post"])
    def publish(self, request: Request, public_id: str) -> Response:
        """Make a sealed release public, now or from a time on; one that is scheduled, now or at another time."""
        row = self._read("publish")
        at = self.checked(PublishInput).get("at")
        publish(release=public_id, at=at, was=scheduled_for(row), by=self.by)
        return self.answer(self.found())

    @extend_schema(
        summary="Cancel the schedule of a release", parameters=[IF_MATCH], request=None,
        responses={200: ReleaseShape} | CHANGING,
    )  # fmt: skip
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, public_id: str) -> Response:
        """Call off that a release becomes public: it is sealed again, and can be published or scheduled anew."""
        row = self._read("publish")
        cancel_schedule(release=public_id, was=scheduled_for(row), by=self.by)
        return self.answer(self.found())

    @extend_schema(
        summary="Withdraw a release", parameters=[IF_MATCH], request=WithdrawInput,
        responses={200: ReleaseShape} | CHANGING,
    )  # fmt: skip
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, public_id: str) -> Response:
        """Take a release away from readers, with a reason that everyone may read; nothing is deleted."""
        self._read("withdraw")
        withdraw_release(release=public_id, reason=self.checked(WithdrawInput)["reason"], by=self.by)
        return self.answer(self.found())

    def _read(self, act: str) -> Any:
        """Return the release, seen that this is the release, and the state of it, that was read.

        Raises VersionMissing, NotVisible, NotAllowed, Stale.
        """
        named, row = named_version(self.request), self.found()
        require(self.viewer, act, row.edition)
        if self.tag(row) != f'"{named}"':
            raise Stale("stale")
        return row
