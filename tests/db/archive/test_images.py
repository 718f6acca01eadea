"""Pictures: kept exactly, decoded at arm's length, shown as fresh pixels."""

from __future__ import annotations

import io

import pytest
from PIL import Image as Picture
from PIL.PngImagePlugin import PngInfo

from archive.actions.add_image import add_image
from archive.actions.fill_figure import fill_figure
from archive.actions.make_derivatives import make_derivatives
from archive.actions.run_job import run_job
from archive.enums import Access, ImageState, JobState
from archive.errors import Conflict, Invalid
from archive.media import paths
from archive.media.derivatives import decode
from archive.models import Derivative, Image
from tests.factories_archive import chunk, make_revision, png, send

pytestmark = pytest.mark.django_db
MARKERS = [b"MARK-EXIF", b"MARK-XMP", b"MARK-IPTC", b"MARK-COMMENT", b"MARK-TEXT", b"MARK-ICC", b"MARK-TRAIL"]
CAPTION = "\n\n\n\n\nصورة الجسر في الشتاء / 1931\n\nانتهى الوصف هنا.\n"


def add(data: bytes, *, by, filename="picture.png") -> Image:
    image = add_image(arrival=send(data, filename=filename, by=by), by=by)
    return make_derivatives(image_id=image.pk)


def encode(picture: Picture.Image, kind: str, **options) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def opened(image: Image, name: str) -> Picture.Image:
    copy = Derivative.objects.get(image=image, name=name)
    return Picture.open(io.BytesIO(paths.of_sha256(copy.stored_file.sha256).read_bytes()))


def copies(image: Image) -> list[bytes]:
    return [paths.of_sha256(c.stored_file.sha256).read_bytes() for c in image.derivatives.all()]


def jpeg_with_markers(size=(3000, 2000)) -> bytes:
    exif = Picture.Exif()
    exif[0x010E] = "MARK-EXIF"
    exif.get_ifd(0x8825)[1] = "N"
    data = encode(
        Picture.new("RGB", size, "#a33"), "JPEG", exif=exif, comment=b"MARK-COMMENT",
        xmp=b"<x:xmpmeta>MARK-XMP</x:xmpmeta>", icc_profile=b"MARK-ICC" * 20,
    )  # fmt: skip
    iptc = b"Photoshop 3.0\x00MARK-IPTC"
    segment = b"\xff\xed" + (len(iptc) + 2).to_bytes(2, "big") + iptc
    return data[:2] + segment + data[2:] + b"MARK-TRAIL"


def test_copies_are_made_by_the_job_in_four_sizes(archivist):
    image = add_image(arrival=send(jpeg_with_markers(), by=archivist), by=archivist)

    assert run_job(image.job_id) == JobState.DONE

    image.refresh_from_db()
    assert (image.state, image.width, image.height) == (ImageState.READY, 3000, 2000)
    sizes = dict(image.derivatives.values_list("name", "width"))
    assert sizes == {"thumb": 320, "small": 640, "medium": 1280, "large": 2560}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "GIF", "WEBP"])
def test_copies_carry_nothing_but_pixels(archivist, kind):
    picture = Picture.new("RGB", (400, 300), "#37a")
    exif = Picture.Exif()
    exif[0x010E] = "MARK-EXIF"
    texts = PngInfo()
    texts.add_text("Comment", "MARK-TEXT")
    texts.add_itxt("XML:com.adobe.xmp", "MARK-XMP")
    data = {
        "JPEG": jpeg_with_markers(),
        "PNG": encode(picture, "PNG", pnginfo=texts, exif=exif, icc_profile=b"MARK-ICC"),
        "TIFF": encode(picture, "TIFF", exif=exif, icc_profile=b"MARK-ICC", description="MARK-TEXT"),
        "GIF": encode(picture, "GIF", comment=b"MARK-COMMENT"),
        "WEBP": encode(picture, "WEBP", exif=exif, xmp=b"MARK-XMP", icc_profile=b"MARK-ICC"),
    }[kind]
    assert any(marker in data for marker in MARKERS)

    image = add(data, by=archivist)

    assert image.state == ImageState.READY
    assert len(copies(image)) == 4
    for copy in copies(image):
        assert not [marker for marker in MARKERS if marker in copy]
        assert not [name for name in (b"EXIF", b"XMP ", b"ICCP") if name in copy]


def test_what_the_file_says_of_itself_is_kept_apart(archivist):
    image = add(jpeg_with_markers(), by=archivist)

    assert image.embedded_metadata["exif"]["ImageDescription"] == "MARK-EXIF"
    assert image.embedded_metadata["exif"]["GPSLatitudeRef"] == "N"


def test_original_is_kept_byte_for_byte(archivist):
    data = jpeg_with_markers()

    image = add(data, by=archivist)

    assert paths.of_sha256(image.arrival.stored_file.sha256).read_bytes() == data


