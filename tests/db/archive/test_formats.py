"""Every format that is taken: the pixels that people see are those that the picture means."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from pathlib import Path

import pytest
from PIL import Image as Picture
from PIL import ImageCms
from pillow_heif import register_heif_opener

from archive.errors import Invalid
from archive.media import derivatives, sniff
from archive.media.derivatives import decode, tile
from tests.factories_archive import png

register_heif_opener()
RED, BLUE, WHITE, GREEN = (220, 30, 30), (30, 40, 210), (255, 255, 255), (30, 160, 60)
#: Which turn undoes each orientation of EXIF.
UNDO = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}


def quarters(mode: str = "RGB") -> Picture.Image:
    """Return a picture of 600 × 400: red and blue above, white and green below."""
    drawn = Picture.new("RGB", (600, 400), RED)
    drawn.paste(BLUE, (300, 0, 600, 200))
    drawn.paste(WHITE, (0, 200, 300, 400))
    drawn.paste(GREEN, (300, 200, 600, 400))
    return drawn.convert(mode)


def encode(picture: Picture.Image, kind: str, **options: object) -> bytes:
    target = io.BytesIO()
    picture.save(target, kind, **options)
    return target.getvalue()


def shown(data: bytes, folder: Path) -> list[Picture.Image]:
    """Return the large copy and the first level of the pyramid."""
    source = folder / "source"
    source.write_bytes(data)
    with Picture.open({copy.name: copy.path for copy in decode(source, folder).copies}["large"]) as copy:
        copy.load()
    tiles = tile(source, folder)
    level = Picture.new("RGB", (tiles.width, tiles.height))
    with zipfile.ZipFile(tiles.path) as pack:
        for name in pack.namelist():
            if name.startswith("1/"):
                column, row = (int(part) for part in name[2:-4].split("-"))
                level.paste(Picture.open(io.BytesIO(pack.read(name))), (column * 512, row * 512))
    return [copy, level]


def assert_quarters(picture: Picture.Image, *, tolerance: int = 30) -> None:
    assert picture.size == (600, 400)
    seen = picture.convert("RGB")
    for place, color in {(20, 20): RED, (580, 20): BLUE, (20, 380): WHITE, (580, 380): GREEN}.items():
        found = seen.getpixel(place)
        assert max(abs(a - b) for a, b in zip(found, color, strict=True)) <= tolerance, (place, found, color)


@pytest.mark.parametrize(
    ("kind", "mode", "options"),
    [
        ("JPEG", "RGB", {"quality": 95}),
        ("JPEG", "CMYK", {"quality": 95}),
        ("PNG", "RGB", {}),
        ("PNG", "RGBA", {}),
        ("PNG", "P", {}),
        ("WEBP", "RGB", {"quality": 95}),
        ("TIFF", "RGB", {"compression": "tiff_lzw"}),
        ("TIFF", "CMYK", {"compression": "tiff_adobe_deflate"}),
        ("TIFF", "RGBA", {}),
        ("TIFF", "P", {}),
        ("TIFF", "YCbCr", {}),
        ("TIFF", "LAB", {}),
        ("GIF", "P", {}),
        ("BMP", "RGB", {}),
        ("BMP", "P", {}),
        ("JPEG2000", "RGB", {}),
        ("JPEG2000", "RGBA", {}),
        ("AVIF", "RGB", {"quality": 90, "speed": 10}),
        ("AVIF", "RGBA", {"quality": 90, "speed": 10}),
        ("HEIF", "RGB", {"quality": 90}),
        ("HEIF", "RGBA", {"quality": 90}),
    ],
)
def test_colors_stand_where_they_belong(tmp_path, kind, mode, options):
    picture = lab(quarters()) if mode == "LAB" else quarters(mode)

    for made in shown(encode(picture, kind, **options), tmp_path):
        assert_quarters(made)


def lab(picture: Picture.Image) -> Picture.Image:
    profiles = (ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"))
    return ImageCms.profileToProfile(picture, *profiles, outputMode="LAB")


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "JPEG2000", "WEBP", "AVIF", "HEIF"])
def test_what_is_see_through_stays_so_in_copies_and_is_paper_in_tiles(tmp_path, kind):
    picture = quarters("RGBA")
    picture.paste((0, 0, 0, 0), (0, 200, 300, 400))

    copy, level = shown(encode(picture, kind), tmp_path)

    assert copy.convert("RGBA").getpixel((50, 350))[3] == 0
    assert copy.convert("RGBA").getpixel((50, 50))[3] == 255
    assert_quarters(level)


def test_a_palette_with_a_see_through_entry(tmp_path):
    picture = quarters("P")
    data = encode(picture, "GIF", transparency=picture.getpixel((20, 380)))

    copy, level = shown(data, tmp_path)

    assert copy.convert("RGBA").getpixel((50, 350))[3] == 0
    assert_quarters(level)


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "JPEG2000"])
def test_sixteen_bits_keep_their_grays(tmp_path, kind):
    picture = Picture.new("I;16", (600, 400), 51_200)
    dark = Picture.new("I;16", (300, 400), 12_800)
    picture.paste(dark, (0, 0))

    for made in shown(encode(picture, kind), tmp_path):
        assert abs(made.convert("L").getpixel((100, 200)) - 50) <= 3
        assert abs(made.convert("L").getpixel((500, 200)) - 200) <= 3


@pytest.mark.parametrize(("mode", "light"), [("I", 4_000_000), ("F", 1.0), ("I", 51_200)])
def test_deeper_grays_are_seen_as_well(tmp_path, mode, light):
    picture = Picture.new(mode, (600, 400), 0)
    picture.paste(light, (300, 0, 600, 400))

    for made in shown(encode(picture, "TIFF"), tmp_path):
        assert made.convert("L").getpixel((100, 200)) <= 3
        assert made.convert("L").getpixel((500, 200)) >= 197


def odd_profile() -> bytes:
    """Return a profile in which red is called blue, and blue red."""
    raw = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert raw.count(b"rXYZ") == raw.count(b"bXYZ") == 1
    return raw.replace(b"rXYZ", b"????").replace(b"bXYZ", b"rXYZ").replace(b"????", b"bXYZ")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP", "AVIF", "HEIF"])
def test_the_profile_says_what_colors_mean(tmp_path, kind):
    red, green, blue = quarters().split()
    swapped = Picture.merge("RGB", (blue, green, red))

    for made in shown(encode(swapped, kind, icc_profile=odd_profile()), tmp_path):
        assert_quarters(made, tolerance=45)


@pytest.mark.parametrize(
    ("kind", "orientation"),
    [(kind, n) for kind in ("JPEG", "TIFF") for n in range(1, 9)]
    + [(kind, n) for kind in ("PNG", "WEBP", "AVIF", "HEIF") for n in (3, 6, 7)],
)
def test_pictures_stand_upright(tmp_path, kind, orientation):
    stored = quarters()
    if orientation in UNDO:
        stored = stored.transpose(Picture.Transpose(UNDO[orientation]))
    exif = Picture.Exif()
    exif[0x0112] = orientation

    # HEIC has a place of its own for it, which the encoder fills from these bytes; its EXIF is not asked.
    for made in shown(encode(stored, kind, exif=exif.tobytes()), tmp_path):
        assert_quarters(made, tolerance=40)


def test_a_large_picture_that_lies_on_its_side(tmp_path):
    """More than one tile in each direction, so that each must be found at its own place."""
    drawn = quarters().resize((1500, 1000))
    exif = Picture.Exif()
    exif[0x0112] = 8
    data = encode(drawn.transpose(Picture.Transpose.ROTATE_270), "JPEG", exif=exif, quality=95)

    for made in shown(data, tmp_path):
        assert made.size == (1500, 1000)
        assert_quarters(made.resize((600, 400)))


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("TIFF", "image/tiff"),
        ("BMP", "image/bmp"),
        ("JPEG2000", "image/jp2"),
        ("AVIF", "image/avif"),
        ("HEIF", "image/heic"),
    ],
)
def test_formats_are_known_by_their_first_bytes(kind, name):
    assert sniff.media_type(encode(quarters(), kind)[:4096]) == name


def test_codestreams_big_tiffs_and_films_are_told_apart():
    assert sniff.media_type(encode(quarters(), "JPEG2000", no_jp2=True)[:4096]) == "image/j2c"
    assert sniff.media_type(encode(quarters(), "TIFF", big_tiff=True)[:4096]) == "image/tiff"
    assert sniff.media_type(b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp41") == "video/mp4"


def _loop() -> bytes:
    """Return a TIFF whose directory says that the next one is itself."""
    data = bytearray(encode(Picture.new("L", (8, 8)), "TIFF"))
    first = struct.unpack_from("<I", data, 4)[0]
    count = struct.unpack_from("<H", data, first)[0]
    struct.pack_into("<I", data, first + 2 + 12 * count, first)
    return bytes(data)


def _scrambled(kind: str, seed: int) -> bytes:
    """Return a picture in which a tenth of all bytes behind the head are noise."""
    dice, data = random.Random(seed), bytearray(encode(quarters(), kind))
    for _ in range(max(40, len(data) // 10)):
        data[dice.randrange(24, len(data))] = dice.randrange(256)
    return bytes(data)


_TIFF = encode(quarters(), "TIFF", compression="tiff_lzw")
HOSTILE = {
    "tiff cut in its pixels": encode(quarters(), "TIFF")[:5000],
    "tiff cut in its directory": _TIFF[:-40],
    "tiff of eight bytes": _TIFF[:8],
    "tiff whose directory lies outside": b"II*\x00\xff\xff\xff\x7f",
    "tiff with sixty thousand tags": b"II*\x00\x08\x00\x00\x00\xff\xff" + bytes(60_000),
    "bmp of a thousand million pixels": b"BM" + bytes(8) + struct.pack("<IIiiHHI", 54, 40, 32_000, 32_000, 1, 24, 0) + bytes(24),
    "bmp cut": encode(quarters(), "BMP")[:900],
    "jpeg 2000 cut": encode(quarters(), "JPEG2000")[:300],
    "avif cut": encode(quarters(), "AVIF", speed=10)[:-200],
    "heic cut": encode(quarters(), "HEIF")[:-200],
    "heic of nothing": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic",
    "webp cut": encode(quarters(), "WEBP")[:90],
    "gif cut": encode(quarters("P"), "GIF")[:200],
    "png that promises too much": png(20_000, 10_001),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_broken_or_hostile_is_refused_in_words(tmp_path, name):
    source = tmp_path / "source"
    source.write_bytes(HOSTILE[name])

    with pytest.raises(Invalid) as refused:
        decode(source, tmp_path)

    assert refused.value.code in {"image_broken", "not_an_image", "too_many_pixels", "image_too_dear"}
    assert not list(tmp_path.glob("*.webp"))


@pytest.mark.parametrize("kind", ["TIFF", "JPEG", "PNG", "BMP", "JPEG2000", "AVIF", "HEIF", "WEBP"])
@pytest.mark.parametrize("seed", [1, 2])
def test_noise_is_decoded_or_refused_and_nothing_else(tmp_path, kind, seed):
    source = tmp_path / "source"
    source.write_bytes(_scrambled(kind, seed))

    try:
        outcome = f"{len(decode(source, tmp_path).copies)} copies"
    except Invalid as refused:
        outcome = refused.code

    assert outcome in {"4 copies", "image_broken", "not_an_image", "too_many_pixels", "image_too_dear"}


def test_a_tiff_that_runs_in_a_circle_ends(tmp_path):
    source = tmp_path / "source"
    source.write_bytes(_loop())

    assert decode(source, tmp_path).pages == 1


def test_a_tiff_of_too_many_pages_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(derivatives, "IMAGE_PAGES", 3)
    page = Picture.new("L", (8, 8))
    source = tmp_path / "source"
    source.write_bytes(encode(page, "TIFF", save_all=True, append_images=[page] * 3))

    with pytest.raises(Invalid, match="too_many_pages"):
        decode(source, tmp_path)
