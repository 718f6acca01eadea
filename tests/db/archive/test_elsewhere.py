"""A copy of every file in a storage that speaks S3: sent whole, read back, never believed, and good for mending."""

from __future__ import annotations

import io
import logging
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.urls import reverse

from archive.actions.copy_elsewhere import copy_elsewhere
from archive.actions.receive_file import receive_file
from archive.actions.repair_file import repair_file
from archive.actions.run_job import run_job
from archive.actions.watch_files import plan_watch, watch_files
from archive.checks import storage_elsewhere, storage_elsewhere_opens
from archive.enums import Fixity
from archive.errors import Invalid
from archive.media import elsewhere, paths
from archive.models import ElsewhereCopy, Job, StoredFile, VitalSign
from archive.outside import store as stores
from archive.outside.store import StoreError
from tests import fake_store
from tests.db.archive.test_watch import after, damage, receive

pytestmark = pytest.mark.django_db


@pytest.fixture
def there(settings):
    with fake_store.running() as server:
        settings.REPLICA_S3_ENDPOINT, settings.REPLICA_S3_BUCKET = server.endpoint, fake_store.BUCKET
        settings.REPLICA_S3_KEY_ID, settings.REPLICA_S3_SECRET = fake_store.KEY_ID, fake_store.SECRET
        settings.REPLICA_S3_REGION = fake_store.REGION
        yield server


def name(stored: StoredFile) -> str:
    return elsewhere.name_of(stored.sha256)


def trouble() -> str:
    return VitalSign.objects.get(name="elsewhere").code


def test_new_file_is_sent_whole_by_a_job_and_read_back(there):
    stored = receive(b"one")
    assert there.asked == []

    for job in Job.objects.filter(kind="copy_elsewhere"):
        run_job(job.pk)

    assert there.objects == {name(stored): b"one"}
    assert there.metadata[name(stored)] == stored.sha256
    assert ElsewhereCopy.objects.get().verified_at
    assert there.asked[-1].startswith("GET ")
    assert not elsewhere.missing().exists()


def test_large_file_goes_in_parts(there, monkeypatch):
    monkeypatch.setattr(stores, "PART", 5 * 1024 * 1024)
    data = bytes(range(256)) * 24_000
    arrival = receive_file(source=io.BytesIO(data), filename="a", max_bytes=10**8, by=None, check=False)

    assert copy_elsewhere(stored_file_id=arrival.stored_file_id) == "kept"

    assert there.objects[name(arrival.stored_file)] == data
    assert len([asked for asked in there.asked if asked.startswith("PUT")]) == 2


def test_empty_file_has_a_copy_too(there):
    stored = StoredFile.objects.create(
        sha256="e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        size=0,
        media_type="text/plain",
    )
    path = paths.of_sha256(stored.sha256)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"")

    assert copy_elsewhere(stored_file_id=stored.pk) == "kept"


@pytest.mark.parametrize(
    "lose",
    [lambda data: data[:-1], lambda data: b"", lambda data: data + b"x", lambda data: b"x" * len(data)],
)
def test_storage_that_keeps_other_bytes_is_not_believed(there, lose):
    stored = receive(b"one")
    there.lose = lose

    with pytest.raises(StoreError, match="store_other_bytes"):
        copy_elsewhere(stored_file_id=stored.pk)

    assert ElsewhereCopy.objects.get().state == "wrong"
    assert trouble() == "store_other_bytes"
    there.lose = lambda data: data
    assert copy_elsewhere(stored_file_id=stored.pk) == "kept"
    assert trouble() == ""


def test_copy_that_rotted_is_sent_anew_when_the_file_is_checked(there):
    stored = receive(b"one")
    copy_elsewhere(stored_file_id=stored.pk)
    there.objects[name(stored)] = b"two"

    with after(26):
        watch_files()

    assert there.objects[name(stored)] == b"one"