@pytest.mark.parametrize("orientation", range(1, 9))
def test_copies_stand_upright(archivist, orientation):
    upright = Picture.new("RGB", (60, 40), "white")
    upright.paste("red", (0, 0, 20, 20))
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    stored = upright.transpose(Picture.Transpose(undo[orientation])) if orientation in undo else upright
    exif = Picture.Exif()
    exif[0x0112] = orientation

    image = add(encode(stored, "JPEG", exif=exif, quality=95), by=archivist)

    copy = opened(image, "large").convert("RGB")
    assert (image.width, image.height) == copy.size == (60, 40)
    assert copy.getpixel((8, 8))[1] < 90
    assert copy.getpixel((50, 30))[1] > 200


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("1", "PNG"), ("L", "PNG"), ("LA", "PNG"), ("P", "PNG"), ("I;16", "PNG"), ("RGBA", "PNG"), ("CMYK",
    "JPEG"),
     ("CMYK", "TIFF"), ("P", "GIF"), ("L", "TIFF"), ("RGBA", "WEBP")],
)  # fmt: skip
def test_every_mode_decodes(archivist, mode, kind):
    image = add(encode(Picture.new(mode, (700, 500)), kind), by=archivist)

    assert (image.state, image.error_code) == (ImageState.READY, "")
    assert opened(image, "small").size == (640, 457)


def test_sixteen_bits_keep_their_grays(archivist):
    image = add(encode(Picture.new("I;16", (100, 100), 40_000), "PNG"), by=archivist)

    assert abs(opened(image, "large").convert("L").getpixel((50, 50)) - 40_000 // 256) <= 2


def test_hundred_megapixels_in_a_few_kilobytes_work(archivist):
    data = png(10_000, 10_000)
    assert len(data) < 110_000

    image = add(data, by=archivist)

    assert (image.state, image.width) == (ImageState.READY, 10_000)
    assert opened(image, "large").size == (2560, 2560)


def test_more_pixels_than_announced_are_refused_with_words(archivist):
    image = add(png(20_000, 10_001), by=archivist)

    assert (image.state, image.error_code) == (ImageState.BROKEN, "too_many_pixels")


def test_truncated_jpeg_is_kept_and_flagged(archivist):
    data = jpeg_with_markers()[:-9000]

    image = add(data, by=archivist, filename="cut.jpg")

    assert (image.state, image.error_code) == (ImageState.BROKEN, "image_broken")
    assert not image.derivatives.exists()
    assert paths.of_sha256(image.arrival.stored_file.sha256).read_bytes() == data


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "svg_refused"),
        (b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", "svg_refused"),
        (b"just words", "not_an_image"),
        (b"%!PS-Adobe-3.0", "not_an_image"),
    ],
)
def test_what_is_no_picture_is_refused(archivist, data, code):
    with pytest.raises(Invalid, match=code):
        add_image(arrival=send(data, filename="picture.png", by=archivist), by=archivist)
    assert not Image.objects.exists()


def test_png_that_is_also_a_page_becomes_mere_pixels(archivist):
    page = chunk(b"tEXt", b"x\x00<html><script>alert(1)</script></html>")

    image = add(png(50, 50, extra=page) + b"<script>alert(2)</script>", by=archivist)

    assert image.state == ImageState.READY
    assert not any(b"script" in copy for copy in copies(image))


def test_bomb_in_a_metadata_chunk_does_no_harm(archivist):
    import zlib

    bomb = chunk(b"zTXt", b"c\x00\x00" + zlib.compress(bytes(200_000_000), 9))

    image = add(png(50, 50, extra=bomb), by=archivist)

    assert image.state in (ImageState.READY, ImageState.BROKEN)


def test_making_copies_twice_makes_them_once(archivist):
    image = add(png(400, 400), by=archivist)
    made = set(image.derivatives.values_list("pk", flat=True))

    make_derivatives(image_id=image.pk)

    assert set(image.derivatives.values_list("pk", flat=True)) == made


def test_attempt_that_fails_late_does_not_break_what_another_made(archivist, monkeypatch):
    image = add_image(arrival=send(png(20, 10), by=archivist), by=archivist)

    def out_of_time(source, folder, **given):
        with monkeypatch.context() as patched:
            patched.setattr("archive.actions.make_derivatives.decode", decode)
            make_derivatives(image_id=image.pk)
        raise Invalid("image_too_dear")

    monkeypatch.setattr("archive.actions.make_derivatives.decode", out_of_time)

    assert make_derivatives(image_id=image.pk).state == ImageState.READY


def test_gap_is_filled_and_emptied_again(archivist):
    revision = make_revision(
        "# عنوان\n\n" + "كلامٌ طويلٌ يصف الجسر ومن عبره في كل يوم. " * 4 + CAPTION, by=archivist
    )
    figure = revision.text.figures.get()
    image = add(png(400, 400), by=archivist)

    fill_figure(figure_id=figure.pk, image=image, seen="", by=archivist)
    with pytest.raises(Conflict, match="figure_changed"):
        fill_figure(figure_id=figure.pk, image=None, seen="", by=archivist)
    figure.refresh_from_db()
    assert figure.image == image

    fill_figure(figure_id=figure.pk, image=None, seen=image.public_id, by=archivist)
    figure.refresh_from_db()
    assert figure.image is None


def test_the_desk_calls_an_untitled_image_by_its_file_and_readers_are_not_told(client, people):
    image = add(png(80, 60), by=people["archivist"], filename="photo 12.png")
    Image.objects.update(access=Access.PUBLIC)
    client.force_login(people["archivist"])

    pages = [client.get(f"/en/desk/images/{rest}").content.decode() for rest in ("", f"{image.public_id}/")]

    assert all("<bdi>photo 12.png</bdi>" in page for page in pages)
    client.logout()
    assert "photo 12" not in client.get(f"/en/images/{image.public_id}/").content.decode()
