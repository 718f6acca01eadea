"""A bundle loads into an empty archive and gives the release under the same hash."""

from __future__ import annotations

import io

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


def test_a_damaged_bundle_loads_nothing(tmp_path, people):
    write_bundle(tmp_path / "bundle.zip", make_given(), damage=True)

    with pytest.raises(CommandError):
        call_command("load_bundle", tmp_path / "bundle.zip", by=people["administrator"].email)

    assert not Work.objects.exists()
