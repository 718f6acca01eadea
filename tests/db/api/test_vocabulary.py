"""Terms through the API."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.models import Term
from tests.factories_editions import make_term

pytestmark = pytest.mark.django_db

TERMS = "/api/terms/"


@pytest.fixture
def keeper(client_of, people):
    return client_of(people["reviewer"])


@pytest.mark.parametrize("typed", ["قنطره", "القَنطرة", "bridge", "ridg", "قنطرة"])
def test_term_is_found_by_any_name_in_any_spelling(anybody, typed):
    term = make_term("bridge", "القنطرة", "The bridge", status="established")
    make_term("mill", "الطاحونة", "The mill", status="established")

    found = anybody.get(TERMS, {"q": typed}).json()["results"]

    assert [row["id"] for row in found] == [term.public_id]


def test_proposed_term_is_members_business(anybody, client_of, people):
    term = make_term("bridge", "القنطرة")

    assert anybody.get(TERMS).json()["count"] == 0
    assert (
        anybody.get(f"{TERMS}{term.public_id}/").content == anybody.get(f"{TERMS}zzzzzzzzzzzzzzzz/").content
    )
    assert client_of(people["member"]).get(f"{TERMS}{term.public_id}/").json()["status"] == "proposed"


def test_hidden_neighbor_is_not_named(anybody):
    above = make_term("water", "الماء")
    term = make_term("bridge", "القنطرة", status="established", broader=above)

    assert anybody.get(f"{TERMS}{term.public_id}/").json()["broader"] is None


def test_term_is_proposed_established_changed_and_merged(scholar, keeper):
    given = {
        "kind": "place", "label_ar": "القنطرة", "names": [{"language": "ar", "name": "الجسر القديم"}],
        "latitude": 36.2, "longitude": 37.1, "date_edtf": "1235~", "authority": {"wikidata": "Q1"},
    }  # fmt: skip
    made = scholar.post(TERMS, given, format="json")
    address = f"{TERMS}{made.json()['id']}/"

    established = keeper.post(f"{address}establish/", headers={"If-Match": made.headers["ETag"]})
    changed = keeper.patch(
        address, {"label_en": "The Bridge"}, format="json", headers={"If-Match": established.headers["ETag"]}
    )
    stale = keeper.patch(
        address, {"label_en": "X"}, format="json", headers={"If-Match": made.headers["ETag"]}
    )

    assert (made.status_code, established.status_code, changed.status_code) == (201, 200, 200)
    assert made.json()["status"], established.json()["status"] == ("proposed", "established")
    body = changed.json()
    assert (body["label_ar"], body["label_en"], body["latitude"]) == ("القنطرة", "The Bridge", 36.2)
    assert {name["name"] for name in body["names"]} == {"القنطرة", "The Bridge", "الجسر القديم"}
    assert (stale.status_code, stale.json()["current"]["label_en"]) == (412, "The Bridge")

    other = make_term("old-bridge", "جسر", status="established")
    merged = keeper.post(
        f"{TERMS}{other.public_id}/merge/", {"into": body["id"]}, format="json", headers={"If-Match": '"1"'}
    )
    assert (merged.status_code, merged.json()["id"]) == (200, body["id"])
    assert keeper.get(f"{TERMS}{other.public_id}/").json()["merged_into"] == body["id"]
    assert {row["id"] for row in keeper.get(TERMS).json()["results"]} == {body["id"]}


def test_scholar_may_not_establish(scholar):
    given = {"kind": "place", "label_ar": "القنطرة"}

    made = scholar.post(TERMS, given, format="json")

    assert scholar.post(TERMS, given | {"establish": True}, format="json").status_code == 403
    establish = scholar.post(f"{TERMS}{made.json()['id']}/establish/", headers={"If-Match": '"1"'})
    assert establish.status_code == 403


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "kind"), ({"kind": "place"}, "label_ar"), ({"kind": "place", "label_ar": "x", "latitude": 3}, "latitude"),
        ({"kind": "place", "label_ar": "x", "broader": "nowhere"}, "broader"),
        ({"kind": "place", "label_ar": "x", "date_edtf": "soon"}, "date_edtf"),
    ],
)  # fmt: skip
def test_wrong_field_is_named(scholar, given, field):
    answer = scholar.post(TERMS, given, format="json")

    assert answer.status_code == 422
    assert field in answer.json()["errors"]
    assert not Term.objects.exists()


def test_list_takes_the_same_number_of_queries_however_long_it_is(scholar):
    def measure() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert scholar.get(TERMS, {"page_size": 100, "q": "جسر"}).status_code == 200
        return len(queries)

    above = make_term("above", "الجسور")
    for number in range(3):
        make_term(f"few-{number}", f"جسر {number}", broader=above)
    few = measure()
    for number in range(15):
        make_term(f"many-{number}", f"جسر آخر {number}", broader=above)

    assert measure() == few
