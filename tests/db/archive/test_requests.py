"""People outside ask the archive to correct or remove what concerns them; what they say of themselves can be erased."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from archive.actions.answer_request import answer_request, erase_request
from archive.actions.send_request import send_request
from archive.enums import RequestKind, RequestOutcome, RequestRelation
from archive.errors import Conflict, NotVisible, Stale
from archive.models import AuditDetail, AuditEvent, Notice, PublicRequest

pytestmark = pytest.mark.django_db
ASKED = {
    "kind": "removal", "relation": "named", "about": "/ar/works/letters/", "words": "اسمي في السطر الثالث",
    "email": "nawal@example.org", "name": "نوال",
}  # fmt: skip


def client_of(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def asked(people):
    return send_request(
        **ASKED | {"kind": RequestKind.REMOVAL, "relation": RequestRelation.NAMED}, language="ar"
    )


@pytest.mark.parametrize("language", ["ar", "en"])
def test_anybody_asks_without_an_account_and_those_who_decide_are_told(client, people, language):
    answer = client.post(f"/{language}/ask/", ASKED)

    made = PublicRequest.objects.get()
    assert answer.status_code == 200
    assert made.public_id in answer.text
    assert (made.name, made.email, made.language) == ("نوال", "nawal@example.org", language)
    told = Notice.objects.filter(code="request_received").values_list("user__email", flat=True)
    assert sorted(told) == sorted(people[role].email for role in ("archivist", "administrator"))


def test_the_record_knows_nobody(client, people):
    client.post("/ar/ask/", ASKED)

    event = AuditEvent.objects.get(action="request.received")
    assert event.facts == {"kind": "removal"}
    assert not AuditDetail.objects.filter(sequence=event.sequence).exists()


@pytest.mark.parametrize(
    "missing", [{"words": ""}, {"email": "nobody"}, {"kind": "x"}, {"about": "a" * 501}, {"relation": ""}]
)
def test_what_cannot_be_answered_is_given_back_with_its_words(client, people, missing):
    answer = client.post("/en/ask/", ASKED | {"name": "كما كتبتها"} | missing)

    assert answer.status_code == 422
    assert "كما كتبتها" in answer.text
    assert not PublicRequest.objects.exists()


def test_one_address_cannot_flood_the_desk(client, people, settings):
    settings.ACCOUNT_RATE_LIMITS = {"public_request": "2/h/ip"}
    codes = [client.post("/en/ask/", ASKED).status_code for _ in range(3)]

    assert codes == [200, 200, 429]
    assert PublicRequest.objects.count() == 2


def test_every_page_leads_there_and_says_which_page_it_was(client, people):
    assert "/en/ask/?about=/en/about/" in client.get("/en/about/").text
    assert 'value="/en/about/"' in client.get("/en/ask/?about=/en/about/").text


def test_the_desk_shows_it_and_keeps_what_became_of_it(people, asked):
    desk = client_of(people["archivist"])
    page = reverse("desk_request", args=[asked.public_id])
    assert "نوال" in desk.get(page).text
    assert 'href="/ar/works/letters/"' in desk.get(page).text

    desk.post(page, {"outcome": "done", "remark": "حُذف السطر", "version": asked.version})

    asked.refresh_from_db()
    assert (asked.outcome, asked.remark, asked.answered_by) == ("done", "حُذف السطر", people["archivist"])
    assert asked.public_id not in desk.get(reverse("desk_requests")).text
    assert asked.public_id in desk.get(reverse("desk_requests") + "?show=all").text


def test_two_who_decide_at_once_are_told(people, asked):
    desk = client_of(people["archivist"])
    answer_request(
        request_id=asked.pk, outcome=RequestOutcome.DONE, remark="قبلك", version=asked.version,
        by=people["administrator"],
    )  # fmt: skip

    page = reverse("desk_request", args=[asked.public_id])
    answer = desk.post(page, {"outcome": "declined", "remark": "كلماتي", "version": asked.version})

    assert answer.status_code == 412
    assert "كلماتي" in answer.text
    assert "قبلك" in answer.text


def test_only_what_is_personal_is_erased_and_only_after_an_answer(people, asked):
    by = people["archivist"]
    with pytest.raises(Conflict):
        erase_request(request_id=asked.pk, version=asked.version, by=by)
    answered = answer_request(
        request_id=asked.pk, outcome=RequestOutcome.PARTLY, remark="", version=asked.version, by=by
    )

    erased = erase_request(request_id=asked.pk, version=answered.version, by=by)

    assert (erased.name, erased.email, erased.words, erased.about) == ("", "", "", "")
    assert (erased.outcome, erased.kind) == ("partly", "removal")
    page = client_of(by).get(reverse("desk_request", args=[asked.public_id]))
    assert "nawal@example.org" not in page.text


def test_nobody_else_decides(people, asked):
    with pytest.raises(NotVisible):
        answer_request(
            request_id=asked.pk, outcome=RequestOutcome.DONE, remark="", version=1, by=people["editor"]
        )
    with pytest.raises(Stale):
        answer_request(
            request_id=asked.pk, outcome=RequestOutcome.DONE, remark="", version=7, by=people["archivist"]
        )


@pytest.mark.parametrize(
    "about",
    [
        "//evil.example/",
        "https://evil.example/",
        "javascript:alert(1)",
        "/a b",
        "/\\evil.example/x",
        "http://[",
    ],
)
def test_no_other_site_is_linked_to(people, asked, about):
    PublicRequest.objects.filter(pk=asked.pk).update(about=about)

    page = client_of(people["archivist"]).get(reverse("desk_request", args=[asked.public_id])).text

    assert f'href="{about}"' not in page
