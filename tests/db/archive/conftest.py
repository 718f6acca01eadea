"""What most tests of the archive's pages begin with."""

from __future__ import annotations

import pytest


@pytest.fixture
def desk(client, archivist):  # type: ignore[no-untyped-def]
    """A client at the archivist's desk."""
    client.force_login(archivist)
    return client
