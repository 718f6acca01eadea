"""The search within a release: its text and its notes in any spelling, and nothing that may not be read now."""

from __future__ import annotations

import re

import pytest
from django.utils.html import strip_tags

from annotations.actions.publish import publish
from annotations.actions.withdraw_release import withdraw_release
from archive.actions.bump_epoch import bump_epoch
from archive.enums import Access
from archive.models import Image
from archive.views import shared
from tests.factories_editions import Desk, make_desk, place_notes
from tests.factories_notes import make_accepted

pytestmark = pytest.mark.django_db

PAGE = "/en/editions/mill-edition/1/"


@pytest.fixture
def desk(people) -> Desk:
    desk = make_desk(people)
    place_notes(desk)
    return desk


def _asked(client, query: str, **more: str) -> str:
    answer = client.get(f"{PAGE}search/", {"q": query, **more})
    assert answer.status_code == 200, query
    return answer.content.decode()


def _links(html: str) -> list[str]:
    return re.findall(rf'<h2 class="item__title"><a href="{PAGE}([^"]*)"', html)


def test_passages_and_notes_are_found_in_another_spelling_and_lead_to_their_place(desk, client):
    desk.release()

    passage, note = _asked(client, "الحجارون"), _asked(client, "الجبل")

    start = desk.text.current_revision.content.index("الحجّارون")
    assert _links(passage)[0] == f"?at={start}-{start + 9}#at-{start}-{start + 9}"
    assert "<mark>الحجّارون</mark>" in passage
    assert "In another spelling:" in passage
    marked = client.get(f"{PAGE}?at={start}-{start + 9}").content.decode()
    assert re.search(r"<mark[^>]*>الحجّارون</mark>", marked)
    masons = desk.notes["masons"].public_id
    assert _links(note) == [f"?note={masons}#note-{masons}"]
    assert "جاؤوا من <mark>الجبل</mark>." in note


def test_all_words_must_stand_together_in_a_passage_or_a_note(desk, client):
    desk.release()

    assert len(_links(_asked(client, "السوق الحور"))) == 1
    nothing = _asked(client, "السوق الحجّارون")
    assert "Nothing was found" in nothing
    assert "/en/search/?q=" in nothing


def test_note_on_a_picture_is_found_only_while_that_may_be_seen(desk, client):
    desk.release()
    region = desk.notes["region"].public_id
    assert _links(_asked(client, "العجلة")) == [f"?note={region}#note-{region}"]

    Image.objects.filter(pk=desk.image.pk).update(access=Access.RESTRICTED)
    bump_epoch()
    shared.forget()

    assert _links(_asked(client, "العجلة")) == []
    assert "العجلة في الرسم" not in _asked(client, "العجلة")


def test_older_releases_are_searched_as_they_were_sealed(desk, client):
    desk.release()
    make_accepted(
        desk.text, "الدفتر القديم", body="سجلٌّ ضائع.",
        author=desk.people["scholar"], reviewer=desk.people["reviewer"],
    )  # fmt: skip
    desk.release()

    assert _links(_asked(client, "ضائع")) == []
    second = client.get("/en/editions/mill-edition/2/search/", {"q": "ضائع"}).content.decode()
    assert "<mark>ضائع</mark>" in second


def test_many_results_come_a_page_at_a_time(desk, client):
    by = {"author": desk.people["scholar"], "reviewer": desk.people["reviewer"]}
    for place in range(30):
        make_accepted(desk.text, "الحور", body=f"شجرة {place}", **by)
    desk.release()

    first, second = _asked(client, "شجرة"), _asked(client, "شجرة", page="2")

    assert "30 results" in strip_tags(first)
    assert (len(_links(first)), len(_links(second))) == (25, 5)
    assert not set(_links(first)) & set(_links(second))


@pytest.mark.parametrize("query", ["", "  ", "%", "<b>", "ا" * 5000, '" OR 1', "\u202e"])
def test_odd_words_are_answered_calmly(desk, client, query):
    desk.release()

    html = _asked(client, query, page="٩٩٩")

    assert _links(html) == []
    assert "<b>" not in html


def test_what_is_not_public_is_not_searched(desk, client, people):
    release = desk.seal()
    assert client.get(f"{PAGE}search/?q=الطاحونة").status_code == 404
    publish(release=release.public_id, by=None)
    shared.forget()
    assert _links(_asked(client, "الطاحونة"))

    withdraw_release(release=release.public_id, reason="خطأٌ في النصّ", by=people["editor"])
    shared.forget()

    gone = client.get(f"{PAGE}search/?q=الطاحونة")
    assert gone.status_code == 410
    assert "النهر" not in gone.content.decode()


def test_page_of_a_release_leads_to_it_in_both_languages(desk, client):
    desk.release()

    for language, words in (("en", "Search in it"), ("ar", "ابحث فيها")):
        html = client.get(f"/{language}/editions/mill-edition/1/").content.decode()
        assert f'action="/{language}/editions/mill-edition/1/search/"' in html
        assert words in html
