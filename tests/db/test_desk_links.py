"""No desk leads anybody to what they may not open, whatever their role."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from annotations.enums import Outcome
from archive.actions.start_correction import start_correction
from tests.factories_editions import Desk, make_desk, make_term
from tests.factories_notes import decide_note, make_note, submit_note

pytestmark = pytest.mark.django_db

#: Those who have the most desks are asked for by CI.
ROLES = (
    "editor", "member",
    *(pytest.param(one, marks=pytest.mark.slow) for one in ("archivist", "scholar", "reviewer", "administrator")),
)  # fmt: skip
LINK = re.compile(r'<a\s[^>]*href="([^"]*)"')
#: Pages whose links are followed on: where people work, not the public pages that all may open.
DESK = re.compile(r"/en/(desk|workbench|notes)/")
#: Lists in other orders or narrowed twice, other windows of a map and the other language lead to the same pages.
SAME = re.compile(r"[?&](page|sort|kind|state|status|view|at|in|tiles)=|\?.*&|^/ar/")
#: From one kind of page to another, so many links are followed: the rows of a list lead to pages that are made alike.
ALIKE = 4
#: More addresses than that, and some page leads on without end.
MOST = 1_000


@pytest.fixture
def desk(people) -> Desk:
    """A site with something waiting on every desk, and something for archivists to mend in an edition."""
    desk = make_desk(people)
    desk.release()
    desk.work.rights_uri = ""
    desk.work.save()
    desk.image.alternative_ar = ""
    desk.image.save()
    make_term("ford", "المخاضة", "The ford")
    make_note(desk.text, "أشجار الحور", by=people["scholar"])
    submit_note(make_note(desk.text, "من السوق", by=people["scholar"]))
    returned = make_note(desk.text, "القادم", by=people["scholar"])
    submit_note(returned)
    decide_note(returned, Outcome.RETURN, by=people["reviewer"])
    start_correction(text_id=desk.text.pk, by=people["archivist"])
    return desk


def crawl(client: Client) -> tuple[set[str], list[str]]:
    """Follow every link of the desks; return what was asked, and what should not have been offered."""
    asked, refused, waiting = set(), [], [("", "/en/desk/")]
    alike: Counter[tuple[str, str]] = Counter()
    while waiting:
        source, address = waiting.pop()
        ways = (_route(source), _route(address))
        if address in asked or alike[ways] >= ALIKE:
            continue
        asked.add(address)
        alike[ways] += 1
        assert len(asked) < MOST, f"a page that leads on without end, like {address} on {source}"
        response = client.get(address)
        if response.status_code >= 400:
            refused.append(f"{response.status_code} {address} on {source}")
        if not DESK.match(address) or not response.get("Content-Type", "").startswith("text/html"):
            continue
        for href in LINK.findall(response.content.decode()):
            link = unescape(href).partition("#")[0]
            link = f"{address.partition('?')[0]}{link}" if link.startswith("?") else link
            if link.startswith("/") and not SAME.search(link):
                waiting.append((address, link))
    return asked, refused


def _route(address: str) -> str:
    """Return the name of what answers there; an address of its own where nothing does."""
    try:
        return resolve(address.partition("?")[0]).view_name
    except Resolver404:
        return address


@pytest.mark.parametrize("role", ROLES)
def test_no_desk_links_to_what_its_reader_may_not_open(desk, people, client, role):
    client.force_login(people[role])

    asked, refused = crawl(client)

    assert refused == []
    assert len(asked) > (4 if role == "member" else 8)


def test_editor_is_told_who_mends_what_is_the_archivist_s(desk, people, client):
    client.force_login(people["editor"])

    html = client.get(f"/en/desk/editions/{desk.edition.public_id}/").content.decode()

    assert 'data-finding="rights_missing"' in html
    assert "An archivist can mend this." in html
    assert "/describe/" not in html


def test_archivist_who_is_editor_too_is_led_to_the_form(desk, people, client):
    client.force_login(people["administrator"])

    html = client.get(f"/en/desk/editions/{desk.edition.public_id}/").content.decode()

    assert f"/en/desk/works/{desk.work.public_id}/describe/" in html
    assert "An archivist can mend this." not in html
