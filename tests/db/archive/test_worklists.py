"""Every worklist of the archive with its count on the front page of the desk, each leading to what is on it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.actions.add_capture import add_capture
from archive.actions.add_film import add_film
from archive.actions.add_image import add_image
from archive.media import fixity
from archive.models import FixityCheck, Image, StoredFile, Video
from tests.db.archive.deposited import work
from tests.db.archive.test_recorded_pages import wacz
from tests.factories_archive import png, send
from tests.factories_films import MP4, make_video

pytestmark = pytest.mark.django_db


def lists(desk) -> dict[str, int]:
    """Return the counts of the front page by the address that each leads to."""
    page = (
        desk.get("/en/desk/").content.decode().partition('id="worklists-title"')[2].partition("</section>")[0]
    )
    rows = re.findall(
        r'<a href="([^"]+)">[^<]+</a></h3></div><div class="item__side"><span[^>]*>(\d+)<', page
    )
    return {address.replace("&amp;", "&"): int(count) for address, count in rows}


def test_each_list_counts_what_it_shows(desk, archivist, monkeypatch):
    assert lists(desk) == {}

    gone = make_video(by=archivist, last_outcome="gone", state="gone")
    add_capture(video=gone, arrival=send(wacz(warc=b"other"), filename="a.wacz", by=archivist), by=archivist)
    make_video(external_id="zyxwvutsrqp", by=archivist)
    add_film(arrival=send(MP4, filename="a.mp4", by=archivist), by=archivist)
    work()
    image = add_image(arrival=send(png(20, 10), filename="a.png", by=archivist), by=archivist)
    Image.objects.filter(pk=image.pk).update(state="broken")
    late = image.arrival.stored_file

    found = lists(desk)

    videos, files = (
        reverse("desk_videos").replace("/ar/", "/en/"),
        reverse("desk_files").replace("/ar/", "/en/"),
    )
    assert found == {
        f"{videos}?show=gone": 1, f"{videos}?show=never_captured": 1, f"{videos}?show=no_copy": 1,
        f"{videos}?show=not_whole": 1, f"{reverse('desk_images').replace('/ar/', '/en/')}?state=broken": 1,
    }  # fmt: skip
    for address, count in found.items():
        page = desk.get(address).content.decode()
        shown = page.count('<li class="item">') if "files" not in address else page.count('class="hash')
        assert shown >= count, address

    FixityCheck.objects.create(stored_file=late, outcome="damaged")
    assert lists(desk)[f"{files}?show=not_intact"] == 1
    monkeypatch.setattr(fixity, "CYCLE", timedelta(0))
    assert lists(desk)[f"{files}?show=overdue"] == StoredFile.objects.count()
    assert desk.get(f"{files}?show=overdue").status_code == 200


def test_front_page_asks_as_often_however_much_waits(desk, archivist):
    desk.get("/en/desk/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        desk.get("/en/desk/")
    for number in range(5):
        Video.objects.create(
            provider="youtube", external_id=f"x{number}", last_outcome="gone", created_by=archivist
        )
    with CaptureQueriesContext(connection) as many:
        desk.get("/en/desk/")

    assert len(many) == len(few)


def test_those_who_do_not_keep_the_archive_have_none(client, people):
    for who in ("scholar", "reviewer", "editor"):
        client.force_login(people[who])
        assert 'id="worklists-title"' not in client.get("/en/desk/").content.decode()
