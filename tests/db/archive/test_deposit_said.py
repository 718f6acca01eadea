"""What recordings, films and PDFs of a deposit say of themselves: read, offered, chosen; old encodings are told, never taken."""

from __future__ import annotations

import struct

import pytest
from django.urls import reverse

from archive.actions.apply_step import apply_step
from archive.actions.open_deposit import open_deposit
from archive.actions.plan_table import plan_table, remembered, start_table
from archive.actions.read_embedded import read_embedded
from archive.enums import Access
from archive.models import BulkStep, Capture, Video
from tests.db.archive.deposited import keep, work
from tests.db.archive.test_deposit_descriptions import jpeg, record
from tests.factories_pdf import pdf, words
from tests.factories_sound import tone

pytestmark = pytest.mark.django_db
TITLE, OLD = "الطاحونة القديمة", "الطاحونة القديمة".encode("windows-1256")
TAGS = {
    "title": TITLE, "artist": "نوال", "date": "2016-07-17", "location": "+33.5100+036.3000/", "comment": "At the river",
    "copyright": "Nawal",
}  # fmt: skip


def chunk(name: bytes, data: bytes) -> bytes:
    return name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


def info(*chunks: bytes) -> bytes:
    """Return a WAV with a list of INFO."""
    sound = tone("wav")
    whole = sound[8:12] + chunk(b"LIST", b"INFO" + b"".join(chunks)) + sound[12:]
    return b"RIFF" + struct.pack("<I", len(whole)) + whole


def id3(*frames: tuple[bytes, bytes]) -> bytes:
    """Return an MP3 with these frames alone before it."""
    sound = tone("mp3")
    size = sum((byte & 0x7F) << 7 * (3 - n) for n, byte in enumerate(sound[6:10]))
    body = b"".join(name + struct.pack(">IH", len(data), 0) + data for name, data in frames)
    head = b"ID3\x03\0\0" + bytes(len(body) >> 7 * (3 - n) & 0x7F for n in range(4))
    return head + body + sound[10 + size :]


@pytest.fixture
def deposit(archivist):
    return open_deposit(note="أشرطة", by=archivist)


def said(deposit, archivist, data, name):
    item = keep(deposit, archivist, data, name)
    work()
    if item.image is not None:
        item.image.refresh_from_db()
        return item.image.embedded_metadata.get("described", {})
    return Capture.objects.get(video=item.video).embedded_metadata.get("described", {})


@pytest.mark.parametrize("kind", ["mp3", "m4a", "oga", "flac"])
def test_tags_of_recordings_become_fields(deposit, archivist, kind):
    found = said(deposit, archivist, tone(kind, words=TAGS), f"talk.{kind}")

    assert found["title_ar"] == TITLE
    assert found["creators"] == "نوال"
    assert found["date_edtf"] in ("2016-07-17", "2016")
    assert found["description_en"] == "At the river"
    assert found["rights_holder_en"] == "Nawal"
    assert "guessed_encoding" not in found
    if kind != "mp3":
        assert found["gps"] == "33.510000, 36.300000"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (id3((b"TIT2", b"\0" + OLD)), "latin.mp3"),
        (id3() + b"TAG" + OLD.ljust(30, b"\0") + bytes(95), "last.mp3"),
        (info(chunk(b"INAM", OLD), chunk(b"IART", b"Nawal")), "info.wav"),
        (tone("flac", words={"title": OLD.decode("latin-1")}), "twice.flac"),
        (jpeg(iptc=record(5, OLD)), "iptc.jpg"),
        (jpeg(exif={0x010E: OLD}), "exif.jpg"),
    ],
    ids=["ID3 called Latin-1", "ID3v1", "RIFF INFO", "spoiled UTF-8", "IPTC", "EXIF"],
)
def test_words_in_an_old_encoding_are_told_and_stand_beside_the_fields(deposit, archivist, data, name):
    found = said(deposit, archivist, data, name)

    field = "description" if name == "exif.jpg" else "title"
    assert found[f"{field}_guessed"] == TITLE
    assert found["guessed_encoding"] == "windows-1256"
    assert not {f"{field}_ar", f"{field}_en"} & found.keys()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (
            jpeg(iptc=b"\x1c\x01\x5a\x00\x03\x1b-G" + record(5, TITLE.encode("iso-8859-6"))),
            {"title_ar": TITLE},
        ),
        (jpeg(exif={0x8769: {0x9286: b"UNICODE\0" + "الجسر".encode("utf-16-be")}}), {"description_ar": "الجسر"}),
        (jpeg(exif={0x013B: "Ren\u00e9 M\u00fcller".encode("latin-1")}),
         {"creators_guessed": "René Müller", "guessed_encoding": "windows-1252"}),
        (jpeg(exif={0x013B: "René Müller".encode()}), {"creators": "René Müller"}),
    ],
    ids=["IPTC names it", "user comment", "nothing names it", "UTF-8"],
)  # fmt: skip
def test_pictures_are_read_in_the_encoding_that_they_name(deposit, archivist, data, expected):
    assert said(deposit, archivist, data, "a.jpg") == expected


