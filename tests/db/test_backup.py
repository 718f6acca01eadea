"""A backup is a consistent set that anybody can verify, and that comes back whole or says what is missing."""

from __future__ import annotations

import io
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from archive.actions.receive_file import receive_file
from archive.errors import StorageFull
from archive.keeping import pool
from archive.media import paths
from archive.models import AuditEvent, StoredFile, User
from tests.factories import make_user
from tests.factories_archive import make_revision

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def collection() -> None:
    """A text and two files."""
    make_revision(by=make_user("archivist@example.org", "archivist"))
    for data in (b"the first", b"the second"):
        receive_file(source=io.BytesIO(data), filename="a.bin", max_bytes=99, by=None, check=False)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Callable[..., subprocess.CompletedProcess[str]]]:
    """Run a command of an empty site: its own folders and its own database."""
    site = tmp_path / "elsewhere"
    environment = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.dev", "SECRET_KEY": "x" * 60,
        "STATE_ROOT": str(site / "var"), "MEDIA_ROOT": str(site / "media"), "DATABASE_URL": "", "PYTHONWARNINGS": "",
    }  # fmt: skip
    name = f"restored_{os.getpid()}"
    if connection.vendor == "postgresql":
        given = connection.settings_dict
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name}")
        secret = f":{given['PASSWORD']}" if given["PASSWORD"] else ""
        environment["DATABASE_URL"] = (
            f"postgresql://{given['USER']}{secret}@{given['HOST']}:{given['PORT']}/{name}"
        )

    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "manage.py", *map(str, arguments)]
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    yield run
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def backup(target: Path, *options: object) -> tuple[Path, int]:
    """Make a backup; return the newest set and the exit code."""
    code = 0
    try:
        call_command("backup", str(target), *map(str, options), stdout=io.StringIO(), stderr=io.StringIO())
    except SystemExit as left:
        code = int(str(left.code))
    return max((target / "sets").iterdir()), code


def original() -> Path:
    """Return where one of the files lies."""
    return paths.of_sha256(StoredFile.objects.order_by("sha256")[0].sha256)


def test_a_backup_comes_back_whole_in_an_empty_site(collection, tmp_path, elsewhere):
    made, code = backup(tmp_path / "backup")

    restored = elsewhere("restore", made)

    assert code == 0
    assert restored.returncode == 0, restored.stderr
    count = StoredFile.objects.count()
    assert f"{count} of {count} files and the database are back." in restored.stdout
    assert f"{count} intact, 0 damaged" in elsewhere("verify_files").stdout
    assert "is whole" in elsewhere("verify_chain").stdout


def test_a_backup_is_verified_without_this_program(collection, tmp_path):
    made, _ = backup(tmp_path / "backup")

    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", made / "SHA256SUMS"],
        cwd=tmp_path / "backup",
        check=False,
    )

    assert checked.returncode == 0


def test_the_record_says_that_a_backup_was_made(collection, tmp_path):
    before = AuditEvent.objects.count()

    backup(tmp_path / "backup")

    event = AuditEvent.objects.latest("sequence")
    assert (event.action, event.facts["sequence"]) == ("site.backed_up", before)


def test_files_are_copied_once_for_all_sets(collection, tmp_path, monkeypatch):
    backup(tmp_path / "backup")
    monkeypatch.setattr(pool, "read", None)

    _, code = backup(tmp_path / "backup")

    assert code == 0
    assert len(list((tmp_path / "backup" / "sets").iterdir())) == 2


def test_a_damaged_original_never_replaces_the_good_copy_of_an_earlier_set(collection, tmp_path):
    backup(tmp_path / "backup")
    kept = tmp_path / "backup" / "originals" / original().parent.name / original().name
    good = kept.read_bytes()
    original().write_bytes(b"x" * (len(good) + 1))

    _, code = backup(tmp_path / "backup")

    assert code == 1
    assert kept.read_bytes() == good


