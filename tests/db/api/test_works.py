"""Works, collections and texts through the API."""

from __future__ import annotations

import json

import pytest

from archive.models import Collection, Group, Work
from tests.factories_archive import make_revision

pytestmark = pytest.mark.django_db


def make_work(by, **values):
    from archive.actions.create_work import create_work

    return create_work(values={"title_ar": "رسالة في الجسور", "access": "public", **values}, by=by)


def test_public_work_is_read_with_both_languages_and_its_texts(anybody, people):
    revision = make_revision(access="public", by=people["archivist"])
    work = revision.text.work

    answer = anybody.get(f"/api/works/{work.public_id}/")

    assert answer.status_code == 200
    body = answer.json()
    assert body["title_ar"] == work.title_ar
    assert body["title_en"] == ""
    assert "title" not in body
    assert body["texts"] == [
        {
            "id": revision.text.public_id,
            "role": "original",
            "language": "ar",
            "direction": "rtl",
            "revision": 1,
        }
    ]
    assert answer.headers["ETag"] == f'"{work.version}"'
    assert "no-store" in answer.headers["Cache-Control"]


def test_hidden_and_missing_are_the_same_bytes(anybody, people):
    hidden = make_work(people["archivist"], access="draft")

    answers = [
        anybody.get(f"/api/{kind}/{public_id}/")
        for kind in ("works", "collections", "texts", "images", "videos")
        for public_id in (hidden.public_id, "zzzzzzzzzzzzzzzz")
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert json.loads(answers[0].content)["code"] == "not_visible"


def test_list_shows_what_may_be_seen_and_counts_nothing_else(anybody, archivist, people):
    shown = make_work(people["archivist"])
    make_work(people["archivist"], access="draft")

    body = anybody.get("/api/works/").json()

    assert (body["count"], [row["id"] for row in body["results"]]) == (1, [shown.public_id])
    assert archivist.get("/api/works/").json()["count"] == 2


def test_list_takes_the_same_number_of_queries_however_long_it_is(archivist, people):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def measure() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert archivist.get("/api/works/?page_size=100").status_code == 200
        return len(queries)

    for _number in range(3):
        make_revision(access="public", by=people["archivist"])
    few = measure()
    for _number in range(12):
        make_revision(access="public", by=people["archivist"])

    assert measure() == few


def test_page_size_has_a_limit_and_a_page_beyond_the_end_is_not_there(anybody, people):
    make_work(people["archivist"])

    assert anybody.get("/api/works/?page_size=100000").status_code == 200
    assert anybody.get("/api/works/?page=7").status_code == 404


def test_collection_that_is_hidden_is_named_nowhere(anybody, archivist, people):
    shelf = Collection.objects.create(slug="shelf", title_ar="رف", access="draft")
    work = make_work(people["archivist"], collection=shelf)

    assert anybody.get(f"/api/works/{work.public_id}/").json()["collection"] is None
    assert anybody.get(f"/api/works/?collection={shelf.public_id}").json()["count"] == 0
    assert archivist.get(f"/api/works/?collection={shelf.public_id}").json()["count"] == 1


def test_groups_are_told_to_those_who_see_them_only(client_of, people):
    inside, outside = Group.objects.create(name="الداخل"), Group.objects.create(name="الخارج")
    people["member"].groups.add(inside)
    work = make_work(people["archivist"], access="restricted", groups=[inside, outside])

    body = client_of(people["member"]).get(f"/api/works/{work.public_id}/").json()

    assert body["groups"] == [inside.public_id]


def test_work_is_made_once_under_one_key(archivist):
    given = {"title_ar": "كتاب", "title_en": "A Book of Bridges", "kind": "book"}

    first = archivist.post("/api/works/", given, format="json", headers={"Idempotency-Key": "k1"})
    second = archivist.post("/api/works/", given, format="json", headers={"Idempotency-Key": "k1"})

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json()["id"] == second.json()["id"]
    assert first.json()["slug"] == "a-book-of-bridges"
    assert Work.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "title_ar"),
        ({"title_ar": "x" * 301}, "title_ar"),
        ({"title_ar": "ك", "date_edtf": "last summer"}, "date_edtf"),
        ({"title_ar": "ك", "kind": "novel"}, "kind"),
        ({"title_ar": "ك", "collection": "zzzzzzzzzzzzzzzz"}, "collection"),
        ({"title_ar": "ك", "creators": [{"name": "A"}, {"role": "author"}]}, "creators.1.name"),
    ],
)
def test_wrong_field_is_named(archivist, given, field):
    answer = archivist.post("/api/works/", given, format="json")

    assert answer.status_code == 422
    assert field in answer.json()["errors"]  # A field inside another by its path.


