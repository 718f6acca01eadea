"""Tables that make new items: only when it was asked for, looked at first, made once, taken back while nothing stands on them."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.actions import apply_step as module
from archive.actions.apply_step import apply_step, undo_step
from archive.actions.create_collection import create_collection
from archive.actions.create_work import create_work
from archive.actions.describe_collection import describe_collection
from archive.actions.describe_work import describe_work
from archive.actions.index_entry import index_entry
from archive.actions.plan_table import plan_table, start_table
from archive.actions.run_job import run_job
from archive.models import AuditEvent, BulkStep, Collection, Job, PublicTrace, SearchEntry, Text, Work
from tests.db.archive.test_csv_descriptions import problems, table
from tests.factories_archive import send

pytestmark = pytest.mark.django_db
COLUMNS = [
    "id",
    "title_ar",
    "title_en",
    "kind",
    "collection",
    "creators",
    "date_edtf",
    "rights_uri",
    "access",
]


def plan(by, columns, *rows, kind="work", **more):
    step = start_table(arrival=send(table(columns, *rows), filename="n.csv", by=by), kind=kind, by=by)
    return plan_table(step_id=step.pk, columns=columns, by=by, **({"makes": True} | more))


def run(act, step, by):
    act(step_id=step.pk, by=by)
    step.refresh_from_db()
    assert run_job(step.job_id) == "done"
    step.refresh_from_db()
    return step


def letters(by, count=2, access=""):
    rows = [["", f"رسالة {n}", access] for n in range(count)]
    return plan(by, ["id", "title_ar", "access"], *rows)


def test_rows_that_name_no_item_become_new_works_beside_those_that_are_described(desk, archivist):
    old = create_work(values={"title_en": "Well"}, by=archivist)
    shelf = create_collection(values={"title_en": "Letters"}, slug="letters", by=archivist)
    step = plan(
        archivist,
        COLUMNS,
        ["", "رسالة", "Letter", "letter", "letters", "Nadia | author", "1931~", "In copyright", ""],
        [old.public_id, "بئر", "", "", "", "", "", "", ""],
        ["", "", "", "letter", "", "", "", "", ""],
        ["", "x", "", "", "", "", "last summer", "", ""],
        ["", "x", "", "", "", "", "", "", "restricted"],
        ["nothing-like-that", "x", "", "", "", "", "", "", ""],
        ["", "x"],
    )

    assert problems(step) == [
        "new", "changes", "new_without_title", "not_edtf", "groups_missing", "unknown_item", "wrong_columns",
    ]  # fmt: skip
    assert Work.objects.count() == 1
    page = desk.get(step.get_absolute_url().replace("/ar/", "/en/")).content.decode()
    assert "will be made new" in page
    assert "Apply 2 rows" in page

    run(apply_step, step, archivist)
    made = Work.objects.get(title_en="Letter")
    assert (made.title_ar, made.kind, made.collection, made.date_edtf) == ("رسالة", "letter", shelf, "1931~")
    assert (made.creators, made.access) == ([{"name": "Nadia", "role": "author"}], "draft")
    assert (made.created_by, Work.objects.count()) == (archivist, 2)
    assert problems(step)[:2] == ["made", "done"]
    page = desk.get(step.get_absolute_url()).content.decode()
    assert reverse("desk_work", args=[made.public_id]) in page


def test_nothing_new_is_made_unless_it_was_asked_for(desk, archivist):
    step = plan(archivist, ["id", "title_ar"], ["", "رسالة"], makes=False)

    assert problems(step) == ["names_no_item"]
    page = desk.get(step.get_absolute_url().replace("/ar/", "/en/")).content.decode()
    assert "tick “Make new ones”" in page
    form = desk.get(reverse("table_columns", args=[step.public_id])).content.decode()
    assert 'name="makes"' in form


def test_images_and_videos_are_never_made_by_a_table(desk, archivist):
    step = plan(archivist, ["id", "title_ar"], ["", "صورة"], kind="image")

    assert problems(step) == ["unknown_item"]
    assert 'name="makes"' not in desk.get(reverse("table_columns", args=[step.public_id])).content.decode()


def test_a_table_without_a_column_of_ids_makes_new_ones_only_when_that_is_ticked_each_time(desk):
    def sent():
        file = SimpleUploadedFile("n.csv", table(["Title"], ["Letter"], ["Another"]), "text/csv")
        return desk.post(reverse("work_table"), {"file": file})

    sent()
    step = BulkStep.objects.get()
    address = reverse("table_columns", args=[step.public_id])
    assert desk.post(address, {"column_0": "title_en"}).status_code == 422
    assert desk.post(address, {"column_0": "title_en", "makes": "on"}).status_code == 302
    assert problems(step) == ["new", "new"]

    again = sent()
    newest = BulkStep.objects.order_by("pk").last()
    assert (again.status_code, newest.state) == (302, "mapping")
    assert (
        '<option value="title_en" selected>'
        in desk.get(newest.get_absolute_url(), follow=True).content.decode()
    )


def test_step_that_is_sent_or_run_twice_makes_each_item_once(desk, archivist):
    step = letters(archivist, 3)
    desk.post(reverse("bulk_apply", args=[step.public_id]))
    desk.post(reverse("bulk_apply", args=[step.public_id]))
    assert Work.objects.count() == 3

    row = step.rows.first()
    row.outcome = "new"
    row.save()
    module._turn(module._apply, row.pk, ("new",), archivist)
    assert Work.objects.count() == 3
    assert problems(step) == ["made"] * 3


def test_killed_while_it_makes_items_it_goes_on_and_makes_none_twice(archivist, monkeypatch):
    step = letters(archivist, 3)
    apply_step(step_id=step.pk, by=archivist)
    step.refresh_from_db()
    turns, real = iter([False, True]), module._turn

    def dying(*args):
        if next(turns, False):
            raise RuntimeError
        real(*args)

    monkeypatch.setattr(module, "_turn", dying)
    assert run_job(step.job_id) == "queued"
    assert Work.objects.count() == 1
    monkeypatch.setattr(module, "_turn", real)
    Job.objects.filter(pk=step.job_id).update(not_before=None)

    assert run_job(step.job_id) == "done"
    assert (Work.objects.count(), problems(step)) == (3, ["made"] * 3)


def test_the_same_table_sent_again_says_that_it_made_new_ones_before(desk, archivist):
    first = run(apply_step, letters(archivist), archivist)
    again = letters(archivist)

    page = desk.get(again.get_absolute_url().replace("/ar/", "/en/")).content.decode()
    assert "This very table has made new ones before" in page
    assert first.get_absolute_url().replace("/ar/", "/en/") in page
    made, address = Work.objects.count(), reverse("bulk_apply", args=[again.public_id])
    refused = desk.post(address.replace("/ar/", "/en/"), follow=True).content.decode()
    assert "say so on the step" in refused
    assert Work.objects.count() == made
    second = letters(archivist)
    desk.post(reverse("bulk_apply", args=[second.public_id]), {"again": "yes"})
    assert Work.objects.count() == 2 * made
    run(undo_step, BulkStep.objects.get(pk=second.pk), archivist)

    run(undo_step, first, archivist)
    assert (
        "made new ones before"
        not in desk.get(again.get_absolute_url().replace("/ar/", "/en/")).content.decode()
    )


def test_new_items_are_taken_back_as_one_step_and_the_step_keeps_what_they_said(desk, archivist):
    step = run(apply_step, letters(archivist), archivist)
    for work in Work.objects.all():
        index_entry(kind="work", object_id=work.pk)

    run(undo_step, step, archivist)

    assert not Work.objects.exists()
    assert not SearchEntry.objects.filter(kind="work").exists()
    assert (step.state, problems(step)) == ("undone", ["undone"] * 2)
    assert [row.after["title_ar"] for row in step.rows.order_by("place")] == ["رسالة 0", "رسالة 1"]
    assert AuditEvent.objects.filter(action="work.taken_back").count() == 2
    assert desk.get(step.get_absolute_url()).status_code == 200


def test_what_something_stands_on_stays_and_says_why(desk, archivist):
    step = run(apply_step, letters(archivist, 4), archivist)
    seen = run(apply_step, letters(archivist, 1, access="public"), archivist)
    changed, with_text, named, free = Work.objects.filter(access="draft").order_by("pk")
    describe_work(work_id=changed.pk, version=1, values={"title_en": "Letter"}, by=archivist)
    Text.objects.create(work=with_text, language="ar", direction="rtl")
    named.consents.create(person="N", given_on="2026-01-31", created_by=archivist)

    run(undo_step, step, archivist)
    run(undo_step, seen, archivist)

    codes = [row.problem.get("code", "") for row in step.rows.order_by("place")]
    assert codes == ["changed_since", "made_in_use", "made_in_use", ""]
    assert seen.rows.get().problem["code"] == "made_seen"
    assert PublicTrace.objects.filter(kind="work").exists()
    assert not Work.objects.filter(pk=free.pk).exists()
    page = desk.get(step.get_absolute_url().replace("/ar/", "/en/")).content.decode()
    assert "Something belongs to it by now" in page


def test_new_collections_stand_where_their_rows_put_them_and_go_back(archivist):
    shelves = [create_collection(values={"title_en": "Shelf 0"}, by=archivist)]
    for n in range(1, 6):
        shelves.append(
            create_collection(values={"title_en": f"Shelf {n}", "parent": shelves[-1]}, by=archivist)
        )
    step = plan(
        archivist,
        ["id", "title_en", "parent"],
        ["", "Inner", "Shelf 4"],
        ["", "Deeper", "Shelf 5"],
        ["", "By itself", ""],
        kind="collection",
    )

    assert problems(step) == ["new", "collection_too_deep", "new"]
    run(apply_step, step, archivist)
    inner = Collection.objects.get(title_en="Inner")
    assert (inner.parent, inner.access) == (shelves[4], "draft")

    create_work(values={"title_en": "Letter", "collection": inner}, by=archivist)
    run(undo_step, step, archivist)
    assert problems(step)[::2] == ["made_in_use", "undone"]
    assert not Collection.objects.filter(title_en="By itself").exists()


def test_the_depth_of_a_new_collection_is_asked_again_when_it_is_made(archivist):
    shelves = [create_collection(values={"title_en": "Shelf 0"}, by=archivist)]
    for n in range(1, 5):
        shelves.append(
            create_collection(values={"title_en": f"Shelf {n}", "parent": shelves[-1]}, by=archivist)
        )
    alone = create_collection(values={"title_en": "Alone"}, by=archivist)
    step = plan(
        archivist,
        ["id", "title_en", "parent"],
        ["", "Inner", alone.public_id],
        ["", "Two", ""],
        kind="collection",
    )
    describe_collection(collection_id=alone.pk, version=1, values={"parent": shelves[4]}, by=archivist)

    run(apply_step, step, archivist)

    assert problems(step) == ["collection_too_deep", "made"]


def test_a_row_of_an_item_that_was_taken_back_meanwhile_is_told(archivist):
    made = run(apply_step, letters(archivist, 1), archivist)
    work = Work.objects.get()
    later = plan(archivist, ["id", "title_en"], [work.public_id, "Letter"])
    run(undo_step, made, archivist)

    run(apply_step, later, archivist)

    assert problems(later) == ["unknown_item"]


def test_rows_of_new_items_are_worked_out_with_few_queries(archivist):
    def measure(count):
        step = start_table(
            arrival=send(table(["t"], *([f"{n}"] for n in range(count))), filename="n.csv", by=archivist),
            kind="work",
            by=archivist,
        )
        with CaptureQueriesContext(connection) as queries:
            plan_table(step_id=step.pk, columns=["title_en"], makes=True, by=archivist)
        return len(queries)

    measure(1)
    assert measure(2) == measure(40)
