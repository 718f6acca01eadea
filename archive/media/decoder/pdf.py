"""A page of a PDF as pixels, and the words that can be read in them; PDFium without scripts does the drawing.

Nothing else of the file comes out: no attachment, no script, no link, and no word that nobody sees on the page.
"""

from __future__ import annotations

import contextlib
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from archive.media.decoder import copies, pages, pdf_said, pyramid
from archive.media.decoder.facts import DESCRIBED, plain
from archive.media.decoder.page_words import Line, lines_of
from archive.media.decoder.pixels import Box, Reader

HEAD = b"%PDF-"
#: Pixels to an inch of paper, as far as a page stays no longer than so many pixels.
DENSITY, LONGEST = 200, 8000
_POINTS = 72
_TOLD = ("Title", "Author", "Subject", "Keywords", "Creator", "Producer", "CreationDate", "ModDate")


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """Draw what is asked for; return the facts or `{"error": code}`.

    Raises pages.TooMany, and pypdfium2.PdfiumError for what is broken.
    """
    try:
        document = pypdfium2.PdfDocument(request["source"])
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        return {"error": "pdf_locked" if locked else "image_broken"}
    if not len(document):
        return {"error": "image_broken"}
    if len(document) > request["max_pages"]:
        raise pages.TooMany
    if document.get_formtype() != pdfium.FORMTYPE_NONE:
        # What was filled in belongs to the page.
        document.init_forms()
    page = document[request["page"] - 1]
    picture = _drawn(page, request["max_pixels"])
    width, height = picture.size
    covered = [_boxed(area, width, height) for area in request["covered"]]
    if "tile" in request:
        words: list[Line] = lines_of(page, picture, covered)
        reader = Reader(picture, 1, covered)
        made = pyramid.write(reader, width, height, side=request["tile"], folder=request["folder"])
        return {"width": width, "height": height, "tiles": made, "lines": words}
    return {
        "width": width, "height": height, "pages": len(document), "embedded": _facts(document, request["source"]),
        "copies": copies.write(Reader(picture, 1, covered), request["sizes"], request["folder"]),
    }  # fmt: skip


def _drawn(page: pypdfium2.PdfPage, max_pixels: int) -> Image.Image:
    """Return the page on white paper."""
    wide, high = page.get_size()
    if not (0 < wide < float("inf") and 0 < high < float("inf")):
        raise ValueError("a page without a size")
    scale = min(DENSITY / _POINTS, LONGEST / max(wide, high), (max_pixels / (wide * high)) ** 0.5)
    bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False)
    # A copy, so that the library's own memory can go.
    picture = bitmap.to_pil().convert("RGB").copy()
    bitmap.close()
    return picture


def _boxed(area: list[int], width: int, height: int) -> Box:
    x, y, w, h = area
    return min(x, width), min(y, height), min(x + w, width), min(y + h, height)


def _facts(document: pypdfium2.PdfDocument, source: str) -> dict[str, Any]:
    """Return what the file says of itself, and what it carries besides its pages: for the restricted record."""
    facts: dict[str, Any] = {"format": "PDF", "version": str(document.get_version() or "")}
    told: dict[str, str] = {}
    with contextlib.suppress(pypdfium2.PdfiumError, ValueError):
        told = {name: value for name, value in document.get_metadata_dict().items() if value}
        facts |= {"text": {name: plain(told[name]) for name in _TOLD if name in told}} if told else {}
    said = pdf_said.described_by(source, told)
    if said:
        facts[DESCRIBED] = said
    scripts = pdfium.FPDFDoc_GetJavaScriptActionCount(document.raw)
    for name, count in (("attachments", document.count_attachments()), ("scripts", scripts)):
        if count > 0:
            facts[name] = str(count)
    return facts
