"""What many tests of notes begin with."""

from __future__ import annotations

import pytest

from annotations.actions.propose_term import propose_term
from annotations.enums import TermKind
from annotations.values import TermInput


@pytest.fixture
def scholar(client, people):
    """A browser in which the scholar is signed in."""
    client.force_login(people["scholar"])
    return client


@pytest.fixture
def mill(people):
    """A term that a scholar proposed."""
    term = TermInput(kind=TermKind.PLACE, label_ar="الطاحونة", label_en="The mill")
    return propose_term(term=term, by=people["scholar"])
