"""A package is looked at first: what it would make, what is in the way; then it is brought in as one step."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.models import Annotation, Term
from archive.actions.ask_bring_in import ask_bring_in
from archive.actions.ask_take_out import ask_take_out
from archive.actions.build_take_out import build_take_out
from archive.actions.check_chain import check_chain
from archive.actions.confirm_bring_in import confirm_bring_in, load_package
from archive.actions.run_job import run_job
from archive.errors import Conflict, NotAllowed
from archive.media import paths
from archive.media.packages import place_of
from archive.models import (
    Collection,
    FileArrival,
    Group,
    Image,
    PackageArrival,
    StoredFile,
    Text,
    Video,
    Work,
)
from tests.factories_archive import send
from tests.factories_packages import make_notes, make_shelf

pytestmark = pytest.mark.django_db
ROWS = (Collection, Work, Text, Image, Video, Annotation, Term)
_made: dict[str, Path] = {}


@pytest.fixture
def bag(people, tmp_path_factory, tmp_path, settings) -> Path:
    """A collection with everything as a ZIP archive, in an archive that is empty."""
    if not _made:
        point = transaction.savepoint()
        shelf = make_shelf(people["archivist"])
        make_notes(shelf, people)
        package = ask_take_out(item=shelf.outer, layout="bagit", by=people["archivist"])
        build_take_out(take_out_id=package.pk)
        _made["bag"] = Path(shutil.copy(place_of(package), tmp_path_factory.mktemp("packages") / "bag.zip"))
        transaction.savepoint_rollback(point)
    settings.MEDIA_ROOT = str(tmp_path / "other-media")
    return _made["bag"]


def looked_at(data: bytes, by) -> PackageArrival:
    package = ask_bring_in(arrival=send(data, filename="bag.zip", by=by), by=by)
    run_job(package.job_id)
    package.refresh_from_db()
    return package


def originals() -> set[str]:
    return {path.name for path in paths.of_sha256("0" * 64).parents[1].rglob("*") if path.is_file()}


def test_looking_tells_what_is_new_and_leaves_all_as_it_was(bag, people):
    package = looked_at(bag.read_bytes(), people["administrator"])

    assert package.job.state == "done", package.job.message
    counts = package.preview["counts"]
    assert counts["work"] == [1, 0]
    assert counts["collection"] == [2, 0]
    assert counts["note"] == [4, 0]
    assert counts["term"] == [2, 0]
    assert package.preview["obstacles"] == []
    assert {row["kind"] for row in package.preview["items"]} == {"collection", "image", "video", "work"}
    assert not any(model.objects.exists() for model in ROWS)
    assert originals() == {package.arrival.stored_file.sha256}
    assert StoredFile.objects.count() == 1
    assert list(check_chain()) == []


def test_confirming_brings_it_in_once(bag, people):
    by = people["administrator"]
    package = looked_at(bag.read_bytes(), by)

    confirm_bring_in(package_id=package.pk, by=by)
    confirm_bring_in(package_id=package.pk, by=by)
    package.refresh_from_db()
    run_job(package.job_id)
    load_package(package_id=package.pk)

    package.refresh_from_db()
    assert package.collection.title_ar == "المياه"
    assert Work.objects.count() == 1
    assert Annotation.objects.count() == 4
    confirm_bring_in(package_id=package.pk, by=by)
    assert PackageArrival.objects.get().job_id == package.job_id


def test_what_is_here_already_is_told_and_stands_in_the_way(bag, people):
    by = people["administrator"]
    first = looked_at(bag.read_bytes(), by)
    confirm_bring_in(package_id=first.pk, by=by)
    load_package(package_id=first.pk)

    again = looked_at(bag.read_bytes(), by)

    assert again.preview["counts"]["collection"] == [0, 2]
    assert all(new == 0 for new, _here in again.preview["counts"].values())
    assert again.preview["counts"]["note"] == [0, 4]
    assert [row["obstacle"] for row in again.preview["obstacles"]] == ["here"]
    with pytest.raises(Conflict):
        confirm_bring_in(package_id=again.pk, by=by)
    assert Work.objects.count() == 1


def test_an_address_that_is_taken_stands_in_the_way(bag, people):
    by = people["administrator"]
    with zipfile.ZipFile(bag) as archive:
        catalogue = archive.read(
            next(name for name in archive.namelist() if name.endswith("catalogue.jsonl"))
        )
    slug = next(line for line in catalogue.decode().splitlines() if '"is": "work"' in line).split(
        '"slug": "'
    )[1]
    Work.objects.create(slug=slug.split('"')[0].encode().decode(), title_en="Another")

    package = looked_at(bag.read_bytes(), by)

    assert [row["obstacle"] for row in package.preview["obstacles"]] == ["address"]


def test_what_only_trying_finds_is_found_before_anything_is_brought_in(bag, people):
    people["archivist"].roles.remove(*people["archivist"].roles.exclude(code="archivist"))

    package = looked_at(bag.read_bytes(), people["archivist"])

    assert (package.job.state, package.job.message["code"]) == ("failed", "group_missing")
    assert package.preview is None
    assert not any(model.objects.exists() for model in (*ROWS, Group))


def flipped(data: bytes) -> bytes:
    raw = bytearray(data)
    raw[len(raw) // 2] ^= 1
    return bytes(raw)


def without(data: bytes, name: str, tmp_path: Path) -> bytes:
    (tmp_path / "in.zip").write_bytes(data)
    with zipfile.ZipFile(tmp_path / "in.zip") as old, zipfile.ZipFile(tmp_path / "out.zip", "w") as new:
        for info in old.infolist():
            if not info.filename.endswith(name):
                new.writestr(info, old.read(info))
    return (tmp_path / "out.zip").read_bytes()


@pytest.mark.parametrize("how", ["flipped", "cut", "missing", "upwards", "no bag", "nothing"])
def test_hostile_packages_are_refused_in_words_and_leave_nothing(bag, people, how, tmp_path, client):
    data, by = bag.read_bytes(), people["administrator"]
    (tmp_path / "up.zip").write_bytes(data)
    if how == "upwards":
        with zipfile.ZipFile(tmp_path / "up.zip", "a") as archive:
            archive.writestr("../../etc/cron.d/x", b"x")
    spoiled = {
        "flipped": lambda: flipped(data), "cut": lambda: data[:-40], "missing": lambda: without(data, "r1.txt", tmp_path),
        "upwards": (tmp_path / "up.zip").read_bytes, "no bag": lambda: b"PK\x03\x04 noise", "nothing": lambda: b"x",
    }[how]()  # fmt: skip

    package = looked_at(spoiled, by)

    assert package.job.state == "failed"
    assert package.preview is None
    assert not any(model.objects.exists() for model in ROWS)
    assert originals() == {package.arrival.stored_file.sha256}
    client.force_login(by)
    page = client.get(package.get_absolute_url()).content.decode()
    assert "Nothing was brought in" in page or "لم يُدخَل شيء" in page
    with pytest.raises(Conflict):
        confirm_bring_in(package_id=package.pk, by=by)


def test_archivist_brings_in_at_the_desk(bag, people, client):
    client.force_login(people["administrator"])
    listed = reverse("package_arrivals")
    assert client.post(listed, {}).status_code == 422

    file = SimpleUploadedFile("bag.zip", bag.read_bytes())
    sent = client.post(listed, {"file": file, "key": "once"})
    package = PackageArrival.objects.get()
    assert sent["Location"] == package.get_absolute_url()
    assert "data-job" in client.get(package.get_absolute_url()).content.decode()
    run_job(package.job_id)
    shown = client.get(package.get_absolute_url()).content.decode()
    assert reverse("package_arrival_confirm", args=[package.public_id]) in shown
    assert client.post(reverse("package_arrival_confirm", args=[package.public_id])).status_code == 302
    package.refresh_from_db()
    run_job(package.job_id)

    assert Work.objects.count() == 1
    assert (
        reverse("desk_collection", args=[Collection.objects.get(parent=None).public_id])
        in client.get(package.get_absolute_url()).content.decode()
    )
    assert "bag.zip" in client.get(listed).content.decode()


def test_package_that_came_with_a_deposit_is_chosen_there(bag, people, client):
    arrival = send(bag.read_bytes(), filename="large.zip", by=people["administrator"])
    client.force_login(people["administrator"])

    assert client.post(reverse("package_arrivals"), {"arrival": arrival.public_id}).status_code == 302
    assert PackageArrival.objects.get().arrival == arrival


@pytest.mark.parametrize("role", ["member", "scholar", "reviewer", "editor"])
def test_only_archivists_look_at_packages(people, role, client):
    with pytest.raises(NotAllowed):
        ask_bring_in(arrival=send(b"PK", filename="x.zip", by=people["archivist"]), by=people[role])
    client.force_login(people[role])
    assert client.get(reverse("package_arrivals")).status_code == 403


def test_number_of_queries_does_not_grow_with_the_packages(people, client):
    client.force_login(people["archivist"])
    counts = []
    for _time in range(2):
        for _each in range(3):
            ask_bring_in(
                arrival=send(b"PK\x03\x04", filename="x.zip", by=people["archivist"]), by=people["archivist"]
            )
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("package_arrivals"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert FileArrival.objects.count() == 6
