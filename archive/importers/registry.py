"""The formats that can be read. A new one is one entry over the same mapping of pandoc's tree."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from archive.errors import ImportRefused
from archive.importers import packages, pandoc, rtf
from archive.importers.cues import read_srt, read_webvtt
from archive.importers.decoding import decode
from archive.importers.html import charset_of, read_html
from archive.importers.markdown import read_markdown
from archive.importers.openiti import MAGIC_BYTES, read_openiti
from archive.importers.page_words import read_page_words
from archive.importers.pipeline import Draft, complete
from archive.importers.plain import read_plain
from archive.importers.tei.read import read_tei
from archive.text.types import ParsedText

#: Counted up whenever the same bytes would give another text; a part of every importer's version.
MAPPING_VERSION = "1"
#: What the beginning of a packed file holds.
SIGNS = (
    (b"mimetypeapplication/epub+zip", "epub"),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "odt"),
    (b"[Content_Types].xml", "docx"),
)
TEI_SIGN = re.compile(rb"\s*(?:<\?[^>]*\?>\s*|<!--.*?-->\s*)*<(?:\w+:)?(?:TEI|teiCorpus)\b", re.DOTALL)
MARKDOWN_SIGN = re.compile(r"^(?:#{1,6} |[-*+] |> |```)|\[[^\]\n]*\]\([^)\n]*\)|\*\*\w", re.MULTILINE)


class Parse(Protocol):
    """From the bytes of a file to a text."""

    def __call__(self, data: bytes, *, language: str, options: Mapping[str, Any]) -> ParsedText:
        """Return the text; raises ImportRefused."""
        ...


@dataclass(frozen=True, slots=True)
class ImporterSpec:
    """One format: how it is called, how its files are known, and how they are read."""

    code: str
    #: English name, a message id for translation.
    label_msgid: str
    extensions: tuple[str, ...]
    media_types: tuple[str, ...]
    version: str
    parse: Parse
    #: Whether it reads what the archive knows of an image's pages, and no file that anybody could send.
    of_pages: bool = False


_registry: dict[str, ImporterSpec] = {}


def register(spec: ImporterSpec) -> ImporterSpec:
    """Add a format; its code must be new."""
    if spec.code in _registry:
        raise ValueError(f"importer {spec.code} is registered twice")
    _registry[spec.code] = spec
    return spec


def importer(code: str) -> ImporterSpec:
    """Return a format by its code; raises ImportRefused `unknown_importer`."""
    try:
        return _registry[code]
    except KeyError:
        raise ImportRefused("unknown_importer", importer=code) from None


def importers() -> Sequence[ImporterSpec]:
    """Return the formats that files may have, in the order in which a person is offered them."""
    return tuple(spec for spec in _registry.values() if not spec.of_pages)


def guess(filename: str, head_bytes: bytes = b"") -> ImporterSpec | None:
    """Return the format that a file's name tells, else what its first bytes tell, else None.

    The bytes are asked only when the name says nothing: a name that we do not know is not overruled, but for the
    magic value of OpenITI, whose files end in anything.
    """
    if MAGIC_BYTES.match(head_bytes):
        return importer("openiti")
    suffix = "." + filename.rsplit(".", 1)[-1].lower() if "." in filename else ""
    for spec in importers():
        if suffix in spec.extensions:
            return spec
    if suffix or not head_bytes:
        return None
    if TEI_SIGN.match(head_bytes):
        return importer("tei")
    if head_bytes.startswith(rtf.SIGN):
        return importer("rtf")
    for sign, code in SIGNS:
        if sign in head_bytes[:4096] and head_bytes.startswith(b"PK\x03\x04"):
            return importer(code)
    try:
        head = decode(head_bytes[: head_bytes.rfind(b"\n") + 1] or head_bytes).text
    except ImportRefused:
        return None
    if re.match(r"\s*<(?:!doctype html|html)\b", head, re.IGNORECASE):
        return importer("html")
    if head.startswith("WEBVTT"):
        return importer("webvtt")
    return importer("markdown" if MARKDOWN_SIGN.search(head) else "plain")


def _from_text(
    code: str, read: Callable[[str], Draft], charset: Callable[[bytes], str] | None = None
) -> Parse:
    """Return what parses a format that is text: the bytes are decoded first."""

    def parse(data: bytes, *, language: str, options: Mapping[str, Any]) -> ParsedText:
        chosen = str(options.get("encoding", ""))
        decoded = decode(data, encoding=chosen, named=charset(data) if charset else "")
        return complete(read(decoded.text), language=language, source={"importer": code}, decoded=decoded)

    return parse


def _from_bytes(code: str, read: Callable[[bytes], Draft]) -> Parse:
    """Return what parses a format that is no text by itself."""

    def parse(data: bytes, *, language: str, options: Mapping[str, Any]) -> ParsedText:
        return complete(read(data), language=language, source={"importer": code})

    return parse


register(
    ImporterSpec(
        code="markdown",
        label_msgid="Markdown",
        extensions=(".md", ".markdown", ".mkd", ".mdown"),
        media_types=("text/markdown", "text/x-markdown"),
        version=f"markdown {MAPPING_VERSION} (pandoc {pandoc.version()})",
        parse=_from_text("markdown", read_markdown),
    )
)
register(
    ImporterSpec(
        code="plain",
        label_msgid="Plain text",
        extensions=(".txt", ".text"),
        media_types=("text/plain",),
        version=f"plain {MAPPING_VERSION}",
        parse=_from_text("plain", read_plain),
    )
)
register(
    ImporterSpec(
        code="webvtt",
        label_msgid="Captions (WebVTT)",
        extensions=(".vtt",),
        media_types=("text/vtt",),
        version=f"webvtt {MAPPING_VERSION}",
        parse=_from_text("webvtt", read_webvtt),
    )
)
register(
    ImporterSpec(
        code="srt",
        label_msgid="Captions (SRT)",
        extensions=(".srt",),
        media_types=("application/x-subrip",),
        version=f"srt {MAPPING_VERSION}",
        parse=_from_text("srt", read_srt),
    )
)
register(
    ImporterSpec(
        code="html",
        label_msgid="HTML",
        extensions=(".html", ".htm", ".xhtml"),
        media_types=("text/html", "application/xhtml+xml"),
        version=f"html {MAPPING_VERSION} (pandoc {pandoc.version()})",
        parse=_from_text("html", read_html, charset_of),
    )
)
for _code, _label, _extensions, _media_type, _reader in (
    (
        "docx",
        "Word (DOCX)",
        (".docx",),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        packages.DOCX,
    ),
    ("odt", "OpenDocument (ODT)", (".odt",), "application/vnd.oasis.opendocument.text", packages.ODT),
    ("epub", "EPUB", (".epub",), "application/epub+zip", packages.EPUB),
):
    register(
        ImporterSpec(
            code=_code,
            label_msgid=_label,
            extensions=_extensions,
            media_types=(_media_type,),
            version=f"{_code} {MAPPING_VERSION} (pandoc {pandoc.version()})",
            parse=_from_bytes(_code, partial(packages.read_packed, reader=_reader)),
        )
    )
register(
    ImporterSpec(
        code="rtf",
        label_msgid="RTF",
        extensions=(".rtf",),
        media_types=("application/rtf", "text/rtf"),
        version=f"rtf {MAPPING_VERSION} (pandoc {pandoc.version()})",
        parse=_from_bytes("rtf", rtf.read_rtf),
    )
)
register(
    ImporterSpec(
        code="tei",
        label_msgid="TEI",
        extensions=(".tei", ".xml"),
        media_types=("application/tei+xml", "application/xml", "text/xml"),
        version=f"tei {MAPPING_VERSION}",
        parse=_from_bytes("tei", read_tei),
    )
)
register(
    ImporterSpec(
        code="openiti",
        label_msgid="OpenITI mARkdown",
        extensions=(".completed", ".inprogress"),
        media_types=(),
        version=f"openiti {MAPPING_VERSION}",
        parse=_from_text("openiti", read_openiti),
    )
)
register(
    ImporterSpec(
        code="pdf",
        label_msgid="Words of a PDF",
        extensions=(),
        media_types=("application/pdf",),
        version=f"pdf {MAPPING_VERSION}",
        parse=_from_bytes("pdf", read_page_words),
        of_pages=True,
    )
)
