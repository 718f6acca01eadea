"""The papers of a deposit: its receipt as PDF, for its asker, and the agreement that is kept with it."""

from __future__ import annotations

import datetime
import hashlib
import os
import re
import subprocess
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from archive.actions.ask_receipt import ask_receipt
from archive.actions.open_deposit import open_deposit
from archive.actions.print_receipt import print_receipt
from archive.actions.record_agreement import record_agreement
from archive.actions.sweep_take_outs import ABANDONED, sweep_take_outs
from archive.actions.tell_hash import tell_hash
from archive.actions.undo_deposit import undo_deposit
from archive.actions.withdraw_agreement import withdraw_agreement
from archive.enums import JobState
from archive.errors import Conflict, HashiyaError, Invalid, NotAllowed, NotVisible
from archive.exports.printing import breakable, printable, typeset
from archive.exports.printing.setting import HERE
from archive.media.packages import place_of
from archive.models import (
    AgreementWithdrawal,
    AuditEvent,
    Deposit,
    DepositAgreement,
    DepositItem,
    PrintedReceipt,
)
from archive.models.base import InsertOnlyError
from archive.presenters.printed_receipt import printed
from tests.db.archive.deposited import announce, keep, work
from tests.factories_archive import png

pytestmark = pytest.mark.django_db
DATA = bytes(range(256)) * 40
DAY = datetime.date(2024, 3, 1)
AT = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
HOSTILE = (
    "con\u202egnp.exe", "x" * 255, '#include "/etc/passwd"', "$x^2$ *b* _i_ `r` <a> @preview #panic()", "=cmd()",
    "图片 😀.png", "\ufeff\u2066رسالة\u2069.md", "\\u{0} \\", "ع" * 255,
)  # fmt: skip


@pytest.fixture
def deposit(archivist):
    return open_deposit(note="صندوق السيدة نوال", by=archivist)


def value_of(deposit, agreement=None):
    items = deposit.items.select_related("arrival__stored_file").order_by("pk")
    return printed(deposit, items, agreement=agreement, site="حاشية", fit=breakable)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_receipt_is_printed_in_the_language_in_which_it_was_asked_for(desk, deposit, archivist, language):
    keep(deposit, archivist, png(20, 10), "خريطة.png")

    answer = desk.post(f"/{language}/desk/deposits/{deposit.public_id}/print/")
    work("print_receipt")
    receipt = PrintedReceipt.objects.get()
    page = desk.get(f"/{language}/desk/receipts/{receipt.public_id}/")
    fetched = desk.get(reverse("printed_receipt_file", args=[receipt.public_id]))
    data = b"".join(fetched.streaming_content)

    assert answer.headers["Location"] == f"/{language}/desk/receipts/{receipt.public_id}/"
    assert reverse("printed_receipt_file", args=[receipt.public_id])[3:] in page.content.decode()
    assert f"receipt-{deposit.public_id}-{language}.pdf" in fetched.headers["Content-Disposition"]
    assert fetched.headers["Cache-Control"] == "private, no-store"
    assert data.startswith(b"%PDF-1.7")
    assert hashlib.sha256(data).hexdigest() == receipt.sha256
    # PDF/UA-1, tagged, in the language of the page.
    assert b"pdfuaid" in data
    assert re.search(rb"/Lang ?\(%s" % language.encode(), data)


def test_receipt_tells_every_file_with_its_hash_and_what_became_of_it(deposit, archivist):
    sent = keep(deposit, archivist, DATA, "tape.bin")
    announce(deposit, archivist, DATA, "half.bin")
    found = hashlib.sha256(DATA).hexdigest()
    untold = value_of(deposit)

    tell_hash(item=sent, sha256=found, by=archivist)
    value = value_of(deposit)

    assert [row["name"]["words"] for row in value["rows"]] == ["tape.bin", "half.bin"]
    kept, waiting = value["rows"]
    assert (kept["sent"], kept["kept"]) == (str(len(DATA)), str(len(DATA)))
    assert untold["rows"][0]["hashes"] == [("كما حُفظ", found)]
    assert kept["hashes"] == [("كما أُرسل", found), ("كما حُفظ", found)]
    assert (untold["rows"][0]["comparison"], kept["comparison"]) == ("لم يخبر به المرسِل", "مطابق")
    assert (waiting["kept"], waiting["hashes"], waiting["comparison"]) == ("0", [], "")


