"""Tokens and statements by which an annotation client in a browser acts for a person.

They are rows of the same table as the tokens of programs, so that they end with the password and the account as those
do; by their first letters, which no token of a program has, neither is taken for the other.
"""

from __future__ import annotations

import hashlib
import secrets
import string
from dataclasses import dataclass
from datetime import timedelta
from hmac import compare_digest
from typing import Any

from django.core import signing
from django.utils import timezone
from knox.crypto import hash_token
from knox.models import AuthToken

from archive.models import User

#: What a token that opens, and one that gets the next pair, begin with.
CLIENTS = "hy"
OPENS, RENEWS = f"{CLIENTS}a", f"{CLIENTS}r"
#: Kept in clear, to find the row by; the letters after the kind are those of the pair.
KEY_LENGTH = 15
OPENS_FOR, RENEWS_FOR = timedelta(minutes=30), timedelta(days=7)
#: How long a page's word for who looks at it is good, and a code that a window hands back, in seconds.
GRANT_SECONDS, CODE_SECONDS = 600, 60
_GRANT, _CODE = "archive.client.grant", "archive.client.code"
_LETTERS = string.ascii_lowercase + string.digits


@dataclass(frozen=True, slots=True)
class Code:
    """What a code says: whose it is, its own letters, and what was asked to prove who brings it (RFC 7636)."""

    user: User
    nonce: str
    challenge: str


def is_of_client(token: str) -> bool:
    """Whether this is a token of a client, of either kind."""
    return token.startswith((OPENS, RENEWS))


def new_secret(kind: str, pair: str) -> str:
    """Return a new token of this kind, one of a pair (`new_pair`)."""
    return f"{kind}{pair}{secrets.token_urlsafe(32)}"


def new_pair() -> str:
    """Return the letters that a pair of tokens has in common."""
    return "".join(secrets.choice(_LETTERS) for _letter in range(KEY_LENGTH - len(OPENS)))


def pair_keys(token: str) -> list[str]:
    """Return the keys of both tokens of the pair that this one is of."""
    return [kind + token[len(kind) : KEY_LENGTH] for kind in (OPENS, RENEWS)]


def holder(token: str, kind: str) -> AuthToken | None:
    """Return the row of a token of this kind that is still good, with its account; else None."""
    if not token.startswith(kind) or not token.isascii():
        return None
    digest = hash_token(token)
    for row in AuthToken.objects.filter(token_key=token[:KEY_LENGTH]).select_related("user"):
        good = row.user.is_active and row.expiry is not None and row.expiry > timezone.now()
        if compare_digest(digest, row.digest) and good:
            return row
    return None


def sign_grant(user: User) -> str:
    """Return a page's word that this person looks at it."""
    return signing.dumps({"user": user.public_id, "mark": _mark(user)}, salt=_GRANT)


def grant_holder(grant: str) -> User | None:
    """Return whose word this is; None when it is too old, not ours, or the person signed out everywhere since."""
    said = _read(grant, _GRANT, GRANT_SECONDS)
    return _user_of(said) if said else None


def sign_code(user: User, *, challenge: str = "") -> str:
    """Return a code that is exchanged once for tokens, within a minute."""
    said = {
        "user": user.public_id,
        "mark": _mark(user),
        "nonce": secrets.token_urlsafe(12),
        "challenge": challenge,
    }
    return signing.dumps(said, salt=_CODE)


def read_code(code: str) -> Code | None:
    """Return what a code says; None for one that is no longer good. That it comes once is for the action to see to."""
    said = _read(code, _CODE, CODE_SECONDS)
    user = _user_of(said) if said else None
    return Code(user, said["nonce"], said["challenge"]) if said and user else None


def _mark(user: User) -> str:
    """Return what changes when a person's password changes or all their sessions end."""
    return hashlib.sha256(user.get_session_auth_hash().encode()).hexdigest()[:24]


def _read(signed: str, salt: str, seconds: int) -> dict[str, Any] | None:
    try:
        said: dict[str, Any] = signing.loads(signed, salt=salt, max_age=seconds)
    except (signing.BadSignature, UnicodeEncodeError):
        return None
    return said


def _user_of(said: dict[str, Any]) -> User | None:
    user = User.objects.filter(public_id=said["user"], is_active=True).first()
    return user if user is not None and compare_digest(_mark(user), said["mark"]) else None
