"""Sections of texts through the API: kept, changed, placed and given free by the archive's keepers; nothing to others."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive.access import ANYBODY, visible_to
from archive.models import Text, TextSection
from tests.factories_notes import add_revision, make_text
from tests.factories_sections import block_of, keep

pytestmark = pytest.mark.django_db

SECTIONS = "/api/sections/"


@pytest.fixture
def text():
    return make_text()


@pytest.fixture
def keeper(client, people):
    client.force_login(people["archivist"])
    return client


def new(text, /, **more):
    first = block_of(text, "عبر القادمون")
    return {
        "text": text.public_id, "revision": 1, "first": first, "last": first + 1, "reason": "طلبه شاهد",
    } | more  # fmt: skip


def send(client, method, address, data, *, tag=None, **headers):
    headers |= {"If-Match": tag} if tag else {}
    return getattr(client, method)(address, data, content_type="application/json", headers=headers)


def test_a_keeper_keeps_changes_and_gives_free(keeper, text):
    made = send(keeper, "post", SECTIONS, new(text, sentence_en="Kept for the living."))
    url = f"{SECTIONS}{made.json()['id']}/"
    hidden = not visible_to(Text, ANYBODY).exists()

    changed = send(
        keeper, "patch", url, {"access": "members", "reason": "أقلّ من قبل"}, tag=keeper.get(url)["ETag"]
    )
    lifted = send(keeper, "post", f"{url}lift/", {"reason": "انتهى السبب"}, tag=changed["ETag"])
    again = send(keeper, "post", f"{url}lift/", {"reason": "انتهى السبب"}, tag=lifted["ETag"])

    assert (made.status_code, made.json()["access"], made.json()["fit"], hidden) == (
        201,
        "draft",
        "chosen",
        True,
    )
    assert (changed.status_code, changed.json()["access"], changed.json()["sentence_en"]) == (
        200, "members", "Kept for the living.",
    )  # fmt: skip
    assert (lifted.status_code, bool(lifted.json()["lifted"]), again.status_code) == (200, True, 409)
    assert visible_to(Text, ANYBODY).filter(pk=text.pk).exists()


def test_the_same_key_keeps_once(keeper, text):
    answers = [send(keeper, "post", SECTIONS, new(text), **{"Idempotency-Key": "k1"}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert TextSection.objects.count() == 1


def test_a_section_names_people_and_groups(keeper, people, text):
    named = send(
        keeper, "post", SECTIONS, new(text, access="restricted", readers=[people["scholar"].email])
    ).json()

    assert named["readers"] == [people["scholar"].email]
    assert visible_to(Text, people["scholar"]).filter(pk=text.pk).exists()
    assert not visible_to(Text, people["reviewer"]).filter(pk=text.pk).exists()


def test_one_whose_place_is_not_sure_is_placed(keeper, people, text):
    section = keep(text, "عبر القادمون", by=people["archivist"])
    url = f"{SECTIONS}{section.public_id}/"
    add_revision(text, "كلام آخر.\nلا شيء منه هنا.")
    before = keeper.get(url)

    placed = send(
        keeper, "post", f"{url}place/", {"revision": 2, "first": 0, "last": 0, "reason": "حُذف"},
        tag=before["ETag"],
    )  # fmt: skip

    assert before.json()["first"] is None
    assert (placed.status_code, placed.json()["fit"], placed.json()["last"]) == (200, "chosen", 0)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"last": 900}, "first"), ({"first": 5, "last": 5}, "first"), ({"reason": " "}, "reason"),
        ({"access": "public"}, "access"), ({"access": "restricted"}, "groups"), ({"text": "nothing"}, "text"),
        ({"sentence_ar": "ك" * 501}, "sentence_ar"), ({"readers": ["nobody@example.org"]}, "readers"),
        ({"down_because": "whim"}, "down_because"), ({"embargo_until": "9999-99-99"}, "embargo_until"),
    ],
)  # fmt: skip
def test_wrong_values_name_their_field_and_keep_nothing(keeper, text, more, field):
    answer = send(keeper, "post", SECTIONS, new(text, **more))

    assert answer.status_code == 422
    assert field in answer.json()["errors"]
    assert not TextSection.objects.exists()


def test_a_wording_that_moved_on_and_a_stale_version_are_refused(keeper, people, text):
    section = keep(text, "عبر القادمون", by=people["archivist"])
    url = f"{SECTIONS}{section.public_id}/"

    moved_on = send(keeper, "post", SECTIONS, new(text, revision=7))
    unnamed = send(keeper, "patch", url, {"access": "members", "reason": "أقلّ"})
    stale = send(keeper, "patch", url, {"access": "members", "reason": "أقلّ"}, tag='"99"')

    assert (moved_on.status_code, unnamed.status_code, stale.status_code) == (412, 428, 412)
    assert (stale.json()["current"]["access"], stale.json()["yours"]["access"]) == ("draft", "members")


@pytest.mark.parametrize("role", [None, "member", "scholar", "reviewer", "editor"])
def test_nobody_else_finds_keeps_or_changes_one(client, people, text, role):
    section = keep(text, "عبر القادمون", by=people["archivist"])
    url = f"{SECTIONS}{section.public_id}/"
    if role:
        client.force_login(people[role])

    listed = client.get(SECTIONS, {"text": text.public_id})
    answers = [client.get(url).status_code, send(client, "post", SECTIONS, new(text)).status_code]
    answers += [
        send(client, method, address, {"reason": "سبب"}, tag='"1"').status_code
        for method, address in (("patch", url), ("post", f"{url}lift/"), ("post", f"{url}place/"))
    ]

    assert listed.json()["results"] == []
    assert answers == ([404, 403, 404, 404, 404] if role else [404, 401, 401, 401, 401])
    assert TextSection.objects.get().lifted_at is None


def test_number_of_queries_is_the_same_for_one_and_two(keeper, people, text):
    counts = []
    for words in ("عبر القادمون", "فاض النهر"):
        keep(text, words, by=people["archivist"])
        with CaptureQueriesContext(connection) as captured:
            keeper.get(SECTIONS)
        counts.append(len(captured))

    assert counts[0] == counts[1]
