"""Collections described and moved by a table: the rules of the tree hold row by row, looked at and applied."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.actions.apply_step import apply_step, undo_step
from archive.actions.create_collection import create_collection
from archive.actions.describe_collection import describe_collection
from archive.actions.plan_table import plan_table, start_table
from archive.actions.run_job import run_job
from archive.models import BulkStep, Collection
from tests.db.archive.test_csv_descriptions import problems, table
from tests.factories_archive import send

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelves(archivist):
    """Return seven collections: the first three in each other, the others by themselves."""
    found = []
    for n, letter in enumerate("abcdefg"):
        within = {"parent": found[-1]} if n in (1, 2) else {}
        found.append(
            create_collection(
                values={"title_en": f"Shelf {letter}"} | within, slug=f"shelf-{letter}", by=archivist
            )
        )
    return found


def plan(by, columns, *rows, **more):
    data = table(columns, *rows)
    step = start_table(arrival=send(data, filename="c.csv", by=by), kind="collection", by=by)
    return plan_table(step_id=step.pk, columns=columns, by=by, **more)


def run(act, step, by):
    act(step_id=step.pk, by=by)
    step.refresh_from_db()
    assert run_job(step.job_id) == "done"
    return step


def parents():
    return {
        row.slug[-1]: row.parent.slug[-1] if row.parent else ""
        for row in Collection.objects.select_related("parent")
    }


def test_collections_are_described_moved_and_taken_back_as_one_step(desk, shelves, archivist):
    before = parents()
    step = plan(
        archivist,
        ["id", "title_ar", "parent", "order", "access", "description_en"],
        [shelves[3].public_id, "رف", "Shelf a", "2", "عام", "Letters"],
        [f"https://example.org/ar/collections/{shelves[4].slug}/", "", "shelf-d", "", "", ""],
        [shelves[5].public_id, "", "", "second", "", ""],
        [shelves[6].public_id, "", "nowhere", "", "", ""],
    )

    assert problems(step) == ["changes", "changes", "not_a_place", "unknown_reference"]
    page = desk.get(step.get_absolute_url().replace("/ar/", "/en/")).content.decode()
    assert "Shelf a" in page
    assert "no whole number" in page

    run(apply_step, step, archivist)
    moved = Collection.objects.get(pk=shelves[3].pk)
    assert (moved.title_ar, moved.order, moved.access, moved.description_en) == ("رف", 2, "public", "Letters")
    assert parents() == before | {"d": "a", "e": "d"}

    run(undo_step, step, archivist)
    assert parents() == before
    assert problems(step)[:2] == ["undone", "undone"]


def test_rows_that_would_close_a_circle_or_reach_too_deep_are_refused_beside_the_rows_before_them(
    shelves, archivist
):
    step = plan(
        archivist,
        ["id", "parent"],
        [shelves[0].public_id, "shelf-c"],
        [shelves[3].public_id, "shelf-c"],
        [shelves[4].public_id, "shelf-d"],
        [shelves[6].public_id, "shelf-f"],
        [shelves[5].public_id, "shelf-e"],
    )

    # The last one alone would be the sixth; it brings a seventh along that an earlier row puts into it.
    assert problems(step) == ["collection_circle", "changes", "changes", "changes", "collection_too_deep"]


def test_a_collection_moves_in_where_an_earlier_row_makes_room_and_both_go_back(shelves, archivist):
    before = parents()
    step = plan(
        archivist,
        ["id", "parent"],
        [shelves[1].public_id, ""],
        [shelves[0].public_id, "shelf-c"],
        empties=True,
    )

    assert problems(step) == ["changes", "changes"]
    run(apply_step, step, archivist)
    assert (parents()["a"], parents()["b"]) == ("c", "")
    run(undo_step, step, archivist)
    assert parents() == before


def test_the_tree_is_asked_again_when_the_rows_are_applied(shelves, archivist):
    step = plan(
        archivist, ["id", "parent"], [shelves[3].public_id, "shelf-e"], [shelves[5].public_id, "shelf-g"]
    )
    describe_collection(collection_id=shelves[4].pk, version=1, values={"parent": shelves[3]}, by=archivist)

    run(apply_step, step, archivist)

    assert problems(step) == ["collection_circle", "done"]


def test_a_collection_keeps_a_title_and_its_place_among_its_neighbors(shelves, archivist):
    step = plan(archivist, ["id", "title_en", "order"], [shelves[0].public_id, "", ""], empties=True)

    assert problems(step) == ["title_missing"]


def test_rows_of_collections_are_worked_out_with_few_queries(shelves, archivist):
    def measure(count):
        data = table(["id", "parent"], *([shelf.public_id, "shelf-a"] for shelf in shelves[3 : 3 + count]))
        step = start_table(
            arrival=send(data, filename="c.csv", by=archivist), kind="collection", by=archivist
        )
        with CaptureQueriesContext(connection) as queries:
            plan_table(step_id=step.pk, columns=["id", "parent"], by=archivist)
        return len(queries)

    measure(1)
    assert measure(1) == measure(4)


def test_tables_are_sent_in_from_the_list_of_collections(desk, shelves):
    page = desk.get(reverse("desk_collections")).content.decode()

    assert reverse("collection_table") in page
    assert desk.get(reverse("collection_table")).status_code == 200
    assert not BulkStep.objects.exists()
