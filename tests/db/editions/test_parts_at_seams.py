"""Where two parts of an edition meet: a part without words, notes at both ends, what is kept or hidden of one part alone."""

from __future__ import annotations

import io
import json
import re

import pytest
from django.core.management import call_command
from django.db import transaction

from annotations.editions.build import build_snapshot
from annotations.editions.compare import compare
from annotations.editions.gather import gather
from annotations.editions.parts import own_place
from annotations.editions.preflight import preflight, stops
from annotations.editions.reading import public_releases, read_snapshot
from annotations.exports import FORMATS
from annotations.exports.given import given_of
from annotations.models import Release
from annotations.presenters.released import issue_of
from archive.actions.bring_in import bring_in
from archive.enums import TextRole
from archive.models import Text
from archive.views import shared
from tests.factories_editions import add_wording
from tests.factories_notes import make_accepted
from tests.factories_parts import Parted, make_parted
from tests.factories_sections import keep

pytestmark = pytest.mark.django_db
PAGE = "/ar/editions/chapters/{}/"


@pytest.fixture(autouse=True)
def epoch_is_read_anew(monkeypatch):
    monkeypatch.setattr(shared, "EPOCH_SECONDS", -1.0)


@pytest.fixture
def parted(people) -> Parted:
    return make_parted(people)


def another(parted: Parted, rows, *, order: int, **titles: str) -> Text:
    text = Text.objects.create(
        work=parted.work, language="ar", direction="rtl", role=TextRole.CHAPTER, order=order, **titles
    )
    add_wording(text, rows)
    return text


def written(release: Release, form: str) -> bytes:
    return b"".join(FORMATS[form].write(given_of(issue_of(public_releases().get(pk=release.pk)))))


@pytest.fixture
def gapped(parted) -> Parted:
    """Four parts: the second and the last have no words, the third has no title and a note on its first word."""
    people = parted.people
    empty = another(parted, (), order=3)
    bare = another(parted, (("paragraph", "فصلٌ بلا عنوان.", None, {}),), order=4)
    last = another(parted, (), order=5, title_ar="باب الختام")
    parted.notes["first word"] = make_accepted(
        bare, "فصلٌ", body="أوّل الكلام.", author=people["scholar"], reviewer=people["reviewer"]
    )
    parted.take(parted.first, empty, bare, last)
    return parted


def test_note_on_the_first_word_after_a_part_without_words_is_in_its_own_part(gapped):
    assert not stops(preflight(gather(gapped.edition)))
    snapshot = read_snapshot(gapped.release())

    note = next(note for note in snapshot.notes if note.body == "أوّل الكلام.")
    text, _revision, span = own_place(snapshot, note.start, note.end)

    assert text == snapshot.parts[2].id
    assert span == (0, 4)


@pytest.mark.parametrize("form", list(FORMATS))
def test_every_form_is_written_of_parts_without_words(gapped, form):
    release = gapped.release()

    assert written(release, form)


def test_page_is_read_with_parts_without_words(gapped, client):
    gapped.release()

    assert client.get(PAGE.format(1)).status_code == 200
    assert client.get("/ar/editions/chapters/1/notes/").status_code == 200


def test_bundle_of_parts_without_words_comes_back(people, tmp_path):
    point = transaction.savepoint()
    parted = make_parted(people)
    empty = another(parted, (), order=3)
    last = another(parted, (), order=5, title_ar="باب الختام")
    parted.take(parted.first, empty, parted.second, last)
    release = parted.release()
    (tmp_path / "bundle.zip").write_bytes(written(release, "bundle"))
    said = release.manifest_hash
    transaction.savepoint_rollback(point)

    call_command(
        "load_bundle", tmp_path / "bundle.zip", by=people["administrator"].email, stdout=io.StringIO()
    )

    assert Release.objects.get().manifest_hash == said


def test_edition_of_one_text_that_becomes_one_of_two_is_compared_by_what_was_added(parted, client):
    parted.take(parted.first)
    first = parted.release()
    parted.take(parted.first, parted.second)
    second = parted.release()

    found = compare(read_snapshot(first), read_snapshot(second))
    page = client.get(f"{PAGE.format(2)}compare/1/").content.decode()

    assert not found.moved
    assert not found.removed
    assert "حجرٍ أبيض" in "".join(words for run in found.text for _kind, words in run.pieces)
    assert "شجرة توت" not in "".join(words for run in found.text for _kind, words in run.pieces)
    assert "حجرٍ أبيض" in page
    assert "ضُمّت إليها أجزاءٌ غير ما كان، أو تغيّر ترتيبها." in page