def test_hostile_names_are_only_words_on_paper(deposit, archivist):
    DepositItem.objects.bulk_create(
        DepositItem(deposit=deposit, key=str(n), filename=name, size=1) for n, name in enumerate(HOSTILE)
    )

    data = typeset("receipt", value_of(deposit), at=AT)

    assert data.startswith(b"%PDF-1.7")


def test_what_turns_or_hides_words_stands_as_its_number():
    assert printable("con\u202egnp.exe\x00") == "con[U+202E]gnp.exe[U+0000]"
    assert printable("رسالةٌ من نوال، 2016") == "رسالةٌ من نوال، 2016"
    assert printable("图") == "[U+56FE]"
    assert breakable("x" * 50).split("\u200b") == ["x" * 20, "x" * 20, "x" * 10]


def test_thousands_of_rows_are_printed(deposit):
    DepositItem.objects.bulk_create(
        [DepositItem(deposit=deposit, key=str(n), filename=f"{n}.jpg", size=n) for n in range(1, 2001)],
        batch_size=500,
    )

    data = typeset("receipt", value_of(deposit), at=AT)

    assert len(re.findall(rb"/Type ?/Page\b", data)) > 20 or len(data) > 500_000


def test_same_values_give_the_same_bytes(deposit):
    assert typeset("receipt", value_of(deposit), at=AT) == typeset("receipt", value_of(deposit), at=AT)


def test_typesetter_that_takes_too_long_is_told_in_words(deposit, monkeypatch):
    def late(*args, **kwargs):
        raise subprocess.TimeoutExpired("typst", 1)

    monkeypatch.setattr(subprocess, "run", late)

    with pytest.raises(HashiyaError, match="not_printed"):
        typeset("receipt", value_of(deposit), at=AT)


def test_template_reads_nothing_outside_its_folder(tmp_path, monkeypatch, deposit):
    for name in ("page.typ", "setter.py"):
        (tmp_path / name).write_bytes((HERE / name).read_bytes())
    (tmp_path / "fonts").symlink_to(HERE / "fonts")
    (tmp_path / "spy.typ").write_text('#read("/../../../../../../../../etc/passwd")')
    monkeypatch.setattr("archive.exports.printing.setting.HERE", tmp_path)

    with pytest.raises(RuntimeError, match="root"):
        typeset("spy", value_of(deposit), at=AT)


def test_two_askers_get_receipts_of_their_own_and_one_asker_waits_for_one(client, people, deposit, archivist):
    mine = ask_receipt(deposit=deposit, language="ar", by=archivist)
    again = ask_receipt(deposit=deposit, language="ar", by=archivist)
    other = ask_receipt(deposit=deposit, language="ar", by=people["administrator"])
    work("print_receipt")

    client.force_login(people["administrator"])

    assert mine == again != other
    assert client.get(reverse("printed_receipt", args=[mine.public_id])).status_code == 404
    assert client.get(reverse("printed_receipt_file", args=[mine.public_id])).status_code == 404


def test_receipt_that_is_printed_twice_is_one(deposit, archivist):
    receipt = ask_receipt(deposit=deposit, language="ar", by=archivist)

    first = print_receipt(receipt_id=receipt.pk).sha256

    assert print_receipt(receipt_id=receipt.pk).sha256 == first
    assert AuditEvent.objects.filter(action="receipt.printed").count() == 1


