"""The asker, and the tokens by which programs ask in their name."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from knox.models import AuthToken
from rest_framework import serializers
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import ViewSet

from archive.access import as_viewer
from archive.actions.make_token import make_token
from archive.actions.revoke_token import revoke_token
from archive.api.base import Resource
from archive.api.parsers import Json
from archive.api.schema import path_parameter, refusals
from archive.api.shapes import Shape
from archive.api.sign_in import with_password
from archive.api.throttles import SignIn, SignInOf
from archive.errors import NotAllowed
from archive.models import User


class GroupShape(Shape):
    """A group of people."""

    id = serializers.CharField(source="public_id")
    name = serializers.CharField()


class MeShape(Shape):
    """The account that asks."""

    id = serializers.CharField(source="public_id")
    name = serializers.CharField(source="display_name")
    email = serializers.EmailField()
    language = serializers.CharField(help_text="Of the interface.")
    roles = serializers.SerializerMethodField()
    groups = GroupShape(many=True)

    def get_roles(self, user: User) -> list[str]:
        """Return the codes of the roles."""
        return sorted(user.role_codes)


class Me(APIView):
    """Who the asker is, and what they may do."""

    authentication_classes = Resource.authentication_classes

    @extend_schema(summary="Who am I?", tags=["me"], responses={200: MeShape} | refusals(401, 429))
    def get(self, request: Request) -> Response:
        """Read one's own account."""
        if not request.user.is_authenticated:
            raise NotAuthenticated
        return Response(MeShape(request.user).data)


class TokenShape(Shape):
    """A token, without its secret."""

    id = serializers.CharField(source="token_key", help_text="How the token begins.")
    created = serializers.DateTimeField()
    expiry = serializers.DateTimeField(allow_null=True)


class NewTokenShape(TokenShape):
    """A token, told once."""

    token = serializers.CharField(
        help_text="The secret, for `Authorization: Token …`. It is not shown again."
    )


class TokenInput(serializers.Serializer):
    """Who wants a token: nothing for one who is signed in, else address, password and second factor."""

    email = serializers.EmailField(required=False)
    password = serializers.CharField(required=False, trim_whitespace=False, max_length=256)
    code = serializers.CharField(
        required=False, max_length=20, help_text="Of the second factor, for accounts that have one."
    )
    days = serializers.IntegerField(
        required=False, min_value=1, max_value=366, help_text="For how long; 30 if not said."
    )


class Tokens(ViewSet):
    """Tokens of the asker."""

    authentication_classes = Resource.authentication_classes
    permission_classes = (AllowAny,)
    parser_classes = (Json,)
    lookup_field = "key"

    def get_throttles(self) -> list[Any]:
        """Count attempts with a password besides."""
        return [*super().get_throttles(), *([SignIn(), SignInOf()] if self.action == "create" else [])]

    def _own(self, request: Request) -> Any:
        if not as_viewer(request.user).is_member:
            raise NotAuthenticated
        return AuthToken.objects.filter(user=request.user).order_by("-created")

    @extend_schema(
        summary="List one's tokens",
        operation_id="tokens_list",
        responses={200: TokenShape(many=True)} | refusals(401, 429),
    )
    def list(self, request: Request) -> Response:
        """List one's tokens; their secrets are not kept."""
        return Response(TokenShape(self._own(request), many=True).data)

    @extend_schema(
        summary="Get a token", request=TokenInput,
        responses={201: NewTokenShape} | refusals(400, 401, 403, 422, 429),
    )  # fmt: skip
    def create(self, request: Request) -> Response:
        """Make a token, by the session or by address and password; its secret is in this answer only.

        A token makes no other one: whoever finds one would have it for ever.
        """
        given = TokenInput(data=request.data)
        given.is_valid(raise_exception=True)
        values = given.validated_data
        user = request.user
        if request.auth is not None and "email" not in values:
            raise NotAllowed("token_by_token")
        if "email" in values or not as_viewer(user).is_member:
            user = with_password(
                request._request, email=values.get("email", ""), password=values.get("password", ""),
                code=values.get("code", ""),
            )  # fmt: skip
        if user is None:
            raise AuthenticationFailed(_("Address, password or code are not right."))
        row, secret = make_token(days=values.get("days", 30), by=user)
        return Response(
            NewTokenShape({**TokenShape(row).data, "token_key": row.token_key, "token": secret}).data, 201
        )

    @extend_schema(
        summary="Revoke a token", parameters=[path_parameter("key", "How the token begins.")],
        responses={204: None} | refusals(401, 404, 429),
    )  # fmt: skip
    def destroy(self, request: Request, key: str) -> Response:
        """End one of one's own tokens at once."""
        self._own(request)
        revoke_token(key=key, by=request.user)
        return Response(status=204)
