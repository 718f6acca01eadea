"""Handing in, deciding, sealing and publishing through the API."""

from __future__ import annotations

import hashlib
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.actions.withdraw_annotation import withdraw_annotation
from annotations.enums import Outcome
from annotations.models import Decision, Release
from annotations.values import RegionPlace
from tests.factories_editions import make_desk, make_image
from tests.factories_notes import decide_note, make_note, make_placed, make_text, submit_note

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer(client_of, people):
    return client_of(people["reviewer"])


@pytest.fixture
def editor(client_of, people):
    return client_of(people["editor"])


@pytest.fixture
def text():
    return make_text()


def decide(client, note, outcome="accept", **more):
    note.refresh_from_db()
    version = note.newest_version
    given = {
        "version_id": version.public_id,
        "content_hash": version.content_hash,
        "outcome": outcome,
        **more,
    }
    return client.post("/api/decisions/", given, format="json")


def test_notes_are_handed_in_and_decided(scholar, reviewer, people, text):
    notes = [make_note(text, words, by=people["scholar"]) for words in ("حجر أبيض", "من خشب")]
    versions = [note.newest_version.public_id for note in notes]

    sent = scholar.post(
        "/api/submissions/",
        {"versions": versions, "message": "حاشيتان"},
        format="json",
        headers={"Idempotency-Key": "s"},
    )
    again = scholar.post(
        "/api/submissions/",
        {"versions": versions, "message": "حاشيتان"},
        format="json",
        headers={"Idempotency-Key": "s"},
    )

    assert (sent.status_code, again.json()) == (201, sent.json())
    assert [row["version_id"] for row in sent.json()["versions"]] == versions
    queue = reviewer.get("/api/submissions/").json()["results"]
    assert [row["message"] for row in queue] == ["حاشيتان"]

    accepted = decide(reviewer, notes[0])
    returned = decide(reviewer, notes[1], "return", reason="أين المصدر؟")

    assert (accepted.status_code, returned.status_code) == (201, 201)
    mine = scholar.get("/api/decisions/").json()["results"]
    assert {(row["outcome"], row["reason"]) for row in mine} == {("accept", ""), ("return", "أين المصدر؟")}
    narrowed = scholar.get("/api/decisions/", {"annotation": notes[0].public_id}).json()
    assert narrowed["count"] == 1
    assert scholar.get("/api/decisions/", {"outcome": "decline"}).json()["count"] == 0


@pytest.mark.parametrize("role", ["reviewer", "editor", "administrator"])
def test_decisions_on_a_note_that_was_taken_back_are_its_authors_alone(
    client_of, scholar, people, text, role
):
    note = make_note(text, by=people["scholar"])
    submit_note(note)
    decide_note(note, Outcome.RETURN, by=people["reviewer"], reason="فيه اسم الشاهد.")
    asker = client_of(people[role])
    before = asker.get("/api/decisions/").json()["results"]

    withdraw_annotation(
        annotation=note.public_id, version_id=note.newest_version.public_id, by=people["scholar"]
    )

    assert [row["reason"] for row in before] == ["فيه اسم الشاهد."]
    assert asker.get(f"/api/annotations/{note.public_id}/").status_code == 404
    assert asker.get("/api/decisions/").json()["results"] == []
    assert asker.get("/api/decisions/", {"annotation": note.public_id}).json()["count"] == 0
    assert scholar.get("/api/decisions/").json()["count"] == 1


def test_nobody_decides_their_own(reviewer, people, text):
    note = make_note(text, by=people["reviewer"])
    submit_note(note)

    assert decide(reviewer, note).status_code == 403
    assert not Decision.objects.exists()


def test_decision_is_on_what_was_read(reviewer, people, text):
    note = make_note(text, by=people["scholar"])
    submit_note(note)
    version = note.newest_version

    wrong = reviewer.post(
        "/api/decisions/",
        {"version_id": version.public_id, "content_hash": "0" * 64, "outcome": "accept"}, format="json",
    )  # fmt: skip
    reasonless = decide(reviewer, note, "decline")

    assert (wrong.status_code, reasonless.status_code) == (412, 422)
    assert "reason" in reasonless.json()["errors"]


def test_version_that_may_not_be_seen_is_not_there_to_decide(reviewer, people, text):
    note = make_note(text, by=people["scholar"])
    given = {"content_hash": "0" * 64, "outcome": "accept"}

    hidden = reviewer.post(
        "/api/decisions/", {"version_id": note.newest_version.public_id, **given}, format="json"
    )
    missing = reviewer.post("/api/decisions/", {"version_id": "zzzzzzzzzzzzzzzz", **given}, format="json")

    assert hidden.status_code == missing.status_code == 404
    assert hidden.content == missing.content


