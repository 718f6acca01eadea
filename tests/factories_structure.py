"""What a PDF says of its own structure: looked up as a program that reads it aloud does."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Object, Page, Pdf


def elements(pdf: Pdf) -> list[Object]:
    """Return all elements of the structure, in the order of reading."""
    return list(_below(pdf.Root.StructTreeRoot.K))


def _below(held: Object) -> Iterator[Object]:
    if isinstance(held, Array):
        for one in held:
            yield from _below(one)
    elif isinstance(held, Dictionary) and "/S" in held:
        yield held
        if "/K" in held:
            yield from _below(held.K)


def bookmarks(data: bytes) -> list[tuple[int, str, int | None]]:
    """Return the level, the title and the page of each, from 0."""
    document = pypdfium2.PdfDocument(data)
    return [
        (mark.level, mark.get_title(), mark.get_dest() and mark.get_dest().get_index())
        for mark in document.get_toc()
    ]


def page_words(data: bytes) -> list[str]:
    """Return the words of each page."""
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]


def numbers(pdf: Pdf) -> dict[int, Object]:
    """Return what the numbers stand for by which pages and links find their elements."""
    flat = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    return {int(key): value for key, value in zip(flat[::2], flat[1::2], strict=True)}


def names(tree: Object) -> dict[str, Any]:
    """Return a tree of names, and hold that it is in order."""
    flat = list(tree.Names)
    keys = [bytes(name) for name in flat[::2]]
    assert keys == sorted(set(keys))
    return {str(name): value for name, value in zip(flat[::2], flat[1::2], strict=True)}


def links(pdf: Pdf, page: int) -> list[Object]:
    """Return the links of a page, from 0."""
    return list(pdf.pages[page].obj.get("/Annots", pikepdf.Array()))


def read_aloud(pdf: Pdf) -> list[tuple[str, str]]:
    """Return what each element is and the words that are its own, in the order of reading."""
    said = {page.obj.objgen: _marked(page) for page in pdf.pages}
    found = []
    for one in elements(pdf):
        found.append((str(one.S), "".join(said[page][number] for page, number in places(one))))
    return found


def whole_words(pdf: Pdf, *, without: frozenset[str] = frozenset()) -> list[str]:
    """Return all words in the order of reading, from the outermost element inwards; `without` elements of some kinds.

    Where an element of its own line ends, a word does.
    """
    said = {page.obj.objgen: _marked(page) for page in pdf.pages}
    return " ".join(_whole(pdf.Root.StructTreeRoot, said, without)).split()


def _whole(
    one: Object, said: dict[tuple[int, int], dict[int, str]], without: frozenset[str]
) -> Iterator[str]:
    line = ""
    for held in one.K if isinstance(one.K, Array) else [one.K]:
        if isinstance(held, Dictionary) and "/S" in held:
            inner = (
                " ".join(_whole(held, said, without)) if "/K" in held and str(held.S) not in without else ""
            )
            if str(held.S) in INLINE:
                line += inner
            else:
                yield from (line, inner)
                line = ""
        elif not (isinstance(held, Dictionary) and "/Obj" in held):
            page, number = _where(held, one)
            line += said[page][number]
    yield line


#: Elements that stand inside a line.
INLINE = frozenset(
    {"/Span", "/Link", "/Strong", "/Em", "/Lbl", "/Note", "/Code", "/Quote", "/Sub", "/Reference"}
)


def _where(held: Object, one: Object) -> tuple[tuple[int, int], int]:
    if isinstance(held, Dictionary):
        return (held if "/Pg" in held else one).Pg.objgen, int(held.MCID)
    return one.Pg.objgen, int(held)


def places(one: Object) -> list[tuple[tuple[int, int], int]]:
    """Return where the words of an element are: each the page, as an object, and the number of the place on it."""
    found = []
    for held in one.get("/K", ()):
        if isinstance(held, int) or (isinstance(held, Dictionary) and "/MCID" in held):
            found.append(_where(held, one))
    return found


def pointed_at(one: Object) -> list[tuple[int, int]]:
    """Return the objects, links for the most, that an element has."""
    return [held.Obj.objgen for held in one.K if isinstance(held, Dictionary) and "/Obj" in held]


def _marked(page: Page) -> dict[int, str]:
    """Return the words of a page by the numbers of the places that its structure names."""
    fonts = {name: _letters(font) for name, font in page.obj.Resources.get("/Font", {}).items()}
    found, known = defaultdict[int, str](str), dict[bytes, str]()
    opened: list[Opened] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC" | "BMC":
                held = operands[1] if len(operands) > 1 else {}
                said = str(held.ActualText) if "/ActualText" in held else None
                opened.append(Opened(str(operands[0]), held.get("/MCID"), said))
            case "EMC":
                found[_place(opened)] += opened.pop().said or ""
            case "Tf":
                known = fonts[str(operands[0])]
            case "Tj" | "TJ" if all(one.said is None for one in opened):
                shown = operands[0] if isinstance(operands[0], Array) else [operands[0]]
                codes = b"".join(bytes(one) for one in shown if isinstance(one, pikepdf.String))
                pairs = list(zip(codes[::2], codes[1::2], strict=True))
                # Letters that run from right to left are shown from left to right, and that is said (PDF 1.7, 14.8.2.3.3).
                backwards = any(one.tag == "/ReversedChars" for one in opened)
                found[_place(opened)] += "".join(
                    known[bytes(pair)] for pair in (pairs[::-1] if backwards else pairs)
                )
    return found


class Opened(NamedTuple):
    """A stretch of a page that is marked: as what, under which number, and what it says instead of its signs."""

    tag: str
    number: int | None
    said: str | None


def _place(opened: list[Opened]) -> int:
    return next((int(one.number) for one in reversed(opened) if one.number is not None), -1)


def _letters(font: Object) -> dict[bytes, str]:
    """Return what each code of a font stands for."""
    table = font.ToUnicode.read_bytes().decode()
    rows = re.findall(r"^<(\w{4})> ?<(\w+)>$", table, re.MULTILINE)
    return {bytes.fromhex(code): bytes.fromhex(said).decode("utf-16-be") for code, said in rows}


def middle(data: bytes, page: int) -> float:
    """Return where the number at the foot of a page stands: amid the lines, whose inner margin is the wider."""
    sheet = pypdfium2.PdfDocument(data)[page]
    words = sheet.get_textpage()
    foot = [words.get_charbox(at) for at in range(words.count_chars())]
    digits = [box for box in foot if box[3] < 60]
    return round((min(box[0] for box in digits) + max(box[2] for box in digits)) / 2)
