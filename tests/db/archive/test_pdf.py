"""A PDF is an image of several pages: new pixels for everybody, its original for the keepers, its words from what is seen."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation
from PIL import Image as Picture

from archive.access import ANYBODY
from archive.actions.add_image import add_image
from archive.actions.index_entry import index_entry
from archive.actions.redact import redact
from archive.actions.run_job import run_job
from archive.enums import Access, ImageState, JobState
from archive.errors import Invalid
from archive.media import derivatives, paths
from archive.media.derivatives import decode, tile
from archive.models import FreshPdf, Image, ImageTiles, Job, PageWords, SearchEntry
from archive.search.engine import search
from tests.factories_archive import send
from tests.factories_pdf import pdf, words

pytestmark = pytest.mark.django_db
DEMO = Path(__file__).resolve().parents[3] / "annotations" / "demo"
LETTER = pdf([words("The canal keeper wrote"), words("Water came at dawn") + words("and left", y=200)])


def add(data: bytes, people, **values) -> Image:
    image = add_image(
        arrival=send(data, filename="letter.pdf", by=people["archivist"]),
        values={"access": Access.PUBLIC, "title_ar": "رسالة", "title_en": "Letter", **values}, by=people["archivist"],
    )  # fmt: skip
    work_off()
    image.refresh_from_db()
    return image


def work_off() -> None:
    while job := Job.objects.filter(state=JobState.QUEUED, not_before=None).first():
        run_job(job.pk)


@pytest.fixture
def image(people) -> Image:
    return add(LETTER, people)


def found(query: str) -> list[str]:
    return [hit.url for hit in search(query, ANYBODY).hits]


def test_every_page_is_a_canvas_with_a_service(client, image):
    canvases = client.get(reverse("iiif_image_manifest", args=[image.public_id])).json()["items"]

    assert (image.state, image.pages) == (ImageState.READY, 2)
    assert (image.width, image.height) == (canvases[0]["width"], canvases[0]["height"]) == (828, 1167)
    for canvas in canvases:
        (service,) = canvas["items"][0]["items"][0]["body"]["service"]
        address = service["id"].partition("/iiif/")[2]
        pixels = client.get(f"/iiif/{address}/full/200,/0/default.png")
        with Picture.open(io.BytesIO(pixels.content)) as picture:
            assert picture.convert("L").getextrema()[0] < 100
            assert picture.convert("RGB").getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_pages_are_read_one_by_one_without_a_script(client, image, language):
    with translation.override(language):
        address = image.get_absolute_url()
        first, second = (client.get(f"{address}{query}").content.decode() for query in ("", "?page=2"))

    assert "The canal keeper wrote" in first
    assert "Water came at dawn" not in first
    assert 'href="?page=2#picture"' in first
    assert f"/iiif/3/{image.public_id}/full/!1280,1280/0/default.jpg" in first
    assert "Water came at dawn" in second
    assert f"/iiif/3/{image.public_id}:2/full/!1280,1280/0/default.jpg" in second
    assert ("صفحة 2" if language == "ar" else "Page 2") in second


@pytest.mark.parametrize("page", ["0", "3", "-1", "x", "٢", "9" * 400])
def test_a_page_that_is_not_there_is_the_first(client, image, page):
    with translation.override("en"):
        answer = client.get(image.get_absolute_url(), {"page": page})

    assert answer.status_code == 200
    assert "The canal keeper wrote" in answer.content.decode()


def test_words_are_kept_with_their_places(image):
    first, second = PageWords.objects.all()

    assert first.text == "The canal keeper wrote"
    assert second.text == "Water came at dawn\nand left"
    x, y, width, height, word = second.lines[1][0]
    assert word == "and"
    # Its base line is 200 points above the lower edge of a sheet of 420, at 200 pixels to the inch.
    assert x == pytest.approx(30 * 200 / 72, abs=3)
    assert y < (420 - 200) * 200 / 72 < y + height
    assert 0 < width < 200


def test_words_are_found_and_lead_to_their_page(image):
    with translation.override("en"):
        assert found("dawn") == [f"{image.get_absolute_url()}?page=2#picture"]


def test_the_api_tells_the_words_of_a_page(client, image):
    address = f"/api/images/{image.public_id}/words/"

    assert client.get(address).json()["text"] == "The canal keeper wrote"
    second = client.get(address, {"page": 2}).json()
    assert second["lines"][1][0][4] == "and"
    for odd in ("3", "0", "x", "-1", "9" * 50):
        assert client.get(address, {"page": odd}).status_code == 404
    Image.objects.update(access=Access.DRAFT)
    assert client.get(address).status_code == 404


def test_words_of_a_hidden_pdf_are_not_found(image):
    Image.objects.update(access=Access.DRAFT)

    assert found("dawn") == []


HIDDEN = {
    "under a black box": words("secret", y=200) + " 0 g 20 190 200 30 re f",
    "under a box that is a little smaller": words("secret", y=200) + " 0 g 30 197 50 17 re f",
    "white on white": words("secret", y=200, before="1 g") + " 0 g",
    "beyond the edge": words("secret", y=-90),
    "invisible on an empty place": words("secret", y=200, before="3 Tr") + " 0 Tr",
}


@pytest.mark.parametrize("way", HIDDEN)
def test_words_that_nobody_sees_are_told_to_nobody(client, people, way):
    image = add(pdf([words("Plain words") + HIDDEN[way]]), people)

    assert PageWords.objects.get().text == "Plain words"
    assert found("secret") == []
    with translation.override("en"):
        assert b"secret" not in client.get(image.get_absolute_url()).content


def test_a_scan_keeps_the_words_that_were_read_from_it(people):
    add(
        pdf(["BT /F1 18 Tf 3 Tr 30 350 Td (Faded) Tj 0 Tr ET 0.3 g 30 350 9 12 re f 45 352 30 3 re f"]),
        people,
    )

    assert PageWords.objects.get().text == "Faded"


def test_covered_words_are_gone_from_everywhere_at_once(client, people, image):
    x, y, width, height, _word = PageWords.objects.get(page=2).lines[1][1]
    area = {"page": 2, "x": x + 2, "y": y + 2, "width": width - 4, "height": height - 4}

    redact(
        image_id=image.pk, version=None, areas=[area], reason="A name", because={"en": "A name"},
        by=people["archivist"],
    )  # fmt: skip

    assert found("left") == []
    assert found("dawn") == []
    assert client.get(reverse("fresh_pdf", args=[image.public_id])).status_code == 404
    with translation.override("en"):
        assert b"Water came" not in client.get(image.get_absolute_url(), {"page": "2"}).content

    work_off()
    assert PageWords.objects.current().get(page=2).text == "Water came at dawn\nand"
    assert found("left") == []
    assert len(found("dawn")) == 1
    bound = b"".join(client.get(reverse("fresh_pdf", args=[image.public_id])).streaming_content)
    assert text_of(bound)[1].split() == ["Water", "came", "at", "dawn", "and"]
    drawn = pypdfium2.PdfDocument(bound)[1].render(scale=2).to_pil().convert("L")
    assert drawn.getextrema()[0] < 12
    pixels = client.get(f"/iiif/3/{image.public_id}:2/{x},{y},{width},{height}/max/0/default.png").content
    with Picture.open(io.BytesIO(pixels)) as picture:
        assert picture.convert("L").crop((4, 4, width - 4, height - 4)).getextrema()[1] < 12


def test_the_original_is_kept_exactly_and_only_for_the_keepers(client, people, image):
    address = reverse("original", args=[image.public_id])

    assert paths.of_sha256(image.arrival.stored_file.sha256).read_bytes() == LETTER
    assert client.get(address).status_code == 404
    client.force_login(people["archivist"])
    answer = client.get(address)
    assert b"".join(answer.streaming_content) == LETTER
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def text_of(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    return [page.get_textpage().get_text_range() for page in document]


def test_readers_may_have_the_pages_as_a_pdf_of_our_own(client, image):
    address = reverse("fresh_pdf", args=[image.public_id])

    data = b"".join(client.get(address).streaming_content)
    part = client.get(address, headers={"Range": "bytes=0-7"})

    assert data != LETTER
    assert (part.status_code, b"".join(part.streaming_content)) == (206, b"%PDF-1.7")
    first, second = text_of(data)
    assert first.split() == ["The", "canal", "keeper", "wrote"]
    assert second.split() == ["Water", "came", "at", "dawn", "and", "left"]
    assert pypdfium2.PdfDocument(data).get_metadata_dict(skip_empty=True) == {}
    Image.objects.update(access=Access.DRAFT)
    assert client.get(address).status_code == 404


def test_arabic_words_are_whole_in_what_is_searched_and_in_the_pdf_of_our_own(people):
    image = add((DEMO / "papers" / "walking-the-canal.pdf").read_bytes(), people)

    page = PageWords.objects.get(image=image, page=1)
    assert "عند بَعاذين تغيب القناة تحت الأرض، وتدلّك عليها الآبار" in page.text
    assert found("الآبار")
    made = FreshPdf.objects.get(image=image)
    first, _second = text_of(paths.of_sha256(made.stored_file.sha256).read_bytes())
    assert {"القناة", "الأرض،", "الآبار:"} <= set(first.split())


MARKERS = [f"PLANTED{n:02}" for n in range(12)]


def planted() -> bytes:
    """Return a PDF that says something hidden in twelve places."""
    m = MARKERS
    objects = [
        f"<< /Type /Metadata /Subtype /XML /Length {len(m[0])} >>\nstream\n{m[0]}\nendstream".encode(),
        f"<< /S /JavaScript /JS (app.alert\\('{m[1]}'\\)) >>".encode(),
        f"<< /Names [({m[2]}.txt) 10 0 R] >>".encode(),
        f"<< /Type /Filespec /F ({m[2]}.txt) /UF ({m[2]}.txt) /Desc ({m[3]}) /EF << /F 11 0 R >> >>".encode(),
        f"<< /Type /EmbeddedFile /Length {len(m[4])} >>\nstream\n{m[4]}\nendstream".encode(),
        f"<< /Title ({m[5]}) /Parent 12 0 R >>".encode(),
        f"<< /Type /Annot /Subtype /Text /Rect [10 10 11 11] /F 2 /Contents ({m[6]}) /T ({m[7]}) >>".encode(),
        f"<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (https://{m[8]}.example/) >> >>".encode(),
    ]
    file = pdf(
        [words("Plain words") + f"\n% {m[9]}\n"], info={"Title": m[10], "Author": "Somebody"},
        page_extra="/Annots [13 0 R 14 0 R]",
        root_extra="/Metadata 7 0 R /OpenAction 8 0 R /Names << /EmbeddedFiles 9 0 R >> /Outlines 12 0 R",
        objects=objects,
    )  # fmt: skip
    return file + f"{m[11]}\n".encode()


def test_nothing_hidden_reaches_what_the_public_gets(client, people, image):
    made = add(planted(), people)

    assert made.state == ImageState.READY
    seen = [client.get(reverse("iiif_image_manifest", args=[made.public_id])).content]
    for language in ("ar", "en"):
        with translation.override(language):
            seen.append(client.get(made.get_absolute_url()).content)
    seen += [paths.of_sha256(row.stored_file.sha256).read_bytes() for row in made.derivatives.all()]
    tiles = ImageTiles.objects.get(image=made)
    with zipfile.ZipFile(paths.of_sha256(tiles.stored_file.sha256)) as pack:
        seen += [pack.read(name) for name in pack.namelist()]
    seen.append(PageWords.objects.get(image=made).text.encode())
    seen.append(paths.of_sha256(FreshPdf.objects.get(image=made).stored_file.sha256).read_bytes())
    seen.append("".join(text_of(seen[-1])).encode())
    for marker in MARKERS:
        assert not any(marker.encode() in each for each in seen), marker
    assert made.embedded_metadata["attachments"] == "1"
    assert made.embedded_metadata["text"]["Title"] == MARKERS[10]


LOCK = b"<< /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> >>"
BROKEN = {
    "nothing but its name": (b"%PDF-1.7\n", "image_broken"),
    "noise": (b"%PDF-1.7\n" + bytes(range(256)) * 20, "image_broken"),
    "cut off": (LETTER[:300], "image_broken"),
    "no pages": (pdf([]), "image_broken"),
    "locked": (
        pdf([words("x")], objects=[LOCK], trailer_extra="/Encrypt 7 0 R /ID [<00> <00>]"), "pdf_locked",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", BROKEN)
def test_what_cannot_be_opened_is_refused_in_words_and_kept(desk, people, kind):
    data, code = BROKEN[kind]
    image = add(data, people)

    assert (image.state, image.error_code) == (ImageState.BROKEN, code)
    assert not ImageTiles.objects.exists()
    with translation.override("en"):
        page = desk.get(reverse("desk_image", args=[image.public_id])).content.decode()
    assert ("password" if code == "pdf_locked" else "does not decode") in page
    assert paths.of_sha256(image.arrival.stored_file.sha256).read_bytes() == data


def test_a_pdf_that_is_something_else_as_well_is_only_ever_pixels(client, people):
    page = b"<html><script>alert(1)</script></html>"
    image = add(LETTER + page, people)

    assert image.state == ImageState.READY
    client.force_login(people["archivist"])
    answer = client.get(reverse("original", args=[image.public_id]))
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_pdf_of_too_many_pages_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(derivatives, "IMAGE_PAGES", 2)
    source = tmp_path / "many.pdf"
    source.write_bytes(pdf([words("x")] * 3))

    with pytest.raises(Invalid, match="too_many_pages"):
        decode(source, tmp_path)


def test_a_sheet_as_large_as_a_house_is_drawn_smaller(tmp_path):
    source = tmp_path / "wall.pdf"
    source.write_bytes(pdf(["0 0 9000 9000 re f"], sheet=(14000, 14)))

    made = tile(source, tmp_path)

    assert (made.width, made.height) == (8000, 8)


def test_a_page_that_asks_for_too_much_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(derivatives, "SECONDS", 1)
    source = tmp_path / "slow.pdf"
    source.write_bytes(pdf(["0 0 m 10 10 l S " + "q 200 0 0 200 0 0 cm 0 0 1 1 re f Q " * 3_000_000]))

    with pytest.raises(Invalid, match="image_too_dear"):
        decode(source, tmp_path)


def test_words_of_a_page_are_never_changed(image):
    with pytest.raises((IntegrityError, TypeError)), transaction.atomic():
        PageWords.objects.update(lines=[])


def test_indexing_again_is_the_same(image):
    before = list(SearchEntry.objects.filter(kind="image").values_list("fragment", "original"))

    index_entry(kind="image", object_id=image.pk)

    assert list(SearchEntry.objects.filter(kind="image").values_list("fragment", "original")) == before
