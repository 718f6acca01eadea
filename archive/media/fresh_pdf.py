"""Writes a PDF of our own pixels and words: each page a picture, over it its words, invisible, to be selected and found.

Nothing of any other PDF is in it. Pages are written one after the other, so that one at a time lies in memory.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, BinaryIO

#: Points of the paper that a page is said to be wide: that of A4, so that it prints well.
WIDTH = 595
_CATALOG, _PAGES, _FONT, _CID_FONT, _TO_UNICODE, _DESCRIPTOR, _FIRST = range(1, 8)
#: Every code is a letter's own number (a half of one, beyond the first plane): no font is asked what it means.
_CMAP = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Own def /CMapType 2 def "
    b"1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange "
    b"endcmap CMapName currentdict /CMap defineresource pop end end"
)
#: Of the height of the letters, how wide each is taken to be before it is stretched over its word's place.
_WIDE = 0.5
_RIGHT_TO_LEFT = frozenset({"R", "AL"})


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its picture as JPEG, and its words where they stand in pixels of the whole page."""

    jpeg: bytes
    #: Pixels of the picture, which may be smaller than the page.
    size: tuple[int, int]
    full: tuple[int, int]
    lines: Sequence[Sequence[Any]]


def write(target: BinaryIO, pages: Iterable[Page]) -> int:
    """Write the file; return how many pages it has."""
    places: dict[int, int] = {}
    offset = target.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def put(number: int, body: bytes, stream: bytes | None = None) -> None:
        nonlocal offset
        places[number] = offset
        if stream is not None:
            body = b"<< " + body + b" /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream"
        offset += target.write(b"%d 0 obj\n" % number + body + b"\nendobj\n")

    put(_CATALOG, b"<< /Type /Catalog /Pages %d 0 R >>" % _PAGES)
    put(
        _FONT,
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Unseen /Encoding /Identity-H /DescendantFonts [%d 0 R] "
        b"/ToUnicode %d 0 R >>" % (_CID_FONT, _TO_UNICODE),
    )
    put(
        _CID_FONT,
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Unseen /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
        b"/Supplement 0 >> /FontDescriptor %d 0 R /DW %d /CIDToGIDMap /Identity >>"
        % (_DESCRIPTOR, _WIDE * 1000),
    )
    put(_TO_UNICODE, b"", _CMAP)
    put(
        _DESCRIPTOR,
        b"<< /Type /FontDescriptor /FontName /Unseen /Flags 5 /FontBBox [0 0 %d 1000] /Ascent 800 /Descent -200 "
        b"/CapHeight 800 /ItalicAngle 0 /StemV 80 >>" % (_WIDE * 1000),
    )
    number, kids = _FIRST, []
    for page in pages:
        kids.append(number)
        high = WIDTH * page.full[1] / page.full[0]
        put(
            number,
            b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %d %.2f] /Contents %d 0 R /Resources << /XObject << /P %d 0 R >> "
            b"/Font << /F %d 0 R >> >> >>" % (_PAGES, WIDTH, high, number + 1, number + 2, _FONT),
        )
        drawn = b"q %d 0 0 %.2f 0 0 cm /P Do Q\n" % (WIDTH, high)
        put(number + 1, b"", drawn + _words(page, high))
        put(
            number + 2,
            b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB /BitsPerComponent 8 "
            b"/Filter /DCTDecode" % page.size,
            page.jpeg,
        )
        number += 3
    named = b" ".join(b"%d 0 R" % kid for kid in kids)
    put(_PAGES, b"<< /Type /Pages /Kids [" + named + b"] /Count %d >>" % len(kids))
    start = offset
    target.write(b"xref\n0 %d\n0000000000 65535 f \n" % number)
    target.writelines(b"%010d 00000 n \n" % places[each] for each in range(1, number))
    target.write(
        b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (number, _CATALOG, start)
    )
    return len(kids)


def _words(page: Page, high: float) -> bytes:
    """Return the drawing of the words, which leaves no trace: each stretched over its place."""
    scale = WIDTH / page.full[0]
    parts = [b"BT 3 Tr"]
    for line in page.lines:
        for x, y, width, height, word in line:
            shown = in_drawing_order(word)
            letters = len(shown.encode("utf-16-be", "ignore")) // 2
            if not letters or width <= 0 or height <= 0:
                continue
            # Words would run together without a space; behind one that runs to the left it is on its left.
            before = width / letters if shown != word else 0
            codes = (f" {shown}" if before else f"{shown} ").encode("utf-16-be", "ignore")
            size = height * scale
            stretch = 100 * width / (letters * _WIDE * height)
            parts.append(
                b"/F %.2f Tf %.2f Tz 1 0 0 1 %.2f %.2f Tm <%b> Tj"
                % (
                    size,
                    stretch,
                    (x - before) * scale,
                    high - (y + height * 0.8) * scale,
                    codes.hex().encode(),
                )
            )
    return b"\n".join([*parts, b"ET"])


def in_drawing_order(word: str) -> str:
    """Return a word as PDFs draw it, from left to right: readers turn what is written from right to left around again."""
    directions = [unicodedata.bidirectional(letter) for letter in word]
    if not _RIGHT_TO_LEFT & set(directions):
        return word
    # Numbers and Latin words keep their order; what has no direction of its own goes with the word.
    runs = groupby(word, key=lambda letter: unicodedata.bidirectional(letter) in ("L", "EN", "AN"))
    turned = ["".join(run) if forward else "".join(reversed(list(run))) for forward, run in runs]
    return "".join(reversed(turned))
