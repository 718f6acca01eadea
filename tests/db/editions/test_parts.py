"""An edition of several parts: one release, one text, one numbering; each part is pinned, and found again."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from annotations.editions.build import build_snapshot
from annotations.editions.canonical import dumps, manifest_hash
from annotations.editions.compare import compare
from annotations.editions.gather import gather
from annotations.editions.preflight import preflight, stops
from annotations.editions.reading import public_releases, read_snapshot
from annotations.editions.values import FORMAT, FORMAT_WITH_MORE
from annotations.errors import PreflightFailed
from annotations.exports import FORMATS
from annotations.exports.given import given_of
from annotations.models import Anchor, EditionPart, Release, ReleasePart
from annotations.presenters.edition_lines import part_lines
from annotations.presenters.released import issue_of
from archive.access import ANYBODY, visible_to
from archive.actions.bring_in import bring_in
from archive.errors import Invalid
from archive.models import Text, Work
from archive.views import shared
from tests.factories_editions import add_wording, make_desk
from tests.factories_parts import CORRECTED, Parted, make_parted
from tests.factories_sections import keep

pytestmark = pytest.mark.django_db
PAGE = "/ar/editions/chapters/{}/"


@pytest.fixture(autouse=True)
def epoch_is_read_anew(monkeypatch):
    monkeypatch.setattr(shared, "EPOCH_SECONDS", -1.0)


@pytest.fixture
def parted(people) -> Parted:
    return make_parted(people)


def correct(parted: Parted) -> None:
    """Correct the second chapter, and put its notes where they were."""
    revision = add_wording(parted.second, CORRECTED)
    for name in ("stone", "flood"):
        locus = parted.notes[name].newest_version.locus
        exact = locus.anchors.first().exact
        start = revision.content.index(exact)
        Anchor.objects.create(
            locus=locus, revision=revision, start=start, end=start + len(exact), exact=exact, status="moved"
        )


def exported(release: Release, form: str) -> bytes:
    issue = issue_of(public_releases().get(pk=release.pk))
    return b"".join(FORMATS[form].write(given_of(issue)))


# What is sealed


def test_release_is_one_text_of_its_parts_each_pinned_with_its_revision_and_hash(parted):
    snapshot = read_snapshot(parted.seal())

    assert snapshot.format == FORMAT_WITH_MORE
    assert [(part.id, part.revision, part.title) for part in snapshot.parts] == [
        (parted.first.public_id, 1, "باب الماء"), (parted.second.public_id, 1, "باب الجسر"),
    ]  # fmt: skip
    for part, text in zip(snapshot.parts, (parted.first, parted.second), strict=True):
        own = snapshot.text.content[part.start : part.end]
        assert own == text.current_revision.content
        assert hashlib.sha256(own.encode()).hexdigest() == part.sha256 == text.current_revision.sha256
    assert snapshot.text.sha256 == hashlib.sha256(snapshot.text.content.encode()).hexdigest()


def test_notes_of_all_parts_are_numbered_through_and_stand_on_their_words(parted):
    snapshot = read_snapshot(parted.seal())

    bodies = [note.body for note in snapshot.notes]
    assert bodies == [
        "تعود إلى قرنين.", "قُطعت.", "من المقلع القريب.", "القوس.", "البنّاؤون.", "في شباط.",
    ]  # fmt: skip
    assert [note.number for note in snapshot.notes] == [1, 2, 3, 4, 5, 6]
    for note in snapshot.notes:
        if note.place is None:
            assert snapshot.text.content[note.start : note.end] == note.exact
    kinds = {
        n.place.member[0]: snapshot.text.blocks[n.place.block]["kind"] for n in snapshot.notes if n.place
    }
    assert kinds == {"image": "figure", "video": "video"}


def test_figures_of_both_parts_show_their_own_pictures(parted):
    snapshot = read_snapshot(parted.seal())

    assert [(figure.image.id, figure.caption) for figure in snapshot.figures] == [
        (parted.drawing.public_id, "رسم الطاحونة"), (parted.photograph.public_id, "صورة الجسر"),
    ]  # fmt: skip
    keys = [figure.key for figure in snapshot.figures]
    assert keys == [b["attrs"]["figure"] for b in snapshot.text.blocks if b["kind"] == "figure"]
    assert len(set(keys)) == 2


def test_same_plan_gives_the_same_bytes_and_they_come_back(parted):
    release = parted.seal()

    assert dumps(read_snapshot(release)) == release.snapshot
    assert manifest_hash(release.snapshot) == release.manifest_hash
    again = build_snapshot(gather(parted.edition), number=1, previous="")
    assert dumps(again) == release.snapshot


def test_edition_of_one_text_has_nothing_of_parts_in_its_release(people):
    release = make_desk(people).seal()

    assert read_snapshot(release).format == FORMAT
    assert "parts" not in json.loads(release.snapshot)
    assert not ReleasePart.objects.exists()


def test_rows_say_what_the_snapshot_says(parted):
    release = parted.seal()

    rows = release.parts.values_list("position", "revision__text__public_id", "revision__number", "start")
    parts = read_snapshot(release).parts
    assert list(rows) == [(n, part.id, part.revision, part.start) for n, part in enumerate(parts, start=1)]
    assert release.revision.text_id == parted.first.pk
    with pytest.raises(Exception, match="insert-only"), transaction.atomic():
        ReleasePart.objects.filter(release=release).update(start=0)


def test_plan_page_lists_the_parts_with_their_notes_those_on_pictures_and_films_where_they_stand(parted):
    lines = part_lines(gather(parted.edition))

    assert [(line["id"], line["revision"], line["notes"]) for line in lines] == [
        (parted.first.public_id, 1, 2), (parted.second.public_id, 1, 4),
    ]  # fmt: skip


# What is read


def test_page_has_both_parts_in_its_contents_and_every_note(parted, client):
    parted.release()

    html = client.get(PAGE.format(1)).content.decode()

    for note in parted.notes.values():
        assert f'id="note-{note.public_id}"' in html
    assert html.index("باب الماء") < html.index("باب الجسر")
    begins = html.index('class="reader__contents')
    toc = html[begins : html.index("</nav>", begins)]
    assert toc.index("باب الماء") < toc.index("باب الجسر") < toc.index("بناؤه")


def test_headings_within_a_part_stand_below_that_of_the_part(parted, client):
    parted.release()

    html = client.get(PAGE.format(1)).content.decode()

    headings = re.findall(r"<(h\d) id=\"b\d+\"[^>]*>(.*?)</h\d>", html)
    assert [(tag, re.sub("<.*?>", "", words)) for tag, words in headings] == [
        ("h2", "باب الماء"), ("h2", "باب الجسر"), ("h3", "بناؤه"),
    ]  # fmt: skip


def test_reference_into_another_part_is_a_passage_of_the_edition(parted, client):
    snapshot = read_snapshot(parted.release())
    at = snapshot.text.content.index("حجرٍ أبيض")

    html = client.get(PAGE.format(1)).content.decode()

    assert f"?at={at}-{at + len('حجرٍ أبيض')}" in html


@pytest.mark.parametrize(
    "form", [form for form in FORMATS if form not in ("pdf", "docx", "epub", "site", "bundle")]
)
def test_exports_have_the_notes_with_their_numbers(parted, form):
    release = parted.release()

    words = exported(release, form).decode()

    for body in ("قُطعت", "في شباط", "القوس", "البنّاؤون"):
        assert body in words or form == "iiif", (form, body)
    if form == "text":
        assert "بعد الفيضان[6]" in words
        assert "[6] «بعد الفيضان»\nفي شباط." in words
    if form == "tei":
        assert words.count('<div type="part"><head') == 2
    if form == "markdown":
        assert words.index("## **باب** الماء") < words.index("## باب الجسر") < words.index("### بناؤه")


@pytest.mark.parametrize("form", ["pdf", "docx", "epub", "site", "bundle"])
def test_books_are_written_of_it(parted, form):
    assert len(exported(parted.release(), form)) > 1000


def test_web_annotations_name_the_part_and_the_place_in_its_own_wording(parted):
    release = parted.release()
    flood = parted.notes["flood"]

    items = json.loads(exported(release, "jsonld"))["first"]["items"]

    target = next(item["target"] for item in items if item["id"].endswith(flood.public_id))
    assert target["source"].endswith(f"#text-{parted.second.public_id}-1")
    position = target["selector"][0]
    assert parted.second.current_revision.content[position["start"] : position["end"]] == "بعد الفيضان"


def test_correcting_the_second_part_makes_the_next_release_and_comparing_tells_it(parted, client):
    first = parted.release()
    correct(parted)
    second = parted.release()

    found = compare(read_snapshot(first), read_snapshot(second))
    page = client.get(f"{PAGE.format(2)}compare/1/")

    assert [part.revision for part in read_snapshot(second).parts] == [1, 2]
    assert not found.added
    assert not found.removed
    assert len(found.text) == 1
    assert any("الكبير" in words for kind, words in found.text[0].pieces if kind == "new")
    assert page.status_code == 200
    assert "الكبير" in page.content.decode()


def test_another_order_of_the_parts_leaves_earlier_releases_as_they_are(parted, client):
    first = parted.release()
    before = client.get(PAGE.format(1)).content
    parted.take(parted.second, parted.first)
    second = parted.release()

    assert [part.id for part in read_snapshot(second).parts] == [
        parted.second.public_id,
        parted.first.public_id,
    ]
    assert second.revision.text_id == parted.second.pk
    assert first.revision.text_id == parted.first.pk
    assert Release.objects.get(pk=first.pk).snapshot == first.snapshot
    assert b"article" in before
    assert client.get(PAGE.format(2)).status_code == client.get(PAGE.format(1)).status_code == 200


# Who reads it


@pytest.mark.parametrize("part", ["first", "second"])
def test_kept_section_of_any_part_hides_the_release(parted, client, part):
    release = parted.release()
    text = getattr(parted, part)
    words = {"first": "شجرة توت", "second": "حجرٍ أبيض"}[part]

    keep(text, words, by=parted.people["archivist"])

    assert not visible_to(Release, ANYBODY).filter(pk=release.pk).exists()
    assert not public_releases().exists()
    answer = client.get(PAGE.format(1))
    assert answer.status_code != 200
    assert words not in answer.content.decode()
    for note in parted.notes.values():
        assert note.public_id not in client.get("/api/releases/").content.decode()


def test_kept_section_of_a_part_that_the_plan_left_since_still_hides_the_release(parted):
    release = parted.release()
    parted.take(parted.first)

    keep(parted.second, "حجرٍ أبيض", by=parted.people["archivist"])

    assert not visible_to(Release, ANYBODY).filter(pk=release.pk).exists()


def test_kept_section_of_the_second_part_stops_sealing_and_names_the_part(parted):
    keep(parted.second, "حجرٍ أبيض", by=parted.people["archivist"])

    found = [f for f in stops(preflight(gather(parted.edition))) if f.code == "text_kept_back"]

    assert [(f.id, f.params["part"]) for f in found] == [(parted.second.public_id, "باب الجسر")]
    with pytest.raises(PreflightFailed):
        parted.seal()


# The plan


def test_what_stops_the_release_is_told_with_its_part_and_mended_in_its_workbench(parted, client):
    add_wording(parted.second, CORRECTED)
    client.force_login(parted.people["editor"])

    html = client.get(f"/ar/desk/editions/{parted.edition.public_id}/").content.decode()

    found = [f for f in stops(preflight(gather(parted.edition))) if f.code == "anchor_missing"]
    assert {f.params["part"] for f in found} == {"باب الجسر"}
    assert f"/ar/carried/{parted.second.public_id}/" in html or parted.second.public_id in html
    assert "باب الجسر" in html


def test_parts_are_of_one_work_and_of_one_direction_and_each_once(parted, people):
    other = make_desk(people).text
    english = Text.objects.create(work=parted.work, language="en", direction="ltr", order=3)
    add_wording(english, (("paragraph", "A bridge.", None, {}),))

    for texts, code in (
        ((parted.first, other), "unknown_part"),
        ((parted.first, parted.first), "part_twice"),
        ((parted.first, english), "parts_directions"),
    ):
        with pytest.raises(Invalid, match=code):
            parted.take(*texts)
    assert list(EditionPart.objects.values_list("text", flat=True)) == [parted.second.pk]
    with pytest.raises(IntegrityError), transaction.atomic():
        EditionPart.objects.create(edition=parted.edition, text=parted.second, position=3)


def test_form_takes_parts_in_the_order_of_its_rows_and_moves_them_without_a_script(parted, client):
    client.force_login(parted.people["editor"])
    url = f"/en/desk/editions/{parted.edition.public_id}/plan/"
    ids = [parted.first.public_id, parted.second.public_id]
    sent = {
        "title_en": "Two chapters", "slug": "chapters", "license_uri": "", "required_approvals": "1",
        "version": parted.edition.version, "parts_order": ids, "parts": ids,
    }  # fmt: skip

    moved = client.post(url, {**sent, "part": "down-0"}).content.decode()
    assert moved.index(ids[1]) < moved.index(ids[0])
    assert EditionPart.objects.get().text_id == parted.second.pk, "nothing is kept by moving a row"

    none = client.post(url, {**sent, "parts": []})
    assert none.status_code == 200
    assert "Tick at least one part." in none.content.decode()

    client.post(url, {**sent, "parts_order": ids[::-1]})

    parted.edition.refresh_from_db()
    assert parted.edition.text_id == parted.second.pk
    assert EditionPart.objects.get().text_id == parted.first.pk


def test_api_tells_and_takes_parts(parted, client):
    client.force_login(parted.people["editor"])
    release, url = parted.release(), f"/api/editions/{parted.edition.public_id}/"
    ids = [parted.first.public_id, parted.second.public_id]

    told = client.get(url)
    assert told.json()["plan"]["parts"] == ids
    assert [part["text"] for part in told.json()["releases"][0]["parts"]] == ids
    assert told.json()["releases"][0]["text"] == ids[0]

    changed = client.patch(
        url, {"parts": ids[::-1]}, content_type="application/json", headers={"If-Match": told.headers["ETag"]}
    )

    assert changed.status_code == 200, changed.content
    assert changed.json()["plan"]["parts"] == ids[::-1]
    assert changed.json()["releases"][0]["text"] == ids[0], "what was sealed begins with what it began with"
    assert release.revision.text_id == parted.first.pk


# Out and in


def test_package_takes_it_out_and_in_under_the_same_hash(people, tmp_path, client):
    point = transaction.savepoint()
    parted = make_parted(people)
    first = parted.release()
    parted.take(parted.second, parted.first)
    second = parted.seal()
    before = {row.number: (row.public_id, row.manifest_hash, row.snapshot) for row in (first, second)}
    parts = list(ReleasePart.objects.order_by("release", "position").values_list("position", "start"))
    page = client.get(PAGE.format(1)).content.decode()
    call_command("export_work", parted.work.slug, "--to", str(tmp_path / "bag"))
    transaction.savepoint_rollback(point)
    assert not Release.objects.exists()

    bring_in(path=tmp_path / "bag", by=people["administrator"])

    rows = {row.number: row for row in Release.objects.all()}
    assert {n: (row.public_id, row.manifest_hash, row.snapshot) for n, row in rows.items()} == before
    assert list(ReleasePart.objects.order_by("release", "position").values_list("position", "start")) == parts
    assert [row.notes.count() for row in rows.values()] == [6, 6]
    edition = rows[1].edition
    assert EditionPart.objects.get(edition=edition).text.title_ar == "باب الماء"
    assert rows[1].revision.text.title_ar == "باب الماء"
    assert page


def test_bundle_loads_under_the_same_hash(people, tmp_path):
    point = transaction.savepoint()
    parted = make_parted(people)
    release = parted.release()
    given = given_of(issue_of(public_releases().get(pk=release.pk)))
    (tmp_path / "bundle.zip").write_bytes(b"".join(FORMATS["bundle"].write(given)))
    said = release.manifest_hash
    transaction.savepoint_rollback(point)
    assert not Work.objects.exists()
    told = io.StringIO()

    call_command("load_bundle", tmp_path / "bundle.zip", by=people["administrator"].email, stdout=told)

    loaded = Release.objects.get()
    assert told.getvalue().strip() == f"chapters 1 sha256:{said}"
    assert loaded.manifest_hash == said == manifest_hash(dumps(read_snapshot(loaded)))
    texts = Text.objects.order_by("order")
    assert [text.title_ar for text in texts] == ["باب الماء", "باب الجسر"]
    assert [row.revision.text_id for row in loaded.parts.all()] == [text.pk for text in texts]
    assert [figure.key for text in texts for figure in text.figures.all()] == ["f1", "f1-2"]


def test_bundle_has_each_part_as_a_text_of_its_own(parted):
    release = parted.release()
    given = given_of(issue_of(public_releases().get(pk=release.pk)))
    data = b"".join(FORMATS["bundle"].write(given))

    with zipfile.ZipFile(io.BytesIO(data)) as bag:
        found = {
            bag.read(name).decode() for name in bag.namelist() if "/texts/" in name and name.endswith(".txt")
        }

    assert found == {text.current_revision.content for text in (parted.first, parted.second)}
