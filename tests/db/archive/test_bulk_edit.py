"""Changing many descriptions: chosen in a list, looked at, applied as one step, taken back as one."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.actions.apply_step import apply_step, undo_step
from archive.actions.create_collection import create_collection
from archive.actions.create_work import create_work
from archive.actions.describe_work import describe_work
from archive.actions.plan_step import plan_step
from archive.actions.run_job import run_job
from archive.errors import Conflict, Invalid, NotAllowed
from archive.models import AuditEvent, BulkRow, BulkStep, DescriptionChange, Group, Work
from archive.presenters.bulk_changes import Asked, changed

pytestmark = pytest.mark.django_db


@pytest.fixture
def works(archivist):
    made = [create_work(values={"title_en": f"Well {n}"}, by=archivist) for n in range(3)]
    creators = [{"name": "Nadia", "role": "author"}, {"name": "Samir"}]
    describe_work(work_id=made[0].pk, version=1, values={"creators": creators}, by=archivist)
    return list(Work.objects.order_by("pk"))


def plan(works, by, *asked):
    return plan_step(kind="work", items=[work.public_id for work in works], asked=Asked(*asked), by=by)


def run(act, step, by):
    done = act(step_id=step.pk, by=by)
    assert run_job(done.job_id) == "done"
    done.refresh_from_db()
    return done


def outcomes(step):
    return sorted(step.rows.values_list("outcome", flat=True))


N, S = {"name": "Nadia", "role": "author"}, {"name": "Samir"}


@pytest.mark.parametrize(
    ("asked", "before", "after"),
    [
        (Asked("creators", "add", [S, {"name": "Rim"}]), [S], [S, {"name": "Rim"}]),
        (Asked("creators", "remove", [{"name": "Nadia"}]), [N, S], [S]),
        (Asked("creators", "replace", [{"name": "Rim"}], "Nadia"), [N, S], [{"name": "Rim", "role": "author"}, S]),
        (Asked("creators", "replace", [S], "Nadia"), [N], [{"name": "Samir", "role": "author"}]),
        (Asked("creators", "set", []), [N], []),
        (Asked("groups", "add", ["b"]), ["c"], ["b", "c"]),
        (Asked("identifiers", "remove", [{"scheme": "isbn", "value": "1"}]), [{"scheme": "isbn", "value": "1"}], []),
    ],
)  # fmt: skip
def test_operations_on_lists(asked, before, after):
    assert changed(asked, before) == after


def test_ticked_rows_are_shown_before_anything_changes_and_changed_as_one_step(desk, works):
    ticked = [work.public_id for work in works[:2]]
    form = desk.post(reverse("work_bulk"), {"field": "date_edtf", "which": "ticked", "item": ticked})
    assert form.status_code == 200

    sent = {
        "field": "date_edtf",
        "which": "ticked",
        "item": ticked,
        "op": "set",
        "value": "1931~",
        "old": "",
    }
    answer = desk.post(reverse("work_bulk"), sent)

    step = BulkStep.objects.get()
    assert answer["Location"] == step.get_absolute_url()
    assert "1931~" in desk.get(answer["Location"]).content.decode()
    assert not Work.objects.exclude(date_edtf="").exists()

    desk.post(reverse("bulk_apply", args=[step.public_id]))

    assert set(Work.objects.filter(date_edtf="1931~")) == set(works[:2])
    assert outcomes(step) == ["done", "done"]
    assert DescriptionChange.objects.filter(way="step").count() == 2
    assert AuditEvent.objects.filter(action="bulk_step.applied", facts__rows=2).exists()


def test_all_that_the_filter_leaves_are_meant(desk, works):
    sent = {"field": "rights_holder_en", "which": "all", "q": "Well 2", "op": "set", "value": "The town"}

    desk.post(reverse("work_bulk"), sent)

    assert [row.item_id for row in BulkRow.objects.all()] == [works[2].pk]


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"field": "date_edtf", "op": "set", "value": "صيف"}, 422),
        ({"field": "access", "op": "set", "value": ""}, 422),
        ({"field": "creators", "op": "replace", "value": "Rim", "old": ""}, 422),
        ({"field": "creators", "op": "add", "value": ""}, 422),
        ({"field": "title_en", "op": "set", "value": "x"}, 302),
        ({"field": "access", "op": "burn", "value": "public"}, 422),
    ],
)
def test_what_cannot_be_done_is_told_in_the_form(desk, works, sent, status):
    answer = desk.post(reverse("work_bulk"), {"which": "all", **sent})

    assert answer.status_code == status
    assert not BulkStep.objects.exists()


def test_nothing_ticked_and_too_many_are_told(desk, works, monkeypatch):
    page = desk.post(
        reverse("work_bulk").replace("/ar/", "/en/"), {"field": "access", "which": "ticked"}, follow=True
    )
    assert "Tick some rows first" in page.content.decode()

    monkeypatch.setattr("archive.views.bulk.MOST", 2)
    page = desk.post(
        reverse("work_bulk").replace("/ar/", "/en/"), {"field": "access", "which": "all"}, follow=True
    )
    assert "more than 2 at once" in page.content.decode()


def test_preview_says_row_by_row_what_changes_what_stays_and_what_is_refused(desk, works, archivist):
    group = Group.objects.create(name="فريق")
    describe_work(work_id=works[0].pk, version=2, values={"groups": [group]}, by=archivist)
    describe_work(
        work_id=works[1].pk, version=1, values={"access": "restricted", "groups": [group]}, by=archivist
    )

    step = plan(works, archivist, "access", "set", "restricted")

    assert outcomes(step) == ["changes", "refused", "same"]
    assert step.rows.get(outcome="refused").problem["code"] == "groups_missing"
    page = desk.get(step.get_absolute_url().replace("/ar/", "/en/")).content.decode()
    assert "Name at least one person or group" in page
    run(apply_step, step, archivist)
    assert Work.objects.filter(access="restricted").count() == 2


def test_what_somebody_changed_since_the_preview_is_left_and_told(works, archivist):
    step = plan(works, archivist, "rights_holder_en", "set", "The town")
    describe_work(work_id=works[1].pk, version=1, values={"title_en": "Fountain"}, by=archivist)

    step = run(apply_step, step, archivist)

    assert outcomes(step) == ["done", "done", "failed"]
    assert step.rows.get(item_id=works[1].pk).problem["code"] == "stale"
    assert Work.objects.get(pk=works[1].pk).rights_holder_en in ("", None)


def test_step_is_taken_back_as_one_but_for_what_was_changed_since(works, archivist):
    step = run(apply_step, plan(works, archivist, "creators", "add", [{"name": "Rim"}]), archivist)
    describe_work(work_id=works[1].pk, version=2, values={"creators": []}, by=archivist)
    describe_work(work_id=works[2].pk, version=2, values={"title_en": "Fountain"}, by=archivist)

    step = run(undo_step, step, archivist)

    assert step.state == "undone"
    assert outcomes(step) == ["kept", "undone", "undone"]
    assert step.rows.get(outcome="kept").problem["code"] == "changed_since"
    first, second, third = Work.objects.order_by("pk")
    assert [c["name"] for c in first.creators] == ["Nadia", "Samir"]
    assert (second.creators, third.creators, third.title_en) == ([], [], "Fountain")
    with pytest.raises(Conflict):
        undo_step(step_id=step.pk, by=archivist)


def test_killed_step_goes_on_where_it_stopped(works, archivist, monkeypatch):
    step = plan(works, archivist, "rights_holder_en", "set", "The town")
    apply_step(step_id=step.pk, by=archivist)
    step.refresh_from_db()
    from archive.actions import apply_step as module

    once = iter([False, True])
    real = module._turn

    def dying(*args):
        if next(once, False):
            raise RuntimeError
        real(*args)

    monkeypatch.setattr(module, "_turn", dying)
    assert run_job(step.job_id) == "queued"
    monkeypatch.setattr(module, "_turn", real)
    step.job.not_before = None
    step.job.save(update_fields=["not_before"])

    assert run_job(step.job_id) == "done"
    assert outcomes(step) == ["done"] * 3
    assert DescriptionChange.objects.filter(way="step").count() == 3


def test_a_collection_is_put_on_many_and_gone_references_are_refused(works, archivist):
    shelf = create_collection(values={"title_en": "Wells"}, by=archivist)

    run(apply_step, plan(works, archivist, "collection", "set", shelf.public_id), archivist)

    assert shelf.works.count() == 3
    assert outcomes(plan(works, archivist, "collection", "set", "zzzz")) == ["refused"] * 3


def test_only_archivists_change_many(works, people, client):
    with pytest.raises(NotAllowed):
        plan(works, people["editor"], "date_edtf", "set", "1931")
    with pytest.raises(Invalid):
        plan(works, people["archivist"], "slug", "set", "x")
    client.force_login(people["editor"])
    assert client.get(reverse("bulk_steps")).status_code == 403


def test_preview_takes_the_same_number_of_queries_however_many_rows(desk, works, archivist):
    def measure(rows):
        step = plan(rows, archivist, "date_edtf", "set", "1931")
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(step.get_absolute_url()).status_code == 200
        return len(queries)

    measure(works)
    assert measure(works[:1]) == measure(works)


def test_an_embargo_is_set_on_many_and_taken_back(desk, works, archivist):
    ticked = [work.public_id for work in works[:2]]
    sent = {
        "field": "embargo_until",
        "which": "ticked",
        "item": ticked,
        "op": "set",
        "value": "2031-07-17T12:00",
    }

    answer = desk.post(reverse("work_bulk"), sent)

    assert answer.status_code == 302
    step = BulkStep.objects.get()
    assert outcomes(step) == ["changes", "changes"]
    run(apply_step, step, archivist)
    assert {work.embargo_until.year for work in Work.objects.filter(public_id__in=ticked)} == {2031}
    run(undo_step, step, archivist)
    assert not Work.objects.exclude(embargo_until=None).exists()
