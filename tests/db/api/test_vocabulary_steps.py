"""Branches, merges, splits and imports through the API."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from annotations.models import Term, VocabularyStep
from archive.actions.run_job import run_job
from tests.factories_editions import make_term
from tests.factories_notes import make_accepted, make_text

pytestmark = pytest.mark.django_db

TERMS, STEPS = "/api/terms/", "/api/vocabulary-steps/"


@pytest.fixture
def keeper(client_of, people):
    return client_of(people["reviewer"])


def established(slug, label):
    return make_term(slug, label, slug, status="established")


def test_branch_is_moved_and_its_way_up_is_told(keeper):
    above, below = established("waters", "المياه"), established("river", "النهر")
    address = f"{TERMS}{below.public_id}/"

    refused = keeper.post(f"{address}move/", {"broader": above.public_id}, format="json")
    moved = keeper.post(
        f"{address}move/", {"broader": above.public_id}, format="json", headers={"If-Match": '"1"'}
    )
    circle = keeper.post(
        f"{TERMS}{above.public_id}/move/", {"broader": below.public_id}, format="json", headers={"If-Match": '"1"'}
    )  # fmt: skip

    assert refused.status_code == 428
    assert moved.json()["path"] == [above.public_id]
    assert (circle.status_code, circle.json()["code"]) == (422, "broader_circle")
    assert [row["id"] for row in keeper.get(TERMS, {"broader": above.public_id}).json()["results"]] == [
        below.public_id
    ]
    assert [row["id"] for row in keeper.get(TERMS, {"broader": "none"}).json()["results"]] == [
        above.public_id
    ]
    assert keeper.get(TERMS).json()["results"][0]["path"] is None


def test_names_have_forms_and_links_have_relations(keeper):
    term = established("aleppo", "حلب")

    said = keeper.patch(
        f"{TERMS}{term.public_id}/",
        {
            "names": [{"language": "ota-Latn", "name": "Haleb", "form": "preferred"}],
            "matches": [{"relation": "close", "url": "https://e.example/1"}], "notation": "SY-HL",
            "authority": {"wikidata": "https://www.wikidata.org/wiki/Q41183"},
        },
        format="json", headers={"If-Match": '"1"'},
    ).json()  # fmt: skip

    assert {"language": "ota-Latn", "name": "Haleb", "form": "preferred", "is_label": False} in said["names"]
    assert (said["notation"], said["authority"]) == ("SY-HL", {"wikidata": "Q41183"})
    assert said["matches"] == [{"relation": "close", "url": "https://e.example/1"}]


def test_split_and_its_undoing(keeper, people):
    term = established("bridge", "الجسر")
    note = make_accepted(
        make_text(), "جسرًا", author=people["scholar"], reviewer=people["reviewer"], tags=(term.public_id,)
    )

    step = keeper.post(
        f"{TERMS}{term.public_id}/split/", {"notes": [note.public_id], "new": {"kind": "place", "label_ar": "جسر آخر"}},
        format="json", headers={"If-Match": '"1"'},
    ).json()  # fmt: skip
    rows = keeper.get(f"{STEPS}{step['id']}/rows/").json()["results"]
    stale = keeper.post(f"{STEPS}{step['id']}/undo/", headers={"If-Match": '"undone"'})
    undone = keeper.post(f"{STEPS}{step['id']}/undo/", headers={"If-Match": '"applied"'})

    assert {row["aspect"] for row in rows} == {"use", "term"}
    assert stale.status_code == 412
    assert undone.json()["state"] == "undone"
    assert Term.objects.get(label_ar="جسر آخر").merged_into == term


def test_file_is_sent_looked_at_applied_and_taken_back(keeper):
    file = SimpleUploadedFile("t.csv", "label_ar,kind\nقويق,place\nبئر,well\n".encode())
    refused = keeper.post(STEPS, {"file": file}, format="multipart").json()
    none = keeper.post(f"{STEPS}{refused['id']}/apply/", headers={"If-Match": '"previewed"'})
    rows = keeper.get(f"{STEPS}{refused['id']}/rows/", {"outcome": "refused"}).json()["results"]
    file = SimpleUploadedFile("t.csv", "label_ar,kind\nقويق,place\n".encode())
    step = keeper.post(STEPS, {"file": file}, format="multipart").json()

    keeper.post(f"{STEPS}{step['id']}/apply/", headers={"If-Match": '"previewed"'})
    run_job(VocabularyStep.objects.get(public_id=step["id"]).job_id)

    assert refused["rows"] == {"new": 1, "refused": 1}
    assert (none.status_code, none.json()["code"]) == (422, "rows_refused")
    assert rows[0]["problem"]["code"] == "term_kind_unknown"
    assert Term.objects.get().label_ar == "قويق"
    assert len(keeper.get(STEPS).json()["results"]) == 2
    keeper.post(f"{STEPS}{step['id']}/undo/", headers={"If-Match": '"applied"'})
    run_job(VocabularyStep.objects.get(public_id=step["id"]).job_id)
    assert not Term.objects.exists()


def test_vocabulary_is_handed_out_as_the_asker_sees_it(anybody, client_of, people):
    established("bridge", "القنطرة")
    make_term("mill", "الطاحونة")

    public = b"".join(anybody.get(f"{TERMS}export/")).decode()
    of_member = b"".join(client_of(people["member"]).get(f"{TERMS}export/", {"as": "csv"})).decode()

    assert "القنطرة" in public
    assert "الطاحونة" not in public
    assert "الطاحونة" in of_member
    assert anybody.get(f"{TERMS}export/", {"as": "exe"}).status_code == 422


def test_steps_are_keepers_business(anybody, client_of, people):
    step = VocabularyStep.objects.create(act="merge", created_by=people["reviewer"])

    for client in (anybody, client_of(people["scholar"])):
        assert client.get(f"{STEPS}{step.public_id}/").status_code == 404
        assert client.get(STEPS).json()["results"] == []
    assert client_of(people["scholar"]).post(STEPS, {}, format="multipart").status_code == 403
