"""What the site tells programs of itself: feeds, the map for search engines, how to search here."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from annotations.actions.withdraw_release import withdraw_release
from archive.actions.describe_work import describe_work
from archive.enums import Access
from archive.views import shared
from tests.factories_editions import Desk, make_desk, make_work

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


@pytest.fixture
def desk(people) -> Desk:
    desk = make_desk(people)
    desk.release()
    return desk


def _fresh() -> None:
    shared.forget()
    cache.clear()


def _entries(client, language: str) -> dict[str, str]:
    """Return titles by ids, of Atom; JSON Feed says the same."""
    feed = ET.fromstring(client.get(f"/{language}/news.atom").content)
    found = {e.findtext(f"{ATOM}id"): e.findtext(f"{ATOM}title") for e in feed.iter(f"{ATOM}entry")}
    told = json.loads(client.get(f"/{language}/news.json").content)
    assert {item["id"]: item["title"] for item in told["items"]} == found
    assert told["language"] == language == feed.get("{http://www.w3.org/XML/1998/namespace}lang")
    return found


def test_feeds_tell_releases_and_works_in_each_language_under_ids_that_stay(desk, client, people):
    make_work("hidden", access=Access.DRAFT, title_ar="سرّ", title_en="A secret")
    arabic, english = _entries(client, "ar"), _entries(client, "en")

    assert set(arabic) == set(english)
    assert len(arabic) == 2
    assert all(ident.startswith("tag:localhost,") for ident in arabic)
    assert "The Tale of the Mill" in english.values()
    assert "حكاية الطاحونة" in arabic.values()
    assert not any("secret" in title for title in english.values())

    desk.edition.slug, desk.work.slug = "renamed", "moved"
    desk.edition.save()
    desk.work.save()
    _fresh()
    assert set(_entries(client, "ar")) == set(arabic)


def test_what_was_withdrawn_leaves_the_feeds_and_the_map(desk, client, people):
    release = desk.edition.releases.get()
    assert any("1" in title for title in _entries(client, "en").values())
    assert "/en/editions/mill-edition/1/" in client.get("/sitemap-releases.xml").content.decode()

    withdraw_release(release=release.public_id, reason="خطأ", by=people["editor"])
    _fresh()

    assert list(_entries(client, "en").values()) == ["The Tale of the Mill"]
    assert "/editions/" not in client.get("/sitemap-releases.xml").content.decode()


def test_feed_names_its_authors_and_is_sent_once_to_who_has_it(desk, client):
    first = client.get("/en/news.atom")
    again = client.get("/en/news.atom", headers={"If-None-Match": first.headers["ETag"]})

    assert first.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert again.status_code == 304
    # The newest entry's day says nothing of an older one that was withdrawn.
    assert "Last-Modified" not in first.headers
    assert client.get("/en/news.json").headers["Content-Type"].startswith("application/feed+json")


def test_work_that_was_opened_is_new_from_then_on_and_not_from_when_it_was_entered(desk, client, people):
    old = make_work("older", access=Access.DRAFT, title_ar="قديم", title_en="An old one")
    type(old).objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=900))
    describe_work(
        work_id=old.pk, version=old.version, values={"access": Access.PUBLIC}, by=people["archivist"]
    )
    _fresh()

    told = json.loads(client.get("/en/news.json").content)["items"]

    assert told[0]["title"] == "An old one"
    assert told[0]["date_published"] >= told[1]["date_published"]


def test_pages_lead_to_feeds_and_search(desk, client):
    html = client.get("/ar/catalogue/").content.decode()

    for kind, address in (
        ("application/atom+xml", "/ar/news.atom"), ("application/feed+json", "/ar/news.json"),
        ("application/opensearchdescription+xml", "/ar/opensearch.xml"),
    ):  # fmt: skip
        assert f'type="{kind}" href="{address}"' in html
    described = ET.fromstring(client.get("/en/opensearch.xml").content)
    search = described.find("{http://a9.com/-/spec/opensearch/1.1/}Url").get("template")
    assert search == "http://localhost:8000/en/search/?q={searchTerms}"


def test_map_has_every_public_page_in_both_languages_and_nothing_else(desk, client):
    make_work("hidden", access=Access.DRAFT)
    robots = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://localhost:8000/sitemap.xml" in robots

    index = ET.fromstring(client.get("/sitemap.xml").content)
    parts = [part.text for part in index.iter(f"{MAP}loc")]
    found = []
    for part in parts:
        urls = ET.fromstring(client.get(part.removeprefix("http://localhost:8000")).content)
        for url in urls.iter(f"{MAP}url"):
            found.append(url.findtext(f"{MAP}loc"))
            assert {link.get("hreflang") for link in url.iter(LINK)} == {"ar", "en", "x-default"}

    assert len(found) == len(set(found))
    assert not any("hidden" in address for address in found)
    for address in found:
        assert client.get(address.removeprefix("http://localhost:8000")).status_code == 200, address
    assert "http://localhost:8000/en/works/mill/" in found
    assert f"http://localhost:8000/ar/images/{desk.image.public_id}/" in found
    assert (
        client.get("/sitemap-nothing.xml").status_code
        == client.get("/sitemap-works.xml?p=9").status_code
        == 404
    )


def test_map_and_feeds_ask_as_often_for_many_as_for_few(desk, client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def counts() -> list[int]:
        found = []
        for address in ("/sitemap.xml", "/sitemap-works.xml", "/en/news.atom"):
            _fresh()
            with CaptureQueriesContext(connection) as captured:
                client.get(address)
            found.append(len(captured))
        return found

    client.get("/en/news.atom")
    few = counts()
    for number in range(7):
        make_work(f"more-{number}")

    assert counts() == few
