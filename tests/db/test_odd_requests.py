"""Requests that no page of ours makes are answered in words, never with a failure."""

from __future__ import annotations

import pytest
from django.urls import reverse

from annotations.actions.propose_term import propose_term
from annotations.enums import TermKind
from annotations.values import TermInput
from archive.enums import Access
from archive.media.gate import Part, part
from archive.views import shared
from tests.factories_archive import make_draft
from tests.factories_notes import make_text

pytestmark = pytest.mark.django_db
#: What Unicode calls a digit and no parser reads as a number; other alphabets' numerals; no end of digits.
ODD_NUMBERS = ["²", "٣", "9" * 30, "-1", "", "0x1"]


@pytest.mark.parametrize("number", ODD_NUMBERS)
def test_odd_page_of_a_search_is_the_first(client, number):
    assert client.get("/en/search/", {"q": "ا", "page": number}).status_code == 200


@pytest.mark.parametrize("number", ODD_NUMBERS)
def test_odd_revision_of_a_link_shows_the_current_wording(client, number):
    work = make_text(access=Access.PUBLIC).work

    answer = client.get(reverse("work", args=[work.slug]), {"at": "0-3", "revision": number})

    assert answer.status_code == 200


@pytest.mark.parametrize("act", ["x", "", "save\x00", "delete"])
@pytest.mark.parametrize("version", ["1", *ODD_NUMBERS])
def test_unknown_act_on_a_term_is_refused_in_words(client, people, act, version):
    term = propose_term(term=TermInput(kind=TermKind.PLACE, label_ar="النهر"), by=people["scholar"])
    client.force_login(people["reviewer"])

    answer = client.post(reverse("term_edit", args=[term.public_id]), {"act": act, "version": version})

    assert answer.status_code in (200, 422)
    assert answer.content


def test_robots_are_kept_out_of_every_door_that_is_not_for_readers(client):
    lines = client.get("/robots.txt").content.decode().splitlines()
    closed = [line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow")]

    for name in ("account_login", "desk", "admin:index", "search"):
        assert any(reverse(name).startswith(path) for path in closed), name
    assert {"/*/map/?", "/*/timeline/?"} <= set(closed), "windows of a map lead on to others without end"


def test_too_many_attempts_are_told_so_in_the_readers_language(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    address = "/en/account/login/"
    guess = {"login": "somebody@example.org", "password": "wrong"}

    client.post(address, guess)
    answer = client.post(address, guess)

    assert answer.status_code == 429
    assert "Wait a few minutes" in answer.content.decode()
    assert 'lang="en"' in answer.content.decode()


def test_a_zero_byte_in_a_form_is_refused_in_words_and_the_words_are_given_back(client, people):
    from tests.factories_notes import make_note, submit_note

    note = make_note(make_text(), "حجر أبيض", by=people["scholar"])
    item = submit_note(note)
    client.force_login(people["reviewer"])
    path = reverse("review_submission", args=[item.public_id])
    reason = "هذا سببٌ طويلٌ لا يجوز أن يضيع على كاتبه"

    answer = client.post(path, {"outcome": "return", "reason": f"{reason}\x00"})

    assert answer.status_code == 422
    assert reason in answer.content.decode()


@pytest.mark.parametrize("asked", ["bytes=" + "9" * 5_000 + "-", "bytes=-" + "9" * 5_000, "bytes=٣-"])
def test_an_odd_range_gets_the_whole(asked):
    assert part(asked, 10) == Part(0, 10, 10)


def test_a_new_public_work_is_on_the_kept_catalogue_at_once(client, people):
    from archive.actions.create_work import create_work

    before = client.get("/en/catalogue/").content.decode()
    create_work(values={"title_en": "Water of the city", "access": Access.PUBLIC}, by=people["archivist"])
    shared._epoch = (0.0, ())

    assert "Water of the city" not in before
    assert "Water of the city" in client.get("/en/catalogue/").content.decode()


@pytest.mark.parametrize("name", ["at", "block", "section"])
def test_no_end_of_digits_in_the_address_of_a_workbench_shows_its_beginning(client, people, name):
    text = make_text(access=Access.PUBLIC)
    client.force_login(people["scholar"])

    assert client.get(reverse("workbench", args=[text.public_id]), {name: "9" * 5_000}).status_code == 200


def test_no_end_of_digits_in_the_desk_of_a_draft_is_answered_in_words(client, people):
    draft = make_draft("# عنوان\n\nنص.\n", by=people["archivist"])
    client.force_login(people["archivist"])
    endless = "9" * 5_000

    page = client.get(reverse("draft_blocks", args=[draft.public_id]), {"block": endless})
    refused = client.post(
        reverse("draft_block", args=[draft.public_id, 1]),
        {"operation": "level", "level": endless, "version": draft.version},
    )

    assert page.status_code == 200
    assert refused.status_code < 500
