"""What most tests of editions begin with."""

from __future__ import annotations

import pytest

from tests.factories_editions import Desk, make_desk


@pytest.fixture
def desk(people) -> Desk:
    """An edition with something of everything, and who works on it."""
    return make_desk(people)


@pytest.fixture
def editor(desk, client):
    """The editor's browser."""
    client.force_login(desk.people["editor"])
    return client
