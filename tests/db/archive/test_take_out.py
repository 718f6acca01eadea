"""Taking out: packages that others can read, of exactly what the one who asks may see, made alike each time."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import logging
import os
import zipfile
from datetime import timedelta
from pathlib import Path

import bagit
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from ocfl.validator import Validator

from archive.access import as_viewer
from archive.actions.ask_take_out import ask_take_out
from archive.actions.build_take_out import build_take_out
from archive.actions.run_job import run_job
from archive.actions.sweep_take_outs import sweep_take_outs
from archive.errors import NotAllowed
from archive.exports import packing
from archive.exports.holding import holding
from archive.exports.sinks import ZipSink
from archive.media import paths
from archive.media.packages import place_of
from archive.models import Job, Role, TakeOut, TextRevision, Work
from tests.factories_notes import make_note
from tests.factories_packages import PICTURE, Shelf, make_shelf

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(archivist) -> Shelf:
    return make_shelf(archivist)


def built(item, by, layout="bagit") -> TakeOut:
    package = ask_take_out(item=item, layout=layout, by=by)
    assert run_job(package.job_id) == "done", Job.objects.get(pk=package.job_id).message
    package.refresh_from_db()
    return package


def unpacked(package: TakeOut, tmp_path: Path) -> Path:
    with zipfile.ZipFile(place_of(package)) as archive:
        archive.extractall(tmp_path / package.public_id)
    return tmp_path / package.public_id / package.public_id


def catalogue(folder: Path) -> list[dict]:
    return [json.loads(line) for line in (folder / "catalogue.jsonl").read_text().splitlines()]


def test_a_bag_is_valid_and_holds_everything_exactly(shelf, archivist, tmp_path):
    folder = unpacked(built(shelf.outer, archivist), tmp_path)

    bag = bagit.Bag(str(folder))
    bag.validate()

    data = folder / "data"
    files = {line["filename"]: line for line in catalogue(data) if line["is"] == "file"}
    assert set(files) == {"رسم=1.PNG", "text.md"}
    assert (data / files["رسم=1.PNG"]["path"]).read_bytes() == PICTURE
    revisions = TextRevision.objects.filter(text=shelf.text).order_by("number")
    words = [(data / f"texts/{shelf.text.public_id}/r{n}.txt").read_bytes() for n in (1, 2)]
    assert words == [revision.content.encode() for revision in revisions]
    assert words[0] != words[1]
    assert bag.info["Payload-Oxum"].split(".")[1] == str(len(bag.payload_entries()))


def test_an_ocfl_object_is_valid(shelf, archivist, tmp_path):
    folder = unpacked(built(shelf.work, archivist, "ocfl"), tmp_path)

    validator = Validator()
    valid = validator.validate_object(str(folder))

    assert valid, validator.status_str()
    assert not validator.log.num_warnings, validator.status_str()


def test_the_crate_names_every_file_with_its_hash(shelf, archivist, tmp_path):
    folder = unpacked(built(shelf.work, archivist, "ro-crate"), tmp_path)

    said = json.loads((folder / "ro-crate-metadata.json").read_text())

    by_id = {entity["@id"]: entity for entity in said["@graph"]}
    assert len(by_id) == len(said["@graph"])
    assert by_id["ro-crate-metadata.json"]["conformsTo"]["@id"] == "https://w3id.org/ro/crate/1.2"
    root = by_id["./"]
    assert {"name", "description", "datePublished", "license"} <= set(root)
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert {part["@id"] for part in root["hasPart"]} == there - {"ro-crate-metadata.json"}
    for part in root["hasPart"]:
        entity = by_id[part["@id"]]
        assert entity["sha256"] == hashlib.sha256((folder / part["@id"]).read_bytes()).hexdigest()
    assert root["mainEntity"]["@id"] in by_id
    for entity in said["@graph"]:
        for ref in [*_listed(entity.get("creator")), *_listed(entity.get("contributor"))]:
            assert by_id[ref["@id"]]["@type"] == "Person"


def _listed(value):
    return value if isinstance(value, list) else [value] if value else []


def test_nothing_lies_in_anything_else_in_a_crate(shelf, archivist, tmp_path):
    """By RO-Crate 1.2 the graph is flat: an entity points at others and holds none."""
    places = [{"name": "حلب", "role": "about"}, {"name": "حيلان", "role": ""}]
    Work.objects.filter(pk=shelf.work.pk).update(
        places=places, rights_uri="http://rightsstatements.org/vocab/InC/1.0/"
    )

    folder = unpacked(built(shelf.work, archivist, "ro-crate"), tmp_path)

    said = json.loads((folder / "ro-crate-metadata.json").read_text())["@graph"]
    by_id = {entity["@id"]: entity for entity in said}
    assert len(by_id) == len(said)
    for entity in said:
        for value in entity.values():
            for one in _listed(value):
                assert not isinstance(one, dict) or set(one) in (
                    {"@id"},
                    {"@value", "@language"},
                    {"@value"},
                ), one
    work = by_id[f"urn:hashiya:work:{shelf.work.public_id}"]
    where = work.get("spatialCoverage") or work["contentLocation"]
    assert [by_id[one["@id"]]["name"] for one in _listed(where)] == ["حلب", "حيلان"]
    assert by_id[work["license"]["@id"]]["@type"] == "CreativeWork"


@pytest.mark.parametrize("layout", ["bagit", "ocfl", "ro-crate", "csv", "jsonld"])
def test_the_same_order_gives_the_same_bytes(shelf, archivist, layout):
    package = built(shelf.outer, archivist, layout)
    first = place_of(package).read_bytes()
    TakeOut.objects.filter(pk=package.pk).update(size=None)
    place_of(package).unlink()

    build_take_out(take_out_id=package.pk)

    assert place_of(package).read_bytes() == first
    assert hashlib.sha256(first).hexdigest() == package.sha256


def test_no_cell_of_the_table_is_a_formula(shelf, archivist):
    rows = list(
        csv.DictReader(io.StringIO(place_of(built(shelf.outer, archivist, "csv")).read_text("utf-8-sig")))
    )

    titles = {row["id"]: row for row in rows}
    assert {row["is"] for row in rows} == {"collection", "work", "image", "video"}
    assert titles[shelf.inner.public_id]["title_en"] == "'=Bridges"
    assert titles[shelf.work.public_id]["rights_holder_en"] == "'@House"
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]


def test_the_linked_data_says_what_the_descriptions_say(shelf, archivist):
    said = json.loads(place_of(built(shelf.work, archivist, "jsonld")).read_text())

    by_id = {entity["@id"]: entity for entity in said["@graph"]}
    work = by_id[f"urn:hashiya:work:{shelf.work.public_id}"]
    assert {"@value": "القنطرة", "@language": "ar"} in work["name"]
    assert work["isPartOf"]["@id"] == f"urn:hashiya:collection:{shelf.inner.public_id}"
    assert by_id[work["creator"][0]["@id"]]["name"] == "نادية"
    assert work["license"]["@id"].startswith("https://creativecommons.org/")


def test_notes_are_those_that_the_asker_sees(shelf, archivist, people, tmp_path):
    people["editor"].roles.add(Role.objects.get(code="archivist"))
    make_note(shelf.text, "القادم", by=people["editor"], body="حاشية لي وحدي")

    of_others, of_the_author = (
        json.loads((unpacked(built(shelf.work, by, "ro-crate"), tmp_path) / "notes.jsonld").read_text())
        for by in (archivist, people["editor"])
    )

    assert of_others["items"] == []
    assert [item["body"][0]["value"] for item in of_the_author["items"]] == ["حاشية لي وحدي"]
    assert of_the_author["type"] == "AnnotationPage"


@pytest.mark.parametrize("role", ["member", "scholar", "reviewer", "editor"])
def test_only_archivists_take_out(shelf, people, role, client):
    Work.objects.filter(pk=shelf.work.pk).update(access="public", embargo_until=None)
    with pytest.raises(NotAllowed):
        ask_take_out(item=shelf.work, layout="bagit", by=people[role])
    client.force_login(people[role])

    answer = client.post(reverse("take_out_work", args=[shelf.work.public_id]), {"format": "bagit"})

    assert answer.status_code == 403
    assert not TakeOut.objects.exists()


def test_who_is_an_archivist_no_more_gets_nothing(shelf, archivist, client):
    waiting = ask_take_out(item=shelf.work, layout="bagit", by=archivist)
    done = built(shelf.work, archivist)
    client.force_login(archivist)
    assert client.get(reverse("take_out_file", args=[done.public_id])).status_code == 200
    archivist.roles.clear()
    archivist.__dict__.pop("_viewer", None)

    assert run_job(waiting.job_id) == "failed"
    assert client.get(reverse("take_out_file", args=[done.public_id])).status_code == 404


def test_a_package_is_for_its_asker_alone(shelf, archivist, people, client):
    package = built(shelf.work, archivist)
    client.force_login(people["administrator"])

    for name in ("take_out", "take_out_file"):
        assert client.get(reverse(name, args=[package.public_id])).status_code == 404


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_desk_asks_tells_how_far_it_is_and_hands_over(shelf, archivist, client, language):
    client.force_login(archivist)
    for name, item in (("work", shelf.work), ("collection", shelf.outer)):
        page = client.get(f"/{language}" + reverse(f"desk_{name}", args=[item.public_id])[3:])
        assert f"/{language}/desk/{name}s/{item.public_id}/take-out/" in page.content.decode()
    address = f"/{language}/desk/works/{shelf.work.public_id}/take-out/"
    asked = client.post(address, {"format": "bagit", "key": "k"})
    again = client.post(address, {"format": "bagit", "key": "k"})
    package = TakeOut.objects.get()
    assert asked["Location"] == again["Location"]
    waiting = client.get(asked["Location"]).content.decode()
    assert reverse("job", args=[package.job.public_id])[3:] in waiting
    run_job(package.job_id)

    done = client.get(asked["Location"]).content.decode()
    fetched = client.get(reverse("take_out_file", args=[package.public_id]), headers={"Range": "bytes=0-3"})

    assert reverse("take_out_file", args=[package.public_id]) in done
    assert b"".join(fetched.streaming_content) == b"PK\x03\x04"
    assert fetched["Cache-Control"] == "private, no-store"
    assert client.post(address, {"format": "rar"}, follow=True).status_code == 200
    assert TakeOut.objects.count() == 1


def test_a_package_is_kept_for_a_while_only(shelf, archivist, client):
    package, kept = built(shelf.work, archivist), built(shelf.work, archivist, "csv")
    client.force_login(archivist)
    TakeOut.objects.filter(pk=package.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(reverse("take_out_file", args=[package.public_id])).status_code == 404
    assert "take_out_file" not in client.get(package.get_absolute_url()).content.decode()
    for path in paths.packages().iterdir():
        os.utime(path, (1, 1))

    assert sweep_take_outs() == 1

    assert not place_of(package).exists()
    assert place_of(kept).exists()


def test_bytes_that_are_not_what_was_received_are_not_handed_on(shelf, archivist):
    place = paths.of_sha256(shelf.image.arrival.stored_file.sha256)
    place.write_bytes(PICTURE[:-1] + b"x")
    package = ask_take_out(item=shelf.work, layout="bagit", by=archivist)

    assert run_job(package.job_id) == "failed"

    assert Job.objects.get(pk=package.job_id).message["code"] == "file_not_intact"
    assert list(paths.packages().iterdir()) == []


def test_packing_asks_the_database_as_often_for_many_as_for_few(shelf, archivist, tmp_path):
    def queries(name: str) -> int:
        with CaptureQueriesContext(connection) as caught, ZipSink(tmp_path / name, "x") as sink:
            held = holding(shelf.outer, as_viewer(archivist))
            packing.pack(sink, packing.Order(held, timezone.now(), "x"), packing.PackageFormat.BAGIT)
        return len(caught)

    few = queries("few")
    for number in range(4):
        work = Work.objects.create(slug=f"w{number}", collection=shelf.inner, title_en=str(number))
        text = work.texts.create(language="ar", direction="rtl")
        for revision in (1, 2):
            TextRevision.objects.create(text=text, number=revision, language="ar", direction="rtl", content="كلمة",
                                        length=4, sha256=hashlib.sha256("كلمة".encode()).hexdigest(), blocks=[], marks=[])  # fmt: skip

    assert queries("many") == few


def test_the_command_writes_a_new_folder_and_touches_nothing_that_is_there(
    shelf, archivist, tmp_path, capsys
):
    target = tmp_path / "bag"

    call_command("export_work", shelf.work.slug, "--to", str(target), "--by", archivist.email)

    logging.getLogger("bagit").setLevel(logging.ERROR)
    bagit.Bag(str(target)).validate()
    with pytest.raises(CommandError, match="exists already"):
        call_command("export_work", shelf.work.slug, "--to", str(target))
    with pytest.raises(CommandError, match="nothing at the address"):
        call_command("export_work", "nothing", "--to", str(tmp_path / "other"))
    call_command(
        "export_work", shelf.outer.slug, "--collection", "--format", "csv", "--to", str(tmp_path / "t.csv")
    )
    assert (tmp_path / "t.csv").read_text("utf-8-sig").startswith("is,id,")
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "media") == ["bag", "t.csv"]