def test_where_reading_costs_a_copy_is_read_back_after_sending_only(there, settings):
    settings.REPLICA_S3_READ_BACK = "sent"
    stored = receive(b"one")
    copy_elsewhere(stored_file_id=stored.pk)
    there.asked.clear()

    copy_elsewhere(stored_file_id=stored.pk, check=True)

    assert [asked.split()[0] for asked in there.asked] == ["HEAD"]


def test_damaged_bytes_are_never_sent(there):
    stored = receive(b"one")
    damage(stored)

    assert copy_elsewhere(stored_file_id=stored.pk) == "held_back"
    assert there.objects == {}


def misbehave(there, settings, how: str) -> None:
    if how == "store_keys":
        settings.REPLICA_S3_SECRET = "not-the-secret"
    elif how == "store_no_bucket":
        there.buckets.clear()
    elif how == "store_ill":
        there.status = 503
    else:
        settings.REPLICA_S3_ENDPOINT = "http://127.0.0.1:9"


@pytest.mark.parametrize("code", ["store_keys", "store_no_bucket", "store_ill", "store_unreachable"])
def test_storage_that_fails_is_told_by_a_code_and_tried_for_days(there, settings, caplog, code):
    stored = receive(b"one")
    misbehave(there, settings, code)
    caplog.set_level(logging.DEBUG)
    (job,) = Job.objects.filter(kind="copy_elsewhere")

    assert run_job(job.pk) == "queued"

    job.refresh_from_db()
    assert job.not_before is not None
    assert trouble() == code
    told = f"{caplog.text}{job.message}{job.result}"
    for secret in (fake_store.SECRET, fake_store.KEY_ID, "not-the-secret", "Signature="):
        assert secret not in told
    assert stored.sha256 not in str(there.objects)
    (error,) = storage_elsewhere_opens(None)
    assert error.id == "hashiya.E010"
    assert fake_store.SECRET not in f"{error}"


def test_network_that_ends_in_the_middle_of_reading_is_told(there, monkeypatch):
    stored = receive(b"one")
    copy_elsewhere(stored_file_id=stored.pk)
    monkeypatch.setattr(
        fake_store._Handler, "_answer",
        lambda self, status, data: (
            self.send_response(status), self.send_header("Last-Modified", "Sun, 29 Nov 2026 00:00:00 GMT"),
            self.send_header("ETag", "e"), self.send_header("Content-Length", "3"), self.end_headers(),
            setattr(self, "close_connection", True),
        ),
    )  # fmt: skip

    with pytest.raises(StoreError):
        copy_elsewhere(stored_file_id=stored.pk, check=True)


def test_watch_goes_on_without_a_storage_that_fails(there):
    first, second = receive(b"one"), receive(b"two")
    there.status = 500

    with after(26):
        counts = watch_files()
        asked = len(there.asked)

    assert counts["intact"] == 2
    assert asked == 1
    there.status = 0
    assert plan_watch() is not None
    watch_files()
    assert set(there.objects) == {name(first), name(second)}


def test_damaged_file_is_mended_from_elsewhere_in_the_background(there, client, people):
    stored = receive(b"one")
    copy_elsewhere(stored_file_id=stored.pk)
    path = damage(stored)
    client.force_login(people["administrator"])
    address = reverse("desk_file", args=[stored.arrivals.get().public_id])
    client.post(f"{address}check/")
    assert f"{address}repair/" in client.get(address).content.decode()

    client.post(f"{address}repair/")
    assert path.read_bytes() == b"xxx"
    for job in Job.objects.filter(kind="repair_file"):
        run_job(job.pk)

    assert path.read_bytes() == b"one"
    assert [aside.read_bytes() for aside in (paths.root() / "damaged").iterdir()] == [b"xxx"]
    assert not list(paths.staging().glob("repair-*"))


