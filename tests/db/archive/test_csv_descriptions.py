"""Descriptions from a table: read in any spelling, shown row by row, applied and taken back as one step."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.actions import plan_table as module
from archive.actions.apply_step import apply_step, undo_step
from archive.actions.create_collection import create_collection
from archive.actions.create_work import create_work
from archive.actions.plan_step import keep_rows
from archive.actions.plan_table import plan_table, start_table
from archive.actions.run_job import run_job
from archive.errors import HashiyaError, ImportRefused, Invalid
from archive.importers.tables import read_table
from archive.models import BulkStep, Group, Job, TableMapping, Work
from tests.factories_archive import send

pytestmark = pytest.mark.django_db

WORDS = "وصف الجسر القديم في المدينة وما حوله من البيوت والأسواق"


@pytest.fixture
def works(archivist):
    return [create_work(values={"title_en": f"Well {n}"}, by=archivist) for n in range(3)]


def table(*rows, separator=",", encoding="utf-8"):
    lines = io.StringIO()
    csv.writer(lines, delimiter=separator).writerows(rows)
    return lines.getvalue().encode(encoding)


def plan(data, by, *columns, **more):
    step = start_table(arrival=send(data, filename="t.csv", by=by), kind="work", by=by)
    return plan_table(step_id=step.pk, columns=columns, by=by, **more)


def problems(step):
    return [row.problem.get("code", row.outcome) for row in step.rows.order_by("place")]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1256"])
def test_table_is_read_in_every_encoding_and_separator(encoding, separator):
    data = table(
        ["id", "الوصف"],
        ["a", f"{WORDS}\nسطر; آخر, ثالث"],
        [],
        ["b", "'=1+1"],
        separator=separator,
        encoding=encoding,
    )

    read = read_table(data)

    assert read.separator == separator
    assert read.headers == ["id", "الوصف"]
    assert read.rows == [(2, ["a", f"{WORDS}\nسطر; آخر, ثالث"]), (5, ["b", "=1+1"])]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (f"id,x\na,{WORDS}\n".encode() + f"b,{WORDS}\n".encode("windows-1256"), "mixed_encodings"),
        (b"id,x\n" + b"a,b\n" * 5001, "too_many_rows"),
        (b"id,x\n" + b"a,b\n" * 100_000, "too_many_rows"),
        (b"\n\n", "empty_file"),
        (b",,\n", "no_table"),
        (b"id,x\na," + b"x" * 200_000, "table_broken"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "not_text"),
    ],
)
def test_what_is_no_table_or_too_long_a_one_is_refused_with_its_reason(data, code):
    with pytest.raises(ImportRefused) as refused:
        read_table(data)

    assert refused.value.code == code


def test_rows_say_what_changes_and_what_is_wrong_with_them(desk, works, archivist):
    Group.objects.create(name="فريق")
    create_collection(values={"title_en": "Water"}, slug="water", by=archivist)
    step = plan(
        table(
            ["id", "date", "who", "shelf", "access", "rights"],
            [works[0].public_id, "1931~", "Nadia | author; Samir", "water", "عام", "In copyright"],
            [f"https://example.org/ar/works/{works[1].slug}/", "summer 1931", "", "", "", ""],
            ["nothing-like-that", "1931", "", "", "", ""],
            [works[0].public_id, "1932", "", "", "", ""],
            [works[2].public_id, "1931"],
            [works[2].public_id, "", "", "nowhere", "", ""],
            [works[2].public_id, "", "", "", "everybody", ""],
            [works[2].public_id, "", "", "", "restricted", ""],
            ["=cmd|' /C calc'!A0", "", "", "", "", ""],
        ),
        archivist,
        *("id", "date_edtf", "creators", "collection", "access", "rights_uri"),
    )

    assert problems(step) == [
        "changes", "not_edtf", "unknown_item", "twice_in_table", "wrong_columns", "unknown_reference",
        "unknown_word", "groups_missing", "unknown_item",
    ]  # fmt: skip
    first = step.rows.get(place=2)
    assert first.after["creators"] == [{"name": "Nadia", "role": "author"}, {"name": "Samir"}]
    page = desk.get(step.get_absolute_url().replace("/ar/", "/en/")).content.decode()
    assert "has 2 cells, the heading 6" in page
    assert "&#x27; /C calc" in page
    told = b"".join(desk.get(reverse("bulk_rows", args=[step.public_id]))).decode()
    assert "'=cmd|" in told


def test_table_is_applied_and_taken_back_as_one_step(works, archivist):
    step = plan(
        table(["id", "t"], *([work.public_id, f"بئر {n}"] for n, work in enumerate(works))),
        archivist,
        *("id", "title_ar"),
    )

    run_job(apply_step(step_id=step.pk, by=archivist).job_id)
    assert sorted(Work.objects.values_list("title_ar", flat=True)) == ["بئر 0", "بئر 1", "بئر 2"]

    run_job(undo_step(step_id=step.pk, by=archivist).job_id)
    assert not Work.objects.filter(title_ar__startswith="بئر").exists()


def test_empty_cells_leave_fields_as_they_are_unless_they_are_to_empty_them(works, archivist):
    data = table(["id", "t", "d"], [works[0].public_id, "", "1931"])
    columns = ("id", "title_en", "date_edtf")

    assert plan(data, archivist, *columns).rows.get().after == {"date_edtf": "1931"}
    assert problems(plan(data, archivist, *columns, empties=True)) == ["title_missing"]


def test_columns_are_named_once_for_each_heading(desk, works):
    def sent(data):
        file = SimpleUploadedFile("t.csv", data, "text/csv")
        return desk.post(reverse("work_table").replace("/ar/", "/en/"), {"file": file})

    data = table(["Item", "Title in Arabic", "x"], [works[0].public_id, "بئر", "?"])
    desk.post(reverse("work_table"), {"file": SimpleUploadedFile("t.csv", data)})
    step = BulkStep.objects.get()
    form = desk.get(step.get_absolute_url(), follow=True).content.decode()
    assert '<option value="title_ar" selected>' in form

    wrong = desk.post(reverse("table_columns", args=[step.public_id]), {"column_1": "title_ar"})
    assert wrong.status_code == 422
    right = {"column_0": "id", "column_1": "title_ar", "column_2": ""}
    desk.post(reverse("table_columns", args=[step.public_id]), right)
    assert problems(step) == ["changes"]
    assert TableMapping.objects.get().columns == ["id", "title_ar", ""]

    again = sent(table(["Item", "Title in Arabic", "x"], [works[1].public_id, "نبع", "?"]))
    newest = BulkStep.objects.order_by("pk").last()
    assert (newest.state, problems(newest)) == ("previewed", ["changes"])
    assert again.status_code == 302


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        (("", "title_ar"), "no_id_column"),
        (("id", ""), "no_value_column"),
        (("id", "id"), "column_twice"),
        (("id", "slug"), "unknown_field"),
        (("id",), "unknown_field"),
    ],
)
def test_columns_that_make_no_sense_are_refused(works, archivist, columns, code):
    with pytest.raises(Invalid) as refused:
        plan(table(["a", "b"], [works[0].public_id, "x"]), archivist, *columns)

    assert refused.value.code == code


def test_bad_file_is_told_on_the_page(desk):
    file = SimpleUploadedFile("t.csv", b"id,x\n" + b"a,b\n" * 6000)

    page = desk.post(reverse("work_table").replace("/ar/", "/en/"), {"file": file})

    assert page.status_code == 422
    assert "more than 5000 rows" in page.content.decode()
    assert desk.post(reverse("work_table"), {}).status_code == 422


def test_rows_are_worked_out_with_few_queries(works, archivist):
    def measure(count):
        rows = [[works[n % 3].public_id, f"{n}"] for n in range(count)]
        step = start_table(
            arrival=send(table(["id", "t"], *rows), filename="t.csv", by=archivist), kind="work", by=archivist
        )
        with CaptureQueriesContext(connection) as queries:
            plan_table(step_id=step.pk, columns=("id", "title_ar"), by=archivist)
        return len(queries)

    measure(1)
    # SQLite takes the rows in several statements; nothing is asked row by row.
    assert measure(300) - measure(3) <= 5


def test_lost_bytes_are_told(archivist, works, settings, tmp_path):
    step = start_table(
        arrival=send(b"id,t\na,b\n", filename="t.csv", by=archivist), kind="work", by=archivist
    )
    settings.MEDIA_ROOT = str(tmp_path / "elsewhere")

    with pytest.raises(HashiyaError) as refused:
        plan_table(step_id=step.pk, columns=("id", "title_ar"), by=archivist)

    assert refused.value.code == "bytes_missing"


def test_a_moment_is_read_from_its_cell_and_one_of_no_calendar_refused(works, archivist):
    ids = [work.public_id for work in works]
    moments = ["2031-07-17", "0001-01-01", "2031-07-17T12:00+03:00"]
    step = plan(table(["id", "until"], *zip(ids, moments, strict=True)), archivist, "id", "embargo_until")

    assert problems(step) == ["changes", "not_a_moment", "changes"]


def long_table(works, rows=301):
    """Return a table that is not worked out within a request, with something wrong in its fifth line."""
    cells = [[works[n].public_id if n < 3 else f"gone-{n}", f"بئر {n}"] for n in range(rows)]
    return table(["id", "t"], *cells[:3], [works[0].public_id, "x", "y"], *cells[4:])


def test_long_table_is_received_in_the_request_and_read_by_a_worker(desk, works):
    file = SimpleUploadedFile("long.csv", long_table(works))
    desk.post(reverse("work_table"), {"file": file})
    step = BulkStep.objects.get()
    named = {"column_0": "id", "column_1": "title_ar"}
    columns_page = reverse("table_columns", args=[step.public_id])

    sent = desk.post(columns_page, named)

    step.refresh_from_db()
    assert (sent.status_code, step.state, step.rows.count()) == (302, "planning", 0)
    page = desk.get(step.get_absolute_url().replace("/ar/", "/en/")).content.decode()
    assert "Its rows are being read now" in page
    assert f'data-job="{reverse("job", args=[step.job.public_id]).replace("/ar/", "/en/")}"' in page
    assert desk.post(columns_page, named).status_code == 302
    assert desk.post(reverse("bulk_apply", args=[step.public_id])).status_code == 302
    assert Job.objects.filter(kind="plan_table").count() == 1

    assert run_job(step.job_id) == "done"
    step.refresh_from_db()
    assert (step.state, problems(step)[:4]) == ("previewed", ["changes"] * 3 + ["wrong_columns"])
    page = desk.get(step.get_absolute_url().replace("/ar/", "/en/")).content.decode()
    assert "has 3 cells, the heading 2" in page


def test_worker_killed_while_it_reads_a_table_leaves_nothing_and_begins_again(works, archivist, monkeypatch):
    step = plan(long_table(works), archivist, "id", "title_ar")

    def dying(rows):
        keep_rows(list(rows)[:50])
        raise RuntimeError

    monkeypatch.setattr(module, "keep_rows", dying)
    assert run_job(step.job_id) == "queued"
    step.refresh_from_db()
    assert (step.state, step.rows.count()) == ("planning", 0)

    monkeypatch.setattr(module, "keep_rows", keep_rows)
    Job.objects.filter(pk=step.job_id).update(not_before=None)
    assert run_job(step.job_id) == "done"
    assert step.rows.count() == 301


def test_reading_that_stopped_is_told_and_the_columns_can_be_named_anew(desk, works, archivist, monkeypatch):
    step = plan(long_table(works), archivist, "id", "title_ar")
    with monkeypatch.context() as lost:
        lost.setattr(module, "_read", lambda *_said: (_ for _ in ()).throw(HashiyaError("bytes_missing")))
        assert run_job(step.job_id) == "failed"

    page = desk.get(step.get_absolute_url().replace("/ar/", "/en/")).content.decode()
    assert "The work stopped on its way" in page
    assert reverse("table_columns", args=[step.public_id]).replace("/ar/", "/en/") in page
    again = plan_table(step_id=step.pk, columns=["id", "title_ar"], by=archivist)
    assert run_job(step.job_id) == ""
    assert run_job(again.job_id) == "done"


def test_who_may_not_change_many_any_more_has_nothing_read(works, archivist):
    step = plan(long_table(works), archivist, "id", "title_ar")
    archivist.roles.clear()

    assert run_job(step.job_id) == "failed"
    assert step.rows.count() == 0


def test_worker_reads_a_long_table_with_few_queries(works, archivist):
    def measure(rows):
        step = plan(long_table(works, rows), archivist, "id", "title_ar")
        with CaptureQueriesContext(connection) as queries:
            run_job(step.job_id)
        return len(queries)

    measure(301)
    # A statement for 50 rows, a sign of life for 100, a look-up for 500.
    assert measure(1301) - measure(301) <= 1000 // 50 + 1000 // 100 + 2 * 4
