"""Formats that a word processor or a publisher packs: DOCX, ODT and EPUB, read from their bytes.

Pictures inside are named, not kept.
"""

from __future__ import annotations

from archive.errors import ImportRefused
from archive.importers import pandoc
from archive.importers.ast.blocks import BlockWriter
from archive.importers.ast.builder import TextBuilder
from archive.importers.ast.meta import front_blocks, plain_text
from archive.importers.ast.page_notes import with_notes
from archive.importers.limits import MAX_TEXT_BYTES
from archive.importers.pipeline import Draft
from archive.importers.unpacking import repacked
from archive.text.collector import resting_collector

DOCX = "docx+empty_paragraphs-auto_identifiers"
ODT = "odt+empty_paragraphs-auto_identifiers"
EPUB = "epub-auto_identifiers-raw_html"
#: The member without which a package is not of its format.
MEMBERS = {DOCX: "word/document.xml", ODT: "content.xml", EPUB: "META-INF/container.xml"}


@resting_collector()
def read_packed(data: bytes, *, reader: str) -> Draft:
    """Return the blocks of a document; a title that its format keeps apart comes first.

    Raises ImportRefused `not_text` when it is not of the format, and what `unpacking.repacked` raises.
    """
    if not data:
        raise ImportRefused("empty_file")
    if len(data) > MAX_TEXT_BYTES:
        raise ImportRefused("too_large", size=len(data), limit=MAX_TEXT_BYTES)
    tree = pandoc.read(repacked(data, needed=MEMBERS[reader]), reader=reader)
    writer = BlockWriter(TextBuilder())
    if reader == DOCX:
        writer.write(front_blocks(tree["meta"]))
    writer.write(with_notes(tree["blocks"]) if reader == EPUB else tree["blocks"])
    writer.write_notes()
    return Draft(writer.builder, title=plain_text(tree["meta"].get("title")))