def test_member_sees_neither_submissions_nor_decisions(client_of, people, reviewer, text):
    note = make_note(text, by=people["scholar"])
    submission = submit_note(note)
    decision = decide(reviewer, note).json()["id"]
    member = client_of(people["member"])

    assert (
        member.get("/api/submissions/").json()["count"] == member.get("/api/decisions/").json()["count"] == 0
    )
    assert member.get(f"/api/submissions/{submission.public_id}/").status_code == 404
    assert member.get(f"/api/decisions/{decision}/").status_code == 404


def test_edition_is_composed_checked_sealed_published_and_withdrawn(editor, anybody, people, settings):
    settings.REQUIRE_MFA = False
    desk = make_desk(people)
    given = {
        "text": desk.text.public_id, "title_ar": "الطاحونة ثانية", "title_en": "The Mill Again",
        "license_uri": "https://creativecommons.org/licenses/by/4.0/", "slug": "mill-again",
        "credits": [{"name": "هند", "role": "editor"}],
    }  # fmt: skip

    made = editor.post("/api/editions/", given, format="json", headers={"Idempotency-Key": "e"})
    assert made.status_code == 201, made.content
    address = f"/api/editions/{made.json()['id']}/"
    changed = editor.patch(
        address, {"introduction_ar": "تمهيد"}, format="json", headers={"If-Match": made.headers["ETag"]}
    )
    assert changed.json()["plan"]["title_en"] == "The Mill Again"
    assert editor.get(f"{address}preflight/").json()["ready"] is True
    assert anybody.get(address).status_code == 404

    sealed = editor.post(f"{address}seal/", headers={"If-Match": changed.headers["ETag"]})
    assert (sealed.status_code, sealed.json()["status"], sealed.json()["notes"]) == (201, "sealed", 3)
    release = f"/api/releases/{sealed.json()['id']}/"
    assert anybody.get(release).status_code == 404

    tag = editor.get(release).headers["ETag"]
    published = editor.post(f"{release}publish/", {}, format="json", headers={"If-Match": tag})
    assert (published.status_code, published.json()["status"]) == (200, "published")
    assert anybody.get(release).json()["title_en"] == "The Mill Again"
    assert anybody.get(address).json()["plan"] is None
    assert "ETag" not in anybody.get(address).headers

    again = editor.post(f"{release}withdraw/", {"reason": "خطأ"}, format="json", headers={"If-Match": tag})
    assert again.status_code == 412
    tag = editor.get(release).headers["ETag"]
    gone = editor.post(f"{release}withdraw/", {"reason": "خطأ"}, format="json", headers={"If-Match": tag})
    assert gone.json()["status"] == "withdrawn"
    tombstone = anybody.get(release)
    assert (tombstone.status_code, tombstone.json()["reason"]) == (410, "خطأ")


def test_snapshot_is_the_bytes_that_the_hash_names(anybody, people):
    release = make_desk(people).release()

    answer = anybody.get(f"/api/releases/{release.public_id}/snapshot/")

    assert hashlib.sha256(answer.content).hexdigest() == release.manifest_hash


def test_releases_notes_are_one_collection(anybody, people):
    desk = make_desk(people)
    release = desk.release()

    answer = anybody.get(f"/api/releases/{release.public_id}/annotations/")

    value = json.loads(b"".join(answer.streaming_content))
    assert value["type"] == "AnnotationCollection"
    assert len(value["first"]["items"]) == value["total"] == len(desk.notes)


def test_snapshot_with_something_hidden_since_is_not_sent(anybody, people):
    desk = make_desk(people)
    release = desk.release()
    type(desk.image).objects.filter(pk=desk.image.pk).update(access="draft")

    assert anybody.get(f"/api/releases/{release.public_id}/snapshot/").status_code == 404


def test_release_that_was_never_public_leaves_no_tombstone(anybody, people):
    from annotations.actions.withdraw_release import withdraw_release

    release = make_desk(people).seal()
    withdraw_release(release=release.public_id, reason="خطأ", by=None)

    hidden, missing = (
        anybody.get(f"/api/releases/{one}/") for one in (release.public_id, "zzzzzzzzzzzzzzzz")
    )
    assert hidden.status_code == missing.status_code == 404
    assert hidden.content == missing.content