def test_receipt_is_swept_when_its_time_is_over(desk, deposit, archivist):
    receipt = ask_receipt(deposit=deposit, language="ar", by=archivist)
    receipt = print_receipt(receipt_id=receipt.pk)
    old = time.time() - ABANDONED - 10
    os.utime(place_of(receipt), (old, old))

    kept = sweep_take_outs()
    PrintedReceipt.objects.update(expires_at=timezone.now() - datetime.timedelta(seconds=1))

    assert (kept, sweep_take_outs()) == (0, 1)
    assert desk.get(reverse("printed_receipt_file", args=[receipt.public_id])).status_code == 404
    assert desk.get(reverse("printed_receipt", args=[receipt.public_id])).status_code == 200


def test_asker_who_is_no_archivist_any_more_gets_nothing(deposit, archivist):
    receipt = ask_receipt(deposit=deposit, language="ar", by=archivist)
    archivist.groups.clear()
    archivist.is_active = False
    archivist.save()

    (job,) = work("print_receipt")

    assert job.state == JobState.FAILED
    assert not place_of(receipt).exists()


def test_agreement_is_kept_with_its_deposit_and_named_on_the_receipt(desk, deposit, archivist):
    address = reverse("deposit_agreement", args=[deposit.public_id])
    paper = SimpleUploadedFile("signed.pdf", b"%PDF-1.4 signed")

    answer = desk.post(
        address, {"giver": "السيد سمير", "signed_on": "2024-03-01", "terms": "للقراءة", "file": paper}
    )
    page = desk.get(deposit.get_absolute_url()).content.decode()

    agreement = DepositAgreement.objects.get()
    assert answer.status_code == 302
    assert agreement.arrival.stored_file.sha256 == hashlib.sha256(b"%PDF-1.4 signed").hexdigest()
    assert agreement.public_id in page
    assert "السيد سمير" not in page
    facts = dict(value_of(deposit, agreement)["agreement"])
    assert [facts[label]["words"] for label in facts][:2] == [agreement.public_id, "السيد سمير"]


def test_record_of_acts_binds_what_was_agreed_to_and_does_not_name_who_gave(deposit, archivist):
    record_agreement(deposit=deposit, giver="نوال", signed_on=DAY, terms="شروط", by=archivist)

    facts = AuditEvent.objects.get(action="agreement.recorded").facts
    terms = hashlib.sha256("شروط".encode()).hexdigest()
    assert facts == {"deposit": deposit.public_id, "sha256": "", "terms": terms}


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"giver": "  "}, "giver_missing"),
        ({"terms": " "}, "terms_missing"),
        ({"giver": "x" * 301}, "words_too_long"),
        ({"signed_on": datetime.date(2999, 1, 1)}, "day_to_come"),
    ],
)
def test_agreement_that_says_too_little_is_refused(deposit, archivist, values, code):
    with pytest.raises(Invalid, match=code):
        record_agreement(
            deposit=deposit, by=archivist, **{"giver": "نوال", "signed_on": DAY, "terms": "ش"} | values
        )


def test_refused_agreement_keeps_what_was_typed(desk, deposit):
    address = reverse("deposit_agreement", args=[deposit.public_id])

    answer = desk.post(address, {"giver": "السيدة نوال", "signed_on": "2999-01-01", "terms": "شروطها"})

    assert answer.status_code == 422
    assert "شروطها" in answer.content.decode()


def test_newest_agreement_counts_and_the_earlier_stays(desk, deposit, archivist):
    for giver in ("ا", "ب"):
        record_agreement(deposit=deposit, giver=giver, signed_on=DAY, terms="ش", by=archivist)

    page = desk.get(reverse("deposit_agreement", args=[deposit.public_id])).content.decode()

    assert page.index("<bdi>ب</bdi>") < page.index("<bdi>ا</bdi>")
    assert DepositAgreement.objects.count() == 2


def test_agreement_stays_when_the_deposit_is_undone(desk, deposit, archivist):
    agreement = record_agreement(deposit=deposit, giver="نوال", signed_on=DAY, terms="ش", by=archivist)
    undo_deposit(deposit_id=deposit.pk, by=archivist)

    page = desk.get(reverse("deposit_agreement", args=[deposit.public_id])).content.decode()

    assert agreement.public_id in page
    assert "نوال" in page


