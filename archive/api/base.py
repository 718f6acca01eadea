"""What every resource of the API shares: who asks, what they may see, which version they read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import APIException
from rest_framework.parsers import BaseParser
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from archive.access import Viewer, as_viewer, visible_to
from archive.api.authentication import TokenAuthentication
from archive.api.parsers import Json
from archive.errors import HashiyaError, Invalid, NotVisible, Stale, VersionMissing

#: No version is ever this one, so an unreadable `If-Match` is a stale one.
NO_VERSION = -1


class Door(BasePermission):
    """Reading is for all, as far as they may see; writing begins with saying who one is."""

    reading_is_open = True

    def has_permission(self, request: Request, view: Any) -> bool:
        """Refuse anonymous writes before anything is looked up: 401 tells nothing of what is there."""
        return request.method in SAFE_METHODS or bool(request.user and request.user.is_authenticated)


class Resource(GenericViewSet):
    """One noun of the API. Subclasses name their model and how its rows are read and shown."""

    authentication_classes: Sequence[type[BaseAuthentication]] = (TokenAuthentication, SessionAuthentication)
    permission_classes: Sequence[Any] = (Door,)
    parser_classes: Sequence[type[BaseParser]] = (Json,)
    lookup_field = "public_id"
    model: ClassVar[type[Model]]

    @property
    def viewer(self) -> Viewer:
        """Who asks, by token or session."""
        return as_viewer(self.request.user)

    @property
    def by(self) -> Any:
        """The account that acts."""
        return self.request.user

    def rows(self) -> QuerySet[Any]:
        """Return what the asker may see, with what its representation needs."""
        return visible_to(self.model, self.viewer)

    def get_queryset(self) -> QuerySet[Any]:
        """Return nothing when the schema is made, which has no asker."""
        if getattr(self, "swagger_fake_view", False):
            return self.model._default_manager.none()
        return self.rows()

    def found(self) -> Any:
        """Return the row that the address names.

        Raises NotVisible.
        """
        row = self.get_queryset().filter(**{self.lookup_field: self.kwargs[self.lookup_field]}).first()
        if row is None:
            raise NotVisible("not_visible")
        return row

    def shown(self, row: Any) -> Any:
        """Return the representation of a row."""
        return self.get_serializer(row).data

    def tag(self, row: Any) -> str:
        """Return the ETag of a row: the version that a write must name."""
        return f'"{row.version}"'

    def answer(self, row: Any, status: int = 200) -> Response:
        """Return a row's representation under its ETag."""
        return Response(self.shown(row), status=status, headers={"ETag": self.tag(row)})

    def page_of(self, rows: QuerySet[Any]) -> Response:
        """Return one page of the representations of these rows."""
        page = self.paginate_queryset(rows)
        assert self.paginator is not None
        return self.paginator.get_paginated_response([self.shown(row) for row in page or []])

    def checked(self, serializer: type[Any], *, partial: bool = False) -> dict[str, Any]:
        """Return what was sent, checked.

        Raises ValidationError, which is answered with 422 and the fields.
        """
        given = serializer(data=self.request.data, partial=partial, context=self.get_serializer_context())
        given.is_valid(raise_exception=True)
        return dict(given.validated_data)

    def handle_exception(self, exc: Exception) -> Response:
        """Answer a stale write with both versions: what is there now, and what was sent."""
        response = super().handle_exception(exc)
        if isinstance(exc, Stale) and exc.code == "stale" and self.lookup_field in self.kwargs:
            return self._both_versions(response)
        return response

    def _both_versions(self, response: Response) -> Response:
        try:
            row = self.found()
        except HashiyaError as error:
            return super().handle_exception(error)
        response.data["current"] = self.shown(row)
        response.data["yours"] = self._sent()
        response.headers["ETag"] = self.tag(row)
        return response

    def _sent(self) -> dict[str, Any]:
        """Return what was sent; nothing when it cannot be read, since being stale is the first trouble."""
        try:
            data = self.request.data
        except (APIException, HashiyaError):
            return {}
        return data if isinstance(data, dict) else {}


def named_version(request: Request) -> str:
    """Return what `If-Match` names, without quotes.

    Raises VersionMissing when it names nothing ("*" is nothing).
    """
    named = request.headers.get("If-Match", "").strip().removeprefix("W/").strip('"')
    if named in ("", "*"):
        raise VersionMissing("version_missing")
    return named


def version_of(request: Request) -> int:
    """Return the version number in `If-Match`; one that is no number is stale.

    Raises VersionMissing.
    """
    named = named_version(request)
    return int(named) if named.isascii() and named.isdigit() and len(named) < 10 else NO_VERSION


def key_of(request: Request) -> str:
    """Return the `Idempotency-Key` header: the same key again gives what the first sending made.

    Raises Invalid when it is too long to be kept.
    """
    key = request.headers.get("Idempotency-Key", "").strip()
    if len(key) > 80 or not key.isprintable():
        raise Invalid("bad_key", field="Idempotency-Key")
    return key
