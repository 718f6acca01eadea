"""Undoing a deposit: everything that came of it goes as one step, as long as nothing stands on it."""

from __future__ import annotations

import hashlib

import pytest
from django.urls import reverse

from annotations.models import Locus
from archive.access import visible_to
from archive.access.standing import standing_on
from archive.actions.accept_draft import accept_draft
from archive.actions.announce_file import announce_file
from archive.actions.append_bytes import append_bytes
from archive.actions.ask_bring_in import ask_bring_in
from archive.actions.create_work import create_work
from archive.actions.describe_image import describe_image
from archive.actions.open_deposit import open_deposit
from archive.actions.rebuild_search import rebuild_search
from archive.actions.settle_item import settle_item
from archive.actions.start_import import start_import
from archive.actions.take_down import take_down
from archive.actions.undo_deposit import undo_deposit
from archive.enums import Access, ItemState, JobState
from archive.errors import Conflict, NotVisible
from archive.media import paths, resumable
from archive.models import (
    AuditEvent,
    DepositItem,
    Derivative,
    Figure,
    FileArrival,
    Image,
    ImportRun,
    Job,
    SearchEntry,
    TakeOut,
    TextDraft,
)
from tests.db.archive.deposited import announce, arrive, keep, work
from tests.factories_archive import TEXT, png

pytestmark = pytest.mark.django_db
DATA = bytes(range(256)) * 40


@pytest.fixture
def deposit(archivist):
    return open_deposit(note="صندوق السيدة نوال", by=archivist)


@pytest.fixture
def image(deposit, archivist):
    return keep(deposit, archivist, png(20, 10), "map.png").image


def codes(deposit):
    return [obstacle.code for obstacle in standing_on(deposit)]


def test_nothing_that_came_of_an_undone_deposit_is_seen_or_found(desk, deposit, archivist, image):
    run = keep(deposit, archivist, TEXT.encode(), "letter.md").run
    arrival = keep(deposit, archivist, DATA).arrival
    work()
    assert SearchEntry.objects.filter(kind="image", object_id=image.pk).exists()
    draft = TextDraft.objects.get(run=run)

    undo_deposit(deposit_id=deposit.pk, files=3, by=archivist)
    work()
    rebuild_search()

    for model in (Image, ImportRun, TextDraft, FileArrival):
        assert not visible_to(model, archivist).exists(), model
    assert not SearchEntry.objects.filter(kind="image").exists()
    for name, public_id in (
        ("desk_image", image.public_id), ("image", image.public_id), ("import_run", run.public_id),
        ("draft", draft.public_id), ("desk_file", arrival.public_id), ("iiif_image_manifest", image.public_id),
        ("iiif_info", image.public_id), ("image_history", image.public_id),
    ):  # fmt: skip
        assert desk.get(reverse(name, args=[public_id])).status_code == 404, name


def test_rows_bytes_and_the_record_of_an_undone_deposit_stay(desk, deposit, archivist, image):
    keep(deposit, archivist, DATA)

    undo_deposit(deposit_id=deposit.pk, by=archivist)
    page = desk.get(deposit.get_absolute_url()).content.decode()

    event = AuditEvent.objects.get(action="deposit.undone")
    assert event.target_id == deposit.public_id
    assert event.facts == {"files": 2, "images": 1, "texts": 0, "size": len(DATA) + len(png(20, 10))}
    assert paths.of_sha256(hashlib.sha256(DATA).hexdigest()).read_bytes() == DATA
    assert "tape.bin" in page
    assert reverse("desk_image", args=[image.public_id]) not in page


def test_files_of_an_undone_deposit_can_be_sent_again(deposit, archivist, image):
    undo_deposit(deposit_id=deposit.pk, by=archivist)

    again = keep(open_deposit(note="once more", by=archivist), archivist, png(20, 10), "map.png")

    assert again.state == ItemState.KEPT
    assert list(visible_to(Image, archivist)) == [again.image]


def test_undone_deposit_takes_nothing_more_and_is_not_undone_twice(deposit, archivist):
    item = announce(deposit, archivist, DATA)
    undo_deposit(deposit_id=deposit.pk, by=archivist)

    with pytest.raises(Conflict, match="deposit_undone"):
        append_bytes(item=item, offset=0, pieces=[DATA], by=archivist)
    with pytest.raises(Conflict, match="deposit_undone"):
        announce_file(deposit=deposit, filename="b", size=1, key="b", by=archivist)
    with pytest.raises(Conflict, match="deposit_undone"):
        undo_deposit(deposit_id=deposit.pk, by=archivist)


def test_pieces_that_never_came_whole_are_forgotten(deposit, archivist):
    item = announce(deposit, archivist, DATA)
    append_bytes(item=item, offset=0, pieces=[DATA[:100]], by=archivist)

    undo_deposit(deposit_id=deposit.pk, by=archivist)
    work()

    assert not resumable.path_of(item.public_id).exists()


def test_file_that_arrived_and_was_not_settled_yet_becomes_nothing(deposit, archivist):
    item = arrive(deposit, archivist, png(20, 10), "map.png")
    undo_deposit(deposit_id=deposit.pk, by=archivist)

    (settled, *_rest) = work()

    item.refresh_from_db()
    assert (settled.state, item.state, item.image) == (JobState.DONE, ItemState.ARRIVED, None)


def test_deposit_that_is_undone_while_a_file_is_hashed_gets_nothing_of_it(deposit, archivist, monkeypatch):
    from archive.actions.receive_file import adopt_bytes

    item = arrive(deposit, archivist, png(20, 10), "map.png")

    def meanwhile(staged, **how):
        undo_deposit(deposit_id=deposit.pk, by=archivist)
        return adopt_bytes(staged, **how)

    monkeypatch.setattr("archive.actions.settle_item.adopt_bytes", meanwhile)
    settle_item(item_id=item.pk)

    assert not Image.objects.exists()
    assert not FileArrival.objects.exists()


