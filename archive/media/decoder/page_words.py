"""The words of a page of a PDF and where they stand on it, in the pixels of the drawn page.

Only words that leave a trace in the pixels are told: what lies under a black box, is white on white or stands beyond the
edge would be told to readers otherwise, though no page shows it.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from archive.media.decoder import right_to_left
from archive.media.decoder.pixels import Box
from archive.media.decoder.right_to_left import Letter, Place

#: `[x, y, width, height, word]`.
Word = tuple[int, int, int, int, str]
Line = list[Word]
#: Letters of one page that are looked at, and of one word.
MOST_LETTERS, LONGEST_WORD = 100_000, 200
#: What the library says in the place of a hyphen at the end of a line.
HYPHEN = 2
#: How far the brightest and the darkest place of a word lie apart at least, of 255.
CONTRAST = 32
#: Letters as they are shaped within a word, which old programs name instead of the letters themselves.
_SHAPES = {chr(code) for code in (*range(0xFB50, 0xFD3E), *range(0xFD50, 0xFDFC), *range(0xFE70, 0xFEFF))}


def lines_of(page: pypdfium2.PdfPage, picture: Image.Image, covered: Iterable[Box]) -> list[Line]:
    """Return the words of the page line by line, without those that are not to be seen in it."""
    gray, hidden = picture.convert("L"), list(covered)
    lines: list[Line] = []
    for line in _lines(page, picture.size):
        seen = [
            (box[0], box[1], box[2] - box[0], box[3] - box[1], word)
            for word, box in line
            if not any(_meet(box, part) for part in hidden) and is_seen(gray, box, letters=len(word))
        ]
        if seen:
            lines.append(seen)
    return lines


def is_seen(gray: Image.Image, box: Box, *, letters: int) -> bool:
    """Whether every stretch of a word's box, as long as the box is high, shows something."""
    left, top, right, bottom = box
    wide, high = right - left, bottom - top
    # A single letter may be high and narrow; a word that is so runs down the page.
    upright = letters > 2 and high > 2 * wide
    parts = max(1, round((high / max(1, wide)) if upright else (wide / max(1, high))))
    for part in range(parts):
        if upright:
            piece = (left, top + high * part // parts, right, top + high * (part + 1) // parts)
        else:
            # What lies over a word is often a little smaller than the word's box: its rim shows nothing.
            rim = high // 6
            piece = (left + wide * part // parts, top + rim, left + wide * (part + 1) // parts, bottom - rim)
        if piece[0] >= piece[2] or piece[1] >= piece[3]:
            continue
        darkest, brightest = gray.crop(piece).getextrema()
        if float(brightest) - float(darkest) < CONTRAST:  # type: ignore[arg-type]
            return False
    return True


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _lines(page: pypdfium2.PdfPage, size: tuple[int, int]) -> Iterator[list[tuple[str, Box]]]:
    """Yield the lines of the page, each its words with their places."""
    letters = list(_letters(page, size))
    turned = right_to_left.is_right_to_left(letters)
    for line in right_to_left.lines_of(letters) if turned else _as_written(letters):
        words = [
            (_word([letter for letter, _place in word[:LONGEST_WORD]]), _around([p for _l, p in word], size))
            for word in line
        ]
        found = [(word, box) for word, box in words if word and box is not None]
        if found:
            yield found


def _as_written(letters: Iterable[Letter]) -> Iterator[list[list[Letter]]]:
    """Yield the lines and words as the library parts them."""
    line: list[list[Letter]] = [[]]
    for letter, place in letters:
        if letter in "\r\n":
            yield line
            line = [[]]
        elif letter.isspace():
            line.append([])
        else:
            line[-1].append((letter, place))
    yield line


def _word(letters: list[str]) -> str:
    """Return the word in the letters that people type; two halves of one letter are put together."""
    word = "".join(letters).encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
    return "".join(unicodedata.normalize("NFKC", one) if one in _SHAPES else one for one in word)


def _letters(page: pypdfium2.PdfPage, size: tuple[int, int]) -> Iterator[Letter]:
    """Yield letters, spaces and ends of lines; what is none of them, as a space."""
    text = page.get_textpage()
    try:
        for index in range(min(text.count_chars(), MOST_LETTERS)):
            code = pdfium.FPDFText_GetUnicode(text.raw, index)
            letter = chr(code) if 0 < code < 0x110000 else " "
            if code == HYPHEN:
                letter = "-"
            if not (letter.isprintable() or letter in "\r\n\u200c" or 0xD800 <= code < 0xE000):
                letter = " "
            yield letter, _place(page, text.raw, index, size)
            if code == HYPHEN:
                # What follows stands in the next line, which the library does not say then.
                yield "\n", (0.0, 0.0, 0.0, 0.0)
    finally:
        text.close()


def _place(page: pypdfium2.PdfPage, text: Any, index: int, size: tuple[int, int]) -> Place:
    """Return where a letter stands: as wide as it is drawn, and as high as its line."""
    rect, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    if not pdfium.FPDFText_GetLooseCharBox(text, index, ctypes.byref(rect)):
        return 0.0, 0.0, 0.0, 0.0
    left, top, right, bottom = rect.left, rect.top, rect.right, rect.bottom
    if left != right and pdfium.FPDFText_GetMatrix(text, index, ctypes.byref(matrix)):
        # Of letters that are drawings of their own the library knows but the ink: a dot would be a line.
        em = pdfium.FPDFText_GetFontSize(text, index) * matrix.d
        if matrix.b == matrix.c == 0 and 0 < top - bottom < em:
            bottom, top = min(bottom, matrix.f - em / 4), max(top, matrix.f + em * 3 / 4)
    (x1, y1), (x2, y2) = (_on_picture(page, size, x, y) for x, y in ((left, top), (right, bottom)))
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _on_picture(page: pypdfium2.PdfPage, size: tuple[int, int], x: float, y: float) -> tuple[float, float]:
    """Return where a place of the page is drawn; turned pages and cut ones are the library's to know."""
    across, down = ctypes.c_int(), ctypes.c_int()
    drawn = pdfium.FPDF_PageToDevice(page.raw, 0, 0, *size, 0, x, y, ctypes.byref(across), ctypes.byref(down))
    return (float(across.value), float(down.value)) if drawn else (0.0, 0.0)


def _around(places: Sequence[Place], size: tuple[int, int]) -> Box | None:
    """Return the box of a word as far as it lies on the page; None when nothing of it does."""
    real = [place for place in places if place[0] < place[2] and place[1] < place[3]]
    if not real:
        return None
    left, top = max(0, math.floor(min(p[0] for p in real))), max(0, math.floor(min(p[1] for p in real)))
    right, bottom = (
        min(size[0], math.ceil(max(p[2] for p in real))),
        min(size[1], math.ceil(max(p[3] for p in real))),
    )
    return (left, top, right, bottom) if left < right and top < bottom else None