def test_plan_that_cannot_be_sealed_says_why(editor, people):
    desk = make_desk(people)
    type(desk.image).objects.filter(pk=desk.image.pk).update(access="draft")

    findings = editor.get(f"/api/editions/{desk.edition.public_id}/preflight/").json()
    refused = editor.post(f"/api/editions/{desk.edition.public_id}/seal/", headers={"If-Match": '"1"'})

    assert findings["ready"] is False
    assert refused.status_code == 422
    assert [row["code"] for row in refused.json()["problems"]] == ["member_hidden"]
    assert not Release.objects.exists()


def test_notes_are_taken_out_by_hand(editor, people):
    desk = make_desk(people)
    note = desk.notes["year"].public_id
    address = f"/api/editions/{desk.edition.public_id}/"

    answer = editor.post(
        f"{address}choose/", {"notes": [note], "out": True}, format="json", headers={"If-Match": '"1"'}
    )

    assert answer.json()["plan"]["excluded"] == [note]
    assert editor.get(f"{address}preflight/").json()["notes"] == 2


def test_notes_on_other_pictures_are_taken_in_by_hand(editor, people):
    desk = make_desk(people)
    other = make_image(by=people["archivist"], title_ar="خريطة")
    place = RegionPlace(other.public_id, "rect", [(1, 2), (30, 40)])
    note = make_placed(place, author=people["scholar"], reviewer=people["reviewer"]).public_id
    address = f"/api/editions/{desk.edition.public_id}/"

    asked = {"notes": [note], "picked": True}
    answer = editor.post(f"{address}pick/", asked, format="json", headers={"If-Match": '"1"'})

    assert answer.json()["plan"]["picked"] == [note]
    assert editor.get(f"{address}preflight/").json()["notes"] == 4
    stale = editor.post(f"{address}pick/", asked, format="json", headers={"If-Match": '"1"'})
    assert stale.status_code == 412


def test_notes_on_the_text_are_picked_for_an_edition_of_picked_notes_alone(editor, people):
    desk = make_desk(people)
    address = f"/api/editions/{desk.edition.public_id}/"
    editor.patch(address, {"rule": {"only_picked": True}}, format="json", headers={"If-Match": '"1"'})
    assert editor.get(f"{address}preflight/").json()["notes"] == 0

    asked = {"notes": [desk.notes["year"].public_id], "picked": True}
    answer = editor.post(f"{address}pick/", asked, format="json", headers={"If-Match": '"2"'})

    assert answer.json()["plan"]["rule"]["only_picked"] is True
    assert editor.get(f"{address}preflight/").json()["notes"] == 1


def test_a_rule_that_names_places_and_authors_comes_back_as_it_was_sent(editor, people):
    desk = make_desk(people)
    address = f"/api/editions/{desk.edition.public_id}/"
    rule = {
        "categories": [], "tags": [], "languages": [], "places": ["region", "text"],
        "authors": [people["scholar"].public_id], "groups": [], "order": "kind",
        "only_picked": True,
    }  # fmt: skip

    answer = editor.patch(address, {"rule": rule}, format="json", headers={"If-Match": '"1"'})

    assert answer.json()["plan"]["rule"] == rule


def test_scholar_sees_no_plan_and_seals_nothing(scholar, people):
    desk = make_desk(people)
    address = f"/api/editions/{desk.edition.public_id}/"

    assert scholar.get(address).status_code == 404
    desk.release()

    assert scholar.get(address).json()["plan"] is None
    assert scholar.get(f"{address}preflight/").status_code == 403
    assert scholar.post(f"{address}seal/", headers={"If-Match": '"1"'}).status_code == 403


def test_publishing_asks_for_the_second_factor(editor, people, settings):
    settings.REQUIRE_MFA = True
    release = make_desk(people).seal()
    address = f"/api/releases/{release.public_id}/"

    answer = editor.post(
        f"{address}publish/", {}, format="json", headers={"If-Match": editor.get(address).headers["ETag"]}
    )

    assert (answer.status_code, answer.json()["code"]) == (403, "second_factor_missing")


@pytest.mark.parametrize("act", ["publish", "withdraw"])
def test_stale_write_of_what_cannot_be_read_is_stale_all_the_same(editor, people, act):
    release = make_desk(people).seal()

    answer = editor.post(
        f"/api/releases/{release.public_id}/{act}/",
        "{",
        content_type="application/json",
        headers={"If-Match": '"another"'},
    )

    assert answer.status_code == 412
    assert answer.json()["yours"] == {}


