"""Descriptions of what a deposit made: of a table sent along, and of what the pictures say of themselves."""

from __future__ import annotations

import io
import struct

import pytest
from django.urls import reverse
from PIL import Image as Picture

from archive.access import ANYBODY, visible_to
from archive.actions.apply_step import apply_step
from archive.actions.describe_image import describe_image
from archive.actions.open_deposit import open_deposit
from archive.actions.plan_table import plan_table, remembered, start_table
from archive.actions.read_embedded import read_embedded
from archive.actions.undo_deposit import undo_deposit
from archive.enums import Access, RowOutcome, StepState
from archive.errors import Invalid
from archive.models import BulkStep, FileArrival, Image
from tests.db.archive.deposited import keep, work
from tests.factories_archive import png

pytestmark = pytest.mark.django_db
XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 xmlns:r="http://ns.adobe.com/xap/1.0/rights/" photoshop:DateCreated="2016-07-00">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">The mill</rdf:li><rdf:li xml:lang="ar">الطاحونة</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>Nawal; Ali</rdf:li><rdf:li>سمير</rdf:li></rdf:Seq></dc:creator>
<dc:subject><rdf:Bag><rdf:li>river</rdf:li><rdf:li>mill</rdf:li></rdf:Bag></dc:subject>
<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© Nawal</rdf:li></rdf:Alt></dc:rights>
<r:WebStatement>https://creativecommons.org/licenses/by/4.0/</r:WebStatement>
</rdf:Description></rdf:RDF></x:xmpmeta>"""


def jpeg(
    *, xmp: str = "", exif: dict[int, object] | None = None, gps: bool = False, iptc: bytes = b""
) -> bytes:
    """Return a photograph that says things of itself."""
    out, tags = io.BytesIO(), Picture.Exif()
    for tag, value in (exif or {}).items():
        tags[tag] = value
    if gps:
        tags[0x8825] = {1: "N", 2: (33.0, 30.0, 36.0), 3: "E", 4: (36.0, 18.0, 0.0)}
    Picture.new("RGB", (30, 20), (9, 90, 30)).save(out, "JPEG", xmp=xmp.encode(), exif=tags)
    data = out.getvalue()
    if not iptc:
        return data
    resource = b"8BIM\x04\x04\x00\x00" + struct.pack(">I", len(iptc)) + iptc + b"\0" * (len(iptc) % 2)
    packed = b"Photoshop 3.0\x00" + resource
    return data[:2] + b"\xff\xed" + struct.pack(">H", len(packed) + 2) + packed + data[2:]


def record(number: int, words: bytes) -> bytes:
    return b"\x1c\x02" + bytes([number]) + struct.pack(">H", len(words)) + words


@pytest.fixture
def deposit(archivist):
    return open_deposit(note="صندوق", by=archivist)


def said(deposit, archivist, data):
    image = keep(deposit, archivist, data, "a.jpg").image
    work("make_derivatives")
    image.refresh_from_db()
    return image.embedded_metadata.get("described", {})


def table(deposit, archivist, words, name="list.csv"):
    item = keep(deposit, archivist, words.encode(), name)
    return start_table(arrival=item.arrival, kind="image", deposit=deposit, by=archivist)


def test_xmp_is_read_field_by_field_and_by_its_letters(deposit, archivist):
    assert said(deposit, archivist, jpeg(xmp=XMP)) == {
        "title_en": "The mill", "title_ar": "الطاحونة", "creators": "Nawal, Ali; سمير", "keywords": "river; mill",
        "rights_holder_en": "© Nawal", "rights_uri": "https://creativecommons.org/licenses/by/4.0/",
        "date_edtf": "2016-07",
    }  # fmt: skip


def test_iptc_and_exif_fill_what_is_not_said_better(deposit, archivist):
    iptc = (
        record(5, "الجسر".encode())
        + record(55, b"19730000")
        + record(80, b"S. Ali")
        + record(120, b"\xff\xfe")
    )
    data = jpeg(
        iptc=iptc,
        exif={0x010E: "Seen from the north", 0x013B: "somebody else", 0x8298: "نوال".encode()},
        gps=True,
    )

    assert said(deposit, archivist, data) == {
        "title_ar": "الجسر", "date_edtf": "1973", "creators": "S. Ali", "description_en": "Seen from the north",
        "gps": "33.510000, 36.300000", "rights_holder_ar": "نوال",
    }  # fmt: skip


@pytest.mark.parametrize(
    "xmp",
    [
        "<x", "", "x" * 2_000_000,
        '<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><x xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>&c;</dc:title></x>',
    ],
    ids=["torn", "none", "huge", "entities"],
)  # fmt: skip
def test_packet_that_is_no_good_says_nothing(deposit, archivist, xmp):
    data = jpeg() if len(xmp) > 60_000 else jpeg(xmp=xmp)

    assert said(deposit, archivist, data) == {}


def test_what_pictures_say_is_mapped_once_shown_and_applied(desk, deposit, archivist):
    image = keep(deposit, archivist, jpeg(xmp=XMP, gps=True), "a.jpg").image
    keep(deposit, archivist, png(20, 10), "silent.png")
    work()

    begun = desk.post(reverse("deposit_embedded", args=[deposit.public_id]))
    step = BulkStep.objects.get()
    columns = desk.get(begun.headers["Location"], follow=True)
    form = {name: field.initial for name, field in columns.context["form"].fields.items()}
    desk.post(reverse("table_columns", args=[step.public_id]), {k: v or "" for k, v in form.items()})
    row = step.rows.get()
    desk.post(reverse("bulk_apply", args=[step.public_id]))

    assert columns.redirect_chain[-1][0] == reverse("table_columns", args=[step.public_id])
    assert row.outcome == RowOutcome.CHANGES
    image.refresh_from_db()
    assert (image.title_ar, image.title_en, image.date_edtf) == ("الطاحونة", "The mill", "2016-07")
    assert image.creators == [], "who made it is a person: somebody chooses"
    assert "33.51" not in str(row.after)
    assert "Nawal" not in str(row.after)
    assert image.access == Access.DRAFT

    other = open_deposit(note="next", by=archivist)
    keep(other, archivist, jpeg(xmp=XMP.replace("The mill", "The bridge")), "b.jpg")
    work()
    straight = desk.post(reverse("deposit_embedded", args=[other.public_id]))

    newest = BulkStep.objects.latest("pk")
    assert newest.state == StepState.PREVIEWED
    assert straight.headers["Location"] == newest.get_absolute_url()


def test_where_a_picture_was_taken_goes_only_where_somebody_sends_it(desk, deposit, archivist):
    image = keep(deposit, archivist, jpeg(gps=True), "a.jpg").image
    work()
    step = read_embedded(deposit=deposit, by=archivist)
    plain = ["id" if h == "id" else h if h == "title_ar" else "" for h in step.asked["headers"]]
    plan_table(step_id=step.pk, columns=plain, by=archivist)
    assert step.rows.get().outcome == RowOutcome.SAME

    chosen = ["id" if h == "id" else "provenance_en" if h == "gps" else "" for h in step.asked["headers"]]
    plan_table(step_id=step.pk, columns=chosen, by=archivist)
    apply_step(step_id=step.pk, by=archivist)
    work()

    image.refresh_from_db()
    assert image.provenance_en == "33.510000, 36.300000"
    describe_image(
        image_id=image.pk,
        version=image.version,
        values={"access": "public", "provenance_en": ""},
        by=archivist,
    )
    assert b"33.5" not in desk.get(reverse("image", args=[image.public_id])).content
    assert visible_to(Image, ANYBODY).exists()


def test_pictures_that_say_nothing_are_told_in_words(desk, deposit, archivist):
    keep(deposit, archivist, png(20, 10), "silent.png")
    work()

    with pytest.raises(Invalid, match="nothing_embedded"):
        read_embedded(deposit=deposit, by=archivist)
    answer = desk.post(reverse("deposit_embedded", args=[deposit.public_id]), follow=True)
    assert answer.status_code == 200


def test_table_that_came_along_names_files_and_paths(deposit, archivist):
    first = keep(deposit, archivist, png(20, 10), "1.png", "box/recto/1.png").image
    second = keep(deposit, archivist, png(21, 10), "1.png", "box/verso/1.png").image
    third = keep(deposit, archivist, png(22, 10), "Cafe\u0301.PNG").image
    step = table(
        deposit, archivist,
        "file,title_ar\nrecto/1.png,وجه\nBox\\verso\\1.PNG,ظهر\n1.png,أيهما\ncafé.png,مقهى\nnone.png,لا\n",
    )  # fmt: skip

    plan_table(step_id=step.pk, columns=["file", "title_ar"], by=archivist)
    rows = list(step.rows.order_by("place"))
    apply_step(step_id=step.pk, by=archivist)
    work("apply_step")

    assert [row.item_id for row in rows] == [first.pk, second.pk, None, third.pk, None]
    assert [row.problem.get("code") for row in rows] == [None, None, "ambiguous_file", None, "unknown_file"]
    assert list(Image.objects.order_by("pk").values_list("title_ar", flat=True)) == ["وجه", "ظهر", "مقهى"]


def test_columns_are_remembered_for_the_next_deposit_with_the_same_heading(deposit, archivist):
    keep(deposit, archivist, png(20, 10), "1.png")
    step = table(deposit, archivist, "ملف,عنوان\n1.png,خريطة\n")
    plan_table(step_id=step.pk, columns=["file", "title_ar"], by=archivist)
    other = open_deposit(note="next", by=archivist)

    assert remembered(table(other, archivist, "ملف,عنوان\n2.png,رسالة\n")) == ["file", "title_ar"]


def test_table_beside_no_deposit_knows_no_files(deposit, archivist):
    item = keep(deposit, archivist, b"file,title_ar\n1.png,x\n", "list.csv")
    step = start_table(arrival=item.arrival, kind="image", by=archivist)

    with pytest.raises(Invalid, match="unknown_field"):
        plan_table(step_id=step.pk, columns=["file", "title_ar"], by=archivist)


def test_table_without_a_column_of_files_is_refused(deposit, archivist):
    step = table(deposit, archivist, "title_ar\nخريطة\n")

    with pytest.raises(Invalid, match="no_file_column"):
        plan_table(step_id=step.pk, columns=["title_ar"], by=archivist)


def test_page_of_a_deposit_offers_its_tables_and_what_its_pictures_say(desk, deposit, archivist):
    keep(deposit, archivist, jpeg(xmp=XMP), "a.jpg")
    item = keep(deposit, archivist, b"file,title_ar\na.jpg,x\n", "list.csv")
    work()

    page = desk.get(deposit.get_absolute_url()).content.decode()
    begun = desk.post(reverse("deposit_table", args=[deposit.public_id, item.public_id]))

    assert reverse("deposit_embedded", args=[deposit.public_id]) in page
    assert reverse("deposit_table", args=[deposit.public_id, item.public_id]) in page
    assert begun.headers["Location"] == BulkStep.objects.get().get_absolute_url()


def test_file_that_is_no_table_is_told_in_words(desk, deposit, archivist):
    item = keep(deposit, archivist, b"\x00\x01\x02\xff" * 50, "list.csv")

    answer = desk.post(reverse("deposit_table", args=[deposit.public_id, item.public_id]), follow=True)

    assert answer.status_code == 200
    assert not BulkStep.objects.exists()


def test_descriptions_by_the_deposits_own_table_go_with_it(deposit, archivist):
    image = keep(deposit, archivist, jpeg(xmp=XMP), "a.jpg").image
    work()
    step = read_embedded(deposit=deposit, by=archivist)
    columns = [h if h in ("id", "title_ar") else "" for h in step.asked["headers"]]
    plan_table(step_id=step.pk, columns=columns, by=archivist)
    apply_step(step_id=step.pk, by=archivist)
    work()
    image.refresh_from_db()
    assert image.title_ar == "الطاحونة"

    undo_deposit(deposit_id=deposit.pk, by=archivist)

    assert not visible_to(BulkStep, archivist).exists()
    assert not visible_to(FileArrival, archivist).exists()
