"""Formats that a word processor or a publisher packs: DOCX, ODT and EPUB, read from their bytes.

Pictures inside are named, not kept. RTF is not among them: pandoc's reader of it drops notes, and reads Arabic
letters of the code page 1256 as Latin ones, with a warning only. Neither would be in the report.
"""

from __future__ import annotations

import io
import zipfile

from archive.errors import ImportRefused
from archive.importers import pandoc
from archive.importers.ast.blocks import BlockWriter
from archive.importers.ast.builder import TextBuilder
from archive.importers.ast.meta import front_blocks, plain_text
from archive.importers.limits import MAX_TEXT_BYTES
from archive.importers.pipeline import Draft

DOCX = "docx+empty_paragraphs-auto_identifiers"
ODT = "odt+empty_paragraphs-auto_identifiers"
EPUB = "epub-auto_identifiers-raw_html"
#: The member without which a package is not of its format.
MEMBERS = {DOCX: "word/document.xml", ODT: "content.xml", EPUB: "META-INF/container.xml"}
MAX_UNPACKED_BYTES = 200_000_000


@pandoc.resting_collector()
def read_packed(data: bytes, *, reader: str) -> Draft:
    """Return the blocks of a document; a title that its format keeps apart comes first.

    Raises ImportRefused `not_text` when it is not of the format, `too_large` when it is too large unpacked.
    """
    if not data:
        raise ImportRefused("empty_file")
    if len(data) > MAX_TEXT_BYTES:
        raise ImportRefused("too_large", size=len(data), limit=MAX_TEXT_BYTES)
    _check_package(data, MEMBERS[reader])
    tree = pandoc.read(data, reader=reader)
    writer = BlockWriter(TextBuilder())
    if reader == DOCX:
        writer.write(front_blocks(tree["meta"]))
    writer.write(tree["blocks"])
    writer.write_notes()
    return Draft(writer.builder, title=plain_text(tree["meta"].get("title")))


def _check_package(data: bytes, member: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
            size = sum(info.file_size for info in package.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError) as error:
        raise ImportRefused("not_text") from error
    if size > MAX_UNPACKED_BYTES:
        raise ImportRefused("too_large", size=size, limit=MAX_UNPACKED_BYTES)
    if member not in names:
        raise ImportRefused("not_text")