def test_either_copy_mends_when_the_other_is_bad(there, settings, tmp_path, people):
    settings.REPLICA_ROOT = str(tmp_path / "replica")
    stored = receive(b"one")
    copy_elsewhere(stored_file_id=stored.pk)
    rotten = Path(settings.REPLICA_ROOT) / "originals" / stored.sha256[:2] / stored.sha256
    rotten.parent.mkdir(parents=True)
    rotten.write_bytes(b"rot")
    damage(stored)

    assert repair_file(stored_file=stored, by=people["administrator"]).outcome == Fixity.INTACT


@pytest.mark.parametrize("lie", [lambda data: b"two", lambda data: data[:2], lambda data: data * 100_000])
def test_storage_that_lies_mends_nothing(there, people, lie):
    stored = receive(b"one")
    copy_elsewhere(stored_file_id=stored.pk)
    path = damage(stored)
    there.lie = lie

    with pytest.raises(Invalid, match="replica_bad"):
        repair_file(stored_file=stored, by=people["administrator"])

    assert path.read_bytes() == b"xxx"
    assert not list(paths.staging().glob("repair-*"))


def test_file_that_the_chain_does_not_vouch_for_is_not_mended_from_elsewhere(there, people):
    forged = StoredFile.objects.create(
        sha256="3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3",
        size=3,
        media_type="text/plain",
    )
    there.objects[name(forged)] = b"two"

    with pytest.raises(Invalid, match="not_in_chain"):
        repair_file(stored_file=forged, by=people["administrator"])


def test_another_storage_holds_nothing_yet(there, settings):
    stored = receive(b"one")
    copy_elsewhere(stored_file_id=stored.pk)
    there.buckets.add("other")
    settings.REPLICA_S3_BUCKET = "other"

    assert list(elsewhere.missing()) == [stored]
    assert elsewhere.board().kept == 0


@pytest.mark.parametrize("language", ["ar", "en"])
def test_board_says_how_much_is_kept_and_what_is_wrong_and_no_secret(there, client, people, language):
    copy_elsewhere(stored_file_id=receive(b"one").pk)
    stored = receive(b"two")
    there.status = 500
    with pytest.raises(StoreError):
        copy_elsewhere(stored_file_id=stored.pk)
    client.force_login(people["administrator"])

    pages = [
        client.get(f"/{language}/desk/{path}").content.decode()
        for path in ("files/", f"files/{stored.arrivals.get().public_id}/", "site/health/")
    ]

    assert elsewhere.board().kept == 1
    assert f"127.0.0.1:{there.server_address[1]}/copies" in pages[0]
    if language == "en":
        assert "1 of 2 files" in pages[0]
        assert "answers with an error" in pages[0]
    for page in pages:
        assert fake_store.SECRET not in page
        assert fake_store.KEY_ID not in page


def test_half_of_the_settings_and_an_open_line_are_told_by_check(settings):
    assert storage_elsewhere(None) == []
    settings.REPLICA_S3_ENDPOINT = "http://s3.example.org"
    (half,) = storage_elsewhere(None)
    settings.REPLICA_S3_BUCKET = settings.REPLICA_S3_KEY_ID = settings.REPLICA_S3_SECRET = "x"
    (open_line,) = storage_elsewhere(None)

    assert (half.id, open_line.id) == ("hashiya.E009", "hashiya.W001")
    assert "REPLICA_S3_SECRET" in half.msg
    settings.REPLICA_S3_SECRET = ""
    with pytest.raises(SystemCheckError):
        call_command("check")


def test_storage_that_works_passes_the_check(there):
    assert storage_elsewhere_opens(None) == []


def test_site_without_a_storage_sends_nothing_and_counts_nothing():
    stored = receive(b"one")

    assert not Job.objects.filter(kind="copy_elsewhere").exists()
    assert copy_elsewhere(stored_file_id=stored.pk) == ""
    assert elsewhere.board() is None
    assert not elsewhere.missing().exists()