def test_a_rotten_copy_is_mended_by_verify(collection, tmp_path):
    backup(tmp_path / "backup")
    kept = tmp_path / "backup" / "originals" / original().parent.name / original().name
    kept.write_bytes(bytes(kept.stat().st_size))

    _, code = backup(tmp_path / "backup", "--verify")

    assert code == 0
    assert kept.read_bytes() == original().read_bytes()


def test_what_a_backup_lost_is_listed_and_the_rest_comes_back(collection, tmp_path, elsewhere):
    made, _ = backup(tmp_path / "backup")
    gone = tmp_path / "backup" / "originals" / original().parent.name / original().name
    gone.unlink()

    restored = elsewhere("restore", made)

    assert restored.returncode == 1
    assert f"missing in the backup: {original().name}" in restored.stderr
    assert "intact, 1 damaged" in elsewhere("verify_files").stdout


def test_a_backup_that_was_changed_is_refused_before_anything_is_written(collection, tmp_path, elsewhere):
    made, _ = backup(tmp_path / "backup")
    database = next(made.glob("database.*"))
    database.write_bytes(database.read_bytes()[:-1] + b"!")

    refused = elsewhere("restore", made)

    assert refused.returncode == 1
    assert "was changed since the backup was made" in refused.stderr
    assert not (tmp_path / "elsewhere" / "media").exists()


def test_a_site_that_holds_something_is_never_overwritten(collection, tmp_path):
    made, _ = backup(tmp_path / "backup")

    with pytest.raises(CommandError, match="not empty"):
        call_command("restore", str(made), stdout=io.StringIO())


def test_a_backup_of_a_newer_version_is_refused(collection, tmp_path, elsewhere):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('archive', '9999_x', '2030-01-01')"
        )
    try:
        made, _ = backup(tmp_path / "backup")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM django_migrations WHERE name = '9999_x'")

    refused = elsewhere("restore", made)

    assert refused.returncode == 1
    assert "newer Hashiya (archive.9999_x)" in refused.stderr


def test_a_full_disk_leaves_no_set_that_looks_finished(collection, tmp_path, monkeypatch):
    def full(*_: object, **__: object) -> None:
        raise StorageFull("backup_full")

    monkeypatch.setattr(pool, "copy", full)

    with pytest.raises(CommandError, match="disk is full"):
        call_command("backup", str(tmp_path / "backup"), stdout=io.StringIO())

    assert list((tmp_path / "backup" / "sets").iterdir()) == []


def test_secrets_are_written_apart_and_for_their_owner_alone(collection, tmp_path, settings):
    backup(tmp_path / "backup", "--keys", tmp_path / "keys")

    written = tmp_path / "keys" / "hashiya-secrets.env"
    assert written.read_text() == f"SECRET_KEY={settings.SECRET_KEY}\n"
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    for path in (tmp_path / "backup").rglob("*.json"):
        assert settings.SECRET_KEY not in path.read_text()


def test_places_that_would_be_lost_together_are_refused(tmp_path, settings):
    with pytest.raises(CommandError, match="inside of MEDIA_ROOT"):
        call_command("backup", str(Path(settings.MEDIA_ROOT) / "backup"))
    with pytest.raises(CommandError, match="inside of the backup"):
        call_command("backup", str(tmp_path / "b"), "--keys", str(tmp_path / "b" / "keys"))


def test_a_folder_that_is_no_backup_is_refused_in_words(tmp_path):
    with pytest.raises(CommandError, match="no backup set"):
        call_command("restore", str(tmp_path), stdout=io.StringIO())


def test_people_can_go_on_working_while_a_backup_is_made(collection, tmp_path, monkeypatch):
    """What is written meanwhile belongs to the next set."""
    copy = pool.copy

    def write_meanwhile(*arguments, **options):
        User.objects.get_or_create(email="late@example.org")
        return copy(*arguments, **options)

    monkeypatch.setattr(pool, "copy", write_meanwhile)

    _, code = backup(tmp_path / "backup")

    assert code == 0
    assert User.objects.filter(email="late@example.org").exists()
