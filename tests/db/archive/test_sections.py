"""Sections of a text are kept from readers: what is left is read, what is kept is nowhere."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from archive.access import ANYBODY, visible_to
from archive.models import Text, TextRevision
from tests.factories_notes import make_text
from tests.factories_sections import keep

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def text(db):
    return make_text()


def test_the_page_of_a_work_shows_what_is_left_and_says_what_is_kept(client, text, archivist):
    keep(text, "عبر القادمون", by=archivist)

    page = client.get("/en/works/bridges/").content.decode()

    assert "القادمون" not in page
    assert "كتاب الجسور" in page and "فاض النهر" in page
    assert "This section is kept by the archive and not open to readers." in page
    assert not visible_to(Text, ANYBODY).filter(pk=text.pk).exists()
    assert not visible_to(TextRevision, ANYBODY).filter(text=text).exists()
