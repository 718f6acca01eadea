"""What numbers the notes of a release: by place, by kind, by author; in the plan, the snapshot and what anybody reads."""

from __future__ import annotations

import json
import re

import pytest
from django.urls import reverse

from annotations.actions.change_edition import change_edition
from annotations.editions.reading import read_snapshot
from archive.errors import Invalid
from archive.views import shared
from tests.factories_editions import LICENSE, Desk, make_desk, place_notes, plan

pytestmark = pytest.mark.django_db

PAGE = "/en/editions/mill-edition/1/"


@pytest.fixture(autouse=True)
def epoch_is_read_anew(monkeypatch):
    monkeypatch.setattr(shared, "EPOCH_SECONDS", -1.0)


@pytest.fixture
def desk(people) -> Desk:
    desk = make_desk(people)
    place_notes(desk)
    return desk


def ordered(desk: Desk, order: str) -> None:
    desk.edition.refresh_from_db()
    change_edition(
        edition=desk.edition.public_id, version=desk.edition.version, plan=plan(rule={"order": order}),
        by=desk.people["editor"],
    )  # fmt: skip


def names(desk: Desk, ids) -> list[str]:
    called = {note.public_id: name for name, note in desk.notes.items()}
    return [called[one] for one in ids]


def test_by_place_is_not_written_down(desk):
    ordered(desk, "place")

    desk.edition.refresh_from_db()
    assert "order" not in desk.edition.rule
    assert "order" not in json.loads(desk.seal().snapshot)


def test_by_kind_the_snapshot_says_so_and_numbers_follow(desk):
    ordered(desk, "kind")
    release = desk.seal()

    value = read_snapshot(release)
    assert names(desk, [note.id for note in value.notes]) == ["bridge", "seconds", "region", "masons", "year"]
    assert [note.number for note in value.notes] == [1, 2, 3, 4, 5]
    data = json.loads(release.snapshot)
    assert (data["format"], data["order"]) == ("hashiya-snapshot/3", "kind")
    numbers = dict(release.notes.values_list("annotation__public_id", "number"))
    assert numbers == {note.id: note.number for note in value.notes}


def test_an_unknown_order_is_refused_in_words(desk):
    with pytest.raises(Invalid) as refusal:
        ordered(desk, "by hand")

    assert refusal.value.code == "unknown_order"


def test_the_page_lists_notes_by_number_and_finds_them_by_place(desk, client):
    ordered(desk, "kind")
    desk.release()

    html = client.get(PAGE).content.decode()
    cards = re.findall(r'<article class="note" id="note-(\w+)"', html)
    assert names(desk, [one for one in cards if not one.startswith("to-")])[:5] == [
        "bridge", "seconds", "region", "masons", "year",
    ]  # fmt: skip
    assert len(re.findall(r'id="notes-b(\d+)"', html)) == len(set(re.findall(r'id="notes-b(\d+)"', html)))
    spans = client.get(f"{PAGE}spans.json").json()
    assert names(desk, [one for one in spans["ids"] if one in {n.public_id for n in desk.notes.values()}]) == [
        "masons", "year", "region", "bridge", "seconds",
    ]  # fmt: skip
    assert all(start >= 0 for start, _length, _kind in spans["spans"])
    assert "By kind, then by place" in html
    listed = re.findall(r'id="note-(\w+)"', client.get(f"{PAGE}notes/").content.decode())
    assert names(desk, [one for one in listed if not one.startswith("to-")]) == [
        "bridge", "seconds", "region", "masons", "year",
    ]  # fmt: skip


def test_a_note_of_a_block_is_found_by_its_block(desk, client):
    ordered(desk, "kind")
    desk.release()

    html = client.get(f"{PAGE}notes/?block=2").content.decode()

    assert set(names(desk, re.findall(r'<article class="note" id="note-(\w+)"', html))) == {"masons", "year"}


@pytest.mark.parametrize("form", ["csv", "markdown", "tei", "text", "jsonld", "iiif"])
def test_every_export_has_every_note_under_its_number(desk, client, form):
    ordered(desk, "author")
    release = desk.release()

    answer = client.get(f"/editions/mill-edition/1/download/{form}")

    said = b"".join(answer.streaming_content).decode()
    assert all(str(note.number) in said for note in read_snapshot(release).notes)


def test_the_desk_sets_it_and_the_plan_tells_it(desk, client, people):
    client.force_login(people["editor"])
    desk.edition.refresh_from_db()
    given = {
        "title_ar": "طبعة", "title_en": "Edition", "license_uri": LICENSE, "required_approvals": "1",
        "slug": "mill-edition", "version": desk.edition.version, "order": "author",
    }  # fmt: skip

    answer = client.post(reverse("desk_edition_plan", args=[desk.edition.public_id]), given)

    assert answer.status_code == 302
    desk.edition.refresh_from_db()
    assert desk.edition.rule["order"] == "author"
    page = client.get(
        reverse("desk_edition", args=[desk.edition.public_id]).replace("/ar/", "/en/")
    ).content.decode()
    assert "By author, then by place" in page


def test_the_api_tells_and_sets_it(desk, client, people):
    client.force_login(people["editor"])
    address = f"/api/editions/{desk.edition.public_id}/"
    assert client.get(address).json()["plan"]["rule"]["order"] == "place"
    desk.edition.refresh_from_db()
    headers = {"If-Match": f'"{desk.edition.version}"'}

    answer = client.patch(
        address, {"rule": {"order": "kind"}}, content_type="application/json", headers=headers
    )

    assert answer.json()["plan"]["rule"]["order"] == "kind"