@pytest.mark.parametrize("role", ["member", "scholar", "reviewer", "editor"])
def test_nobody_but_archivists_reads_agreements(client, people, deposit, archivist, role):
    record_agreement(deposit=deposit, giver="نوال", signed_on=DAY, terms="ش", by=archivist)
    client.force_login(people[role])

    answer = client.get(reverse("deposit_agreement", args=[deposit.public_id]))

    assert answer.status_code in (403, 404)
    assert "نوال" not in answer.content.decode()


def test_receipt_of_an_undone_deposit_says_so(deposit, archivist):
    keep(deposit, archivist, DATA)
    undo_deposit(deposit_id=deposit.pk, by=archivist)

    value = value_of(Deposit.objects.get())

    assert str(archivist) in value["undone"]
    assert len(value["rows"]) == 1


def test_agreement_is_never_changed_not_even_by_the_database(deposit, archivist):
    agreement = record_agreement(deposit=deposit, giver="نوال", signed_on=DAY, terms="ش", by=archivist)

    with pytest.raises(DatabaseError), transaction.atomic():
        DepositAgreement.objects.update(giver="هند")
    with pytest.raises(DatabaseError), transaction.atomic():
        DepositAgreement.objects.filter(pk=agreement.pk)._raw_delete("default")
    with pytest.raises(InsertOnlyError):
        agreement.save()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_withdrawn_agreement_stays_and_the_one_before_counts_again(desk, deposit, archivist, language):
    first = record_agreement(deposit=deposit, giver="نوال", signed_on=DAY, terms="ش", by=archivist)
    second = record_agreement(deposit=deposit, giver="سمير", signed_on=DAY, terms="ش", by=archivist)
    address = reverse("deposit_agreement", args=[deposit.public_id]).replace("/ar/", f"/{language}/")

    answer = desk.post(address, {"withdraw": second.public_id, "reason": "كُتب على غير صندوقه"}, follow=True)

    page = answer.content.decode()
    assert "كُتب على غير صندوقه" in page
    assert page.count("status--accepted") == 1
    assert page.index("status--accepted") > page.index(f"agreement-{first.public_id}")
    assert f'value="{second.public_id}"' not in page
    assert first.public_id in desk.get(deposit.get_absolute_url()).content.decode()
    event = AuditEvent.objects.get(action="agreement.withdrawn")
    assert event.target_id == second.public_id
    with pytest.raises(DatabaseError), transaction.atomic():
        AgreementWithdrawal.objects.update(reason="x")


def test_agreement_is_withdrawn_once_and_with_a_reason(desk, deposit, archivist):
    agreement = record_agreement(deposit=deposit, giver="نوال", signed_on=DAY, terms="ش", by=archivist)

    for reason, code in (("  ", "reason_missing"), ("x" * 5001, "words_too_long")):
        with pytest.raises(Invalid) as caught:
            withdraw_agreement(agreement=agreement, reason=reason, by=archivist)
        assert caught.value.code == code
    withdraw_agreement(agreement=agreement, reason="س", by=archivist)
    with pytest.raises(Conflict):
        withdraw_agreement(agreement=agreement, reason="س", by=archivist)
    other = open_deposit(note="", by=archivist)
    address = reverse("deposit_agreement", args=[other.public_id])
    assert desk.post(address, {"withdraw": agreement.public_id, "reason": "س"}).status_code == 404


@pytest.mark.parametrize("role", ["member", "scholar", "editor"])
def test_nobody_but_archivists_withdraws_agreements(people, deposit, archivist, role):
    agreement = record_agreement(deposit=deposit, giver="نوال", signed_on=DAY, terms="ش", by=archivist)

    with pytest.raises((NotAllowed, NotVisible)):
        withdraw_agreement(agreement=agreement, reason="س", by=people[role])