def test_another_order_of_the_parts_is_told_where_releases_are_compared(parted):
    first = parted.seal()
    parted.take(parted.second, parted.first)
    second = parted.seal()

    assert compare(read_snapshot(first), read_snapshot(second)).front == ("parts",)
    assert compare(read_snapshot(first), read_snapshot(first)).is_empty


def test_same_plan_gives_the_same_bytes_with_parts_without_words(gapped):
    release = gapped.release()

    assert json.loads(release.snapshot)["parts"]
    assert build_snapshot(gather(gapped.edition), number=1, previous="").text == read_snapshot(release).text


# What is planned is the editors' business


@pytest.fixture
def planned(parted) -> Parted:
    """Release 1 is of the first text alone; the plan begins with the second by now."""
    parted.take(parted.first)
    parted.release()
    parted.take(parted.second, parted.first)
    return parted


@pytest.mark.parametrize("who", [None, "scholar", "archivist"])
def test_api_tells_nobody_but_editors_which_texts_are_planned(planned, client, who):
    if who:
        client.force_login(planned.people[who])
    address = f"/api/editions/{planned.edition.public_id}/"

    assert client.get(address).json()["text"] == planned.first.public_id
    assert planned.second.public_id not in client.get(address).content.decode()
    assert client.get(f"/api/editions/?text={planned.second.public_id}").json()["results"] == []
    assert len(client.get(f"/api/editions/?text={planned.first.public_id}").json()["results"]) == 1


def test_api_tells_editors_which_texts_are_planned(planned, client):
    client.force_login(planned.people["editor"])

    found = client.get(f"/api/editions/?text={planned.second.public_id}").json()["results"]

    assert [row["text"] for row in found] == [planned.second.public_id]


def test_editions_are_found_by_any_part_of_a_release(parted, client):
    parted.release()

    for text in (parted.first, parted.second):
        assert len(client.get(f"/api/editions/?text={text.public_id}").json()["results"]) == 1


def test_package_of_an_archivist_has_the_edition_as_its_newest_release_has_it(planned, tmp_path):
    by = planned.people["archivist"]
    call_command("export_work", planned.work.slug, "--to", str(tmp_path / "bag"), "--by", by.email)

    lines = [json.loads(line) for line in (tmp_path / "bag/data/editions.jsonl").read_text().splitlines()]

    assert (lines[1]["text"], lines[1].get("parts"), lines[1]["version"]) == (
        planned.first.public_id,
        None,
        1,
    )
    assert [line["number"] for line in lines[2:]] == [1]


def test_planned_part_that_stays_behind_takes_no_release_with_it(planned, tmp_path):
    by = planned.people["archivist"]
    keep(planned.second, "حجرٍ أبيض", by=by)

    call_command("export_work", planned.work.slug, "--to", str(tmp_path / "bag"), "--by", by.email)

    told = (tmp_path / "bag/data/editions.jsonl").read_text()
    assert '"is": "release"' in told or '"is":"release"' in told
    assert planned.second.public_id not in told


def test_package_of_an_archivist_comes_in_with_releases_that_begin_with_different_parts(people, tmp_path):
    point = transaction.savepoint()
    parted = make_parted(people)
    first = parted.release()
    parted.take(parted.second, parted.first)
    second = parted.release()
    parted.take(parted.first)
    said = {row.number: row.manifest_hash for row in (first, second)}
    by = ("--by", parted.people["archivist"].email)
    call_command("export_work", parted.work.slug, "--to", str(tmp_path / "bag"), *by)
    transaction.savepoint_rollback(point)

    bring_in(path=tmp_path / "bag", by=people["administrator"])

    assert {row.number: row.manifest_hash for row in Release.objects.all()} == said


def test_parts_of_a_work_are_told_apart_where_an_edition_is_begun(parted, client):
    client.force_login(parted.people["editor"])

    html = client.get("/en/desk/editions/new/").content.decode()

    options = re.findall(r'<option value="(\w+)"[^>]*>([^<]+)</option>', html)
    assert (
        dict(options)[parted.first.public_id].strip() == "The Tale of the Mill · Chapter: The water · Arabic"
    )
    assert (
        dict(options)[parted.second.public_id].strip()
        == "The Tale of the Mill · Chapter: The bridge · Arabic"
    )
