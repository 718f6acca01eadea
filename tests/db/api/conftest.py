"""How the API's tests ask: one client per person, by token or by nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import cache
from rest_framework.test import APIClient

from archive.actions.make_token import make_token
from archive.models import User


@pytest.fixture(autouse=True)
def _fresh_counters() -> None:
    """Forget how often somebody asked."""
    cache.clear()


@pytest.fixture
def client_of() -> Callable[[User | None], APIClient]:
    """Return a client that asks in a person's name by token; without a person, anonymously."""

    def make(user: User | None = None) -> APIClient:
        client = APIClient(enforce_csrf_checks=True)
        if user is not None:
            _row, secret = make_token(days=1, by=user)
            client.credentials(HTTP_AUTHORIZATION=f"Token {secret}")
        return client

    return make


@pytest.fixture
def anybody(client_of):  # type: ignore[no-untyped-def]
    """A client of nobody in particular."""
    return client_of(None)


@pytest.fixture
def archivist(client_of, people):  # type: ignore[no-untyped-def]
    """An archivist's client."""
    return client_of(people["archivist"])


@pytest.fixture
def scholar(client_of, people):  # type: ignore[no-untyped-def]
    """A scholar's client."""
    return client_of(people["scholar"])
