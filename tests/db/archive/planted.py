"""Pictures in nine formats in which words are hidden wherever a format has room for them."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable

from PIL import Image as Picture
from PIL import ImageCms
from PIL.PngImagePlugin import PngInfo
from PIL.TiffImagePlugin import ImageFileDirectory_v2
from pillow_heif import register_heif_opener

from tests.factories_archive import chunk

#: What is hidden where; each word is twenty letters long at most.
MARKERS = {
    "exif": b"PLANTED-EXIF", "gps": b"PLANTED-GPS", "maker note": b"PLANTED-MAKER",
    "thumbnail": b"PLANTED-THUMBNAIL", "xmp": b"PLANTED-XMP", "iptc": b"PLANTED-IPTC", "icc": b"PLANTED-ICC-NAME",
    "comment": b"PLANTED-COMMENT", "text": b"PLANTED-TEXT", "tag": b"PLANTED-TAG", "after": b"PLANTED-AFTER",
    "chunk": b"PLANTED-CHUNK",
}  # fmt: skip
SIZE = (1100, 700)


def picture() -> Picture.Image:
    """Return a picture that is not of one color."""
    return Picture.linear_gradient("L").resize(SIZE).convert("RGB")


def saved(image: Picture.Image, kind: str, **options: object) -> bytes:
    """Return the picture as a file."""
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def exif() -> bytes:
    """Return EXIF with a description, a place, a maker's note and a small picture of its own."""
    said = Picture.Exif()
    said[0x010E] = MARKERS["exif"].decode()
    said.get_ifd(0x8769)[0x927C] = MARKERS["maker note"]
    place = said.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (33.0, 30.0, 36.0), "E", (36.0, 18.0, 0.0)
    place[27] = b"ASCII\x00\x00\x00" + MARKERS["gps"]
    whole = said.tobytes()
    small = saved(Picture.new("RGB", (16, 16), "red"), "JPEG", comment=MARKERS["thumbnail"])
    return _with_thumbnail(whole, small)


def _with_thumbnail(said: bytes, small: bytes) -> bytes:
    """Hang a second directory with a JPEG behind the first, as cameras do."""
    head, body = said[:6], bytearray(said[6:])
    order = "<" if body[:2] == b"II" else ">"
    first = struct.unpack_from(f"{order}I", body, 4)[0]
    end = first + 2 + 12 * struct.unpack_from(f"{order}H", body, first)[0]
    struct.pack_into(f"{order}I", body, end, len(body))
    at = len(body) + 2 + 3 * 12 + 4
    rows = [(0x0103, 3, 1, 6), (0x0201, 4, 1, at), (0x0202, 4, 1, len(small))]
    directory = struct.pack(f"{order}H", 3)
    for tag, kind, count, value in rows:
        directory += struct.pack(f"{order}HHI", tag, kind, count)
        directory += struct.pack(f"{order}HH", value, 0) if kind == 3 else struct.pack(f"{order}I", value)
    return head + bytes(body) + directory + bytes(4) + small


def profile() -> bytes:
    """Return a color profile that works and bears the word as its name."""
    raw = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for name in ("sRGB built-in", "sRGB"):
        old = name.encode("utf-16-be")
        if old in raw and len(old) >= len(MARKERS["icc"]):
            return raw.replace(old, MARKERS["icc"].ljust(len(old), b" ")[: len(old)])
    raise AssertionError("the profile names itself otherwise")


def xmp() -> bytes:
    """Return an XMP packet."""
    return b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + MARKERS["xmp"] + b"</x:xmpmeta>"


def iptc() -> bytes:
    """Return a Photoshop resource with an IPTC record."""
    record = b"\x1c\x02\x78" + struct.pack(">H", len(MARKERS["iptc"])) + MARKERS["iptc"]
    return b"8BIM\x04\x04\x00\x00" + struct.pack(">I", len(record)) + record + b"\x00" * (len(record) % 2)


def jpeg() -> bytes:
    """Return a JPEG."""
    data = saved(picture(), "JPEG", exif=exif(), comment=MARKERS["comment"], xmp=xmp(), icc_profile=profile())
    packed = b"Photoshop 3.0\x00" + iptc()
    own = b"OURS\x00" + MARKERS["chunk"]
    more = b"".join(
        mark + struct.pack(">H", len(body) + 2) + body
        for mark, body in ((b"\xff\xed", packed), (b"\xff\xeb", own))
    )
    return data[:2] + more + data[2:] + MARKERS["after"]


def png() -> bytes:
    """Return a PNG."""
    texts = PngInfo()
    texts.add_text("Author", MARKERS["text"].decode())
    texts.add_text("Comment", MARKERS["comment"].decode(), zip=True)
    texts.add_itxt("XML:com.adobe.xmp", xmp().decode())
    texts.add_text("Raw profile type iptc", iptc().hex(), zip=True)
    data = saved(picture(), "PNG", pnginfo=texts, exif=exif(), icc_profile=profile())
    end = data.rindex(b"IEND") - 4
    return data[:end] + chunk(b"prVt", MARKERS["chunk"]) + data[end:] + MARKERS["after"]


def webp() -> bytes:
    """Return a WebP."""
    data = saved(picture(), "WEBP", exif=exif(), xmp=xmp(), icc_profile=profile())
    own = (
        b"OURS"
        + struct.pack("<I", len(MARKERS["chunk"]))
        + MARKERS["chunk"]
        + b"\x00" * (len(MARKERS["chunk"]) % 2)
    )
    return b"RIFF" + struct.pack("<I", len(data) - 8 + len(own)) + data[8:] + own + MARKERS["after"]


