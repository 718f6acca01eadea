"""Notes through the API, in our own JSON."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.actions.revise_annotation import revise_annotation
from annotations.enums import Outcome, Visibility
from annotations.models import Annotation
from annotations.values import NoteInput
from archive.models import Group
from tests.factories_editions import make_desk, make_image, make_term
from tests.factories_notes import (
    add_revision,
    decide_note,
    make_accepted,
    make_note,
    make_text,
    place_of,
    submit_note,
)

pytestmark = pytest.mark.django_db

NOTES = "/api/annotations/"


@pytest.fixture
def text():
    return make_text()


@pytest.fixture
def reviewer(client_of, people):
    return client_of(people["reviewer"])


def on(place, **more):
    where = {"text": place.text, "revision": place.revision, "start": place.start, "end": place.end}
    return {"place": {**where, "exact": place.exact}, "body": "محلّي.", **more}


def test_note_is_written_and_read_as_it_was_answered(scholar, text):
    term = make_term("stone", "حجر", "Stone")
    place = place_of(text, "حجر أبيض")

    written = scholar.post(NOTES, on(place, category="place", tags=[term.public_id]), format="json")
    read = scholar.get(written.headers["Location"])

    assert written.status_code == 201, written.content
    assert read.json() == written.json()
    assert read.headers["ETag"] == written.headers["ETag"] == f'"{written.json()["version_id"]}"'
    body = read.json()
    assert (body["place"]["start"], body["place"]["end"], body["place"]["exact"]) == (
        place.start, place.end, "حجر أبيض",
    )  # fmt: skip
    assert body["tags"] == [{"id": term.public_id, "kind": "place", "label_ar": "حجر", "label_en": "Stone"}]
    assert (body["status"], body["author"]["name"]) == ("draft", "scholar")


def test_note_with_a_reference_is_answered_whole(scholar, text):
    place, other = place_of(text, "حجر أبيض"), place_of(text, "من خشب")
    target = {
        "text": text.public_id,
        "revision": 1,
        "start": other.start,
        "end": other.end,
        "exact": other.exact,
    }
    cited = {
        "relation": "cites",
        "target": {"url": "https://example.org/book", "title": "كتاب", "pages": "7"},
    }

    written = scholar.post(
        NOTES, on(place, references=[{"relation": "contradicts", "target": target}, cited]), format="json"
    )

    assert written.status_code == 201, written.content
    first, second = written.json()["references"]
    assert (first["relation"], first["direction"], first["target"]["exact"]) == (
        "contradicts",
        "out",
        "من خشب",
    )
    assert (second["target"]["url"], second["target"]["pages"]) == ("https://example.org/book", "7")


def test_region_and_seconds_are_places_too(scholar, people):
    desk = make_desk(people, notes=False)
    region = {"shape": "rect", "points": [[10, 10], [200, 120]]}

    drawn = scholar.post(
        NOTES, {"place": {"image": desk.image.public_id, "region": region}, "body": "الرحى"}, format="json"
    )
    heard = scholar.post(
        NOTES,
        {"place": {"video": desk.video.public_id, "start": 3, "end": 7.5}, "body": "صوت"},
        format="json",
    )

    assert drawn.json()["place"] == {"kind": "region", "image": desk.image.public_id, "region": region}
    assert heard.json()["place"] == {"kind": "time", "video": desk.video.public_id, "start": 3.0, "end": 7.5}
    for one in (drawn, heard):
        assert scholar.get(one.headers["Location"]).json() == one.json()


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"exact": "حجر أسود"}, 409), ({"revision": 7}, 412), ({"start": -1}, 422), ({"end": 10**9}, 422),
        ({"start": "x"}, 422), ({"text": "zzzzzzzzzzzzzzzz"}, 404), ({"text": None}, 422),
    ],
)  # fmt: skip
def test_place_that_is_none_is_refused(scholar, text, changed, status):
    given = on(place_of(text, "حجر أبيض"))
    given["place"] |= changed

    answer = scholar.post(NOTES, given, format="json")

    assert answer.status_code == status, answer.content
    assert not Annotation.objects.exists()


@pytest.mark.parametrize(
    "given",
    [
        {"body": "  "}, {"body": "x" * 20_001}, {"body": 7}, {"category": "gossip"}, {"tags": ["nowhere"]},
        {"tags": "nowhere"}, {"visibility": "group"}, {"references": [{}]}, {"place": None}, {"place": []},
        {"references": [{"relation": "cites", "target": {"url": "javascript:alert(1)"}}]},
    ],
)  # fmt: skip
def test_what_no_note_can_be_is_refused_with_its_field(scholar, text, given):
    answer = scholar.post(NOTES, on(place_of(text, "حجر أبيض")) | given, format="json")

    assert answer.status_code == 422, answer.content
    assert answer.json()["errors"]


def test_place_in_a_hidden_text_is_nowhere(scholar):
    hidden = make_text(access="draft")

    answer = scholar.post(NOTES, on(place_of(hidden, "حجر أبيض")), format="json")

    assert answer.status_code == 404
    assert answer.content == scholar.get(f"{NOTES}zzzzzzz/").content


def test_member_may_not_write(client_of, people, text):
    answer = client_of(people["member"]).post(NOTES, on(place_of(text, "حجر أبيض")), format="json")

    assert answer.status_code == 403


def test_same_key_makes_one_note(scholar, text):
    given = on(place_of(text, "حجر أبيض"))

    answers = [
        scholar.post(NOTES, given, format="json", headers={"Idempotency-Key": "a"}) for _time in range(2)
    ]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert Annotation.objects.count() == 1


def test_revision_names_the_version_it_was_made_from(scholar, text):
    made = scholar.post(NOTES, on(place_of(text, "حجر أبيض")), format="json")
    address, tag = made.headers["Location"], made.headers["ETag"]

    missing = scholar.patch(address, {"body": "ثانية"}, format="json")
    good = scholar.patch(address, {"body": "ثانية"}, format="json", headers={"If-Match": tag})
    stale = scholar.patch(address, {"body": "ثالثة"}, format="json", headers={"If-Match": tag})

    assert (missing.status_code, good.status_code, stale.status_code) == (428, 200, 412)
    assert (good.json()["version"], good.json()["place"]) == (2, made.json()["place"])
    assert stale.json()["current"]["body"] == "ثانية"
    assert stale.json()["yours"] == {"body": "ثالثة"}
    assert stale.headers["ETag"] == good.headers["ETag"]


def test_withdrawn_note_is_its_authors_alone(scholar, client_of, people, text):
    note = make_accepted(text, author=people["scholar"], reviewer=people["reviewer"])
    address = f"{NOTES}{note.public_id}/"
    member = client_of(people["member"])
    assert member.get(address).status_code == 200

    gone = scholar.delete(address, headers={"If-Match": scholar.get(address).headers["ETag"]})

    assert gone.status_code == 204
    assert member.get(address).status_code == 404
    assert scholar.get(address).json()["status"] == "withdrawn"


def test_nobody_changes_the_note_of_another(client_of, people, text):
    note = make_accepted(text, author=people["scholar"], reviewer=people["reviewer"])
    private = make_note(text, by=people["scholar"], visibility=Visibility.PRIVATE)
    editor = client_of(people["editor"])

    def change(public_id):
        return editor.patch(f"{NOTES}{public_id}/", {"body": "س"}, format="json", headers={"If-Match": '"x"'})

    assert change(note.public_id).status_code == 403
    assert change(private.public_id).content == change("zzzzzzz").content


def test_member_is_not_told_that_an_accepted_note_is_being_rewritten(client_of, people, text):
    note = make_accepted(text, author=people["scholar"], reviewer=people["reviewer"])
    member = client_of(people["member"])
    before = member.get(f"{NOTES}{note.public_id}/")

    revise_annotation(
        annotation=note.public_id, version_id=note.newest_version.public_id,
        note=NoteInput(body="صياغة أخرى"), by=people["scholar"],
    )  # fmt: skip

    assert member.get(f"{NOTES}{note.public_id}/").content == before.content
    assert member.get(f"{NOTES}?status=draft").json()["count"] == 0
    assert member.get(f"{NOTES}?status=accepted").json()["count"] == 1


def test_anonymous_reads_released_notes_only(anybody, people):
    desk = make_desk(people)
    assert anybody.get(NOTES).json()["count"] == 0

    desk.release()

    body = anybody.get(NOTES).json()
    assert {row["id"] for row in body["results"]} == {note.public_id for note in desk.notes.values()}
    assert all(row["actions"] == [] and row["status"] == "accepted" for row in body["results"])


def test_tag_that_may_not_be_seen_is_not_told(anybody, client_of, people):
    from annotations.models import Term

    desk = make_desk(people)
    desk.release()
    Term.objects.filter(pk=desk.terms["masons"].pk).update(status="proposed")
    address = f"{NOTES}{desk.notes['masons'].public_id}/"

    assert anybody.get(address).json()["tags"] == []
    assert anybody.get(f"{NOTES}?tag={desk.terms['masons'].public_id}").json()["count"] == 0
    assert len(client_of(people["member"]).get(address).json()["tags"]) == 1


def test_list_is_narrowed(scholar, reviewer, people, text):
    term = make_term("stone", "حجر")
    first = make_note(text, "حجر أبيض", by=people["scholar"], category="place", tags=(term.public_id,))
    last = make_note(text, "من خشب", by=people["scholar"], body="second", language="en")
    other = make_note(make_text(slug="other"), by=people["scholar"])
    make_note(text, "السوق", by=people["reviewer"])

    def ids(**query):
        return [row["id"] for row in scholar.get(NOTES, query).json()["results"]]

    end = place_of(text, "حجر أبيض").end
    assert ids(text=text.public_id) == [last.public_id, first.public_id]
    assert ids(text=text.public_id, **{"from": 0, "to": end}) == [first.public_id]
    assert ids(text=text.public_id, **{"from": 0}) == [first.public_id, last.public_id]
    assert ids(category="place") == ids(tag=term.public_id) == [first.public_id]
    assert ids(language="en") == [last.public_id]
    assert ids(author="me", page_size=100) == [other.public_id, last.public_id, first.public_id]
    assert ids(author=people["reviewer"].public_id) == []
    assert ids(status="accepted") == ids(text="zzzzzzzzzzzzzzzz") == ids(image="zzzzzzzzzzzzzzzz") == []
    assert scholar.get(NOTES, {"status": "lost"}).status_code == 422
    assert scholar.get(NOTES, {"from": 3}).status_code == 422
    assert scholar.get(NOTES, {"text": text.public_id, "from": "x"}).status_code == 422


def test_group_note_is_its_groups(client_of, people, text):
    group = Group.objects.create(name="قرّاء")
    for code in ("scholar", "member"):
        people[code].groups.add(group)
    note = make_note(text, by=people["scholar"], visibility=Visibility.GROUP, group=group.public_id)
    address = f"{NOTES}{note.public_id}/"

    assert client_of(people["member"]).get(address).json()["group"] == group.public_id
    assert client_of(people["editor"]).get(address).status_code == 404


def test_note_that_waits_to_be_carried_says_so(scholar, people, text):
    note = make_note(text, by=people["scholar"])
    add_revision(text, "مقدّمة جديدة\n" + text.current_revision.content)

    place = scholar.get(f"{NOTES}{note.public_id}/").json()["place"]

    assert (place["status"], place["start"], place["revision"]) == ("carrying", None, 2)


def test_list_takes_the_same_number_of_queries_however_long_it_is(scholar, people, text):
    term = make_term("stone", "حجر")

    def measure() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert scholar.get(NOTES, {"page_size": 100}).status_code == 200
        return len(queries)

    def more(count: int, slug: str) -> None:
        other = make_text(slug=slug)
        for _number in range(count):
            make_note(other, by=people["scholar"], tags=(term.public_id,))

    more(3, "few")
    few = measure()
    more(15, "many")

    assert measure() == few


def test_reviewer_is_shown_what_was_handed_in(reviewer, scholar, people, text):
    note = make_note(text, by=people["scholar"])
    address = f"{NOTES}{note.public_id}/"
    assert reviewer.get(address).status_code == 404

    submit_note(note)
    assert (reviewer.get(address).json()["status"], reviewer.get(address).json()["actions"]) == (
        "submitted", ["decide"],
    )  # fmt: skip

    decide_note(note, Outcome.RETURN, by=people["reviewer"])
    assert scholar.get(address).json()["status"] == "returned"


def test_note_on_a_restricted_image_goes_with_the_image(anybody, client_of, people):
    image = make_image(by=people["archivist"], access="draft")
    editor = client_of(people["editor"])
    region = {"shape": "polygon", "points": [[0, 0], [5, 5], [0, 5]]}
    made = editor.post(
        NOTES, {"place": {"image": image.public_id, "region": region}, "body": "س"}, format="json"
    )

    assert made.status_code == 201
    assert client_of(people["reviewer"]).get(made.headers["Location"]).status_code == 404


@pytest.mark.parametrize("language", ["no language", "عربي", "x", "ar_SY", "a" * 30])
def test_what_is_no_language_is_refused_in_words(scholar, text, language):
    answer = scholar.post(NOTES, on(place_of(text, "حجر أبيض"), language=language), format="json")

    assert answer.status_code == 422
    assert (answer.json()["code"], answer.json()["field"]) == ("language_code", "language")
    assert "language_code" not in answer.json()["detail"]
