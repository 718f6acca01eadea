"""What the workbenches say of notes: why one came back, how many there are, that an address names one that is not here."""

from __future__ import annotations

import pytest
from django.urls import reverse

from annotations.actions.revise_annotation import revise_annotation
from annotations.enums import Outcome, Visibility
from annotations.values import NoteInput, RegionPlace, TimePlace
from archive.access import viewer_of
from archive.actions.take_down import take_down
from archive.search.engine import search
from archive.views import shared
from tests.factories import make_user
from tests.factories_editions import make_desk
from tests.factories_notes import decide_note, make_note, make_placed, submit_note

pytestmark = pytest.mark.django_db
REASON = "سمِّ المصدر <والصفحة>."
UNKNOWN = "data-unknown-note"


@pytest.fixture
def desk(people):
    return make_desk(people, notes=False)


def workbenches(desk) -> dict[str, tuple[str, str, object]]:
    """Return, by kind, the page, the address of the notes as data, and a note on it."""
    by, image, video = desk.people["scholar"], desk.image.public_id, desk.video.public_id
    return {
        "text": ("workbench", "text_notes", make_note(desk.text, "الحجّارون", by=by)),
        "image": ("workbench_image", "image_notes", make_placed(RegionPlace(image, "rect", [(1, 2), (30, 40)]), author=by)),
        "video": ("workbench_video", "video_notes", make_placed(TimePlace(video, 1, 3), author=by)),
    }  # fmt: skip


def read(client, desk, kind, note) -> tuple[str, dict]:
    page, data, _note = note
    item = getattr(desk, kind).public_id
    shown = client.get(f"{reverse(page, args=[item])}?note={note[2].public_id}").content.decode()
    notes = client.get(reverse(data, args=[item]), {"ids": note[2].public_id}).json()["annotations"]
    return shown, next((one for one in notes if one["id"] == note[2].public_id), {})


@pytest.mark.parametrize("outcome", [Outcome.RETURN, Outcome.DECLINE])
def test_reason_stands_on_the_card_for_those_who_may_know_it_alone(client, desk, people, outcome):
    made = workbenches(desk)
    for _page, _data, note in made.values():
        submit_note(note)
        decide_note(note, outcome, by=people["reviewer"], reason=REASON)
    other = make_user("other@example.org", "scholar")

    for kind, one in made.items():
        for reader in ("scholar", "reviewer"):
            client.force_login(people[reader])
            page, note = read(client, desk, kind, one)
            assert "سمِّ المصدر &lt;والصفحة&gt;." in page, (kind, reader)
            assert note["decision"]["reason"] == REASON
            assert note["decision"]["reviewer"] == "reviewer"
        client.force_login(other)
        page, note = read(client, desk, kind, one)
        assert "سمِّ المصدر" not in page
        assert not note


def test_draft_that_goes_on_from_a_returned_note_keeps_the_reason_until_it_is_accepted(client, desk, people):
    note = make_note(desk.text, "الحجّارون", by=people["scholar"], visibility=Visibility.OPEN)
    submit_note(note)
    decide_note(note, Outcome.RETURN, by=people["reviewer"], reason=REASON)
    note.refresh_from_db()
    revise_annotation(
        annotation=note.public_id, version_id=note.newest_version.public_id, place=None,
        note=NoteInput(body="جاؤوا من الجبل (الدفتر، ص ٣)."), by=people["scholar"],
    )  # fmt: skip
    client.force_login(people["scholar"])
    url = reverse("note", args=[note.public_id])

    assert client.get(url).json()["decision"]["reason"] == REASON
    submit_note(note)
    decide_note(note, Outcome.ACCEPT, by=people["reviewer"])

    assert client.get(url).json()["decision"] is None


def test_address_of_an_unknown_note_is_told_in_the_same_words_whether_there_is_one(client, desk, people):
    made = workbenches(desk)
    client.force_login(make_user("other@example.org", "scholar"))

    for kind, (page, _data, note) in made.items():
        address = reverse(page, args=[getattr(desk, kind).public_id])
        hidden, absent = (
            client.get(f"{address}?note={ident}").content.decode() for ident in (note.public_id, "nobody")
        )
        assert UNKNOWN in hidden
        assert UNKNOWN in absent
        assert UNKNOWN not in client.get(address).content.decode()
    client.force_login(people["scholar"])
    for kind, (page, _data, note) in made.items():
        address = reverse(page, args=[getattr(desk, kind).public_id])
        assert UNKNOWN not in client.get(f"{address}?note={note.public_id}").content.decode()


def test_release_says_that_a_note_is_not_in_it(client, people):
    desk = make_desk(people)
    desk.release()
    shared.forget()
    address = f"/en/editions/{desk.edition.slug}/1/"

    assert UNKNOWN in client.get(f"{address}?note=nobody").content.decode()
    assert UNKNOWN not in client.get(f"{address}?note={desk.notes['masons'].public_id}").content.decode()
    assert "ليست هنا" in client.get(f"/ar/editions/{desk.edition.slug}/1/?note=nobody").content.decode()


def test_nobody_finds_a_note_by_the_name_of_what_was_taken_down_not_even_its_author(desk, people):
    made = {kind: note for kind, (_page, _data, note) in workbenches(desk).items()}
    author = viewer_of(people["scholar"])

    def found() -> set[str]:
        hits = search("الرحى", author).hits + search("الجبل", author).hits
        return {hit.label for hit in hits if hit.kind == "annotation"}

    assert any(desk.image.title_ar in label for label in found())
    for item in (desk.image, desk.video, desk.work):
        take_down(item, reason="request", by=people["archivist"])

    assert found() == set()
    assert made
