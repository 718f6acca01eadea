"""The archivist's pages as a browser without scripts meets them."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from archive.actions.draft_state import text_of
from archive.actions.run_job import run_job
from archive.actions.start_correction import start_correction
from archive.models import FileArrival, ImportRun, TextDraft, Work
from archive.presenters import import_report
from tests.corpus import article_bytes
from tests.factories_archive import TEXT, make_draft, make_revision

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["ar", "en"])
def language(request):
    with translation.override(request.param):
        yield request.param


def upload(client, data, *, filename="text.md", **fields):
    file = SimpleUploadedFile(filename, data.encode() if isinstance(data, str) else data)
    return client.post(reverse("import_upload"), {"file": file, "language": "ar", **fields}, follow=True)


def test_upload_report_accept_without_scripts(desk, language):
    page = upload(desk, article_bytes(), filename="article.md")
    run = ImportRun.objects.get()
    assert page.redirect_chain[-1][0] == reverse("import_run", args=[run.public_id])
    assert 'http-equiv="refresh"' in page.content.decode()

    run_job(run.job_id)
    page = desk.get(reverse("import_run", args=[run.public_id]), follow=True)
    report = page.content.decode()
    assert page.status_code == 200
    assert report.count('class="problem problem--open"') == 32
    assert report.count('class="problem problem--fixed"') == 2

    draft = TextDraft.objects.get()
    accept = reverse("draft_accept", args=[draft.public_id])
    page = desk.get(accept)
    assert draft.sha256 in page.content.decode()
    fields = {"sha256": draft.sha256, "keep_gaps": "on", "title_ar": "عنوان", "kind": "article"}
    page = desk.post(accept, fields, follow=True)

    work = Work.objects.get()
    assert page.redirect_chain[-1][0] == reverse("desk_work", args=[work.public_id])
    assert page.content.decode().count('id="figure-') == 7


def test_every_page_of_a_draft_opens(desk, archivist, language):
    draft = make_draft(article_bytes(), by=archivist)

    for name in ("draft", "draft_text", "draft_blocks", "draft_changes", "draft_accept"):
        page = desk.get(reverse(name, args=[draft.public_id]))
        assert page.status_code == 200, name
    assert desk.get(reverse("draft_block", args=[draft.public_id, 3])).status_code == 200
    assert desk.get(reverse("draft_block", args=[draft.public_id, 3000])).status_code == 404


def test_preview_holds_the_words_of_the_draft_and_marks_problems(desk, archivist):
    draft = make_draft(article_bytes(), by=archivist)

    page = desk.get(reverse("draft_text", args=[draft.public_id])).content.decode()

    article = page[page.index("<article") : page.index("</article>")]
    assert re.sub(r"<[^>]+>", "", article[article.index(">") + 1 :]).replace("&#x27;", "'") == draft.content
    assert article.count('id="place-') == 32


def test_decision_on_the_page_is_a_step_that_undo_takes_back(desk, archivist):
    draft = make_draft(article_bytes(), by=archivist)
    problem = draft.problems.filter(kind="suspected_cut").first()
    address = reverse("draft_decide", args=[draft.public_id, problem.public_id])

    desk.post(address, {"version": 1, "outcome": "apply"})
    problem.refresh_from_db()
    assert problem.state == "fixed"

    desk.post(reverse("draft_undo", args=[draft.public_id]), {"version": 2})
    problem.refresh_from_db()
    assert problem.state == "open"


def test_numbers_at_the_head_say_how_many_are_left_to_decide(archivist):
    parsed = text_of(make_draft(TEXT, by=archivist))
    counts = {("dead_link", "open"): 2, ("dead_link", "dismissed"): 11, ("suspected_cut", "fixed"): 9}

    with translation.override("en"):
        said = {
            one["kind"]: (one["value"], one["detail"], one["tone"])
            for one in import_report.summary(parsed, counts)
        }

    assert said["dead_link"] == (13, "2 open", "warning")
    assert said["suspected_cut"] == (9, "all decided", "")


def test_stale_decision_shows_the_place_as_it_stands(desk, archivist):
    draft = make_draft(article_bytes(), by=archivist)
    first, second = draft.problems.filter(kind="suspected_cut")[:2]
    desk.post(
        reverse("draft_decide", args=[draft.public_id, first.public_id]), {"version": 1, "outcome": "apply"}
    )

    page = desk.post(
        reverse("draft_decide", args=[draft.public_id, second.public_id]), {"version": 1, "outcome": "apply"}
    )

    assert page.status_code == 412
    assert 'name="version" value="2"' in page.content.decode()
    assert TextDraft.objects.get().version == 2


def test_stale_edit_keeps_what_was_typed(desk, archivist):
    draft = make_draft(by=archivist)
    address = reverse("draft_block", args=[draft.public_id, 2])
    desk.post(address, {"version": 1, "text": "بُني من طين.", "operation": "edit"})

    page = desk.post(address, {"version": 1, "text": "بُني من خشب.", "operation": "edit"})

    assert page.status_code == 412
    assert "بُني من خشب." in page.content.decode()
    assert "بُني من طين." in page.content.decode()


def test_form_without_a_version_is_refused(desk, archivist):
    draft = make_draft(by=archivist)

    page = desk.post(reverse("draft_undo", args=[draft.public_id]))

    assert page.status_code == 428


def test_same_form_twice_makes_one_import(desk):
    upload(desk, TEXT, key="k1")
    upload(desk, TEXT, key="k1")

    assert ImportRun.objects.count() == 1


def test_script_sends_one_file_and_is_told_where_its_report_will_be(desk):
    file = SimpleUploadedFile("text.md", TEXT.encode())

    answer = desk.post(
        reverse("import_upload"), {"file": file, "language": "ar"}, headers={"Accept": "application/json"}
    )

    run = ImportRun.objects.get()
    assert answer.status_code == 201
    assert answer.json()["url"] == reverse("import_run", args=[run.public_id])
    assert desk.get(answer.json()["job"]).json()["state"] == "queued"


@pytest.mark.parametrize(
    ("data", "filename", "code"),
    [
        (b"", "empty.md", 422),
        (b"x", "thing.xyz", 422),
    ],
)
def test_file_refused_at_the_door_leaves_no_import(desk, data, filename, code, language):
    page = upload(desk, data, filename=filename)

    assert page.status_code == code
    assert "field__error" in page.content.decode()
    assert not ImportRun.objects.exists()


def test_eleven_megabytes_are_refused_and_ten_are_received(desk, settings):
    page = upload(desk, b"a\n" * (11 * 1024 * 1024 // 2), filename="big.md")
    assert page.status_code == 422
    assert not FileArrival.objects.exists()

    page = upload(desk, b"a\n" * (10 * 1024 * 1024 // 2), filename="big.md")
    assert ImportRun.objects.count() == 1


def test_full_disk_is_said_and_nothing_recorded(desk, monkeypatch):
    def full(self, raw_data, start):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("django.core.files.uploadhandler.TemporaryFileUploadHandler.receive_data_chunk", full)

    page = upload(desk, TEXT)

    assert page.status_code == 507
    assert not FileArrival.objects.exists()


@pytest.mark.parametrize("name", ["desk_texts", "import_upload", "desk_works", "desk_images", "desk_videos",
                                  "desk_collections", "desk_figures", "desk_files"])  # fmt: skip
def test_desk_pages_are_for_archivists(client, people, name, language):
    address = reverse(name)

    assert client.get(address).status_code == 302
    client.force_login(people["scholar"])
    assert client.get(address).status_code == 403
    client.force_login(people["archivist"])
    assert client.get(address).status_code == 200


def test_draft_of_others_is_as_missing_as_none(client, people, archivist):
    draft = make_draft(by=archivist)
    client.force_login(people["scholar"])

    there = client.get(reverse("draft", args=[draft.public_id]))
    nowhere = client.get(reverse("draft", args=["nowhere"]))

    assert there.status_code == nowhere.status_code
    assert there.content == nowhere.content.replace(b"nowhere", draft.public_id.encode())


def test_form_of_a_lapsed_session_gives_the_words_back(client, people, archivist):
    draft = make_draft(by=archivist)

    page = client.post(
        reverse("draft_block", args=[draft.public_id, 2]),
        {"version": 1, "text": "كلامٌ طويلٌ لا يجوز أن يضيع أبدًا"},
    )

    assert page.status_code == 403
    assert "كلامٌ طويلٌ لا يجوز أن يضيع أبدًا" in page.content.decode()


def test_correction_shows_what_changes(desk, archivist, language):
    revision = make_revision(by=archivist)
    page = desk.post(reverse("text_correct", args=[revision.text.public_id]), follow=True)
    assert page.status_code == 200
    draft = start_correction(text_id=revision.text_id, by=archivist)

    desk.post(
        reverse("draft_block", args=[draft.public_id, 2]),
        {"version": 1, "operation": "edit", "text": "بُني الجسر من طينٍ أبيض."},
    )
    page = desk.get(reverse("draft_changes", args=[draft.public_id])).content.decode()

    assert "<del>حجرٍ</del>" in page
    assert "<ins>طينٍ</ins>" in page


def test_pages_ask_as_often_for_thirty_rows_as_for_three(desk, archivist, django_assert_max_num_queries):
    for number in range(3):
        make_revision(f"# {number}\n\nكلام {number}\n", by=archivist)
    counts = {}
    for round_ in range(2):
        for name in ("desk_texts", "desk_works", "desk_videos", "desk_figures", "desk_files"):
            with django_assert_max_num_queries(40) as counted:
                desk.get(reverse(name))
            counts.setdefault(name, []).append(len(counted))
        if not round_:
            for number in range(3, 20):
                make_revision(f"# {number}\n\nكلام {number}\n", by=archivist)
    assert all(first == second for first, second in counts.values()), counts


def test_a_text_without_a_title_is_headed_by_its_files_name(client, people):
    draft = make_draft("كلام بلا عنوان.\n", by=people["archivist"])
    client.force_login(people["archivist"])

    page = client.get(reverse("draft", args=[draft.public_id])).content.decode()

    heading = re.search(r"<h1.*?</h1>", page, re.DOTALL).group()
    assert draft.run.arrival.filename in heading
    assert draft.public_id not in heading
