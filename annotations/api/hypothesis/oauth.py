"""Tokens for the client: by a code that a window handed back, by a page's word, by the last pair; and their end."""

from __future__ import annotations

import base64
import hashlib
from hmac import compare_digest
from typing import Any

from rest_framework.parsers import FormParser
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.hypothesis.base import Client, Wire
from annotations.presenters.client_site import CLIENT_ID
from archive.access.client_tokens import grant_holder, read_code
from archive.actions._client_tokens import Pair
from archive.actions.admit_client import admit_client
from archive.actions.dismiss_client import dismiss_client
from archive.actions.renew_client import renew_client
from archive.api.throttles import ClientSignIn
from archive.errors import Invalid

_BY_WORD = "urn:ietf:params:oauth:grant-type:jwt-bearer"
#: The words of RFC 6749 for our refusals.
_WORDS = {"client_unknown": "invalid_client", "client_kind": "unsupported_grant_type"}


class _Door(Client):
    authentication_classes: tuple[Any, ...] = ()
    permission_classes: tuple[Any, ...] = (AllowAny,)
    parser_classes: tuple[Any, ...] = (FormParser, Wire)

    def handle_exception(self, exc: Exception) -> Response:
        """Answer in the words of OAuth too, under the status that it asks for."""
        response = super().handle_exception(exc)
        if isinstance(exc, Invalid):
            response.status_code = 400
        if isinstance(response.data, dict):
            response.data["error"] = _WORDS.get(response.data.get("code", ""), "invalid_grant")
            response.data["error_description"] = response.data.get("reason", "")
        return response

    def value(self, name: str) -> str:
        """Return a field of the form, "" for none."""
        given = self.request.data.get(name, "")
        return given if isinstance(given, str) and "\x00" not in given else ""


class Token(_Door):
    """`/api/hypothesis/token`."""

    def get_throttles(self) -> list[Any]:
        """Count exchanges, apart from attempts with a password."""
        return [*super().get_throttles(), ClientSignIn()]

    def post(self, request: Request) -> Response:
        """Give a pair of tokens."""
        kind = self.value("grant_type")
        if kind == "authorization_code":
            pair = self._by_code()
        elif kind == _BY_WORD:
            pair = self._by_word()
        elif kind == "refresh_token":
            pair = renew_client(token=self.value("refresh_token"))
        else:
            raise Invalid("client_kind", field="grant_type")
        return Response(
            {
                "access_token": pair.opens, "token_type": "Bearer", "expires_in": pair.seconds,
                "refresh_token": pair.renews, "scope": "annotation:read annotation:write",
            },
            headers={"Cache-Control": "no-store", "Pragma": "no-cache"},
        )  # fmt: skip

    def _by_code(self) -> Pair:
        if self.value("client_id") != CLIENT_ID:
            raise Invalid("client_unknown", field="client_id")
        code = read_code(self.value("code"))
        if code is None or not _proves(self.value("code_verifier"), code.challenge):
            raise Invalid("client_code", field="code")
        return admit_client(nonce=code.nonce, by=code.user)

    def _by_word(self) -> Pair:
        user = grant_holder(self.value("assertion"))
        if user is None:
            raise Invalid("client_grant", field="assertion")
        return admit_client(by=user)


class Revoke(_Door):
    """`/api/hypothesis/oauth/revoke`."""

    def post(self, request: Request) -> Response:
        """End a pair of tokens; whatever was sent, it is of no use afterwards."""
        dismiss_client(token=self.value("token"))
        return Response({})


def _proves(verifier: str, challenge: str) -> bool:
    """Whether this is what the challenge (S256) was made of; today's client makes none."""
    if not challenge:
        return True
    digest = hashlib.sha256(verifier.encode()).digest()
    return compare_digest(base64.urlsafe_b64encode(digest).rstrip(b"=").decode(), challenge)