def tiff() -> bytes:
    """Return a TIFF."""
    tags = ImageFileDirectory_v2()
    tags[270], tags[315], tags[65000] = (
        MARKERS["exif"].decode(),
        MARKERS["text"].decode(),
        MARKERS["tag"].decode(),
    )
    tags[700], tags[34377], tags[34675] = xmp(), iptc(), profile()
    tags.tagtype[700] = tags.tagtype[34377] = 1
    tags.tagtype[34675] = 7
    tags[34853] = {27: b"ASCII\x00\x00\x00" + MARKERS["gps"]}
    tags[34665] = {0x927C: MARKERS["maker note"]}
    return saved(picture(), "TIFF", tiffinfo=tags) + MARKERS["after"]


def gif() -> bytes:
    """Return a GIF."""
    data = saved(picture().quantize(64), "GIF", comment=MARKERS["comment"])
    packet = b"\x21\xff\x0bXMP DataXMP" + bytes([len(xmp())]) + xmp() + b"\x00"
    own = b"\x21\xff\x0bOURSOURS1.0" + bytes([len(MARKERS["chunk"])]) + MARKERS["chunk"] + b"\x00"
    return data[:-1] + packet + own + data[-1:] + MARKERS["after"]


def bmp() -> bytes:
    """Return a BMP with a gap between its head and its pixels."""
    data = saved(picture(), "BMP")
    start = struct.unpack_from("<I", data, 10)[0]
    gap = MARKERS["chunk"].ljust(32)
    return (
        data[:10]
        + struct.pack("<I", start + len(gap))
        + data[14:start]
        + gap
        + data[start:]
        + MARKERS["after"]
    )


def jpeg2000() -> bytes:
    """Return a JPEG 2000 in its usual container."""
    data = saved(picture(), "JPEG2000", comment=MARKERS["comment"], quality_mode="rates", quality_layers=[20])

    def box(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body) + 8) + kind + body

    extra = box(b"uuid", bytes.fromhex("be7acfcb97a942e89c71999491e3afac") + xmp())
    extra += box(b"uuid", b"JpgTiffExif->JP2" + exif()) + box(b"xml ", MARKERS["text"])
    place = data.index(b"jp2c") - 4
    return data[:place] + extra + data[place:] + MARKERS["after"]


def avif() -> bytes:
    """Return an AVIF."""
    data = saved(picture(), "AVIF", exif=exif(), xmp=xmp(), icc_profile=profile(), speed=10)
    free = MARKERS["chunk"]
    return data + struct.pack(">I", len(free) + 8) + b"free" + free


def heic() -> bytes:
    """Return a HEIC, as telephones make it."""
    register_heif_opener()
    data = saved(picture(), "HEIF", exif=exif(), xmp=xmp(), icc_profile=profile())
    free = MARKERS["chunk"]
    return data + struct.pack(">I", len(free) + 8) + b"free" + free


FILES: dict[str, tuple[Callable[[], bytes], set[str]]] = {
    "jpeg": (jpeg, set(MARKERS) - {"text", "tag"}),
    "png": (png, set(MARKERS) - {"tag"}),
    "webp": (webp, set(MARKERS) - {"text", "tag", "iptc", "comment"}),
    "tiff": (tiff, set(MARKERS) - {"thumbnail", "comment", "chunk"}),
    "gif": (gif, {"comment", "xmp", "chunk", "after"}),
    "bmp": (bmp, {"chunk", "after"}),
    "jpeg2000": (jpeg2000, {"comment", "xmp", "exif", "gps", "maker note", "thumbnail", "text", "after"}),
    "heif": (heic, {"exif", "gps", "maker note", "thumbnail", "xmp", "icc", "chunk"}),
    "avif": (avif, {"exif", "gps", "maker note", "thumbnail", "xmp", "icc", "chunk"}),
}


def hidden_in(data: bytes) -> set[str]:
    """Return which words are in the bytes as they are, or packed as PNG packs them."""
    seen = [data, *_unpacked(data)]
    return {
        name
        for name, word in MARKERS.items()
        if any(word in each or word.hex().encode() in each for each in seen)
    }


def _unpacked(data: bytes) -> list[bytes]:
    """Return what the compressed metadata chunks of a PNG hold."""
    found = []
    place = 8
    while data[:4] == b"\x89PNG" and place + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, place)
        if kind in (b"zTXt", b"iCCP"):
            found.append(zlib.decompress(data[place + 8 : place + 8 + length].split(b"\x00", 1)[1][1:]))
        place += length + 12
    return found


def pieces_of(data: bytes) -> set[str]:
    """Return the names of the parts of which a JPEG, PNG or WebP consists."""
    if data[:3] == b"\xff\xd8\xff":
        return _segments(data)
    found, place, webp = set(), 12 if data[:4] == b"RIFF" else 8, data[:4] == b"RIFF"
    while place + 8 <= len(data):
        length, kind = (
            struct.unpack_from("<4sI", data, place)[::-1] if webp else struct.unpack_from(">I4s", data, place)
        )
        found.add(kind.decode())
        place += length + 8 + (length % 2 if webp else 4)
    assert place == len(data), "something stands after the end"
    return found


def _segments(data: bytes) -> set[str]:
    found, place = set(), 2
    while data[place + 1] != 0xDA:
        found.add(f"{data[place + 1]:02X}")
        place += 2 + struct.unpack_from(">H", data, place + 2)[0]
    assert data.endswith(b"\xff\xd9"), "something stands after the end"
    return found
