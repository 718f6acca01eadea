"""Cards for other sites: what they say, who may frame them, and what oEmbed tells of them."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from urllib.parse import quote

import pytest

from annotations.actions.withdraw_release import withdraw_release
from archive.enums import Access
from archive.views import shared
from tests.factories_editions import Desk, make_desk, make_work, place_notes

pytestmark = pytest.mark.django_db

SITE = "http://localhost:8000"


@pytest.fixture
def desk(people) -> Desk:
    desk = make_desk(people)
    place_notes(desk)
    desk.edition.picked.add(desk.notes["region"], desk.notes["seconds"])
    desk.release()
    return desk


def _addresses(desk: Desk) -> dict[str, str]:
    """Return paths of pages by what stands on their cards."""
    return {
        "The Mill, annotated": "/en/editions/mill-edition/1/",
        "جاؤوا من": f"/en/editions/mill-edition/1/?note={desk.notes['masons'].public_id}#note-x",
        "العجلة في الرسم": f"/en/editions/mill-edition/1/?note={desk.notes['region'].public_id}",
        "<blockquote class=\"embed__quote\" lang=\"ar\" dir=\"rtl\">حكاية</blockquote>": "/en/editions/mill-edition/1/?at=0-5",
        "A short tale.": "/en/works/mill/",
        ">حكاية</blockquote>": "/en/works/mill/?at=0-5",
        'alt="A mill by a river"': f"/en/images/{desk.image.public_id}/",
        "The millstone turns": f"/en/videos/{desk.video.public_id}/",
    }  # fmt: skip


def _oembed(client, path: str, more: str = ""):
    return client.get(f"/oembed?url={quote(SITE + path, safe='')}{more}")


def test_every_page_tells_of_a_card_which_alone_may_be_framed(desk, client):
    for words, path in _addresses(desk).items():
        page = client.get(path.partition("#")[0])
        assert 'type="application/json+oembed"' in page.content.decode(), path
        for answer in (page, client.get(path.partition("#")[0])):
            assert answer.headers["X-Frame-Options"] == "DENY"
            assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]

        told = _oembed(client, path).json()
        assert told["type"] == "rich"
        assert told["version"] == "1.0"
        assert told["title"]
        framed = told["html"].split('src="')[1].split('"')[0].replace("&amp;", "&")
        for _again in range(2):
            card = client.get(framed.removeprefix(SITE))
            assert card.status_code == 200, framed
            assert words in card.content.decode(), (words, framed)
            assert "X-Frame-Options" not in card.headers
            assert "frame-ancestors *" in card.headers["Content-Security-Policy"]
            assert "script-src" not in card.headers["Content-Security-Policy"]
            assert "<script" not in card.content.decode()


def test_provider_keeps_to_limits_and_speaks_both_forms(desk, client):
    small = _oembed(client, "/en/works/mill/", "&maxwidth=300&maxheight=200").json()
    assert (small["width"], small["height"]) == (300, 200)
    assert 'width="300"' in small["html"]

    picture = _oembed(client, f"/ar/images/{desk.image.public_id}/")
    assert picture.json()["thumbnail_width"] == 960
    assert picture.headers["Access-Control-Allow-Origin"] == "*"
    assert "/ar/embed/" in picture.json()["html"]
    assert (
        "thumbnail_url" not in _oembed(client, f"/en/images/{desk.image.public_id}/", "&maxwidth=200").json()
    )

    written = ET.fromstring(_oembed(client, "/editions/mill-edition/1/", "&format=xml").content)
    assert written.findtext("provider_url") == SITE
    assert "<iframe" in written.findtext("html")


@pytest.mark.parametrize(
    ("query", "status"),
    [("", 400), ("url=https://elsewhere.example/en/works/mill/", 404), (f"url={SITE}/en/works/mill/&format=yaml", 501),
     (f"url={SITE}/en/works/nothing/", 404), (f"url={SITE}/en/works/secret/", 404), (f"url={SITE}/en/works/mill/?at=5-2", 404),
     (f"url={SITE}/en/editions/mill-edition/1/?note=nothing", 404), (f"url={SITE}/en/works/mill/?at=0-99999", 404),
     ("url=http://[", 404), (f"url={SITE}/en/catalogue/", 404)],
)  # fmt: skip
def test_provider_says_what_it_has_no_card_for(desk, client, query, status):
    make_work("secret", access=Access.DRAFT)

    assert client.get(f"/oembed?{query}").status_code == status


def test_picture_with_a_warning_is_on_no_card_and_one_that_is_hidden_takes_its_notes_along(desk, client):
    desk.image.warnings = ["violence"]
    desk.image.save()
    shared.forget()
    address = f"/en/embed/images/{desk.image.public_id}/"
    note = f"/en/embed/editions/mill-edition/1/?note={desk.notes['region'].public_id}"

    html = client.get(address).content.decode()

    assert "<img" not in html
    assert "Warning:" in html
    assert "thumbnail_url" not in _oembed(client, f"/en/images/{desk.image.public_id}/").json()
    assert "Warning:" in client.get(note).content.decode()

    desk.image.access = Access.DRAFT
    desk.image.save()
    shared.forget()
    assert client.get(address).status_code == client.get(note).status_code == 404


def test_card_of_what_was_withdrawn_says_so_in_its_frame(desk, client, people):
    withdraw_release(release=desk.edition.releases.get().public_id, reason="خطأ", by=people["editor"])
    shared.forget()

    card = client.get("/en/embed/editions/mill-edition/1/")

    assert card.status_code == 410
    assert "frame-ancestors *" in card.headers["Content-Security-Policy"]
    assert "annotated" not in card.content.decode()
    assert _oembed(client, "/en/editions/mill-edition/1/").status_code == 404
