"""Files that are not what they should be: each a sentence on its page, nothing half made."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from archive.actions import parse_import as parse_import_module
from archive.actions.accept_draft import accept_draft
from archive.actions.parse_import import parse_import
from archive.actions.run_job import run_job
from archive.actions.sweep_jobs import sweep_jobs
from archive.enums import ImportState, JobState
from archive.models import FileArrival, ImportRun, Job, TextDraft, Work
from archive.presenters.messages import sentence
from tests.factories_archive import TEXT, make_draft, make_run

pytestmark = pytest.mark.django_db
BIDI = "كلامٌ \u202eمقلوب\u202c ثم كلام."


def send(desk, data, name="text.md"):
    desk.post(reverse("import_upload"), {"file": SimpleUploadedFile(name, data), "language": "ar"})
    run = ImportRun.objects.order_by("-pk").first()
    if run is not None:
        run_job(run.job_id)
        run.refresh_from_db()
    return run


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("Жил был старик со старухой. ".encode("koi8-r") * 40, "unknown_encoding"),
        (b"\x7fELF" + bytes(range(256)) * 30, "not_text"),
        (b"   \n\n  \t", "empty_file"),
        (("> " * 10_000 + "عميق").encode(), "too_deep"),
        ("نص".encode()[:-1], "truncated"),
    ],
)
@pytest.mark.parametrize("language", ["ar", "en"])
def test_refusal_is_a_sentence_on_the_page(desk, data, code, language):
    with translation.override(language):
        run = send(desk, data)

        page = desk.get(reverse("import_run", args=[run.public_id]))
        words = sentence(run.error["code"], run.error["params"])

    assert run.state == ImportState.FAILED
    assert run.error["code"] == code
    assert page.status_code == 200
    assert words in page.content.decode().replace("&#x27;", "'")
    assert not TextDraft.objects.exists()
    assert not Work.objects.exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_unicode_spelling_of_a_file_gives_the_same_text(desk, encoding):
    run = send(desk, TEXT.encode(encoding))

    assert run.state == ImportState.READY
    assert run.draft.content.startswith("في وصف القنطرة")


def test_scripts_in_markdown_are_words_on_the_pages(desk, people):
    run = send(
        desk, b"# <script>alert(1)</script>\n\n<img src=x onerror=alert(2)> [x](javascript:alert(3))\n"
    )
    draft = run.draft

    for name in ("draft", "draft_text", "draft_blocks", "draft_accept"):
        page = desk.get(reverse(name, args=[draft.public_id])).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert 'href="javascript:' not in page
    accept_draft(draft_id=draft.pk, sha256=draft.sha256, by=people["archivist"])


def test_invisible_controls_and_zero_bytes_are_reported(desk):
    run = send(desk, (BIDI + "\0\0").encode())

    assert run.state == ImportState.READY
    assert "\0" not in run.draft.content
    assert run.draft.problems.filter(kind="control_character").count() == 2
    assert "nul" in [repair["kind"] for repair in run.draft.repairs]
    assert desk.get(reverse("draft", args=[run.draft.public_id])).status_code == 200


def test_one_line_of_a_million_letters_is_read_and_shown(desk):
    run = send(desk, ("كلمة " * 200_000).encode())

    assert run.state == ImportState.READY
    for name in ("draft", "draft_text", "draft_blocks"):
        assert desk.get(reverse(name, args=[run.draft.public_id])).status_code == 200


def test_worker_killed_between_reading_and_storing_loses_nothing(people, monkeypatch):
    run = make_run(by=people["archivist"])
    real = parse_import_module._store

    def killed(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr(parse_import_module, "_store", killed)
    with pytest.raises(KeyboardInterrupt):
        run_job(run.job_id)
    assert Job.objects.get(pk=run.job_id).state == JobState.RUNNING
    monkeypatch.setattr(parse_import_module, "_store", real)
    Job.objects.filter(pk=run.job_id).update(heartbeat_at="2020-01-01T00:00Z")

    sweep_jobs()
    assert run_job(run.job_id) == JobState.DONE

    run.refresh_from_db()
    assert run.state == ImportState.READY
    assert TextDraft.objects.filter(run=run).count() == 1


def test_bytes_that_vanished_are_told(people):
    from archive.media import paths

    run = make_run(by=people["archivist"])
    paths.of_sha256(run.arrival.stored_file.sha256).unlink()

    run_job(run.job_id)

    run.refresh_from_db()
    assert run.error["code"] == "bytes_missing"


def test_full_disk_while_storing_is_said(desk, monkeypatch):
    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("archive.actions.receive_file.os.fsync", full)

    answer = desk.post(
        reverse("import_upload"), {"file": SimpleUploadedFile("a.md", TEXT.encode()), "language": "ar"},
        headers={"Accept": "application/json"},
    )  # fmt: skip

    assert answer.status_code == 507
    assert answer.json()["code"] == "storage_full"
    assert not FileArrival.objects.exists()


def test_problems_that_stay_open_are_carried_into_a_correction(people):
    from archive.actions.start_correction import start_correction

    draft = make_draft(BIDI + "\n\nكلام.", by=people["archivist"])
    revision = accept_draft(draft_id=draft.pk, sha256=draft.sha256, by=people["archivist"])

    correction = start_correction(text_id=revision.text_id, by=people["archivist"])

    assert list(correction.problems.values_list("kind", "start")) == list(
        draft.problems.values_list("kind", "start")
    )


def test_reading_needs_the_right_still(people):
    run = make_run(by=people["archivist"])
    people["archivist"].roles.clear()

    with pytest.raises(Exception, match="not_visible"):
        parse_import(run_id=run.pk)
