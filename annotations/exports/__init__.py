"""A snapshot in, a stream of bytes out; each format is a row here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from annotations.exports import csv_notes, jsonld, plain, snapshot_json
from annotations.exports.books import bundle, docx, epub, iiif, markdown, pdf, site, tei
from annotations.exports.books.volume import Volume, language_of
from annotations.exports.given import Given

#: What a form is for: to be read, for scholars and programs, to be kept.
READ, STUDY, KEEP = "read", "study", "keep"
GROUPS: dict[str, str | Promise] = {
    READ: _("To read"),
    STUDY: _("For scholars and programs"),
    KEEP: _("To keep"),
}


@dataclass(frozen=True, slots=True)
class Export:
    """One format: how it is written, what it is called in both languages, on the wire and on a disk."""

    write: Callable[[Given], Iterator[bytes]]
    media_type: str
    ending: str
    label: str | Promise
    #: What one gets, in a sentence.
    about: str | Promise
    group: str = STUDY
    #: Whether it is written while it is fetched, when it was not made before.
    is_quick: bool = True
    #: Whether it holds the very bytes that were sealed, so that nothing of them can be left out.
    is_exact: bool = False


def _book(write: Callable[[Volume], Iterator[bytes]]) -> Callable[[Given], Iterator[bytes]]:
    """Return a writer of books whose labels are in the language of the text."""

    def written(given: Given) -> Iterator[bytes]:
        language = language_of(given.snapshot)
        with override(language):
            # Whole: the language that is active belongs to whoever reads the stream.
            chunks = list(write(Volume(given, language)))
        return iter(chunks)

    return written


FORMATS = {
    "pdf": Export(
        _book(pdf.write), "application/pdf", "pdf",
        _("Book to print (PDF)"), _("Set as a book, with its notes at the foot of the page."), READ, is_quick=False,
    ),
    "epub": Export(
        _book(epub.write), "application/epub+zip", "epub",
        _("Electronic book (EPUB)"), _("For phones and e-readers; notes open where their numbers stand."), READ,
        is_quick=False,
    ),
    "site": Export(
        site.write, "application/zip", "zip",
        _("Pages for the disk (ZIP)"), _("Read without a network, in both languages: unpack it and open index.html."), READ,
        is_quick=False,
    ),
    "docx": Export(
        _book(docx.write), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx",
        _("Word document"), _("With real footnotes, for Word and LibreOffice."), READ, is_quick=False,
    ),
    "markdown": Export(
        _book(markdown.write), "text/markdown; charset=utf-8", "md",
        _("Markdown"), _("Plain letters with footnotes."), READ,
    ),
    "text": Export(
        plain.write, "text/plain; charset=utf-8", "txt",
        _("Plain text"), _("The text with the numbers of its notes, and the notes at its end."), READ,
    ),
    "tei": Export(
        _book(tei.write), "application/tei+xml", "xml",
        _("TEI P5 (XML)"), _("The text with its notes, people and places set apart."),
    ),
    "iiif": Export(
        iiif.write, "application/ld+json", "json",
        _("IIIF manifest"), _("Its pictures and films with the notes that are on them, for viewers of pictures."),
    ),
    "jsonld": Export(
        jsonld.write, 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"', "jsonld",
        _("W3C Web Annotation (JSON-LD)"), _("Every note with the passage that it is on, for programs."),
    ),
    "csv": Export(
        csv_notes.write, "text/csv; charset=utf-8", "csv", _("Table (CSV)"), _("The notes, one in a row."),
    ),
    "json": Export(
        snapshot_json.write, "application/json", "json",
        _("The sealed release (JSON)"), _("The very bytes whose SHA-256 is the name of the release."), KEEP, is_exact=True,
    ),
}  # fmt: skip

#: The forms that are in the bundle; the sealed bytes lie in it by themselves.
BUNDLED = tuple(form for form in FORMATS if form != "json")
_PARTS = {form: (FORMATS[form].write, FORMATS[form].ending) for form in BUNDLED}
FORMATS["bundle"] = Export(
    lambda given: bundle.write(given, _PARTS), "application/zip", "zip",
    _("Everything to keep (BagIt)"),
    _("All other forms in one bag with their hashes, and a small program that verifies them without us."), KEEP,
    is_quick=False, is_exact=True,
)  # fmt: skip

__all__ = ["BUNDLED", "FORMATS", "GROUPS", "Export", "Given"]
