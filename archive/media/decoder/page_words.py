"""The words of a page of a PDF and where they stand on it, in the pixels of the drawn page.

Only words that leave a trace in the pixels are told: what lies under a black box, is white on white or stands beyond the
edge would be told to readers otherwise, though no page shows it.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterable, Iterator

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from archive.media.decoder.pixels import Box

#: `[x, y, width, height, word]`.
Word = tuple[int, int, int, int, str]
Line = list[Word]
#: Letters of one page that are looked at, and of one word.
MOST_LETTERS, LONGEST_WORD = 100_000, 200
#: How far the brightest and the darkest place of a word lie apart at least, of 255.
CONTRAST = 32
_Place = tuple[float, float, float, float]


def lines_of(page: pypdfium2.PdfPage, picture: Image.Image, covered: Iterable[Box]) -> list[Line]:
    """Return the words of the page line by line, without those that are not to be seen in it."""
    gray, hidden = picture.convert("L"), list(covered)
    lines: list[Line] = []
    for line in _lines(page, picture.size):
        seen = [
            (box[0], box[1], box[2] - box[0], box[3] - box[1], word)
            for word, box in line
            if not any(_meet(box, part) for part in hidden) and is_seen(gray, box)
        ]
        if seen:
            lines.append(seen)
    return lines


def is_seen(gray: Image.Image, box: Box) -> bool:
    """Whether every stretch of the box, as long as the box is high, shows something."""
    left, top, right, bottom = box
    wide, high = right - left, bottom - top
    upright = high > 2 * wide
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
    line: list[tuple[str, Box]] = []
    letters: list[str] = []
    places: list[_Place] = []

    def end_word() -> None:
        word = _word(letters)
        box = _around(places, size)
        if word and box is not None:
            line.append((word, box))
        letters.clear()
        places.clear()

    for letter, place in _letters(page, size):
        if letter.isspace() or not letter.isprintable() and letter != "\u200c":
            end_word()
            if letter in "\r\n" and line:
                yield line
                line = []
        elif len(letters) < LONGEST_WORD:
            letters.append(letter)
            places.append(place)
    end_word()
    if line:
        yield line


def _word(letters: list[str]) -> str:
    """Return the word; two halves of one letter are put together."""
    return "".join(letters).encode("utf-16", "surrogatepass").decode("utf-16", "ignore")


def _letters(page: pypdfium2.PdfPage, size: tuple[int, int]) -> Iterator[tuple[str, _Place]]:
    text = page.get_textpage()
    rect = pdfium.FS_RECTF()
    try:
        for index in range(min(text.count_chars(), MOST_LETTERS)):
            code = pdfium.FPDFText_GetUnicode(text.raw, index)
            letter = chr(code) if 0 < code < 0x110000 else " "
            place = (0.0, 0.0, 0.0, 0.0)
            if pdfium.FPDFText_GetLooseCharBox(text.raw, index, ctypes.byref(rect)):
                corners = [
                    _on_picture(page, size, x, y)
                    for x, y in ((rect.left, rect.top), (rect.right, rect.bottom))
                ]
                (x1, y1), (x2, y2) = corners
                place = (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
            yield letter, place
    finally:
        text.close()


def _on_picture(page: pypdfium2.PdfPage, size: tuple[int, int], x: float, y: float) -> tuple[float, float]:
    """Return where a place of the page is drawn; turned pages and cut ones are the library's to know."""
    across, down = ctypes.c_int(), ctypes.c_int()
    drawn = pdfium.FPDF_PageToDevice(
        page.raw, 0, 0, *size, 0, x, y, ctypes.byref(across), ctypes.byref(down)
    )
    return (float(across.value), float(down.value)) if drawn else (0.0, 0.0)


def _around(places: list[_Place], size: tuple[int, int]) -> Box | None:
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
