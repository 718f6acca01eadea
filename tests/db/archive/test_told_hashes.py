"""What was sent against what is kept, by SHA-256: the sender works its own out, and the receipt compares the two."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone, translation

from archive.access import visible_to
from archive.access.viewer import viewer_of
from archive.actions.announce_file import announce_file
from archive.actions.append_bytes import PATIENCE, append_bytes
from archive.actions.leave_out_rest import leave_out_rest
from archive.actions.open_deposit import open_deposit
from archive.actions.parse_import import parse_import
from archive.actions.receive_file import adopt_bytes
from archive.actions.run_job import run_job
from archive.actions.settle_item import settle_item
from archive.actions.tell_hash import tell_hash
from archive.actions.undo_deposit import undo_deposit
from archive.enums import Compared, Differing, ItemState, JobState
from archive.errors import Conflict, Invalid, NotVisible
from archive.media import paths, resumable
from archive.models import (
    AuditEvent,
    DepositItem,
    FileArrival,
    Image,
    ImportRun,
    Job,
    SearchEntry,
    StoredFile,
    TextDraft,
    Work,
)
from archive.presenters import receipt
from archive.presenters.printed_receipt import printed
from archive.views import desk_counts
from tests.db.archive.deposited import work
from tests.factories_archive import TEXT, png

pytestmark = pytest.mark.django_db
GOOD = png(20, 10)
#: One bit of it was turned over on its way.
BAD = GOOD[:-20] + bytes([GOOD[-20] ^ 1]) + GOOD[-19:]
OTHER = "0" * 64


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def deposit(archivist):
    return open_deposit(note="صندوق السيدة نوال", by=archivist)


@pytest.fixture
def send(deposit, archivist):
    """Announces a file, sends its bytes (or those of `came`), and lets the worker settle what is due."""

    def send(data=GOOD, came=None, filename="map.png", **told):
        item = announce_file(
            deposit=deposit, filename=filename, size=len(data), key=filename, by=archivist, **told
        )
        append_bytes(item=item, offset=0, pieces=[data if came is None else came], by=archivist)
        work("settle_item")
        item.refresh_from_db()
        return item

    return send


@pytest.fixture
def damaged(send):
    """A picture that came with a bit turned over, and was told whole."""
    return send(came=BAD, sha256=sha256(GOOD))


def test_file_that_came_as_it_was_sent_is_the_same_by_both_hashes(send):
    item = send(sha256=sha256(GOOD))

    assert (item.state, item.compared, item.image) == (ItemState.KEPT, Compared.SAME, Image.objects.get())
    assert item.told_sha256 == item.found_sha256 == sha256(GOOD)


def test_bit_that_was_turned_over_on_its_way_is_told_and_nothing_is_made(damaged):
    assert (damaged.state, damaged.compared) == (ItemState.DIFFERS, Compared.DIFFERS)
    assert (damaged.told_sha256, damaged.found_sha256) == (sha256(GOOD), sha256(BAD))
    assert not Image.objects.exists()
    assert not FileArrival.objects.exists()
    assert not StoredFile.objects.exists()
    assert not paths.of_sha256(sha256(BAD)).exists()
    event = AuditEvent.objects.get(action="deposit.file_differs")
    assert event.target_id == damaged.public_id
    assert event.facts == {"told": sha256(GOOD), "found": sha256(BAD)}


def test_bytes_that_differ_stay_until_the_file_is_sent_again(damaged, send):
    assert resumable.path_of(damaged.public_id).read_bytes() == BAD
    settle_item(item_id=damaged.pk)
    assert resumable.path_of(damaged.public_id).read_bytes() == BAD

    again = send(sha256=sha256(GOOD))

    assert (again.pk, again.state, again.compared) == (damaged.pk, ItemState.KEPT, Compared.SAME)
    assert Image.objects.get() == again.image
    assert not resumable.path_of(damaged.public_id).exists()


def test_stored_pieces_that_changed_before_they_were_hashed_are_noticed(deposit, archivist):
    item = announce_file(
        deposit=deposit, filename="map.png", size=len(GOOD), key="k", sha256=sha256(GOOD), by=archivist
    )
    append_bytes(item=item, offset=0, pieces=[GOOD], by=archivist)
    resumable.path_of(item.public_id).write_bytes(BAD)

    settled = settle_item(item_id=item.pk)

    assert (settled.state, settled.found_sha256) == (ItemState.DIFFERS, sha256(BAD))


def test_file_waits_for_the_hash_that_its_sender_promised(send, archivist):
    item = send(hash_follows=True)
    with translation.override("en"):
        waiting = receipt.outcome(item)

    tell_hash(item=item, sha256=sha256(GOOD), by=archivist)
    work("settle_item")

    item.refresh_from_db()
    assert waiting == "Here; its sender is still working out its hash"
    assert (item.state, item.compared) == (ItemState.KEPT, Compared.SAME)


def test_sender_who_went_away_before_telling_leaves_a_file_that_is_kept_and_says_so(send, archivist):
    item = send(hash_follows=True)
    job = Job.objects.get(kind="settle_item", state=JobState.QUEUED)
    assert timezone.now() < job.not_before <= timezone.now() + PATIENCE
    Job.objects.filter(pk=job.pk).update(not_before=timezone.now() - PATIENCE)

    run_job(job.pk)

    item.refresh_from_db()
    assert (item.state, item.compared) == (ItemState.KEPT, Compared.UNTOLD)
    # Whoever comes back tomorrow completes it.
    later = tell_hash(item=item, sha256=sha256(GOOD), by=archivist)
    assert (later.state, later.compared) == (ItemState.KEPT, Compared.SAME)


def test_sender_who_cannot_work_it_out_is_not_waited_for(send, archivist):
    item = send(hash_follows=True)

    tell_hash(item=item, sha256=None, by=archivist)
    work("settle_item")

    item.refresh_from_db()
    assert (item.state, item.compared) == (ItemState.KEPT, Compared.UNTOLD)


def test_hash_that_was_told_before_the_last_piece_keeps_nobody_waiting(deposit, archivist):
    told = {"filename": "map.png", "size": len(GOOD), "key": "k", "by": archivist}
    item = announce_file(deposit=deposit, hash_follows=True, **told)
    append_bytes(item=item, offset=0, pieces=[GOOD[:50]], by=archivist)
    tell_hash(item=item, sha256=sha256(GOOD), by=archivist)

    append_bytes(item=item, offset=50, pieces=[GOOD[50:]], by=archivist)

    assert Job.objects.get(kind="settle_item").not_before is None


def test_hash_that_is_told_while_the_file_is_hashed_is_compared(deposit, archivist, monkeypatch):
    item = announce_file(deposit=deposit, filename="map.png", size=len(GOOD), key="k", by=archivist)
    append_bytes(item=item, offset=0, pieces=[BAD], by=archivist)

    def meanwhile(staged, **how):
        found = adopt_bytes(staged, **how)
        tell_hash(item=item, sha256=sha256(GOOD), by=archivist)
        return found

    monkeypatch.setattr("archive.actions.settle_item.adopt_bytes", meanwhile)

    assert settle_item(item_id=item.pk).state == ItemState.DIFFERS
    assert not Image.objects.exists()


def test_late_hash_that_differs_takes_back_what_was_made(send, archivist, deposit):
    item = send(came=BAD)
    image = item.image
    work("refresh_search")
    assert SearchEntry.objects.filter(kind="image", object_id=image.pk).exists()

    late = tell_hash(item=item, sha256=sha256(GOOD), by=archivist)

    image.refresh_from_db()
    assert (late.state, late.compared, late.image) == (ItemState.DIFFERS, Compared.DIFFERS, None)
    assert image.undone
    assert not SearchEntry.objects.filter(kind="image", object_id=image.pk).exists()
    assert late.arrival.stored_file.sha256 == sha256(BAD)
    assert paths.of_sha256(sha256(BAD)).exists()


def test_late_hash_that_differs_ends_the_reading_of_a_text(send, archivist):
    text = TEXT.encode()
    item = send(text, text[:-1] + b"?", "letter.md")
    work("parse_import")
    assert TextDraft.objects.get().state == "open"

    tell_hash(item=item, sha256=sha256(text), by=archivist)

    assert (TextDraft.objects.get().state, ImportRun.objects.get().state) == ("abandoned", "abandoned")


def test_late_hash_reaches_the_draft_of_a_text_that_is_being_read_meanwhile(send, archivist):
    """The reading ends between what is looked at and what is laid aside: as another connection would end it."""
    text = TEXT.encode()
    item = send(text, text[:-1] + b"?", "letter.md")
    left = ["the reading"]

    def read_first(execute, sql, params, many, context):
        if left and sql.startswith('UPDATE "archive_importrun"'):
            left.clear()
            parse_import(run_id=item.run_id)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(read_first):
        tell_hash(item=item, sha256=sha256(text), by=archivist)

    assert not left
    assert (TextDraft.objects.get().state, ImportRun.objects.get().state) == ("abandoned", "abandoned")


def test_what_is_in_use_by_then_stays_and_the_receipt_says_so(send, archivist):
    item = send(came=BAD)
    Work.objects.create(title_ar="ا", cover=item.image)

    late = tell_hash(item=item, sha256=sha256(GOOD), by=archivist)

    item.image.refresh_from_db()
    assert (late.state, late.image, item.image.undone) == (ItemState.DIFFERS, item.image, False)
    with translation.override("en"):
        assert "is in use, so it stays" in receipt.outcome(late)


def test_file_that_was_kept_with_other_bytes_and_is_sent_again_leaves_both_on_the_receipt(
    send, archivist, deposit
):
    first = send(came=BAD)
    tell_hash(item=first, sha256=sha256(GOOD), by=archivist)

    again = send(sha256=sha256(GOOD))

    first.refresh_from_db()
    assert again.pk != first.pk
    assert (first.state, first.error["code"], first.found_sha256) == (
        ItemState.REFUSED, Differing.SENT_AGAIN, sha256(BAD)
    )  # fmt: skip
    assert (again.state, again.compared, again.image.undone) == (ItemState.KEPT, Compared.SAME, False)
    assert [item.compared for item in deposit.items.all()] == [Compared.DIFFERS, Compared.SAME]
    # Undoing the deposit takes the bytes of both out of sight.
    undo_deposit(deposit_id=deposit.pk, by=archivist)
    assert FileArrival.objects.count() == 2
    assert not visible_to(FileArrival, viewer_of(archivist)).exists()


#: What telling does to a file in each state: the hash that is told when G was told before, and when none was.
TELLING = [
    # state, told before, told now, state and hash afterwards; a code is a refusal
    ("sending", "", "G", ("sending", "G")),
    ("sending", "", None, ("sending", "")),
    ("sending", "G", "G", ("sending", "G")),
    ("sending", "G", "O", ("sending", "O")),
    ("sending", "G", None, "hash_told"),
    ("arrived", "", "G", ("arrived", "G")),
    ("arrived", "", "O", ("arrived", "O")),
    ("arrived", "", None, ("arrived", "")),
    ("arrived", "G", "G", ("arrived", "G")),
    ("arrived", "G", "O", "hash_told"),
    ("arrived", "G", None, "hash_told"),
    ("kept", "", "G", ("kept", "G")),
    ("kept", "", "O", ("differs", "O")),
    ("kept", "", None, ("kept", "")),
    ("kept", "G", "G", ("kept", "G")),
    ("kept", "G", "O", "hash_told"),
    ("kept", "G", None, "hash_told"),
    ("differs", "O", "O", ("differs", "O")),
    ("differs", "O", "G", "hash_told"),
    ("differs", "O", None, "hash_told"),
    ("refused", "", "G", ("refused", "G")),
    ("refused", "", None, ("refused", "")),
    ("refused", "O", "O", ("refused", "O")),
    ("refused", "O", "G", "hash_told"),
    ("refused", "O", None, "hash_told"),
]


@pytest.mark.parametrize(("state", "before", "now", "after"), TELLING)
def test_telling_in_every_state(deposit, archivist, state, before, now, after):
    hashes = {"G": sha256(GOOD), "O": OTHER, "": "", None: None}
    item = announce_file(deposit=deposit, filename="map.png", size=len(GOOD), key="k", by=archivist)
    if state in ("arrived", "kept", "differs"):
        append_bytes(item=item, offset=0, pieces=[GOOD], by=archivist)
    if before:
        tell_hash(item=item, sha256=hashes[before], by=archivist)
    if state in ("kept", "differs"):
        settle_item(item_id=item.pk)
    if state == "refused":
        leave_out_rest(deposit_id=deposit.pk, by=archivist)
    item.refresh_from_db()
    assert item.state == state

    if isinstance(after, str):
        with pytest.raises(Conflict, match=after):
            tell_hash(item=item, sha256=hashes[now], by=archivist)
        after = (state, before)
    else:
        tell_hash(item=item, sha256=hashes[now], by=archivist)

    item.refresh_from_db()
    assert (item.state, item.told_sha256) == (after[0], hashes[after[1]])


def test_pieces_of_a_file_that_changed_meanwhile_are_sent_anew(deposit, archivist):
    item = announce_file(
        deposit=deposit, filename="map.png", size=len(GOOD), key="k", sha256=OTHER, by=archivist
    )
    append_bytes(item=item, offset=0, pieces=[GOOD[:40]], by=archivist)

    again = announce_file(
        deposit=deposit, filename="map.png", size=len(GOOD), key="k", sha256=sha256(GOOD), by=archivist
    )

    assert (again.pk, again.offset, again.told_sha256) == (item.pk, 0, sha256(GOOD))


def test_differing_files_wait_on_the_worklist_until_they_are_left_out(damaged, deposit, archivist):
    viewer = viewer_of(archivist)
    waiting = desk_counts.deposits(viewer)

    left = leave_out_rest(deposit_id=deposit.pk, by=archivist)
    work("forget_pieces")

    damaged.refresh_from_db()
    assert (waiting, left, desk_counts.deposits(viewer)) == (1, 1, 0)
    assert (damaged.state, damaged.compared) == (ItemState.REFUSED, Compared.DIFFERS)
    assert (damaged.told_sha256, damaged.found_sha256) == (sha256(GOOD), sha256(BAD))
    assert not resumable.path_of(damaged.public_id).exists()


def test_file_that_was_left_out_differing_is_sent_after_all(damaged, deposit, send, archivist):
    leave_out_rest(deposit_id=deposit.pk, by=archivist)

    again = send(sha256=sha256(GOOD))

    assert (again.pk, again.state, again.compared) == (damaged.pk, ItemState.KEPT, Compared.SAME)


def test_undone_deposit_takes_no_hash_and_forgets_what_differed(damaged, deposit, archivist):
    undo_deposit(deposit_id=deposit.pk, by=archivist)
    work("clear_deposit")

    with pytest.raises(Conflict, match="deposit_undone"):
        tell_hash(item=damaged, sha256=sha256(GOOD), by=archivist)
    assert not resumable.path_of(damaged.public_id).exists()


@pytest.mark.parametrize("role", ["member", "scholar", "reviewer", "editor"])
def test_only_archivists_tell_hashes(damaged, people, role):
    with pytest.raises(NotVisible):
        tell_hash(item=damaged, sha256=sha256(GOOD), by=people[role])


@pytest.mark.parametrize("words", ["", "abc", "g" * 64, "a" * 63, "a" * 65, "\u0660" * 64, f"sha256:{OTHER}"])
def test_what_is_no_hash_is_refused_and_makes_no_row(deposit, archivist, words):
    with pytest.raises(Invalid, match="hash_malformed"):
        announce_file(deposit=deposit, filename="a", size=5, key="k", sha256=words, by=archivist)

    assert not DepositItem.objects.exists()


@pytest.mark.parametrize("values", [{"told_sha256": "A" * 64}, {"told_sha256": OTHER, "hash_follows": True}])
def test_database_keeps_hashes_as_they_are_compared(damaged, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        DepositItem.objects.update(**values)


def create(client, deposit, data=GOOD, **told):
    pairs = {"filename": "map.png", "key": "k", **told}
    words = ",".join(
        name if value is None else f"{name} {base64.b64encode(value.encode()).decode()}"
        for name, value in pairs.items()
    )
    headers = {"Tus-Resumable": "1.0.0", "Upload-Length": str(len(data)), "Upload-Metadata": words}
    return client.post(reverse("uploads", args=[deposit.public_id]), headers=headers)


def patch(client, place, data):
    headers = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0"}
    return client.patch(place, data=data, content_type="application/offset+octet-stream", headers=headers)


def told(client, place, sha256):
    return client.put(f"{place}/sha256", json.dumps({"sha256": sha256}), "application/json")


def test_program_tells_the_hash_when_it_announces_the_file(desk, deposit):
    place = create(desk, deposit, sha256=sha256(GOOD).upper()).headers["Location"]
    patch(desk, place, GOOD)
    work("settle_item")

    answer = desk.get(
        reverse("deposit", args=[deposit.public_id]),
        {"items": place.rpartition("/")[2]},
        headers={"Accept": "application/json"},
    ).json()

    (item,) = answer["items"].values()
    assert (item["told"], item["sha256"], item["compared"]) == (sha256(GOOD), sha256(GOOD), "same")


def test_program_promises_the_hash_and_tells_it_afterwards(desk, deposit):
    place = create(desk, deposit, hashing=None).headers["Location"]
    patch(desk, place, GOOD)
    work("settle_item")
    waiting = DepositItem.objects.get().state

    answer = told(desk, place, sha256(GOOD))
    work("settle_item")
    again = told(desk, place, sha256(GOOD))
    other = told(desk, place, OTHER)

    assert (waiting, answer.status_code, answer.json()) == (
        "arrived", 200, {"state": "arrived", "compared": ""}
    )  # fmt: skip
    assert again.json() == {"state": "kept", "compared": "same"}
    assert (other.status_code, other.json()["code"]) == (409, "hash_told")
    assert DepositItem.objects.get().told_sha256 == sha256(GOOD)


@pytest.mark.parametrize(
    "body",
    ["", "{", "[]", '{"sha256": 5}', '{"sha256": "abc"}', '{"hash": "x"}', '{"sha256": {"a": 1}}', "\xff"],
)
def test_what_is_no_hash_is_refused_in_words(desk, deposit, body):
    place = create(desk, deposit).headers["Location"]

    answer = desk.put(f"{place}/sha256", body.encode("latin-1"), "application/json")

    assert (answer.status_code, answer.json()["code"]) == (422, "hash_malformed")
    assert "64" in answer.json()["sentence"]
    assert create(desk, deposit, key="k2", sha256="abc").status_code == 422


@pytest.mark.parametrize("role", [None, "member", "scholar", "editor"])
def test_others_find_nothing_where_a_hash_is_told(client, people, damaged, deposit, role):
    if role:
        client.force_login(people[role])
    place = reverse("upload", args=[deposit.public_id, damaged.public_id])
    nothing = reverse("upload", args=[deposit.public_id, "nothing"])

    answers = [told(client, at, sha256(GOOD)) for at in (place, nothing)]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content


def test_hash_of_a_file_of_another_deposit_is_not_told_here(desk, damaged, archivist):
    other = open_deposit(by=archivist)
    place = reverse("upload", args=[other.public_id, damaged.public_id])

    assert told(desk, place, sha256(GOOD)).status_code == 404


@pytest.fixture
def three(send, deposit):
    """One file that is the same, one that differs, one of which nothing was told, and one that is on its way."""
    send(sha256=sha256(GOOD))
    send(b"0123456789", b"0123456780", "tape.bin", sha256=sha256(b"0123456789"))
    send(b"silent", filename="silent.bin")
    announced = {"filename": "late.bin", "size": 9, "key": "late", "sha256": OTHER}
    announce_file(deposit=deposit, by=deposit.created_by, **announced)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ["The same", "Differs", "Not told by the sender", ""]),
     ("ar", ["مطابق", "مختلف", "لم يخبر به المرسِل", ""])],
)  # fmt: skip
def test_table_tells_both_hashes_and_whether_they_agree(desk, deposit, three, language, words):
    answer = desk.get(f"/{language}/desk/deposits/{deposit.public_id}/receipt.csv")

    table = b"".join(answer.streaming_content).decode("utf-8-sig")
    head, *rows = csv.DictReader(io.StringIO(table)).fieldnames, *csv.reader(io.StringIO(table))
    assert len(head) == 9
    assert [row[3] for row in rows[1:]] == [sha256(GOOD), sha256(b"0123456780"), sha256(b"silent"), ""]
    assert [row[7] for row in rows[1:]] == [sha256(GOOD), sha256(b"0123456789"), "", OTHER]
    assert [row[8] for row in rows[1:]] == words
    assert [row[2] for row in rows[1:]] == [str(len(GOOD)), "0", "6", "0"]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_page_tells_both_hashes_and_how_many_agree(desk, deposit, three, language):
    page = desk.get(f"/{language}/desk/deposits/{deposit.public_id}/").content.decode()

    for data in (GOOD, b"0123456789", b"0123456780", b"silent"):
        assert f'title="{sha256(data)}"' in page
    for look in ("intact", "damaged", "waiting"):
        assert page.count(f"status status--{look}") == (2 if look == "waiting" else 1)
    assert "data-deposit-unfinished" in page


@pytest.mark.parametrize(("show", "names"), [("differs", ["tape.bin"]), ("untold", ["silent.bin"]),
                                             ("waiting", ["tape.bin", "late.bin"]), ("unread", [])])  # fmt: skip
def test_page_shows_those_that_differ_or_were_not_told(desk, deposit, three, show, names):
    page = desk.get(f"/en/desk/deposits/{deposit.public_id}/?show={show}").content.decode()

    table = page.split("data-receipt")[1]
    assert [name for name in ("map.png", "tape.bin", "silent.bin", "late.bin") if name in table] == names


def test_printed_receipt_tells_both_hashes_and_totals(deposit, three):
    items = deposit.items.select_related("arrival__stored_file").order_by("pk")
    with translation.override("en"):
        value = printed(deposit, items, agreement=None, site="x", fit=lambda words: words)

    assert [row["comparison"] for row in value["rows"]] == [
        "The same",
        "Differs",
        "Not told by the sender",
        "",
    ]
    assert value["rows"][1]["hashes"] == [
        ("as sent", sha256(b"0123456789")), ("as kept", sha256(b"0123456780"))
    ]  # fmt: skip
    assert [row["differs"] for row in value["rows"]] == [False, True, False, False]
    facts = {label: each["words"] for label, each in value["facts"]}
    assert (facts["Files sent"], facts["Files kept"]) == ("4", "2")
    assert facts["The same by SHA-256"] == facts["Differ by SHA-256"] == "1"
    assert facts["SHA-256 not told by the sender"] == "1"
