"""Twelve kinds of hidden words in nine formats: none of them reaches anybody through a public picture."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.urls import reverse
from PIL import Image as Picture

from archive.actions.add_image import add_image
from archive.actions.run_job import run_job
from archive.enums import Access, ImageState
from archive.media import paths
from archive.models import Derivative, Image, ImageTiles, Job
from tests.db.archive import planted
from tests.db.archive.test_images import CAPTION
from tests.factories_archive import make_revision, send

pytestmark = pytest.mark.django_db
#: All that a copy may consist of: pixels, their tables and their size.
PIECES = {
    "webp": {"VP8 ", "VP8L", "VP8X", "ALPH"},
    "png": {"IHDR", "IDAT", "IEND"},
    "jpg": {"E0", "DB", "C0", "C4"},
}
ASKED = [
    *(f"full/max/0/{quality}.{kind}" for quality in ("default", "gray", "bitonal") for kind in PIECES),
    "0,0,512,512/512,512/0/default.jpg",
    "33,44,500,400/250,200/!90/color.webp",
    "square/!100,100/180/color.png",
]


@pytest.fixture(params=planted.FILES)
def image(request, people) -> Image:
    make, expected = planted.FILES[request.param]
    data = make()
    assert planted.hidden_in(data) >= expected, "the test would not notice a word that was never there"
    by = people["archivist"]
    arrival = send(data, filename=f"PLANTED-NAME.{request.param}", by=by)
    made = add_image(
        arrival=arrival, values={"access": Access.PUBLIC, "title_ar": "صورة", "title_en": "Picture"}, by=by
    )
    for kind in ("make_derivatives", "make_tiles"):
        run_job(Job.objects.get(kind=kind).pk)
    made.refresh_from_db()
    assert (made.state, made.error_code) == (ImageState.READY, "")
    return made


def body(answer) -> bytes:
    assert answer.status_code == 200
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return data + repr(answer.headers).encode()


def test_every_word_is_planted_somewhere():
    assert set().union(*(expected for _make, expected in planted.FILES.values())) == set(planted.MARKERS)
    assert (len(planted.MARKERS), len(planted.FILES)) == (12, 9)


def test_stored_copies_and_tiles_are_nothing_but_pixels(image):
    kept = [
        (paths.of_sha256(copy.stored_file.sha256).read_bytes(), "webp") for copy in Derivative.objects.all()
    ]
    with zipfile.ZipFile(paths.of_sha256(ImageTiles.objects.get().stored_file.sha256)) as pack:
        assert pack.comment == b""
        assert not any(entry.comment or entry.extra for entry in pack.infolist())
        kept += [(pack.read(name), "jpg") for name in pack.namelist()]
    assert len(kept) == 4 + 9

    for data, kind in kept:
        assert planted.pieces_of(data) <= PIECES[kind]
        assert b"PLANTED" not in data


def test_what_is_put_together_for_viewers_is_nothing_but_pixels(client, image):
    for rest in ASKED:
        data = client.get(f"{reverse('iiif_image', args=[image.public_id])}/{rest}").content

        assert planted.pieces_of(data) <= PIECES[rest.rpartition(".")[2]], rest
        assert b"PLANTED" not in data


def test_no_page_no_manifest_and_no_answer_repeats_a_word(client, people, image):
    text = make_revision(
        "# عنوان\n\n" + "كلامٌ طويلٌ يصف الجسر. " * 9 + CAPTION, access=Access.PUBLIC, by=people["archivist"]
    ).text
    text.figures.update(image=image)
    identifier = [image.public_id]
    addresses = [
        reverse("iiif_info", args=identifier),
        reverse("iiif_image_manifest", args=identifier),
        reverse("iiif_work_manifest", args=[text.work.public_id]),
        reverse("api-image-detail", args=identifier),
        reverse("derivative", args=[*identifier, "large"]),
        *(f"/{language}{image.get_absolute_url()[3:]}" for language in ("ar", "en")),
        *(f"/{language}{text.work.get_absolute_url()[3:]}" for language in ("ar", "en")),
    ]

    for address in addresses:
        data = body(client.get(address))

        assert b"PLANTED" not in data, address
        assert b"33.0" not in data, address


def test_keepers_find_the_words_in_the_record(image):
    said = str(image.embedded_metadata)

    assert image.embedded_metadata["format"]
    if image.embedded_metadata["format"] in ("JPEG", "PNG", "WEBP", "AVIF", "HEIF"):
        assert planted.MARKERS["exif"].decode() in said
        assert planted.MARKERS["gps"].decode() in said


def test_a_picture_by_a_stranger_is_opened_as_what_it_is():
    """The encoders of this test write what they say: otherwise none of the above would mean much."""
    for name, (make, _expected) in planted.FILES.items():
        with Picture.open(io.BytesIO(make())) as opened:
            opened.load()
            assert opened.format.lower() == name