@pytest.mark.parametrize("body", ["[]", "nonsense", "{", "[" * 5000, '{"title_ar": NaN}'])
def test_what_is_no_json_object_is_refused(archivist, body):
    assert archivist.post("/api/works/", body, content_type="application/json").status_code == 400


@pytest.mark.parametrize("letter", ["\\u0000", "\\ud800"])
def test_text_that_no_database_holds_is_refused(archivist, letter):
    body = f'{{"title_ar": "أ{letter}ب"}}'

    assert archivist.post("/api/works/", body, content_type="application/json").status_code == 422


def test_larger_than_any_request_is_refused_unread(anybody, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100

    answer = anybody.post("/api/tokens/", '{"email": "' + "x" * 200 + '"}', content_type="application/json")

    assert answer.status_code == 422
    assert answer.json()["code"] == "request_too_large"


def test_change_names_the_version_that_was_read(archivist, people):
    work = make_work(people["archivist"])
    address = f"/api/works/{work.public_id}/"

    missing = archivist.patch(address, {"title_en": "On Bridges"}, format="json")
    good = archivist.patch(address, {"title_en": "On Bridges"}, format="json", headers={"If-Match": '"1"'})
    stale = archivist.patch(address, {"title_en": "Of Bridges"}, format="json", headers={"If-Match": '"1"'})

    assert missing.status_code == 428
    assert (good.status_code, good.headers["ETag"]) == (200, '"2"')
    assert stale.status_code == 412
    assert stale.json()["current"]["title_en"] == "On Bridges"
    assert stale.json()["yours"] == {"title_en": "Of Bridges"}
    assert stale.headers["ETag"] == '"2"'


@pytest.mark.parametrize("named", ["*", '"x"', '"99999999999999999999"'])
def test_version_that_is_none_changes_nothing(archivist, people, named):
    work = make_work(people["archivist"])

    answer = archivist.patch(
        f"/api/works/{work.public_id}/", {"title_en": "X"}, format="json", headers={"If-Match": named}
    )

    assert answer.status_code in (412, 428)
    work.refresh_from_db()
    assert work.version == 1


def test_writing_without_an_account_is_refused_before_anything_is_looked_up(anybody, people):
    work = make_work(people["archivist"], access="draft")

    answers = [
        anybody.patch(f"/api/works/{public_id}/", {}, format="json", headers={"If-Match": '"1"'})
        for public_id in (work.public_id, "zzzzzzzzzzzzzzzz")
    ]

    assert {answer.status_code for answer in answers} == {401}
    assert answers[0].content == answers[1].content


def test_scholar_may_not_describe_what_they_see(scholar, people):
    work = make_work(people["archivist"])

    answer = scholar.patch(
        f"/api/works/{work.public_id}/", {"title_en": "X"}, format="json", headers={"If-Match": '"1"'}
    )

    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


def test_renamed_work_keeps_its_identity(archivist, people):
    work = make_work(people["archivist"])

    answer = archivist.post(
        f"/api/works/{work.public_id}/rename/",
        {"slug": "bridges"},
        format="json",
        headers={"If-Match": '"1"'},
    )

    assert (answer.status_code, answer.json()["slug"]) == (200, "bridges")


def test_wordings_are_read_by_number_and_by_being_current(anybody, people):
    revision = make_revision(access="public", by=people["archivist"])
    address = f"/api/texts/{revision.text.public_id}/revisions"

    current = anybody.get(f"{address}/current/").json()

    assert current["content"] == revision.content
    assert (
        "\n".join(current["content"][b["start"] : b["end"]] for b in current["blocks"]) == current["content"]
    )
    assert anybody.get(f"{address}/1/").json() == current
    assert anybody.get(f"{address}/2/").status_code == 404
    listed = anybody.get(f"{address}/").json()["results"]
    assert [row["number"] for row in listed] == [1]
    assert "content" not in listed[0]


def test_wording_of_a_hidden_work_is_not_there(anybody, people):
    revision = make_revision(access="draft", by=people["archivist"])

    for tail in ("", "revisions/", "revisions/current/", "revisions/1/"):
        assert anybody.get(f"/api/texts/{revision.text.public_id}/{tail}").status_code == 404


def test_session_without_csrf_token_writes_nothing(people):
    from rest_framework.test import APIClient

    client = APIClient(enforce_csrf_checks=True)
    client.force_login(people["archivist"])

    answer = client.post("/api/works/", {"title_ar": "كتاب"}, format="json")

    assert answer.status_code == 403
    assert not Work.objects.exists()
