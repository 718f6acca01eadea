"""Who asks: a token in the `Authorization` header, or the site's own session."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from hmac import compare_digest
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.plumbing import build_bearer_security_scheme_object
from knox.auth import TokenAuthentication as KnoxAuthentication
from knox.crypto import hash_token
from knox.models import AuthToken
from knox.settings import CONSTANTS
from rest_framework.exceptions import AuthenticationFailed

from archive.access.client_tokens import OPENS, holder, is_of_client
from archive.models import User
from archive.models.statements import fetch


class TokenAuthentication(KnoxAuthentication):
    """`Authorization: Token …`, looked up in one query; an expired token is refused, and swept elsewhere."""

    def authenticate_credentials(self, token: bytes) -> tuple[Any, AuthToken]:
        """Return the account and the token.

        Raises AuthenticationFailed, in the same words for every reason.
        """
        refused = AuthenticationFailed(_("This token is not known, or it is no longer valid."))
        try:
            given = token.decode("ascii")
        except UnicodeDecodeError:
            raise refused from None
        if is_of_client(given):  # Its holder let a client annotate, and nothing else.
            raise refused
        digest = hash_token(given)
        key = given[: CONSTANTS.TOKEN_KEY_LENGTH]
        for row in _tokens(key):
            good = row.user.is_active and (row.expiry is None or row.expiry > timezone.now())
            if compare_digest(digest, row.digest) and good:
                return row.user, row
        raise refused


class BearerAuthentication(TokenAuthentication):
    """`Authorization: Bearer …`: what an annotation client got, or a token of the holder's own programs."""

    def authenticate(self, request: Any) -> tuple[Any, AuthToken] | None:
        """Return the account and the token; None without such a header.

        Raises AuthenticationFailed.
        """
        scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not secret.strip():
            return None
        row = holder(secret.strip(), OPENS)
        if row is not None:
            return row.user, row
        return self.authenticate_credentials(secret.strip().encode("latin-1", "ignore"))

    def authenticate_header(self, request: Any) -> str:
        """Return what is asked of who brings nothing."""
        return "Bearer"


@lru_cache(maxsize=1)
def _statement() -> str:
    """Return the SQL that finds tokens with their accounts: to make it takes longer than to run it."""
    rows = AuthToken.objects.filter(token_key="").select_related("user")
    return rows.query.sql_with_params()[0]


def _tokens(key: str) -> Iterator[AuthToken]:
    """Yield the tokens that begin with this key. Every request with a token asks it."""
    if connection.vendor != "postgresql":  # SQLite keeps times as words, which Django's own way reads.
        yield from AuthToken.objects.filter(token_key=key).select_related("user")
        return
    for values in fetch(_statement(), [key]):
        token = AuthToken.from_db("default", _TOKEN, values[: len(_TOKEN)])
        token.user = User.from_db("default", _USER, values[len(_TOKEN) :])
        yield token


_TOKEN = [field.attname for field in AuthToken._meta.concrete_fields]
_USER = [field.attname for field in User._meta.concrete_fields]


class TokenScheme(OpenApiAuthenticationExtension):
    """Tells the schema of it."""

    target_class = "archive.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        """Return the OpenAPI security scheme."""
        return build_bearer_security_scheme_object(
            header_name="Authorization", token_prefix=KnoxAuthentication().authenticate_header("")
        )
