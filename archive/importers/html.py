"""HTML: what a page shows; scripts, styles and forms are not read.

A film in a frame becomes a link alone in its paragraph, so that it is found like any other.
"""

from __future__ import annotations

import re
from html import escape, unescape

from archive.importers import pandoc
from archive.importers.ast.blocks import BlockWriter
from archive.importers.ast.builder import TextBuilder
from archive.importers.ast.meta import plain_text
from archive.importers.ast.page_notes import with_notes
from archive.importers.pipeline import Draft
from archive.text.collector import resting_collector

READER = "html-auto_identifiers-smart-tex_math_dollars-raw_html"
CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
FRAME = re.compile(
    r"<(?:iframe|video|embed|source)\b(?=[^<>]{0,2000}?\ssrc\s*=\s*[\"']([^\"'<>]{1,2000})[\"'])[^<>]{0,4000}>",
    re.IGNORECASE,
)
#: The parser makes empty notes of these; `with_notes` makes whole ones of what they are renamed to.
ROLE = re.compile(
    r"\b(?:role|epub:type)\s*=\s*([\"']?(?:doc-)?(?:noteref|footnote|endnote|backlink|endnotes|footnotes)\b)",
    re.IGNORECASE,
)
#: The parser drops the ids of these elements, to which notes and marks are linked.
PLACED = re.compile(
    r"<(p|sup)\b([^<>]{0,500}?)\sid\s*=\s*[\"']?([\w.:-]{1,200})[\"']?([^<>]{0,500})>", re.IGNORECASE
)
ASIDE = re.compile(r"<(/?)aside\b", re.IGNORECASE)


def charset_of(data: bytes) -> str:
    """Return the encoding that a page names near its beginning, "" when it names none."""
    found = CHARSET.search(data[:4096])
    return found.group(1).decode("ascii").lower() if found else ""


@resting_collector()
def read_html(text: str) -> Draft:
    """Return the blocks of a page."""
    text = ASIDE.sub(r"<\1div", ROLE.sub(r"data-type=\1", FRAME.sub(_as_link, text)))
    text = PLACED.sub(r'<\1\2\4><span id="\3"></span>', text)
    tree = pandoc.read(text.encode(), reader=READER)
    writer = BlockWriter(TextBuilder())
    writer.write(with_notes(tree["blocks"]))
    writer.write_notes()
    return Draft(writer.builder, title=plain_text(tree["meta"].get("title")))


def _as_link(frame: re.Match[str]) -> str:
    address = escape(unescape(frame.group(1)), quote=True)
    return f'<p><a href="{address}">{address}</a></p>'