def test_picture_of_an_undone_deposit_gets_no_copies_any_more(deposit, archivist, image):
    undo_deposit(deposit_id=deposit.pk, by=archivist)

    work()

    assert not Derivative.objects.exists()


def test_text_that_was_to_be_read_is_not(deposit, archivist):
    keep(deposit, archivist, TEXT.encode(), "letter.md")
    undo_deposit(deposit_id=deposit.pk, by=archivist)

    work()

    assert not TextDraft.objects.exists()


def test_packages_are_taken_back(deposit, archivist, image):
    item = create_work(values={"title_ar": "ا"}, by=archivist)
    package = TakeOut.objects.create(work=item, format="bagit", created_by=archivist)

    undo_deposit(deposit_id=deposit.pk, by=archivist)

    package.refresh_from_db()
    assert package.expires_at is not None


def test_undoer_who_was_shown_fewer_files_looks_again(deposit, archivist, image):
    announce(deposit, archivist, DATA)

    with pytest.raises(Conflict, match="deposit_changed"):
        undo_deposit(deposit_id=deposit.pk, files=1, by=archivist)


@pytest.mark.parametrize("role", ["member", "scholar", "editor", "reviewer"])
def test_only_archivists_undo(deposit, people, role):
    with pytest.raises(NotVisible):
        undo_deposit(deposit_id=deposit.pk, by=people[role])


def shown_in_text(image, by):
    revision = accept_draft_of(by)
    Figure.objects.create(text=revision.text, key="f1", image=image)


def accept_draft_of(by, run=None):
    from tests.factories_archive import make_draft

    draft = TextDraft.objects.get(run=run) if run else make_draft(by=by)
    return accept_draft(draft_id=draft.pk, sha256=draft.sha256, values={"title_ar": "ا"}, by=by)


def is_cover(image, by):
    create_work(values={"title_ar": "ا", "cover": image}, by=by)


def described_since(image, by):
    describe_image(image_id=image.pk, version=image.version, values={"title_ar": "خريطة"}, by=by)


def taken_down_once(image, by):
    take_down(image, reason="rights", by=by)


def file_in_use(image, by):
    start_import(arrival=image.arrival, language="ar", importer_code="plain", by=by)


def written_on(image, by):
    Locus.objects.create(kind="region", image=image, region={"shape": "rect", "points": [[0, 0], [1, 1]]})


@pytest.mark.parametrize(
    "use", [shown_in_text, is_cover, described_since, taken_down_once, file_in_use, written_on]
)
def test_deposit_on_which_something_stands_stays_whole(desk, deposit, archivist, image, use):
    keep(deposit, archivist, DATA)
    use(image, archivist)

    with pytest.raises(Conflict, match="deposit_in_use"):
        undo_deposit(deposit_id=deposit.pk, by=archivist)

    page = desk.get(reverse("undo_deposit", args=[deposit.public_id]))
    (obstacle,) = standing_on(deposit)
    assert (obstacle.code, obstacle.many, obstacle.files) == (use.__name__, 1, ("map.png",))
    assert "map.png" in page.content.decode()
    assert not AuditEvent.objects.filter(action="deposit.undone").exists()


def test_package_that_was_to_be_brought_in_keeps_its_deposit(deposit, archivist):
    item = keep(deposit, archivist, DATA, "bag.zip")
    ask_bring_in(arrival=item.arrival, by=archivist)

    with pytest.raises(Conflict, match="deposit_in_use"):
        undo_deposit(deposit_id=deposit.pk, by=archivist)

    assert codes(deposit) == ["file_in_use"]


def test_what_the_public_sees_or_saw_stays(deposit, archivist, image):
    for access in (Access.PUBLIC, Access.DRAFT):
        image.refresh_from_db()
        describe_image(image_id=image.pk, version=image.version, values={"access": access}, by=archivist)

        assert codes(deposit) == ["described_since", "seen_publicly"]


def test_accepted_text_stays(deposit, archivist):
    run = keep(deposit, archivist, TEXT.encode(), "letter.md").run
    work("parse_import")
    accept_draft_of(archivist, run)

    assert codes(deposit) == ["text_in_use"]


def test_page_shows_what_goes_and_does_it(desk, deposit, archivist, image):
    address = reverse("undo_deposit", args=[deposit.public_id])

    page = desk.get(address)
    answer = desk.post(address, {"files": "1"})

    deposit.refresh_from_db()
    assert page.status_code == 200
    assert 'name="files" value="1"' in page.content.decode()
    assert (answer.status_code, answer.headers["Location"]) == (302, deposit.get_absolute_url())
    assert deposit.undone_by == archivist


def test_preview_asks_as_often_for_many_files_as_for_few(
    desk, deposit, archivist, django_assert_max_num_queries
):
    for number in range(20):
        announce(deposit, archivist, DATA, f"{number}.bin")
    address = reverse("undo_deposit", args=[deposit.public_id])

    with django_assert_max_num_queries(40):
        desk.get(address)


def test_killed_in_the_middle_nothing_was_undone(deposit, archivist, image, monkeypatch):
    monkeypatch.setattr("archive.actions.undo_deposit.record_event", lambda *_, **__: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        undo_deposit(deposit_id=deposit.pk, by=archivist)

    deposit.refresh_from_db()
    assert deposit.undone_at is None
    assert visible_to(Image, archivist).get() == image
    assert not Job.objects.filter(kind="clear_deposit").exists()
    undo = DepositItem.objects.get().image
    assert undo is not None
    assert not undo.undone
