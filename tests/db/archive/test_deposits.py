"""Many files, in pieces, over broken connections: each is kept exactly, and the receipt says what became of it."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import os
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import translation

from archive.actions.announce_file import announce_file
from archive.actions.append_bytes import append_bytes
from archive.actions.check_file import check_file
from archive.actions.enqueue import enqueue
from archive.actions.open_deposit import open_deposit
from archive.actions.receive_file import adopt_bytes
from archive.actions.run_job import run_job
from archive.actions.settle_item import settle_item
from archive.enums import Fixity, ItemState, JobState
from archive.errors import Conflict, Invalid, Locked, NotAllowed, NotVisible, StorageFull
from archive.media import paths, resumable
from archive.models import DepositItem, FileArrival, Image, ImportRun, Job, StoredFile
from archive.presenters import printed_receipt
from tests.factories_archive import TEXT, png

pytestmark = pytest.mark.django_db
DATA = bytes(range(256)) * 40


@pytest.fixture
def deposit(archivist):
    return open_deposit(note="صندوق السيدة نوال", by=archivist)


def announce(deposit, by, data=DATA, filename="tape.bin", key="k1"):
    return announce_file(deposit=deposit, filename=filename, size=len(data), key=key, by=by)


def send(deposit, by, data=DATA, filename="tape.bin", key="k1"):
    """Send a whole file and let the worker settle it."""
    item = announce(deposit, by, data, filename, key)
    append_bytes(item=item, offset=0, pieces=[data], by=by)
    run_job(Job.objects.filter(kind="settle_item").latest("pk").pk)
    item.refresh_from_db()
    return item


def test_a_file_in_pieces_is_kept_exactly(deposit, archivist):
    item = announce(deposit, archivist)

    for start in range(0, len(DATA), 3000):
        append_bytes(item=item, offset=start, pieces=[DATA[start : start + 3000]], by=archivist)
    run_job(Job.objects.get(kind="settle_item").pk)

    item.refresh_from_db()
    assert item.state == ItemState.KEPT
    assert item.arrival.stored_file.sha256 == hashlib.sha256(DATA).hexdigest()
    assert paths.of_sha256(item.arrival.stored_file.sha256).read_bytes() == DATA
    assert not resumable.path_of(item.public_id).exists()


def test_bytes_that_were_never_answered_for_are_written_anew(deposit, archivist):
    """A power cut may leave a long file of which only a part was brought to the disk."""
    item = announce(deposit, archivist)
    append_bytes(item=item, offset=0, pieces=[DATA[:100]], by=archivist)
    with resumable.path_of(item.public_id).open("ab") as file:
        file.write(b"\0" * 500)

    append_bytes(item=item, offset=100, pieces=[DATA[100:]], by=archivist)

    assert resumable.path_of(item.public_id).read_bytes() == DATA


def test_the_same_file_announced_again_goes_on(deposit, archivist):
    first = announce(deposit, archivist)
    append_bytes(item=first, offset=0, pieces=[DATA[:100]], by=archivist)

    again = announce(deposit, archivist)

    assert (again.pk, again.offset) == (first.pk, 100)


def test_a_piece_at_the_wrong_place_is_refused_and_changes_nothing(deposit, archivist):
    item = announce(deposit, archivist)
    append_bytes(item=item, offset=0, pieces=[DATA[:100]], by=archivist)

    with pytest.raises(Conflict, match="wrong_offset"):
        append_bytes(item=item, offset=50, pieces=[b"x"], by=archivist)

    assert resumable.path_of(item.public_id).read_bytes() == DATA[:100]


def test_bytes_beyond_the_announced_size_are_not_taken(deposit, archivist):
    item = announce(deposit, archivist)

    append_bytes(item=item, offset=0, pieces=[DATA, b"more"], by=archivist)

    assert resumable.path_of(item.public_id).stat().st_size == len(DATA)


def test_two_windows_never_write_one_file_at_once(deposit, archivist):
    item = announce(deposit, archivist)

    def meanwhile():
        yield DATA[:10]
        with pytest.raises(Locked):
            append_bytes(item=item, offset=0, pieces=[b"x"], by=archivist)
        yield DATA[10:]

    append_bytes(item=item, offset=0, pieces=meanwhile(), by=archivist)

    assert item.state == ItemState.ARRIVED


def test_an_image_is_entered_and_a_text_is_read(deposit, archivist):
    picture = send(deposit, archivist, png(20, 10), "map.png", "k1")
    text = send(deposit, archivist, TEXT.encode(), "letter.md", "k2")
    other = send(deposit, archivist, DATA, "tape.bin", "k3")

    assert picture.image == Image.objects.get()
    assert text.run == ImportRun.objects.get()
    assert (other.image, other.run, other.error) == (None, None, {})


def test_what_cannot_be_understood_is_kept_all_the_same(deposit, archivist):
    item = send(deposit, archivist, b"<svg xmlns='http://www.w3.org/2000/svg'/>", "drawing.svg")

    assert item.state == ItemState.KEPT
    assert item.arrival.stored_file.size == 41
    assert item.error["code"] == "svg_refused"
    assert not Image.objects.exists()


def test_a_worker_killed_between_the_disk_and_the_database_loses_nothing(deposit, archivist, monkeypatch):
    item = announce(deposit, archivist)
    append_bytes(item=item, offset=0, pieces=[DATA], by=archivist)
    with monkeypatch.context() as patched:
        patched.setattr(
            "archive.actions.settle_item._keep", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt)
        )
        with pytest.raises(KeyboardInterrupt):
            settle_item(item_id=item.pk)
    assert not FileArrival.objects.exists()

    settle_item(item_id=item.pk)

    assert StoredFile.objects.get().size == len(DATA)


def test_settling_twice_keeps_one(deposit, archivist):
    item = send(deposit, archivist)

    settle_item(item_id=item.pk)

    assert FileArrival.objects.count() == 1


def test_the_same_bytes_under_two_names_are_kept_once_and_counted_twice(deposit, archivist):
    send(deposit, archivist, DATA, "a.bin", "k1")
    send(deposit, archivist, DATA, "b.bin", "k2")

    assert StoredFile.objects.count() == 1
    assert FileArrival.objects.count() == 2


@pytest.mark.parametrize(("size", "code"), [(0, "empty_file"), (65 * 1024**3, "too_large")])
def test_what_cannot_be_taken_is_refused_before_it_is_sent(deposit, archivist, size, code):
    with pytest.raises(Invalid, match=code):
        announce_file(deposit=deposit, filename="a", size=size, key="k", by=archivist)


def test_a_disk_without_room_says_so_before_anything_is_sent(deposit, archivist, monkeypatch):
    monkeypatch.setattr(
        "archive.actions.announce_file.shutil.disk_usage", lambda _: type("Usage", (), {"free": 10})
    )

    with pytest.raises(StorageFull):
        announce(deposit, archivist)


def test_a_file_that_changed_is_another_file(deposit, archivist):
    announce(deposit, archivist)

    with pytest.raises(Invalid, match="other_size"):
        announce_file(deposit=deposit, filename="tape.bin", size=5, key="k1", by=archivist)


@pytest.mark.parametrize("role", ["member", "scholar", "reviewer", "editor"])
def test_only_archivists_send_in_files(people, deposit, role):
    with pytest.raises(NotAllowed):
        open_deposit(by=people[role])
    with pytest.raises(NotVisible):
        announce(deposit, people[role])


def test_a_sender_who_lost_the_role_meanwhile_brings_nothing_in(deposit, archivist):
    item = announce(deposit, archivist)
    append_bytes(item=item, offset=0, pieces=[DATA], by=archivist)
    archivist.roles.clear()

    with pytest.raises(NotAllowed):
        settle_item(item_id=item.pk)


class Tus:
    """A client of the protocol, as small as it can be."""

    def __init__(self, client, deposit):
        self.client, self.place = client, reverse("uploads", args=[deposit.public_id])

    def create(self, size="10240", **told):
        pairs = {"filename": "tape.bin", "key": "k1", **told}
        metadata = ",".join(
            f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in pairs.items()
        )
        return self.client.post(
            self.place,
            headers={"Tus-Resumable": "1.0.0", "Upload-Length": str(size), "Upload-Metadata": metadata},
        )

    def patch(self, place, offset, data, kind="application/offset+octet-stream"):
        headers = {"Tus-Resumable": "1.0.0", "Upload-Offset": str(offset)}
        return self.client.patch(place, data=data, content_type=kind, headers=headers)

    def head(self, place):
        return self.client.head(place, headers={"Tus-Resumable": "1.0.0"})


@pytest.fixture
def tus(client, deposit, archivist):
    client.force_login(archivist)
    return Tus(client, deposit)


def test_the_protocol_from_creation_over_an_interruption_to_the_end(tus):
    place = tus.create(filename="شريط ٣.bin").headers["Location"]

    first = tus.patch(place, 0, DATA[:5000])
    asked = tus.head(place)
    last = tus.patch(place, 5000, DATA[5000:])

    assert (first.status_code, first.headers["Upload-Offset"]) == (204, "5000")
    assert (asked.headers["Upload-Offset"], asked.headers["Upload-Length"]) == ("5000", str(len(DATA)))
    assert asked.headers["Cache-Control"] == "no-store"
    assert (last.status_code, last.headers["Upload-Offset"]) == (204, str(len(DATA)))
    assert DepositItem.objects.get().filename == "شريط ٣.bin"


def test_the_server_says_what_it_speaks(tus):
    said = tus.client.options(tus.place)

    assert said.status_code == 204
    assert (said.headers["Tus-Version"], said.headers["Tus-Extension"]) == ("1.0.0", "creation")
    assert int(said.headers["Tus-Max-Size"]) > 4 * 1024**3


def test_refusals_of_the_protocol(tus):
    place = tus.create().headers["Location"]

    assert tus.client.head(place).status_code == 412
    assert tus.patch(place, 7, b"x").status_code == 409
    assert tus.patch(place, 0, b"x", kind="text/plain").status_code == 415
    assert tus.create(size="many", key="k2").status_code == 422
    assert tus.create(filename="a\x00b", key="k3").status_code == 422
    assert tus.patch(f"{tus.place}nothing", 0, b"x").status_code == 404


@pytest.mark.parametrize("name", ["../../etc/passwd", "con\u202egnp.exe", "x" * 300, "CON", "=cmd()"])
def test_hostile_names_are_only_names(tus, name, archivist):
    place = tus.create(filename=name).headers["Location"]
    tus.patch(place, 0, DATA)
    run_job(Job.objects.get(kind="settle_item").pk)

    kept = DepositItem.objects.get()
    table = b"".join(
        tus.client.get(reverse("deposit_receipt", args=[kept.deposit.public_id])).streaming_content
    )
    (_, row) = csv.reader(io.StringIO(table.decode("utf-8-sig")))

    assert kept.state == ItemState.KEPT
    assert len(kept.filename) <= 255
    assert "/" not in kept.filename
    assert kept.filename.isprintable()
    assert not row[0].startswith("=")


@pytest.mark.parametrize("role", [None, "member", "scholar"])
def test_others_find_nothing_where_a_deposit_is(client, people, deposit, archivist, role):
    item = announce(deposit, archivist)
    if role:
        client.force_login(people[role])
    hidden = Tus(client, deposit)

    for answer in (hidden.create(), hidden.head(reverse("upload", args=[deposit.public_id, item.public_id]))):
        assert answer.status_code == 404


def test_the_receipt_reconciles_sent_and_kept(client, deposit, archivist):
    send(deposit, archivist, png(20, 10), "map.png", "k1")
    send(deposit, archivist, DATA, "tape.bin", "k2")
    announce(deposit, archivist, DATA, "half.bin", "k3")
    client.force_login(archivist)

    page = client.get(reverse("deposit", args=[deposit.public_id])).content.decode()
    table = b"".join(client.get(reverse("deposit_receipt", args=[deposit.public_id])).streaming_content)

    rows = list(csv.reader(io.StringIO(table.decode("utf-8-sig"))))
    assert "tape.bin" in page
    assert [row[0] for row in rows[1:]] == ["map.png", "tape.bin", "half.bin"]
    assert rows[2][1:4] == [str(len(DATA)), str(len(DATA)), hashlib.sha256(DATA).hexdigest()]
    assert rows[3][2:4] == ["0", ""]


def test_a_script_learns_what_became_of_its_files(client, deposit, archivist):
    item = send(deposit, archivist, png(20, 10), "map.png", "k1")
    client.force_login(archivist)

    answer = client.get(
        reverse("deposit", args=[deposit.public_id]),
        {"items": item.public_id},
        headers={"Accept": "application/json"},
    ).json()

    assert answer["kept"] == 1
    assert answer["items"][item.public_id]["state"] == "kept"
    assert answer["items"][item.public_id]["url"] == reverse("desk_image", args=[item.image.public_id])


def test_the_page_of_a_large_deposit_asks_as_often_as_that_of_a_small_one(
    client, deposit, archivist, django_assert_max_num_queries
):
    for number in range(30):
        announce(deposit, archivist, filename=f"{number}.bin", key=f"k{number}")
    client.force_login(archivist)

    with django_assert_max_num_queries(24):
        client.get(reverse("deposit", args=[deposit.public_id]))


@pytest.mark.parametrize("left", [None, b"", DATA[:100]], ids=["gone", "emptied", "shorter"])
def test_bytes_that_were_answered_for_and_are_gone_are_sent_again(tus, left):
    """Staging is in no backup: after a restoration the row speaks of bytes that are not there."""
    place = tus.create().headers["Location"]
    tus.patch(place, 0, DATA[:5000])
    staged = resumable.path_of(DepositItem.objects.get().public_id)
    staged.unlink() if left is None else staged.write_bytes(left)

    refused = tus.patch(place, 5000, DATA[5000:])
    asked = tus.head(place)
    tus.patch(place, 0, DATA)
    run_job(Job.objects.get(kind="settle_item").pk)

    assert (refused.status_code, asked.headers["Upload-Offset"]) == (409, "0")
    assert StoredFile.objects.get().sha256 == hashlib.sha256(DATA).hexdigest()


def test_file_that_is_lost_before_it_is_laid_down_is_sent_again(tus):
    place = tus.create().headers["Location"]
    tus.patch(place, 0, DATA)
    resumable.path_of(DepositItem.objects.get().public_id).unlink()

    settled = run_job(Job.objects.get(kind="settle_item").pk)
    asked = tus.head(place)
    tus.patch(place, 0, DATA)
    run_job(Job.objects.latest("pk").pk)

    assert (settled, asked.headers["Upload-Offset"]) == (JobState.DONE, "0")
    assert DepositItem.objects.get().state == ItemState.KEPT


def test_name_of_a_new_file_is_on_the_disk_before_its_bytes_are_answered_for(tus, monkeypatch):
    synced, fsync = [], os.fsync
    monkeypatch.setattr(
        "os.fsync", lambda number: synced.append(Path(f"/proc/self/fd/{number}").readlink()) or fsync(number)
    )
    place = tus.create().headers["Location"]

    tus.patch(place, 0, DATA[:5000])

    staged = resumable.path_of(DepositItem.objects.get().public_id)
    assert synced[-2:] == [staged, staged.parent]


def test_file_that_is_being_sent_again_is_not_laid_down_by_an_old_job(deposit, archivist):
    item = announce(deposit, archivist)
    append_bytes(item=item, offset=0, pieces=[DATA], by=archivist)
    resumable.path_of(item.public_id).unlink()
    settle_item(item_id=item.pk)
    append_bytes(item=DepositItem.objects.get(), offset=0, pieces=[DATA[:100]], by=archivist)

    settle_item(item_id=item.pk)

    assert DepositItem.objects.get().offset == 100


def test_retried_piece_that_comes_late_does_not_touch_what_was_answered_for(deposit, archivist):
    """A client that heard no answer sends again; its second request had read the row before the first was done."""
    item = announce(deposit, archivist)
    late = DepositItem.objects.get(pk=item.pk)
    append_bytes(item=item, offset=0, pieces=[DATA], by=archivist)

    with pytest.raises(Conflict, match="wrong_offset"):
        append_bytes(item=late, offset=0, pieces=[DATA[:10]], by=archivist)

    run_job(Job.objects.get(kind="settle_item").pk)
    assert paths.of_sha256(hashlib.sha256(DATA).hexdigest()).read_bytes() == DATA


def test_file_is_held_until_its_row_says_what_is_in_it(deposit, archivist, monkeypatch):
    item = announce(deposit, archivist)
    late = DepositItem.objects.get(pk=item.pk)

    def answering(*args, **payload):
        with pytest.raises(Locked):
            append_bytes(item=late, offset=0, pieces=[DATA[:10]], by=archivist)
        return enqueue(*args, **payload)

    monkeypatch.setattr("archive.actions.append_bytes.enqueue", answering)
    append_bytes(item=item, offset=0, pieces=[DATA], by=archivist)

    assert resumable.path_of(item.public_id).read_bytes() == DATA


def test_file_is_held_while_it_is_laid_down(deposit, archivist, monkeypatch):
    item = announce(deposit, archivist)
    append_bytes(item=item, offset=0, pieces=[DATA], by=archivist)
    arrived = DepositItem.objects.get(pk=item.pk)

    def meanwhile(staged, **how):
        DepositItem.objects.update(state=ItemState.SENDING, offset=0)
        with pytest.raises(Locked):
            append_bytes(item=DepositItem.objects.get(), offset=0, pieces=[b"x"], by=archivist)
        arrived.save()
        return adopt_bytes(staged, **how)

    monkeypatch.setattr("archive.actions.settle_item.adopt_bytes", meanwhile)

    assert settle_item(item_id=item.pk).state == ItemState.KEPT


def test_original_is_not_written_through_its_other_name(tus, deposit, archivist, monkeypatch):
    """A worker died between the disk and the database, and the database of the day before was put back."""
    item = announce(deposit, archivist)
    append_bytes(item=item, offset=0, pieces=[DATA], by=archivist)
    with monkeypatch.context() as patched:
        patched.setattr("archive.actions.settle_item._keep", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            settle_item(item_id=item.pk)
    DepositItem.objects.update(state=ItemState.SENDING, offset=0)
    place = tus.create().headers["Location"]

    answers = [tus.patch(place, 0, b"x" * len(DATA)).status_code for _ in range(2)]

    assert answers == [409, 204]
    assert paths.of_sha256(hashlib.sha256(DATA).hexdigest()).read_bytes() == DATA


def test_good_bytes_take_the_place_of_rotten_ones(deposit, archivist):
    kept = send(deposit, archivist, DATA, "a.bin", "k1").arrival.stored_file
    paths.of_sha256(kept.sha256).write_bytes(b"rotten")

    send(deposit, archivist, DATA, "b.bin", "k2")

    assert check_file(stored_file=kept, by=None).outcome == Fixity.INTACT


def test_worker_killed_after_laying_bytes_down_leaves_one_name_of_them(deposit, archivist, monkeypatch):
    item = announce(deposit, archivist)
    append_bytes(item=item, offset=0, pieces=[DATA], by=archivist)
    with monkeypatch.context() as patched:
        patched.setattr("archive.actions.settle_item._keep", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            settle_item(item_id=item.pk)

    settle_item(item_id=item.pk)

    assert paths.of_sha256(hashlib.sha256(DATA).hexdigest()).stat().st_nlink == 1
    assert not list(paths.staging().iterdir())


def listed(client, deposit, *rows):
    place = reverse("upload_list", args=[deposit.public_id])
    return client.post(place, {"files": list(rows)}, "application/json")


def line(name, size=None, **more):
    return {"name": name, "size": len(DATA) if size is None else size, "key": name, **more}


def receipt_rows(client, deposit):
    answer = client.get(reverse("deposit_receipt", args=[deposit.public_id]))
    return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))[1:]


def test_receipt_names_what_was_to_be_sent_and_never_came(tus, deposit, archivist):
    answer = listed(tus.client, deposit, *(line(f"{n}.bin", path=f"box/{n}.bin") for n in range(5)))
    send(deposit, archivist, DATA, "0.bin", "0.bin")
    again = listed(tus.client, deposit, *(line(f"{n}.bin") for n in range(6)))

    rows = receipt_rows(tus.client, deposit)
    page = tus.client.get(f"/en/desk/deposits/{deposit.public_id}/").content.decode()

    assert (answer.json(), again.json()) == ({"new": 5}, {"new": 1})
    assert [(row[0], row[2]) for row in rows] == [
        (f"{n}.bin", str(len(DATA)) if n == 0 else "0") for n in range(6)
    ]
    assert {row[5] for row in rows[1:]} == {"لم يصل منه شيء بعد"}
    assert "5 files are not all here" in page
    assert DepositItem.objects.filter(path="box/4.bin").count() == 1


def test_receipt_says_why_a_file_was_not_taken(tus, deposit, monkeypatch):
    rows = [line("empty.txt", 0), line("film.mov", 65 * 1024**3), line("map.png")]
    assert listed(tus.client, deposit, *rows).json() == {"new": 3}

    empty, film, _map = receipt_rows(tus.client, deposit)
    page = tus.client.get(f"/en/desk/deposits/{deposit.public_id}/?show=refused").content.decode()
    refused = tus.create(size="0", filename="empty.txt", key="empty.txt")

    assert "الملف فارغ" in empty[5]
    assert "أكبر" in film[5]
    assert "Not taken. The file is empty." in page
    assert "map.png" not in page.split("data-receipt")[1]
    assert refused.status_code == 422
    # A limit that was raised meanwhile takes it.
    monkeypatch.setattr("archive.actions.announce_file.limits.DEPOSIT_BYTES", 66 * 1024**3)
    monkeypatch.setattr("archive.actions.announce_file._refuse_full_disk", lambda _size: None)
    assert tus.create(size=str(65 * 1024**3), filename="film.mov", key="film.mov").status_code == 201
    assert DepositItem.objects.get(key="film.mov").state == ItemState.SENDING


@pytest.mark.parametrize(
    "rows",
    [["x"], [{"name": "a"}], [line("a", "1")], [line("a", -1)], [line("a", True)], [line("")],
     [line("a", path=None)], [line(f"{n}") for n in range(501)], [line("k" * 65)]],
)  # fmt: skip
def test_list_that_is_none_changes_nothing(tus, deposit, rows):
    assert listed(tus.client, deposit, *rows).status_code == 422
    assert not DepositItem.objects.exists()


def test_list_is_for_those_who_may_send_and_names_are_only_names(client, people, deposit, archivist):
    client.force_login(people["member"])
    assert listed(client, deposit, line("a")).status_code == 404
    client.force_login(archivist)

    listed(client, deposit, {**line("../con\u202egnp.exe", path="../../etc/x"), "key": "k"})

    kept = DepositItem.objects.get()
    assert (kept.filename.isprintable(), "/" in kept.filename, kept.path) == (True, False, "etc/x")


def test_nobody_waits_any_more_for_what_was_left_out_and_the_receipt_goes_on_to_name_it(
    tus, deposit, archivist
):
    half = announce(deposit, archivist, DATA, "half.bin", "half.bin")
    append_bytes(item=half, offset=0, pieces=[DATA[:50]], by=archivist)
    send(deposit, archivist, DATA, "kept.bin", "kept.bin")
    listed(tus.client, deposit, line("never.bin"))
    door = reverse("deposit_rest", args=[deposit.public_id])

    page = tus.client.post(door, follow=True).content.decode()
    run_job(Job.objects.get(kind="forget_pieces").pk)

    rows = receipt_rows(tus.client, deposit)
    assert "data-deposit-unfinished" not in page
    assert [(row[0], row[2]) for row in rows] == [
        ("half.bin", "0"), ("kept.bin", str(len(DATA))), ("never.bin", "0")
    ]  # fmt: skip
    assert "ولا ينتظره أحد" in rows[2][5]
    assert not resumable.path_of(half.public_id).exists()
    with pytest.raises(Conflict):
        append_bytes(item=half, offset=50, pieces=[DATA[50:]], by=archivist)
    # Chosen again, it is sent after all, from its beginning.
    assert send(deposit, archivist, DATA, "half.bin", "half.bin").state == ItemState.KEPT


@pytest.mark.parametrize(
    ("many", "words"), [(1, ("Leave it out", "لا تنتظره<")), (2, ("Leave them out", "لا تنتظرهما<"))]
)
def test_button_that_leaves_files_out_speaks_of_as_many_as_there_are(tus, deposit, many, words):
    listed(tus.client, deposit, *(line(f"{number}.bin") for number in range(many)))

    pages = [
        tus.client.get(f"/{code}/desk/deposits/{deposit.public_id}/").content.decode()
        for code in ("en", "ar")
    ]

    assert [said in page for said, page in zip(words, pages, strict=True)] == [True, True]


def test_size_of_a_deposit_is_that_of_what_is_in_it_and_not_of_what_was_left_out(tus, deposit, archivist):
    send(deposit, archivist, DATA, "kept.bin", "kept.bin")
    announce(deposit, archivist, b"x" * 9_000, "never.bin", "never.bin")
    page = f"/en/desk/deposits/{deposit.public_id}/"

    before = tus.client.get(page).context["deposit"].size
    tus.client.post(reverse("deposit_rest", args=[deposit.public_id]))

    assert (before, tus.client.get(page).context["deposit"].size) == (len(DATA) + 9_000, len(DATA))


def test_files_of_one_name_are_told_apart_by_where_they_lay(tus, deposit):
    listed(tus.client, deposit, *({**line("1.jpg", path=f"box {n}/1.jpg"), "key": str(n)} for n in (1, 2)))

    page = tus.client.get(f"/en/desk/deposits/{deposit.public_id}/").content.decode()
    with translation.override("en"):
        printed = printed_receipt.printed(
            deposit, deposit.items.all(), agreement=None, site="x", fit=lambda words: words
        )

    assert [row[6] for row in receipt_rows(tus.client, deposit)] == ["box 1/1.jpg", "box 2/1.jpg"]
    assert "box 1/1.jpg" in page
    assert ["box 1/1.jpg" in str(row["name"]) for row in printed["rows"]] == [True, False]
