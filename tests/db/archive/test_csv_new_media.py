"""Tables that make videos of addresses, images of a deposit's files, and collections in each other."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.access import visible_to
from archive.actions.add_video import add_video
from archive.actions.apply_step import apply_step, undo_step
from archive.actions.create_collection import create_collection
from archive.actions.open_deposit import open_deposit
from archive.actions.plan_table import plan_table, start_table
from archive.actions.undo_deposit import undo_deposit
from archive.errors import Conflict
from archive.models import BulkStep, Collection, Image, Job, Video
from tests.db.archive.deposited import keep, work
from tests.db.archive.test_csv_descriptions import problems, table
from tests.db.archive.test_csv_new_items import plan, run
from tests.factories_archive import png, send

pytestmark = pytest.mark.django_db
FILM = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
OTHER = "https://vimeo.com/76979871"


def films(by, *rows, columns=("id", "url", "title_ar")):
    return plan(by, list(columns), *rows, kind="video")


def test_addresses_become_new_videos_as_drafts(desk, archivist):
    step = films(archivist, ["", FILM, "قنطرة"], ["", "https://youtu.be/dQw4w9WgXcQ?t=5", "هي هي"], ["", OTHER, ""],
                 ["", "https://example.org/page", "x"], ["", "", "x"])  # fmt: skip

    assert problems(step) == ["new", "twice_in_table", "new", "not_a_video", "no_address"]
    assert not Video.objects.exists()
    page = desk.get(step.get_absolute_url().replace("/ar/", "/en/")).content.decode()
    assert FILM in page
    assert "Address of the film" in page

    run(apply_step, step, archivist)

    made = Video.objects.get(external_id="dQw4w9WgXcQ")
    assert (made.provider, made.title_ar, made.access, made.created_by) == (
        "youtube",
        "قنطرة",
        "draft",
        archivist,
    )
    assert Video.objects.get(provider="vimeo").url == OTHER
    assert problems(step) == ["made", "twice_in_table", "made", "not_a_video", "no_address"]
    assert reverse("desk_video", args=[made.public_id]) in desk.get(step.get_absolute_url()).content.decode()


def test_video_that_is_here_is_not_made_again_but_described(archivist):
    known, other = add_video(url=FILM, by=archivist), add_video(url=OTHER, by=archivist)
    step = films(archivist, ["", FILM, "x"], [known.public_id, FILM, "قنطرة"], [other.public_id, FILM, "y"])

    assert problems(step) == ["video_known", "changes", "another_address"]
    run(apply_step, step, archivist)
    known.refresh_from_db()
    assert (known.title_ar, Video.objects.count()) == ("قنطرة", 2)


def test_one_that_came_meanwhile_is_told_and_the_rest_is_made(archivist):
    step = films(archivist, ["", FILM, "x"], ["", OTHER, "y"])
    add_video(url=FILM, by=archivist)

    run(apply_step, step, archivist)

    assert problems(step) == ["video_known", "made"]
    assert Video.objects.count() == 2


def test_videos_of_a_step_are_taken_back_as_one(archivist):
    step = run(apply_step, films(archivist, ["", FILM, "x"], ["", OTHER, "y"]), archivist)

    run(undo_step, step, archivist)

    assert not Video.objects.exists()
    assert [row.after["url"] for row in step.rows.order_by("place")] == [FILM, OTHER]


def test_no_video_is_made_unless_that_is_ticked(desk, archivist):
    step = plan(archivist, ["id", "url", "title_ar"], ["", FILM, "x"], kind="video", makes=False)

    assert problems(step) == ["names_no_item"]
    form = desk.get(reverse("table_columns", args=[step.public_id]).replace("/ar/", "/en/")).content.decode()
    assert "becomes a new video of the address in it" in form


def test_addresses_alone_are_a_table(archivist):
    step = films(archivist, [FILM], [OTHER], columns=("url",))

    assert problems(step) == ["new", "new"]


def test_rows_of_new_videos_are_worked_out_with_few_queries(archivist):
    def measure(count):
        rows = [[f"https://vimeo.com/76979{n:03}"] for n in range(count)]
        arrival = send(table(["url"], *rows), filename="n.csv", by=archivist)
        step = start_table(arrival=arrival, kind="video", by=archivist)
        with CaptureQueriesContext(connection) as queries:
            plan_table(step_id=step.pk, columns=["url"], makes=True, by=archivist)
        assert problems(step) == ["new"] * count
        return len(queries)

    measure(1)
    assert measure(2) == measure(40)


@pytest.fixture
def deposit(archivist):
    deposit = open_deposit(note="صندوق", by=archivist)
    keep(deposit, archivist, png(20, 10), "sheet.png", "box/sheet.png")
    keep(deposit, archivist, b"{\\rtf1 x}", "notes.bin", "box/notes.bin")
    return deposit


def pictures(deposit, by, *rows, makes=True):
    words = table(["file", "title_ar"], *rows)
    item = keep(deposit, by, words, f"list{BulkStep.objects.count()}.csv")
    step = start_table(arrival=item.arrival, kind="image", deposit=deposit, by=by)
    return plan_table(step_id=step.pk, columns=["file", "title_ar"], makes=makes, by=by)


def test_file_of_a_deposit_becomes_a_further_image_as_a_draft(desk, archivist, deposit):
    step = pictures(
        deposit, archivist, ["box/sheet.png", "الوجه"], ["sheet.png", "الظهر"], ["box/notes.bin", "x"], ["none.png", "y"]
    )  # fmt: skip

    assert problems(step) == ["changes", "new", "not_an_image", "file_not_sent"]
    run(apply_step, step, archivist)
    work("make_derivatives")

    first, second = Image.objects.order_by("pk")
    assert (first.title_ar, second.title_ar) == ("الوجه", "الظهر")
    assert (second.arrival_id, second.access, second.state) == (first.arrival_id, "draft", "ready")
    page = desk.get(step.get_absolute_url()).content.decode()
    assert reverse("desk_image", args=[second.public_id]) in page


def test_a_second_row_of_a_file_is_refused_unless_new_ones_are_asked_for(archivist, deposit):
    step = pictures(deposit, archivist, ["sheet.png", "الوجه"], ["sheet.png", "الظهر"], makes=False)

    assert problems(step) == ["changes", "twice_in_table"]


def test_images_of_a_step_are_taken_back_though_their_copies_are_made(desk, archivist, people, deposit):
    step = run(apply_step, pictures(deposit, archivist, ["sheet.png", "ا"], ["sheet.png", "ب"]), archivist)
    work()
    second = Image.objects.latest("pk")
    assert second.derivatives.exists()
    with pytest.raises(Conflict):
        undo_deposit(deposit_id=deposit.pk, by=archivist)

    run(undo_step, step, archivist)

    assert problems(step) == ["undone", "undone"]
    assert second.pk not in visible_to(Image, people["administrator"]).values_list("pk", flat=True)
    assert desk.get(reverse("desk_image", args=[second.public_id])).status_code == 404
    undo_deposit(deposit_id=deposit.pk, by=archivist)


def test_image_that_stands_in_a_text_is_not_taken_back(archivist, deposit):
    step = run(apply_step, pictures(deposit, archivist, ["sheet.png", "ا"], ["sheet.png", "ب"]), archivist)
    second = Image.objects.latest("pk")
    from archive.actions.create_work import create_work

    create_work(values={"title_en": "Letter", "cover": second}, by=archivist)

    run(undo_step, step, archivist)

    assert problems(step) == ["undone", "made_in_use"]


# --- Collections in each other -----------------------------------------------------------------------------------


def shelves(by, *rows):
    return plan(by, ["id", "title_en", "parent"], *rows, kind="collection")


def test_a_collection_stands_in_one_that_a_later_row_makes(desk, archivist):
    step = shelves(archivist, ["", "Inner", "Outer"], ["", "Innermost", "Inner"], ["", "Outer", ""])

    assert problems(step) == ["new", "new", "new"]
    page = desk.get(step.get_absolute_url().replace("/ar/", "/en/")).content.decode()
    assert "something that you may not see" not in page
    run(apply_step, step, archivist)

    inner = Collection.objects.get(title_en="Inner")
    assert inner.parent.title_en == "Outer"
    assert Collection.objects.get(title_en="Innermost").parent == inner
    assert problems(step) == ["made"] * 3

    run(undo_step, step, archivist)
    assert not Collection.objects.exists()
    assert problems(step) == ["undone"] * 3


def test_collections_of_a_table_that_lie_in_a_circle_or_too_deep_are_refused(archivist):
    deep = [["", f"S{n}", f"S{n + 1}"] for n in range(6)]
    step = shelves(archivist, ["", "A", "B"], ["", "B", "A"], *deep, ["", "S6", ""])

    assert problems(step)[:2] == ["collection_circle", "collection_circle"]
    assert problems(step)[2:] == ["collection_too_deep", *["new"] * 6]


def test_name_that_two_new_collections_share_names_neither_and_one_that_is_here_wins(archivist):
    known = create_collection(values={"title_en": "Maps"}, by=archivist)
    step = shelves(
        archivist, ["", "Twin", ""], ["", "Twin", ""], ["", "x", "Twin"], ["", "Maps", ""], ["", "y", "Maps"]
    )

    assert problems(step) == ["new", "new", "unknown_reference", "new", "new"]
    run(apply_step, step, archivist)
    assert Collection.objects.get(title_en="y").parent == known


def test_what_stood_in_one_that_could_not_be_made_says_so(archivist):
    step = shelves(archivist, ["", "Inner", "Outer"], ["", "Outer", ""])
    outer = step.rows.get(label="Outer")
    outer.after |= {"access": "restricted", "groups": ["gone"]}
    outer.save()

    run(apply_step, step, archivist)

    assert problems(step) == ["reference_gone", "reference_gone"]
    assert not Collection.objects.exists()


def test_killed_between_outer_and_inner_it_goes_on(archivist, monkeypatch):
    from archive.actions import apply_step as module
    from archive.actions.run_job import run_job

    step = shelves(archivist, ["", "Inner", "Outer"], ["", "Outer", ""])
    apply_step(step_id=step.pk, by=archivist)
    step.refresh_from_db()
    turns, real = iter([False, True]), module._turn

    def dying(*args):
        if next(turns, False):
            raise RuntimeError
        real(*args)

    monkeypatch.setattr(module, "_turn", dying)
    run_job(step.job_id)
    assert [one.title_en for one in Collection.objects.all()] == ["Outer"]
    monkeypatch.setattr(module, "_turn", real)
    Job.objects.filter(pk=step.job_id).update(not_before=None)

    assert run_job(step.job_id) == "done"
    assert problems(step) == ["made", "made"]
