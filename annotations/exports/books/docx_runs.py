"""Runs of words in a Word document: how they look, and in which direction they run."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotations.exports.books import xml
from annotations.exports.books.tree import Run

#: The looks of a link.
LINKED = '<w:rStyle w:val="Hyperlink"/>'
_LATIN = re.compile(
    r"([A-Za-z\u00c0-\u024f][A-Za-z0-9\u00c0-\u024f .,'’:;/@_–-]*[A-Za-z0-9\u00c0-\u024f/]|[A-Za-z\u00c0-\u024f]|\d+(?:-\d+)+)"
)
_RTL = re.compile(
    "([\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc](?:[^A-Za-z\u00c0-\u024f]*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc])?)"
)


def properties(run: Run, *, linked: bool) -> str:
    """Return how the marks of a run look, in the order that the schema asks for."""
    on = run.marks
    return "".join((
        LINKED if linked else "",
        '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/>' if "code" in on else "",
        "<w:b/><w:bCs/>" if "strong" in on else "",
        "<w:i/><w:iCs/>" if on & {"emphasis", "foreign"} else "",
        "<w:strike/>" if "strikeout" in on else "",
        '<w:vertAlign w:val="superscript"/>' if "superscript" in on else "",
        '<w:vertAlign w:val="subscript"/>' if "subscript" in on else "",
    ))  # fmt: skip


def directed(text: str, *, rtl: bool) -> Iterator[tuple[str, bool]]:
    """Yield pieces with whether they run from right to left: words of the other script are runs of their own."""
    for n, piece in enumerate((_LATIN if rtl else _RTL).split(text)):
        if piece:
            yield piece, rtl != bool(n % 2)


def lines(text: str) -> str:
    """Return words with their breaks."""
    lines = (f'<w:t xml:space="preserve">{xml.text(line)}</w:t>' for line in text.split("\n"))
    return "<w:br/>".join(lines)
