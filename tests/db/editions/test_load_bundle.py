"""A bundle loads into an empty archive and gives the release under the same hash."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from annotations.actions.publish import publish
from annotations.editions.canonical import dumps, manifest_hash
from annotations.editions.reading import read_snapshot
from annotations.exports import FORMATS
from annotations.exports.books import bundle
from annotations.models import Release
from archive.models import Image, Work
from tests.factories_books import PIXELS_SHA, make_given

pytestmark = pytest.mark.django_db
TOP = "mill-edition-1"
VECTORS = Path(__file__).parents[2] / "vectors"


def write_bundle(path, given, *, damage: bool = False) -> None:
    data = b"".join(bundle.write(given, {"markdown": (FORMATS["markdown"].write, "md")}))
    path.write_bytes(data[:-900] + bytes([data[-900] ^ 1]) + data[-899:] if damage else data)


def test_a_bundle_brings_work_text_pictures_and_the_release_under_its_hash(tmp_path, people, client):
    given = make_given(warning_kinds=lambda kind, ident: ("violence",) if kind == "image" else ())
    write_bundle(tmp_path / "bundle.zip", given)
    told = io.StringIO()

    call_command("load_bundle", tmp_path / "bundle.zip", by=people["administrator"].email, stdout=told)

    release = Release.objects.get()
    assert told.getvalue().strip() == f"mill-edition 1 sha256:{given.manifest_hash}"
    assert manifest_hash(dumps(read_snapshot(release))) == given.manifest_hash == release.manifest_hash
    assert release.files.get().stored_file.sha256 == PIXELS_SHA
    assert Image.objects.get().warnings == ["violence"]
    publish(release=release.public_id, by=None)
    page = client.get("/en/editions/mill-edition/1/").content.decode()
    assert "The Mill, annotated" in page
    assert "يا طاحونةَ النهر" in page


def flipped(archive: dict[str, bytes], name: str) -> None:
    data = archive[name]
    archive[name] = data[:-9] + bytes([data[-9] ^ 1]) + data[-8:]


def member_of(archive: dict[str, bytes], part: str) -> str:
    return next(name for name in sorted(archive) if part in name)


#: What was done to a bundle, one thing each.
DAMAGES = {
    "a bit of the release": lambda bag: flipped(bag, member_of(bag, "/data/release.json")),
    "a bit of the text": lambda bag: flipped(bag, member_of(bag, "/data/texts/")),
    "a bit of the list of hashes": lambda bag: flipped(bag, member_of(bag, "/manifest-sha256.txt")),
    "a member is missing": lambda bag: bag.pop(member_of(bag, "/data/texts/")),
    "the release is missing": lambda bag: bag.pop(member_of(bag, "/data/release.json")),
    "a member was added": lambda bag: bag.update({f"{TOP}/data/more.txt": b"more"}),
    "a path climbs out": lambda bag: bag.update({f"{TOP}/data/../../outside.txt": b"x"}),
    "a path begins at the root": lambda bag: bag.update({"/outside.txt": b"x"}),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_bundle_is_refused_in_words_and_loads_nothing(tmp_path, people, damage):
    packed = tmp_path / "in" / "bundle.zip"
    packed.parent.mkdir()
    write_bundle(packed, make_given())
    with zipfile.ZipFile(packed) as archive:
        bag = {name: archive.read(name) for name in archive.namelist()}
    DAMAGES[damage](bag)
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in bag.items():
            archive.writestr(name, data)

    with pytest.raises(CommandError) as refused:
        call_command("load_bundle", packed, by=people["administrator"].email)

    assert len(str(refused.value)) > 20
    assert [model.objects.count() for model in (Work, Image, Release)] == [0, 0, 0]
    assert [path.name for path in tmp_path.rglob("outside*")] == []


def test_a_damaged_bundle_loads_nothing(tmp_path, people):
    write_bundle(tmp_path / "bundle.zip", make_given(), damage=True)

    with pytest.raises(CommandError):
        call_command("load_bundle", tmp_path / "bundle.zip", by=people["administrator"].email)

    assert not Work.objects.exists()


#: Bundles as they were given out once, each of one format of the snapshot, with what `load_bundle` says of them for ever.
KEPT = {
    "bundle_2.zip": "mill-edition 1 sha256:c100c481424ec6699f9972b6169cc550ab1d75c22ba5d2296ec8fcf0e8f0573e",
    "bundle_3.zip": "chapters 1 sha256:bf9d2114f9afbae954ef5dcfb066e6e7535beb2cce96d747ba3b39030a6134a4",
}


@pytest.mark.parametrize("file", KEPT)
def test_a_bundle_of_before_loads_under_its_hash_and_is_read(people, client, file):
    told = io.StringIO()

    call_command("load_bundle", VECTORS / file, by=people["administrator"].email, stdout=told)

    release = Release.objects.get()
    assert told.getvalue().strip() == KEPT[file]
    assert manifest_hash(dumps(read_snapshot(release))) == release.manifest_hash == KEPT[file][-64:]
    publish(release=release.public_id, by=None)
    page = client.get(release.get_absolute_url(), follow=True)
    assert page.status_code == 200
    assert all(note.id in page.content.decode() for note in read_snapshot(release).notes)