def test_lists_take_the_same_number_of_queries_however_long_they_are(client_of, people):
    desk, client = make_desk(people), client_of(people["administrator"])

    def measure(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    addresses = ["/api/editions/", "/api/releases/", "/api/submissions/", "/api/decisions/"]
    desk.seal()
    few = [measure(address) for address in addresses]
    for _number in range(4):
        desk.seal()
    for _number in range(4):
        submit_note(make_note(desk.text, "السوق", by=people["scholar"]))

    assert [measure(address) for address in addresses] == few


def test_replies_are_said_revised_and_taken_back(scholar, reviewer, client_of, people, text):
    note = make_note(text, by=people["scholar"])
    submit_note(note)
    said = {"annotation": note.public_id, "body": f"ما المصدر يا @{people['scholar'].display_name}؟"}

    made = reviewer.post("/api/replies/", said, format="json", headers={"Idempotency-Key": "r"})
    again = reviewer.post("/api/replies/", said, format="json", headers={"Idempotency-Key": "r"})
    one = made.json()
    address = f"/api/replies/{one['id']}/"

    assert (made.status_code, again.json()["id"]) == (201, one["id"])
    assert (one["body"], [who["name"] for who in one["mentions"]]) == (said["body"], [str(people["scholar"])])
    listed = scholar.get(f"/api/replies/?annotation={note.public_id}").json()
    assert [row["id"] for row in listed["results"]] == [one["id"]]
    assert client_of(people["member"]).get(address).status_code == 404
    assert reviewer.patch(address, {"body": "x"}, format="json").status_code == 428
    revised = reviewer.patch(address, {"body": "أين؟"}, format="json", headers={"If-Match": made["ETag"]})
    assert (revised.status_code, revised.json()["version"]) == (200, 2)
    stale = reviewer.patch(address, {"body": "ثالث"}, format="json", headers={"If-Match": made["ETag"]})
    assert (stale.status_code, stale.json()["current"]["body"], stale.json()["yours"]) == (
        412,
        "أين؟",
        {"body": "ثالث"},
    )
    assert scholar.delete(address, headers={"If-Match": revised["ETag"]}).status_code == 403
    assert reviewer.delete(address, headers={"If-Match": revised["ETag"]}).status_code == 204
    gap = scholar.get(address).json()
    assert (gap["gone"], gap["body"], gap["mentions"]) == ("withdrawn", "", [])
    long = {"annotation": note.public_id, "body": "حرف " * 25_000}
    assert reviewer.post("/api/replies/", long, format="json").status_code == 422


def test_wording_is_suggested_read_and_taken(scholar, reviewer, client_of, people, text):
    note = make_note(text, by=people["scholar"], body="حجر محلّي.")
    submit_note(note)
    read = note.newest_version.public_id
    wording = "حجر محلّي، من المقلع."

    made = decide(reviewer, note, "return", reason="من أين؟", suggestion=wording).json()

    assert made["suggestion"] == wording
    assert [row["suggestion"] for row in scholar.get("/api/decisions/").json()["results"]] == [wording]
    for role in ("member", "archivist"):
        assert client_of(people[role]).get("/api/decisions/").json()["results"] == []
        assert client_of(people[role]).get(f"/api/decisions/{made['id']}/").status_code == 404
    url, sent = f"/api/annotations/{note.public_id}/", {"take": made["id"]}
    unnamed = scholar.patch(url, sent, format="json")
    besides = scholar.patch(url, sent | {"body": "x"}, format="json", headers={"If-Match": f'"{read}"'})
    others = reviewer.patch(url, sent, format="json", headers={"If-Match": f'"{read}"'})
    taken = scholar.patch(url, sent, format="json", headers={"If-Match": f'"{read}"'})
    late = scholar.patch(url, sent, format="json", headers={"If-Match": f'"{taken.json()["version_id"]}"'})
    assert (unnamed.status_code, besides.status_code, others.status_code) == (428, 422, 403)
    assert (taken.status_code, taken.json()["body"], taken.json()["status"]) == (200, wording, "draft")
    assert taken["ETag"] == f'"{taken.json()["version_id"]}"'
    assert late.status_code == 412


@pytest.mark.parametrize(
    ("outcome", "wording"),
    [
        ("return", ""),
        ("return", "حجر محلّي."),
        ("return", "x" * 20_001),
        ("accept", "حجر آخر."),
        ("decline", "حجر آخر."),
        ("return", ["x"]),
    ],
)
def test_wording_that_is_none_is_refused_by_its_field(reviewer, people, text, outcome, wording):
    note = make_note(text, by=people["scholar"], body="حجر محلّي.")
    submit_note(note)

    answer = decide(reviewer, note, outcome, reason="سبب", suggestion=wording)

    assert answer.status_code == 422
    assert "suggestion" in str(answer.json())
    assert not Decision.objects.exists()