def packet(title: str) -> bytes:
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" '
        f'xmp:CreateDate="2020-02-03T00:00:00Z"><dc:title><rdf:Alt><rdf:li>{title}</rdf:li></rdf:Alt></dc:title>'
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
    ).encode()


def metadata(title: str) -> bytes:
    body = packet(title)
    return b"<< /Type /Metadata /Subtype /XML /Length %d >>\nstream\n%s\nendstream" % (len(body), body)


def test_pdfs_say_it_in_their_packet_or_their_dictionary(deposit, archivist):
    named = pdf(
        [words("x")], info={"Title": "Another", "Author": "Nawal; Samir", "CreationDate": "D:20190102030405"},
        root_extra="/Metadata 7 0 R", objects=[metadata(TITLE), metadata("of a picture in it")],
    )  # fmt: skip
    plain = pdf([words("x")], info={"Title": "Plain", "Subject": "About it", "CreationDate": "D:2019"})
    unnamed = pdf([words("y")], objects=[metadata("one"), metadata("two")])

    assert said(deposit, archivist, named, "a.pdf") == {
        "title_ar": TITLE, "title_en": "Another", "made_on": "2020-02-03", "creators": "Nawal; Samir",
    }  # fmt: skip
    assert said(deposit, archivist, plain, "b.pdf") == {
        "title_en": "Plain", "description_en": "About it", "made_on": "2019",
    }  # fmt: skip
    assert said(deposit, archivist, unnamed, "c.pdf") == {}


def test_they_are_mapped_once_and_people_and_places_are_chosen_by_a_person(desk, deposit, archivist):
    video = keep(deposit, archivist, tone("flac", words=TAGS), "talk.flac").video
    work()
    page = desk.get(f"/en/desk/deposits/{deposit.public_id}/").content.decode()
    begun = desk.post(reverse("deposit_embedded", args=[deposit.public_id]), {"kind": "video"})
    step = BulkStep.objects.get()
    columns = desk.get(begun.headers["Location"], follow=True)
    form = {name: field.initial for name, field in columns.context["form"].fields.items()}
    desk.post(reverse("table_columns", args=[step.public_id]), {k: v or "" for k, v in form.items()})
    desk.post(reverse("bulk_apply", args=[step.public_id]))

    assert "What recordings and films say of themselves" in page
    video.refresh_from_db()
    assert (video.title_ar, video.date_edtf, video.access) == (TITLE, "2016-07-17", Access.DRAFT)
    assert (video.creators, video.rights_holder_en) == ([], None)

    chosen = [
        "id" if h == "id" else "creators" if h == "said_creators" else "" for h in step.asked["headers"]
    ]
    other = open_deposit(note="next", by=archivist)
    second = keep(other, archivist, tone("flac", words=TAGS, seconds=0.5), "b.flac").video
    work()
    again = read_embedded(deposit=other, kind="video", by=archivist)
    plan_table(step_id=again.pk, columns=chosen, by=archivist)
    apply_step(step_id=again.pk, by=archivist)
    work()

    second.refresh_from_db()
    assert second.creators == [{"name": "نوال"}]
    third = open_deposit(note="last", by=archivist)
    keep(third, archivist, tone("flac", words=TAGS, seconds=0.3), "c.flac")
    work()
    assert remembered(read_embedded(deposit=third, kind="video", by=archivist)) == chosen


def test_a_table_that_came_along_describes_recordings_by_their_files(desk, deposit, archivist):
    keep(deposit, archivist, tone("flac"), "talk.flac")
    item = keep(deposit, archivist, "file,title_ar\ntalk.flac,حديث\nnone.flac,لا\n".encode(), "list.csv")
    step = start_table(arrival=item.arrival, kind="video", deposit=deposit, by=archivist)
    plan_table(step_id=step.pk, columns=["file", "title_ar"], by=archivist)
    apply_step(step_id=step.pk, by=archivist)
    work("apply_step")

    assert [row.problem.get("code") for row in step.rows.order_by("place")] == [None, "unknown_file"]
    assert Video.objects.get().title_ar == "حديث"


def test_readers_are_told_nothing_of_it(client, desk, deposit, archivist):
    video = keep(deposit, archivist, tone("flac", words=TAGS), "talk.flac").video
    work()
    Video.objects.update(access=Access.PUBLIC)
    capture = Capture.objects.get()

    for address in (
        reverse("video", args=[video.public_id]), f"/api/videos/{video.public_id}/", f"/api/captures/{capture.public_id}/",
        reverse("iiif_film_manifest", args=[video.public_id]),
    ):  # fmt: skip
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "نوال" not in answer.content.decode()
        assert "33.51" not in answer.content.decode()
