"""Editions in packages: their releases come back byte for byte, and are public only once an editor here says so."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse

from annotations.actions._package_editions import _is_known
from annotations.actions.publish import publish
from annotations.editions.canonical import manifest_hash
from annotations.editions.reading import read_snapshot
from annotations.exports import edition_lines
from annotations.models import Edition, PastEvent, Release, ReleaseEvent
from annotations.values import RegionPlace
from archive.access import as_viewer
from archive.actions.add_image import add_image
from archive.actions.bring_in import bring_in
from archive.actions.make_derivatives import make_derivatives
from archive.actions.take_down import take_down
from archive.enums import Access
from archive.errors import Conflict, Invalid, InvalidTransition
from archive.exports.holding import holding
from archive.models import Image, TextSection, Video, Work
from archive.views import shared
from tests.db.archive.test_bring_in import payload, resealed
from tests.factories_archive import png, send
from tests.factories_editions import RIGHTS
from tests.factories_notes import make_placed
from tests.factories_round_trip import Everything, make_everything
from tests.factories_sections import keep

pytestmark = pytest.mark.django_db
HASH = "hash ltr"


@pytest.fixture(autouse=True)
def epoch_is_read_anew(monkeypatch):
    monkeypatch.setattr(shared, "EPOCH_SECONDS", -1.0)


@pytest.fixture
def everything(people) -> Everything:
    return make_everything(people)


def packed(item, target: Path, by=None) -> Path:
    asked = ["--by", by.email] if by is not None else []
    call_command("export_work", item.slug, "--to", str(target), *asked)
    return target


def told(bag: Path) -> list[dict]:
    return [json.loads(line) for line in (bag / "data/editions.jsonl").read_text().splitlines()]


def page(client, number: int, language: str = "ar"):
    answer = client.get(f"/{language}/editions/mill-edition/{number}/")
    return answer.status_code, answer.content.decode()


@pytest.fixture
def moved(people, tmp_path, client):
    """The package of the edited work, and what the public read of it before the archive was emptied."""
    point = transaction.savepoint()
    made = make_everything(people)
    before = {(n, code): page(client, n, code) for n in (1, 2, 3) for code in ("ar", "en")}
    bag = packed(made.desk.work, tmp_path / "bag")
    hashes = {row.number: (row.public_id, row.manifest_hash, row.snapshot) for row in Release.objects.all()}
    transaction.savepoint_rollback(point)
    assert not Release.objects.exists()
    return bag, before, hashes


def test_release_is_the_same_bytes_under_the_same_hash(moved, people):
    bag, _before, hashes = moved

    bring_in(path=bag, by=people["administrator"])

    rows = {row.number: row for row in Release.objects.all()}
    assert {n: (row.public_id, row.manifest_hash, row.snapshot) for n, row in rows.items()} == hashes
    assert all(manifest_hash(row.snapshot) == row.manifest_hash for row in rows.values())
    assert [rows[n].previous_id for n in (1, 2, 3)] == [None, rows[1].pk, rows[2].pk]
    assert rows[2].notes.count() == 3
    assert rows[2].files.count() == len(json.loads(rows[2].snapshot)["figures"][0]["image"]["files"]) > 0


def test_nothing_that_was_brought_in_is_public_before_an_editor_says_so(moved, people, client):
    bag, before, _hashes = moved
    assert [before[n, "en"][0] for n in (1, 2, 3)] == [410, 200, 404]

    bring_in(path=bag, by=people["administrator"])

    assert not ReleaseEvent.objects.exists()
    assert {page(client, n)[0] for n in (1, 2, 3)} == {404}
    assert client.get("/ar/editions/").content.decode().count("mill-edition") == 0


def test_public_page_and_tombstone_read_the_same_once_published(moved, people, client):
    bag, before, _hashes = moved
    bring_in(path=bag, by=people["administrator"])

    for release in Release.objects.filter(number__in=(1, 2)):
        publish(release=release.public_id, by=None)

    for number in (1, 2):
        for language in ("ar", "en"):
            status, html = page(client, number, language)
            assert status == before[number, language][0]
            assert settled(html) == settled(before[number, language][1])
    assert page(client, 3)[0] == 404
    assert Release.objects.get(number=1).events.get(kind="withdrawn").reason == "خطأ في القراءة"


def settled(html: str) -> str:
    """Return a page without what is drawn anew for each reader."""
    return "\n".join(line for line in html.splitlines() if "csrf" not in line and "nonce" not in line)


def test_release_that_was_withdrawn_unseen_has_no_tombstone_to_show(moved, people):
    bag, *_ = moved
    bring_in(path=bag, by=people["administrator"])
    sealed = Release.objects.get(number=3)
    PastEvent.objects.create(
        release=sealed, kind="withdrawn", at=sealed.sealed_at, words="لا", created_by=people["administrator"]
    )

    with pytest.raises(InvalidTransition):
        publish(release=sealed.public_id, by=None)


def noted(image, people, **place):
    """Return an accepted note on a part of a picture."""
    region = RegionPlace(image.public_id, "rect", [(1, 2), (9, 10)], **place)
    by = {"author": people["scholar"], "reviewer": people["reviewer"]}
    return make_placed(region, body="في الصورة", category="note", **by)


def chosen(edition: Edition) -> tuple[set[str], set[str]]:
    return tuple(set(rows.values_list("public_id", flat=True)) for rows in (edition.excluded, edition.picked))


def test_notes_on_pictures_come_back_in_release_and_plan(people, tmp_path):
    point = transaction.savepoint()
    made = make_everything(people)
    by = people["archivist"]
    beside = add_image(
        arrival=send(png(31, 21), filename="beside.png", by=by), by=by,
        values={"title_ar": "أخرى", "alternative_ar": "جسر", "access": Access.PUBLIC, "collection": made.shelf.outer, "rights_uri": RIGHTS},
    )  # fmt: skip
    beside = make_derivatives(image_id=beside.pk)
    shown, out, picked = noted(made.desk.image, people), noted(made.desk.image, people), noted(beside, people)
    made.desk.edition.excluded.add(out)
    made.desk.edition.picked.add(picked)
    sealed = made.desk.seal()
    plan, count, files = chosen(made.desk.edition), sealed.notes.count(), sealed.files.count()
    assert set(sealed.notes.values_list("annotation", flat=True)) >= {shown.pk, picked.pk}
    assert json.loads(sealed.snapshot)["pictures"]
    call_command("export_work", made.root.slug, "--collection", "--to", str(tmp_path / "bag"))
    transaction.savepoint_rollback(point)

    bring_in(path=tmp_path / "bag", by=people["administrator"])

    release = Release.objects.get(public_id=sealed.public_id)
    assert release.snapshot == sealed.snapshot
    assert (release.notes.count(), release.files.count()) == (count, files)
    assert chosen(release.edition) == plan


def test_cover_that_stands_in_no_text_comes_back_with_its_release_and_plan(people, tmp_path):
    point = transaction.savepoint()
    made, by = make_everything(people), people["archivist"]
    cover = add_image(
        arrival=send(png(32, 22), filename="cover.png", by=by), by=by,
        values={"title_ar": "الغلاف", "alternative_ar": "رحى", "access": Access.PUBLIC, "rights_uri": RIGHTS},
    )  # fmt: skip
    make_derivatives(image_id=cover.pk)
    Edition.objects.filter(pk=made.desk.edition.pk).update(cover=cover, rule={"order": "kind"})
    sealed = made.desk.release()
    names = set(sealed.files.values_list("name", "stored_file__sha256"))
    bags = [
        packed(made.desk.work, tmp_path / "all", people["administrator"]),
        packed(made.desk.work, tmp_path / "some", by),
    ]
    transaction.savepoint_rollback(point)

    plans = [next(line["plan"] for line in told(bag) if line["is"] == "edition") for bag in bags]
    bring_in(path=bags[0], by=people["administrator"])

    assert [plan["cover"] for plan in plans] == [cover.public_id] * 2
    assert [plan["rule"]["order"] for plan in plans] == ["kind"] * 2
    release = Release.objects.get(public_id=sealed.public_id)
    assert (release.snapshot, release.manifest_hash) == (sealed.snapshot, sealed.manifest_hash)
    assert read_snapshot(release).cover.id == release.edition.cover.public_id == cover.public_id
    assert set(release.files.values_list("name", "stored_file__sha256")) == names
    assert ("image", release.edition.cover_id) in set(release.members.values_list("kind", "object_id"))
    assert release.edition.rule["order"] == "kind"


def test_cover_of_which_parts_are_covered_stays_behind(people, tmp_path):
    point = transaction.savepoint()
    made, by = make_everything(people), people["archivist"]
    cover = add_image(arrival=send(png(33, 23), filename="cover.png", by=by), by=by)
    Image.objects.filter(pk=cover.pk).update(covered=True)
    Edition.objects.filter(pk=made.desk.edition.pk).update(cover=cover)
    bag = packed(made.desk.work, tmp_path / "bag", people["administrator"])
    transaction.savepoint_rollback(point)

    bring_in(path=bag, by=people["administrator"])

    assert Edition.objects.get(slug="mill-edition").cover is None


def test_package_releases_no_note_that_was_on_the_picture_before(people, tmp_path):
    made = make_everything(people)
    note = noted(made.desk.image, people)
    sealed = made.desk.seal()
    assert sealed.notes.filter(annotation=note).exists()
    version = note.newest_version
    known = next(one for one in read_snapshot(sealed).notes if one.id == note.public_id)
    loading = SimpleNamespace(by=people["administrator"])

    assert _is_known(version, known, loading)
    version.content_hash = "0" * 64
    assert not _is_known(version, known, loading)


def test_release_whose_hash_does_not_verify_is_refused_in_words(moved, people, capsys):
    bag, *_ = moved
    snapshot = bag / f"data/{told(bag)[2]['path']}"
    snapshot.write_bytes(snapshot.read_bytes().replace("الحجّارون".encode(), "النجّارون".encode()))
    resealed(bag)

    with pytest.raises(Invalid) as caught:
        bring_in(path=bag, by=people["administrator"])

    assert (caught.value.code, caught.value.params["edition"]) == ("release_hash", "mill-edition")
    assert not Work.objects.exists()
    with pytest.raises(Exception, match="was changed after it was sealed"):
        call_command("bring_in", str(bag), "--by", people["administrator"].email)


def test_snapshot_under_another_number_is_refused(moved, people):
    bag, *_ = moved
    lines = told(bag)
    lines[2]["number"], lines[3]["number"] = lines[3]["number"], lines[2]["number"]
    (bag / "data/editions.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    resealed(bag)

    with pytest.raises(Invalid) as caught:
        bring_in(path=bag, by=people["administrator"])

    assert caught.value.code == "release_hash"


def test_address_of_an_edition_that_is_taken_is_a_conflict(moved, people):
    bag, *_ = moved
    other = make_everything(people)
    Edition.objects.filter(pk=other.desk.edition.pk).update(slug="mill-edition")
    for row in (*Work.objects.all(),):
        Work.objects.filter(pk=row.pk).update(slug=f"other-{row.pk}")

    with pytest.raises(Conflict) as caught:
        bring_in(path=bag, by=people["administrator"])

    assert caught.value.code == "slug_taken"


def test_archivist_takes_out_what_the_public_reads_and_no_plan(everything, people, tmp_path):
    found = told(packed(everything.desk.work, tmp_path / "bag", by=people["archivist"]))

    assert [line["is"] for line in found] == ["editions", "edition", "release", "release"]
    assert found[1]["plan"]["change_note_ar"] == "" == found[1]["plan"]["change_note_en"]
    gone, public = found[2:]
    assert gone["path"] is None, "of what was withdrawn, the tombstone alone"
    assert [one["what"] for one in gone["past"]] == ["published", "withdrawn"]
    assert public["sha256"] == everything.public.manifest_hash
    assert "snapshot" not in json.dumps(gone)


def test_words_of_what_was_taken_down_leave_in_no_release(everything, people, tmp_path):
    take_down(
        item=Video.objects.get(external_id="abcdefghijk"), reason="safety", note="س", by=people["archivist"]
    )

    bag = packed(everything.desk.work, tmp_path / "bag", by=people["administrator"])

    assert {line["path"] for line in told(bag) if line["is"] == "release"} == {None}
    assert not [path for path in payload(bag) if path.startswith("releases/")]


def test_text_of_which_a_section_is_kept_leaves_with_no_release(everything, people, tmp_path):
    keep(everything.desk.text, "الحجّارون", by=people["archivist"])
    assert TextSection.objects.filter(lifted_at=None).exists()

    bag = packed(everything.desk.work, tmp_path / "bag", by=people["administrator"])

    assert told(bag) == [{"is": "editions", "version": 1}]


def test_takedown_of_what_a_release_shows_finds_the_package(everything, people):
    held = holding(everything.desk.work, as_viewer(people["administrator"])).ids

    assert set(edition_lines.names(held, as_viewer(people["administrator"]))) >= {
        ("work", everything.desk.work.pk), ("image", everything.desk.image.pk), ("video", everything.desk.video.pk),
    }  # fmt: skip


@pytest.mark.parametrize("language", ["ar", "en"])
def test_desk_says_that_a_release_was_sealed_elsewhere(moved, people, client, language):
    bag, *_ = moved
    bring_in(path=bag, by=people["administrator"])
    client.force_login(people["editor"])

    pages = {
        row.number: client.get(
            f"/{language}/{reverse('desk_release', args=[row.public_id])[4:]}"
        ).content.decode()
        for row in Release.objects.all()
    }

    words = {"en": ("in another archive", "Show its tombstone"), "ar": ("أرشيف آخر", "صفحة سحبه")}[language]
    assert all(words[0] in page for page in pages.values())
    assert words[1] in pages[1]
    assert words[1] not in pages[2]
    assert reverse("desk_release_publish", args=[Release.objects.get(number=2).public_id])[3:] in pages[2]
