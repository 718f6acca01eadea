"""Several files as one work: each its own text, its own report, its own fate."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from archive.actions.accept_draft import accept_draft
from archive.actions.accept_parts import accept_parts, ask_accept_parts
from archive.actions.arrange_parts import Named, arrange_parts, coming_to, stamp_of, texts_of
from archive.actions.create_work import create_work
from archive.actions.place_part import clear_part, place_part, replace_part
from archive.actions.run_job import run_job
from archive.enums import ImportState, JobState, TextRole
from archive.errors import Conflict, InvalidTransition, Stale
from archive.models import AuditEvent, ImportRun, Job, Text, TextDraft, Work
from archive.text.part import natural_key
from tests.factories_archive import send

pytestmark = pytest.mark.django_db
VOLUME = "# باب {n}\n\nكلام المجلّد {n} في وصف المدينة.\n"
BROKEN = b"\x00\x01\x02\xff\xfe\x00" * 40


@pytest.fixture
def work(people):
    return create_work(values={"title_ar": "تاريخ المدينة", "access": "public"}, by=people["archivist"])


def placed(work, people, *names, text=VOLUME):
    """Bring files in as parts and read them."""
    by = people["archivist"]

    def place(n, name):
        arrival = send(text.format(n=n), filename=name, by=by)
        return place_part(arrival=arrival, work=work, language="ar", role=TextRole.VOLUME, by=by)

    runs = [place(n, name) for n, name in enumerate(names, start=1)]
    for run in runs:
        run_job(run.job_id)
    return [ImportRun.objects.get(pk=run.pk) for run in runs]


def accepted(work, people, *names):
    """Bring in parts and accept them."""
    for run in placed(work, people, *names):
        accept_draft(draft_id=run.draft.pk, sha256=run.draft.sha256, by=people["archivist"])
    return texts_of(work)


def test_files_are_ordered_by_the_numbers_in_their_names_in_any_script():
    names = ["ج10.md", "ج٢.md", "ج1.md", "مقدمة.md"]

    assert sorted(names, key=natural_key) == ["ج1.md", "ج٢.md", "ج10.md", "مقدمة.md"]


def test_each_file_becomes_a_text_of_the_work_in_its_place_under_its_title(work, people):
    runs = placed(work, people, "1.md", "2.md")
    by = people["archivist"]
    stamp = stamp_of([], coming_to(work))
    wanted = {runs[0].public_id: Named(2, "الثاني", "Second"), runs[1].public_id: Named(1, "الأول", "First")}
    arrange_parts(work_id=work.pk, stamp=stamp, wanted=wanted, by=by)

    for run in runs:
        accept_draft(draft_id=run.draft.pk, sha256=run.draft.sha256, by=by)

    found = [(t.role, t.order, t.title_ar, t.title_en, t.current_revision.title) for t in texts_of(work)]
    assert found == [("volume", 1, "الأول", "First", "باب 2"), ("volume", 2, "الثاني", "Second", "باب 1")]
    assert AuditEvent.objects.filter(action="parts.arranged").exists()


def test_arranging_what_changed_meanwhile_is_refused(work, people):
    accepted(work, people, "1.md", "2.md")
    stamp = stamp_of(texts_of(work), coming_to(work))
    placed(work, people, "3.md")

    with pytest.raises(Stale):
        arrange_parts(work_id=work.pk, stamp=stamp, wanted={}, by=people["archivist"])


def test_failed_part_leaves_the_others_and_another_file_takes_its_place(work, people):
    by = people["archivist"]
    first = placed(work, people, "1.md")[0]
    bad = place_part(
        arrival=send(BROKEN, filename="2.md", by=by), work=work, language="ar", role=TextRole.VOLUME, by=by
    )
    run_job(bad.job_id)
    third = placed(work, people, "3.md")[0]
    bad.refresh_from_db()

    again = replace_part(run_id=bad.pk, arrival=send(VOLUME, filename="2b.md", by=by), by=by)
    run_job(again.job_id)

    assert bad.state == ImportState.FAILED
    states = [(run.arrival.filename, run.part_order, run.state) for run in coming_to(work)]
    assert states == [("1.md", 0, "ready"), ("2b.md", 1, "ready"), ("3.md", 2, "ready")]
    assert {first.pk, third.pk} < {run.pk for run in coming_to(work)}


def test_part_that_was_given_up_can_be_laid_aside_and_one_being_read_cannot(work, people):
    by = people["archivist"]
    run = place_part(
        arrival=send(VOLUME, filename="1.md", by=by), work=work, language="ar", role=TextRole.CHAPTER, by=by
    )
    with pytest.raises(InvalidTransition):
        clear_part(run_id=run.pk, by=by)

    Job.objects.filter(pk=run.job_id).update(state=JobState.FAILED)
    clear_part(run_id=run.pk, by=by)

    assert coming_to(work) == []


def test_parts_without_open_problems_are_accepted_together_and_the_rest_waits(work, people):
    by = people["archivist"]
    placed(work, people, "1.md", "2.md")
    doubtful = placed(work, people, "3.md", text="# باب\n\nكلام [مقطوع](#) هنا.\n")[0]
    drafts = {row.public_id: row.sha256 for row in TextDraft.objects.all()}

    job = ask_accept_parts(work=work, drafts=drafts, by=by)
    run_job(job.pk)
    job.refresh_from_db()

    assert job.result == {"accepted": 2, "refused": []}
    assert [text.order for text in texts_of(work)] == [0, 1]
    assert [run.pk for run in coming_to(work)] == [doubtful.pk]
    again = accept_parts(work_id=work.pk, drafts=job.payload["drafts"], by=by, progress=lambda *a, **k: None)
    assert again["accepted"] == 2, "run twice, it does the same"
    assert Text.objects.count() == 2


def test_draft_that_changed_since_it_was_read_is_told_and_leaves_the_others(work, people):
    runs = placed(work, people, "1.md", "2.md")
    drafts = [[runs[0].draft.public_id, "0" * 64], [runs[1].draft.public_id, runs[1].draft.sha256]]

    result = accept_parts(
        work_id=work.pk, drafts=drafts, by=people["archivist"], progress=lambda *a, **k: None
    )

    assert result["accepted"] == 1
    assert result["refused"][0]["code"] == "draft_changed"


def test_nothing_ready_is_said_and_nothing_promised(work, people):
    with pytest.raises(Conflict):
        ask_accept_parts(work=work, drafts={"x": "y"}, by=people["archivist"])

    assert not Job.objects.filter(kind="accept_parts").exists()


def test_desk_takes_several_files_into_a_new_work_and_shows_their_state(
    client, people, django_assert_max_num_queries
):
    client.force_login(people["archivist"])
    files = [SimpleUploadedFile(f"{n}.md", VOLUME.format(n=n).encode()) for n in (10, 2)]
    sent = {
        "title_ar": "كتاب",
        "role": "volume",
        "language": "ar",
        "key": "k",
        "importer": "",
        "encoding": "",
    }

    answer = client.post(reverse("parts_upload"), {**sent, "file": [*files, SimpleUploadedFile("3.md", b"")]})
    for job in Job.objects.filter(kind="parse_import"):
        run_job(job.pk)
    work = Work.objects.get(title_ar="كتاب")
    with django_assert_max_num_queries(22):
        page = client.get(reverse("desk_parts", args=[work.public_id])).content.decode()

    assert answer.status_code == 302
    assert [run.arrival.filename for run in coming_to(work)] == ["2.md", "10.md"]
    assert page.count('name="draft"') == 2
    form = {
        name: value
        for run, number in zip(coming_to(work), (2, 1), strict=True)
        for name, value in ((f"number-{run.public_id}", number), (f"title-ar-{run.public_id}", f"ع{number}"))
    }
    stamp = stamp_of([], coming_to(work))
    saved = client.post(reverse("desk_parts", args=[work.public_id]), {**form, "stamp": stamp})
    stale = client.post(reverse("desk_parts", args=[work.public_id]), {**form, "stamp": stamp})
    assert saved.status_code == 302
    assert [run.part_title_ar for run in coming_to(work)] == ["ع1", "ع2"]
    assert stale.status_code == 412
    accept = {"draft": [f"{run.draft.public_id}:{run.draft.sha256}" for run in coming_to(work)]}
    client.post(reverse("accept_parts", args=[work.public_id]), accept)
    run_job(Job.objects.get(kind="accept_parts").pk)
    assert [text.title_ar for text in texts_of(work)] == ["ع1", "ع2"]


def test_desk_refuses_an_upload_without_a_work_in_words(client, people):
    client.force_login(people["archivist"])

    answer = client.post(reverse("parts_upload"), {"role": "volume", "language": "ar"})

    assert answer.status_code == 422
    assert not Work.objects.exists()


def test_public_page_lists_the_parts_in_order_with_steps_between_them(client, work, people):
    texts = accepted(work, people, "1.md", "2.md", "3.md")
    Text.objects.filter(pk=texts[1].pk).update(title_ar="القلعة", title_en="The Citadel")
    address = reverse("work", args=[work.slug]).replace("/ar/", "/en/")

    page = client.get(address, {"text": texts[1].public_id}).content.decode()

    assert "Volume 2: The Citadel" in page
    assert f'rel="prev" href="?text={texts[0].public_id}"' in page
    assert f'rel="next" href="?text={texts[2].public_id}"' in page
    assert page.index("Volume 1") < page.index("Volume 3")
    client.force_login(people["scholar"])
    bench = client.get(reverse("workbench", args=[texts[1].public_id])).content.decode()
    assert "القلعة" in bench or "The Citadel" in bench


def test_part_that_is_not_accepted_is_nothing_to_the_public(client, work, people):
    accepted(work, people, "1.md")
    placed(work, people, "2.md")

    page = client.get(reverse("work", args=[work.slug])).content.decode()

    assert "المجلّد 2" not in page
    assert 'rel="next"' not in page


def test_command_imports_several_files_as_parts_and_tells_of_the_one_that_failed(
    tmp_path: Path, work, people
):
    for name, data in (
        ("a.md", VOLUME.encode()), ("b.md", BROKEN), ("c.md", VOLUME.replace("{n}", "٣").encode()),
    ):  # fmt: skip
        (tmp_path / name).write_bytes(data)
    out = io.StringIO()
    paths = [str(tmp_path / name) for name in ("a.md", "b.md", "c.md")]

    with pytest.raises(CommandError, match=r"b\.md"):
        call_command(
            "import_text", *paths, language="ar", work=work.slug, accept=True, report="json",
            by=people["archivist"].email, stdout=out,
        )  # fmt: skip

    told = json.loads(out.getvalue())
    assert len(told["parts"]) == 2
    assert [text.role for text in texts_of(work)] == ["volume", "volume"]
    with pytest.raises(CommandError, match="several texts"):
        call_command("import_text", paths[0], language="ar", work=work.slug, stdout=out)
    with pytest.raises(CommandError, match="--new-work"):
        call_command("import_text", *paths, language="ar", stdout=out)
