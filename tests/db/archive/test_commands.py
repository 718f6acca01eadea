"""The archivist's commands."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from archive.media import paths
from archive.models import AuditEvent, FixityCheck, StoredFile, TextDraft, TextRevision, Work, guards
from tests.corpus import article_path
from tests.factories_archive import TEXT, make_revision, send

pytestmark = pytest.mark.django_db


def run(*arguments, **options):
    out, err = io.StringIO(), io.StringIO()
    call_command(*arguments, stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def write(tmp_path, data, name="text.md"):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return str(path)


def test_article_is_imported_and_accepted_with_one_json_object_on_stdout():
    out, _ = run("import_text", str(article_path()), "--language", "ar", "--accept", "--report", "json")

    found = json.loads(out)
    counts = {name: len(found[name]) for name in (
        "headings", "missing_figures", "videos", "dead_links", "torn_marks", "suspected_cuts")}  # fmt: skip
    assert counts == {
        "headings": 9,
        "missing_figures": 7,
        "videos": 4,
        "dead_links": 13,
        "torn_marks": 2,
        "suspected_cuts": 9,
    }
    assert all({"start", "end", "context"} <= set(entry) for name in counts for entry in found[name])
    assert [repair["kind"] for repair in found["repairs"]] == ["torn_mark"] * 2
    revision = TextRevision.objects.get()
    assert found["revision"]["sha256"] == revision.sha256
    assert found["revision"]["gaps"] == 7
    for cut in found["missing_figures"]:
        assert revision.content[cut["start"] : cut["end"]] == cut["text"]


def test_without_accept_a_draft_waits(tmp_path):
    out, _ = run("import_text", write(tmp_path, TEXT), "--language", "ar")

    draft = TextDraft.objects.get()
    assert draft.public_id in out
    assert not Work.objects.exists()


def test_apply_decides_before_accepting():
    out, _ = run(
        "import_text", str(article_path()), "--language", "ar", "--accept", "--apply",
        "suspected_cuts,heading_level",
        "--report", "json",
    )  # fmt: skip

    found = json.loads(out)
    assert found["applied"] == {"suspected_cut": 9, "heading_level": 1}
    assert len(TextRevision.objects.get().blocks) == 81 - 9


def test_same_work_again_is_its_next_revision(tmp_path, people):
    work = make_revision(by=people["archivist"]).text.work

    out, _ = run(
        "import_text", write(tmp_path, TEXT.replace("أبيض", "أسود")), "--language", "ar", "--work",
        work.slug, "--accept",
        "--report", "json",
    )  # fmt: skip

    assert json.loads(out)["revision"]["number"] == 2


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "not a text file"),
        (b"\xff\xfe\x00", "cut off|could not be read|not a text"),
        ("نص".encode("cp1256") * 200, "could not be read"),
        (b"a" * (11 * 1024 * 1024), "larger than allowed"),
    ],
)
def test_bad_file_is_one_line(tmp_path, data, words):
    with pytest.raises(CommandError, match=words) as caught:
        run("import_text", write(tmp_path, data), "--language", "en")

    assert "\n" not in str(caught.value)
    assert not TextRevision.objects.exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--work", "nowhere"], "no work"),
        (["--by", "nobody@example.org"], "no active account"),
        (["--importer", "runes"], "no importer"),
        (["--apply", "magic"], "unknown kind"),
    ],
)
def test_bad_option_is_one_line(tmp_path, options, words):
    with pytest.raises(CommandError, match=words):
        run("import_text", write(tmp_path, TEXT), "--language", "ar", *options)


def test_missing_file_is_one_line(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        run("import_text", str(tmp_path / "nothing.md"), "--language", "ar")


def test_scholar_imports_nothing(tmp_path, people):
    with pytest.raises(CommandError, match="may not do this"):
        run("import_text", write(tmp_path, TEXT), "--language", "ar", "--by", people["scholar"].email)


def test_files_are_intact_until_a_byte_changes(people):
    good, bad, gone = (send(name, by=people["archivist"]).stored_file for name in ("a", "b", "c"))
    out, _ = run("verify_files")
    assert "3 intact" in out

    paths.of_sha256(bad.sha256).write_bytes(b"x")
    paths.of_sha256(gone.sha256).unlink()
    with pytest.raises(SystemExit, match="1"):
        run("verify_files")

    outcomes = {f.sha256: f.checks.order_by("-pk")[0].outcome for f in StoredFile.objects.all()}
    assert outcomes == {good.sha256: "intact", bad.sha256: "damaged", gone.sha256: "damaged"}
    assert AuditEvent.objects.filter(action="file.not_intact").count() == 2


def test_file_that_cannot_be_read_is_neither_intact_nor_damaged(people):
    stored = send("a", by=people["archivist"]).stored_file
    path = paths.of_sha256(stored.sha256)
    path.unlink()
    path.mkdir()

    with pytest.raises(SystemExit, match="2"):
        run("verify_files")

    assert FixityCheck.objects.get().outcome == "could_not_check"


def test_chain_is_whole_until_an_event_is_changed(people):
    send("a", by=people["archivist"])
    send("b", by=people["archivist"])
    assert "2 events is whole" in run("verify_chain")[0]

    with connection.cursor() as cursor:
        for statement in guards.drop_statements(connection.vendor, "archive_auditevent"):
            cursor.execute(statement)
        cursor.execute("UPDATE archive_auditevent SET action = 'file.forged' WHERE sequence = 1")
    with pytest.raises(SystemExit, match="1"):
        run("verify_chain")
