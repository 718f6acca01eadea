"""The same filters in the workbench of a text, a picture and a film: what is painted, listed and walked is what was asked for."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from annotations.actions.propose_term import propose_term
from annotations.actions.withdraw_annotation import withdraw_annotation
from annotations.actions.write_annotation import write_annotation
from annotations.enums import Category, TermKind
from annotations.exchange.notes.formats import read_notes
from annotations.models import Annotation
from annotations.values import NoteInput, RegionPlace, TermInput, TextPlace, TimePlace
from tests.factories_editions import make_desk
from tests.factories_notes import decide_note, submit_note

pytestmark = pytest.mark.django_db

KINDS = ["text", "image", "video"]


@pytest.fixture
def desk(people):
    return make_desk(people, notes=False)


@pytest.fixture
def mill(people):
    return propose_term(
        term=TermInput(kind=TermKind.PLACE, label_ar="الطاحونة", label_en="The mill"), by=people["scholar"]
    )


def places(desk):
    """Return two places of each kind."""
    text = desk.work.texts.get()
    content = text.current_revision.content
    rect = [[(10, 20), (110, 80)], [(20, 30), (60, 70)]]
    return {
        "text": [TextPlace(text.public_id, 1, at, at + 4, content[at : at + 4]) for at in (0, 6)],
        "image": [RegionPlace(desk.image.public_id, "rect", points, 1) for points in rect],
        "video": [TimePlace(desk.video.public_id, start, start + 1) for start in (1, 3)],
    }


def addresses(desk, kind):
    """Return where a kind of place is worked on, where its notes lie, and under which key the ids are."""
    item = {"text": desk.work.texts.get(), "image": desk.image, "video": desk.video}[kind].public_id
    page = reverse("workbench" if kind == "text" else f"workbench_{kind}", args=[item])
    lie = reverse("text_spans" if kind == "text" else f"{kind}_places", args=[item])
    return page, lie


def lying(client, desk, kind, **asked):
    answer = client.get(addresses(desk, kind)[1], asked)
    assert answer.status_code == 200
    value = answer.json()
    return set(value["ids"]) if kind == "text" else {one["id"] for one in value["places"]}


@pytest.fixture
def notes(people, desk, mill):
    """Of each kind of place, one note of the scholar and one of another, which is accepted."""
    made = {}
    for kind, (first, second) in places(desk).items():
        mine = write_annotation(
            place=first, by=people["scholar"],
            note=NoteInput(body="رحى الطاحونة", category=Category.PLACE, tags=(mill.public_id,)),
        ).annotation  # fmt: skip
        other = write_annotation(place=second, note=NoteInput(body="غيرها"), by=people["editor"]).annotation
        submit_note(other)
        decide_note(other, "accept", by=people["reviewer"])
        made[kind] = (mine.public_id, other.public_id)
    return made


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, "both"),
        ({"category": "place"}, "mine"),
        ({"status": "draft"}, "mine"),
        ({"status": "accepted"}, "other"),
        ({"author": "me"}, "mine"),
        ({"tag": "الطَّاحونة"}, "mine"),
        ({"tag": "the mill", "category": "place", "author": "me", "status": "draft", "q": "رحى"}, "mine"),
        ({"q": "غيرها"}, "other"),
        ({"tag": "no such term"}, "none"),
        ({"category": "star", "status": "x", "author": "somebody", "q": " "}, "both"),
    ],
)
def test_what_lies_there_is_what_was_asked_for(scholar, desk, notes, kind, asked, found):
    mine, other = notes[kind]

    assert lying(scholar, desk, kind, **asked) == {
        "both": {mine, other}, "mine": {mine}, "other": {other}, "none": set(),
    }[found]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_page_lists_them_without_a_script_and_hands_the_question_on(scholar, desk, notes, kind):
    mine, other = notes[kind]
    page, lie = addresses(desk, kind)

    shown = scholar.get(page, {"category": "place"}).content.decode()
    all_of_it = scholar.get(page).content.decode()

    assert f"{lie}?category=place" in shown or f"{lie}?revision=1&amp;category=place" in shown
    assert f"note-{mine}" in shown
    assert f"note-{other}" not in shown
    assert 'data-note-count="1"' in shown
    assert 'data-note-count="2"' in all_of_it
    assert 'value="place" selected' in shown


def test_list_of_a_text_follows_and_what_was_accepted_is_told_as_members_know_it(client, people, desk, notes):
    mine, other = notes["text"]
    url = reverse("text_notes", args=[desk.work.texts.get().public_id])
    client.force_login(people["reviewer"])

    asked = client.get(url, {"from": 0, "to": 20, "status": "accepted"}).json()["annotations"]
    drafts = client.get(url, {"from": 0, "to": 20, "status": "draft"}).json()["annotations"]

    assert [one["id"] for one in asked] == [other]
    assert drafts == []
    assert mine not in str(asked)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", ["csv", "jsonld"])
def test_list_is_taken_along_as_it_is_narrowed(scholar, desk, notes, kind, form):
    mine, other = notes[kind]
    page, _lie = addresses(desk, kind)
    links = re.findall(
        rf'href="([^"]+notes\.{form}[^"]*)"', scholar.get(page, {"author": "me"}).content.decode()
    )

    some = b"".join(scholar.get(links[0].replace("&amp;", "&")).streaming_content).decode()
    whole = b"".join(scholar.get(links[0].partition("?")[0]).streaming_content).decode()

    assert (mine in some, other in some) == (True, False)
    assert (mine in whole, other in whole) == (True, True)
    if kind != "text":
        assert f"{kind}:" in whole if form == "csv" else "Selector" in whole


@pytest.mark.parametrize("kind", ["image", "video"])
def test_note_that_was_taken_back_is_in_no_file(scholar, people, desk, notes, kind):
    mine, _other = notes[kind]
    note = Annotation.objects.select_related("newest_version").get(public_id=mine)
    withdraw_annotation(annotation=mine, version_id=note.newest_version.public_id, by=people["scholar"])
    page, _lie = addresses(desk, kind)

    # Its author still finds it by its state.
    assert lying(scholar, desk, kind, status="withdrawn") == {mine}
    assert mine not in b"".join(scholar.get(f"{page}notes.csv").streaming_content).decode()


@pytest.mark.parametrize("kind", ["image", "video"])
@pytest.mark.parametrize("form", ["csv", "jsonld"])
def test_what_is_taken_out_of_a_picture_or_a_film_says_where_it_was(scholar, desk, notes, kind, form):
    page, _lie = addresses(desk, kind)

    _form, found = read_notes(b"".join(scholar.get(f"{page}notes.{form}").streaming_content))

    parts = {record.fragment for record in found.records}
    assert parts == (
        {"xywh=pixel:10,20,100,60", "xywh=pixel:20,30,40,40"} if kind == "image" else {"t=1,2", "t=3,4"}
    )


def test_files_are_for_those_who_write_notes_and_see_what_they_are_on(client, people, desk, notes):
    page, _lie = addresses(desk, "image")
    client.force_login(people["member"])
    assert client.get(f"{page}notes.csv").status_code == 403
    client.force_login(people["scholar"])
    assert client.get(f"{page}notes.xml").status_code == 404
    assert client.get(page.replace(desk.image.public_id, "nothing") + "notes.csv").status_code == 404


@pytest.mark.parametrize("form", ["csv", "jsonld"])
def test_what_waits_for_a_reviewer_is_taken_along_as_it_is_narrowed(client, people, desk, notes, form):
    for mine, _other in notes.values():
        submit_note(Annotation.objects.select_related("newest_version", "author").get(public_id=mine))
    client.force_login(people["reviewer"])
    link = re.search(
        rf'href="([^"]+notes\.{form}[^"]*)"', client.get("/en/desk/review/?place=image").content.decode()
    )[1]

    some = b"".join(client.get(link).streaming_content).decode()
    everything = b"".join(client.get(link.partition("?")[0]).streaming_content).decode()

    assert [mine in some for mine, _other in notes.values()] == [False, True, False]
    assert all(mine in everything for mine, _other in notes.values())
    assert not any(other in everything for _mine, other in notes.values())
    client.force_login(people["scholar"])
    assert client.get(link).status_code == 403
