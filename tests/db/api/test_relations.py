"""Relations through the API: read by anybody, kept by those who keep the vocabulary."""

from __future__ import annotations

import pytest

from annotations.models import NamedRelation

pytestmark = pytest.mark.django_db

RELATIONS = "/api/relations/"
NEW = {
    "name_ar": "يستدرك على",
    "name_en": "supplements",
    "inverse_ar": "يُستدرك عليه في",
    "inverse_en": "is supplemented by",
}


def login(client, person):
    client.force_login(person)
    return client


def test_anybody_reads_what_relations_are_called(client):
    found = client.get(RELATIONS, {"page_size": 100}).json()

    assert found["count"] == 18
    cites = next(row for row in found["results"] if row["code"] == "cites")
    assert (cites["name_en"], cites["inverse_en"], cites["retired_at"]) == ("cites", "is cited by", None)
    assert client.get(f"{RELATIONS}{cites['id']}/").json() == cites


def test_keeper_adds_renames_retires_and_takes_up(client, people):
    client = login(client, people["archivist"])
    made = client.post(RELATIONS, NEW, content_type="application/json")
    url = f"{RELATIONS}{made.json()['id']}/"

    def change(method, address, data=None):
        tag = client.get(url)["ETag"]
        return getattr(client, method)(
            address, data, content_type="application/json", headers={"If-Match": tag}
        )

    renamed = change("patch", url, {"name_en": "adds to"})
    retired = change("post", f"{url}retire/")
    again = change("post", f"{url}take-up/")

    assert (made.status_code, made.json()["code"]) == (201, "supplements")
    assert (renamed.json()["name_en"], renamed.json()["inverse_en"], renamed.json()["code"]) == (
        "adds to",
        "is supplemented by",
        "supplements",
    )
    assert retired.json()["retired_at"]
    assert again.json()["retired_at"] is None
    assert client.patch(url, {"name_en": "x"}, content_type="application/json").status_code == 428
    assert (
        client.patch(
            url, {"name_en": "x"}, content_type="application/json", headers={"If-Match": retired["ETag"]}
        ).status_code
        == 412
    )


def test_others_change_no_relation(client, people):
    row = NamedRelation.objects.get(code="cites")
    client = login(client, people["scholar"])

    assert client.post(RELATIONS, NEW, content_type="application/json").status_code == 403
    answer = client.post(f"{RELATIONS}{row.public_id}/retire/", headers={"If-Match": row.etag})
    assert answer.status_code == 403
    row.refresh_from_db()
    assert row.retired_at is None


def test_relation_that_lacks_a_name_is_refused_with_its_field(client, people):
    answer = login(client, people["archivist"]).post(
        RELATIONS, NEW | {"inverse_ar": ""}, content_type="application/json"
    )

    assert answer.status_code == 422
    assert "inverse_ar" in str(answer.json())
