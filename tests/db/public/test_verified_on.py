"""The public page of a picture, a recording or a film says when its bytes were last found to be those that were received."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine

from archive.actions.add_film import add_film
from archive.actions.add_image import add_image
from archive.actions.check_file import check_file
from archive.enums import Access
from archive.media import paths
from archive.models import FixityCheck, StoredFile
from archive.views import shared
from tests.db.archive.deposited import work
from tests.factories_archive import png, send
from tests.factories_moving import film

pytestmark = pytest.mark.django_db
LATER = datetime(2027, 3, 9, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def epoch_is_read_anew(monkeypatch):
    monkeypatch.setattr(shared, "EPOCH_SECONDS", -1.0)


@pytest.mark.parametrize("kind", ["image", "video"])
def test_it_says_when_and_no_longer_once_they_are_damaged(client, people, kind):
    by, values = people["archivist"], {"access": Access.PUBLIC, "title_en": "Bridge"}
    if kind == "image":
        row = add_image(arrival=send(png(20, 10), filename="a.png", by=by), values=values, by=by)
        file = row.arrival.stored_file
    else:
        row = add_film(arrival=send(film("mp4"), filename="a.mp4", by=by), values=values, by=by)
        file = row.captures.get().arrival.stored_file
    work()
    address = row.get_absolute_url().replace("/ar/", "/en/")
    assert "Bytes verified on" in client.get(address).content.decode()

    with time_machine.travel(LATER, tick=False):
        check_file(stored_file=file, by=None)
        shared.forget()
    page = client.get(address).content.decode()
    assert FixityCheck.objects.get().outcome == "intact"
    assert "9 March 2027" in page

    path = paths.of_sha256(file.sha256)
    path.chmod(0o600)
    path.write_bytes(b"rotten")
    check_file(stored_file=StoredFile.objects.get(pk=file.pk), by=None)

    assert "Bytes verified on" not in client.get(address).content.decode()
