"""People who contributed to what is public, by the names that descriptions and releases carry."""

from __future__ import annotations

import pytest

from annotations.presenters.contributors import key_of
from archive.actions.ask_erasure import ask_erasure
from archive.enums import Access
from archive.views import shared
from tests.factories_editions import Desk, make_desk, make_work

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(people) -> Desk:
    desk = make_desk(people)
    desk.work.creators = [{"name": "سلمى الحلبي", "name_en": "Salma al-Halabi", "role": "author"}]
    desk.work.save()
    desk.release()
    return desk


def test_everybody_who_is_named_has_a_page_with_all_that_bears_the_name(desk, client, people):
    make_work("letters", title_en="Letters", creators=[{"name": "سلمى  الحلبي", "role": "مترجم"}])
    make_work("secret", access=Access.DRAFT, creators=[{"name": "Nobody Known"}])

    listed = client.get("/en/people/").content.decode()
    page = client.get(f"/en/people/{key_of('سلمى الحلبي')}/")

    assert "Salma al-Halabi" in listed
    assert "Hind" in listed
    assert people["scholar"].display_name in listed
    assert "Nobody Known" not in listed
    assert client.get(f"/en/people/{key_of('Nobody Known')}/").status_code == 404
    assert {str(card.title) for card in page.context["cards"]} == {"The Tale of the Mill", "Letters"}
    assert (
        client.get(f"/en/people/{key_of('Salma al-Halabi')}/").headers["Location"]
        == page.request["PATH_INFO"]
    )
    html = page.content.decode()
    assert "author" in html
    assert "translator" in html
    assert "سلمى الحلبي" in html
    scholar = client.get(f"/en/people/{key_of(people['scholar'].display_name)}/")
    assert [card.number for card in scholar.context["releases"]] == [1]


def test_names_lead_to_their_pages_from_works_and_releases(desk, client, people):
    for address, name in (
        ("/en/works/mill/", "سلمى الحلبي"),
        ("/en/editions/mill-edition/1/", "هند"),
        ("/en/editions/mill-edition/1/", people["scholar"].display_name),
    ):
        assert f'href="/en/people/{key_of(name)}/"' in client.get(address).content.decode(), name


def test_name_is_found_in_any_spelling(desk, client):
    found = client.get("/ar/people/?q=الحلبى").context["page_obj"].object_list

    assert [person.name for person in found] == ["سلمى الحلبي"]


def test_whoever_asked_to_be_erased_has_no_page(desk, client, people):
    scholar = people["scholar"]
    address = f"/en/people/{key_of(scholar.display_name)}/"
    assert client.get(address).status_code == 200

    scholar.set_password("a word of one's own")
    scholar.save()
    ask_erasure(account_id=scholar.pk, password="a word of one's own", by=scholar)
    shared.forget()

    assert client.get(address).status_code == 404
    assert f'href="{address}"' not in client.get("/en/editions/mill-edition/1/").content.decode()
    assert scholar.display_name not in client.get("/en/people/").content.decode()
