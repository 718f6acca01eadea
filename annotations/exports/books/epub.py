"""The release as EPUB 3: pages that turn as the text runs, notes that pop up, a table of contents, what readers with
special needs must know of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from annotations.editions.values import Note
from annotations.exports.books import xml
from annotations.exports.books.bodies import body_tree
from annotations.exports.books.cutting import cut
from annotations.exports.books.epub_cover import cover_page, drawn_cover, own_cover
from annotations.exports.books.html import Writer, in_order, marks_in, rows_html
from annotations.exports.books.tree import Node, leaves
from annotations.exports.books.volume import Volume, direction
from annotations.exports.books.zips import zipped
from archive.exports.printing.setting import FONTS

HERE = Path(__file__).parent
_FONTS = (
    "HashiyaNaskh-Regular.ttf",
    "HashiyaNaskh-Bold.ttf",
    "HashiyaLatin-Regular.ttf",
    "HashiyaLatin-Bold.ttf",
)
_LICENSES = ("OFL-NotoNaskhArabic.txt", "OFL-Literata.txt")
_CONTAINER = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
    '<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)


@dataclass(frozen=True, slots=True)
class Chapter:
    """One file of the book."""

    name: str
    title: str
    body: str
    headings: tuple[tuple[int, str, str], ...] = ()
    pages: tuple[str, ...] = ()


def write(volume: Volume) -> Iterator[bytes]:
    """Yield the book."""
    pictures: dict[str, str] = {}
    own = own_cover(volume)
    if own and own.file:
        pictures[own.file.name] = own.href
    parts = list(cut(volume.tree))
    places = _places(volume, parts)
    chapters = [_title_page(volume, pictures), *_chapters(volume, parts, places, pictures)]
    if terms := _index(volume, places):
        chapters.append(terms)
    files: list[tuple[str, bytes]] = [
        ("META-INF/container.xml", _CONTAINER.encode()),
        ("EPUB/package.opf", _package(volume, chapters, sorted(pictures)).encode()),
        ("EPUB/nav.xhtml", _page(volume, _("Contents"), _nav(chapters)).encode()),
        *([] if own else [("EPUB/cover.svg", drawn_cover(volume).encode())]),
        ("EPUB/cover.xhtml", _page(volume, volume.title.text, cover_page(volume)).encode()),
        ("EPUB/style.css", (HERE / "epub.css").read_bytes()),
        *((f"EPUB/fonts/{name}", (FONTS / name).read_bytes()) for name in (*_FONTS, *_LICENSES)),
        *((f"EPUB/{one.name}.xhtml", _page(volume, one.title, one.body).encode()) for one in chapters),
    ]
    known = volume.book.files
    shown = [(f"EPUB/pictures/{name}", volume.given.open_member(known[name].sha256)) for name in pictures]
    yield from zipped([*files, *shown], first=("mimetype", b"application/epub+zip"))


def _page(volume: Volume, title: str, body: str) -> str:
    language = xml.attribute(volume.snapshot.text.language)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops" lang="{language}" xml:lang="{language}" dir="{volume.snapshot.text.direction}">'
        f'<head><meta charset="utf-8"/><title>{xml.text(title)}</title><link rel="stylesheet" href="style.css"/></head>'
        f"<body>{body}</body></html>\n"
    )


def _title_page(volume: Volume, pictures: dict[str, str]) -> Chapter:
    said, title = volume.introduction, volume.title
    warning = f"<p><strong>{xml.text(volume.warning)}</strong></p>" if volume.warning else ""
    warned = "" if own_cover(volume) else _writer(volume, "title", {}, pictures).cover()
    front = ""
    if said:
        inner = Writer(volume, lambda note: "", lambda ident: "").nodes(body_tree(said.text))
        front = f'<section lang="{said.language}" xml:lang="{said.language}" dir="{direction(said.language)}">{inner}</section>'
    body = (
        f'<section epub:type="titlepage"><h1 lang="{title.language}" xml:lang="{title.language}" dir="{direction(title.language)}">'
        f"{xml.text(title.text)}</h1>{warning}{warned}{rows_html(volume)}</section>{front}"
    )
    return Chapter("title", title.text, body)


def _places(volume: Volume, parts: Sequence[list[Node]]) -> dict[str, str]:
    """Return in which file each note is, by its id."""
    places = {note.id: f"text-{n}" for n, part in enumerate(parts, start=1) for note in marks_in(part)}
    return places | {note.id: "beside" for _kind, _ident, notes in volume.beside for note in notes}


def _chapters(
    volume: Volume, parts: Sequence[list[Node]], places: dict[str, str], pictures: dict[str, str]
) -> list[Chapter]:
    found = []
    for number, part in enumerate(parts, start=1):
        found.append(_chapter(volume, part, f"text-{number}", places, pictures))
        volume.given.progress(90 * number // len(parts))
    if volume.beside:
        found.append(_beside(volume, places, pictures))
    return found


def _writer(volume: Volume, name: str, places: dict[str, str], pictures: dict[str, str]) -> Writer:
    def href(ident: str) -> str:
        where = places.get(ident, name)
        return f"#note-{ident}" if where == name else f"{where}.xhtml#note-{ident}"

    return Writer(
        volume, _mark, href, used=pictures,
        page_break='epub:type="pagebreak" role="doc-pagebreak" id="page-{0}" aria-label="{0}"',
    )  # fmt: skip


def _mark(note: Note) -> str:
    return f'<a class="noteref" epub:type="noteref" role="doc-noteref" href="#note-{note.id}" id="ref-{note.id}">{note.number}</a>'


def _notes(writer: Writer, notes: Sequence[Note]) -> str:
    back = xml.attribute(_("Back to the text"))
    return "".join(
        f'<aside epub:type="footnote" role="doc-footnote" id="note-{note.id}"><a class="number" href="#ref-{note.id}" '
        f'role="doc-backlink" aria-label="{back} {note.number}">{note.number}</a> {"".join(writer.said(note))}</aside>\n'
        for note in notes
    )


def _chapter(
    volume: Volume, part: list[Node], name: str, places: dict[str, str], pictures: dict[str, str]
) -> Chapter:
    writer = _writer(volume, name, places, pictures)
    body = writer.nodes(part) + _notes(writer, in_order(marks_in(part)))
    headings = tuple(
        (leaf.level, leaf.words, f"{name}.xhtml#p-{leaf.index + 1}")
        for leaf in leaves(part)
        if leaf.kind == "heading"
    )
    title = headings[0][1] if headings else volume.title.text
    pages = tuple(f"{name}.xhtml#page-{page}" for page in writer.pages)
    chapter = f'<section epub:type="chapter" role="doc-chapter" aria-label="{xml.attribute(title)}">{body}</section>'
    return Chapter(name, title, chapter, headings, pages)


def _beside(volume: Volume, places: dict[str, str], pictures: dict[str, str]) -> Chapter:
    writer, title = _writer(volume, "beside", places, pictures), _("Pictures and films beside the text")
    parts = [f'<h2 id="beside">{xml.text(title)}</h2>']
    for kind, ident, notes in volume.beside:
        shown = writer.picture(ident) if kind == "image" else ""
        caption = f"{xml.text(volume.head(notes[0]))}{''.join(map(_mark, notes))}"
        parts.append(f"<figure>{shown}<figcaption>{caption}</figcaption></figure>{_notes(writer, notes)}")
    return Chapter("beside", title, "".join(parts), ((1, title, "beside.xhtml#beside"),))


def _index(volume: Volume, where: Mapping[str, str]) -> Chapter | None:
    terms = volume.terms()
    if not terms:
        return None
    title = _("Indexes")
    parts = [f'<h2 id="index">{xml.text(title)}</h2>']
    for label, rows in terms:
        lines = "".join(
            f'<li><span lang="{said.language}" xml:lang="{said.language}">{xml.text(said.text)}</span>: '
            + " · ".join(
                f'<a href="{where[note.id]}.xhtml#note-{note.id}">{note.number}</a>'
                for note in notes
                if note.id in where
            )
            + "</li>"
            for said, notes in rows
        )
        parts.append(f"<h3>{xml.text(label)}</h3><ul>{lines}</ul>")
    return Chapter("index", title, "".join(parts), ((1, title, "index.xhtml#index"),))


def _nav(chapters: Sequence[Chapter]) -> str:
    rows = [(1, chapters[0].title, "title.xhtml"), *(row for one in chapters for row in one.headings)]
    pages = [page for one in chapters for page in one.pages]
    listed = "".join(f'<li><a href="{page}">{page.rpartition("#page-")[2]}</a></li>' for page in pages)
    page_list = (
        f'<nav epub:type="page-list" role="doc-pagelist" hidden="hidden"><h2>{xml.text(_("Pages"))}</h2><ol>{listed}</ol></nav>'
        if pages
        else ""
    )
    return f'<nav epub:type="toc" role="doc-toc"><h1>{xml.text(_("Contents"))}</h1>{_tree(rows)}</nav>{page_list}'


def _tree(rows: Sequence[tuple[int, str, str]]) -> str:
    """Return headings as lists within lists."""
    parts, open_ = ["<ol>"], [rows[0][0]]
    for n, (level, label, href) in enumerate(rows):
        if n:
            while len(open_) > 1 and open_[-1] > level:
                parts.append("</li></ol>")
                open_.pop()
            if level > open_[-1]:
                parts.append("<ol>")
                open_.append(level)
            else:
                parts.append("</li>")
        parts.append(f'<li><a href="{href}">{xml.text(label.strip() or "…")}</a>')
    parts.append("</li></ol>" * len(open_))
    return "".join(parts)


#: What readers show on their shelves.
_SHELVED = ' properties="cover-image"'
_MEDIA = {".webp": "image/webp", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png"}


def _package(volume: Volume, chapters: Sequence[Chapter], pictures: Sequence[str]) -> str:
    snapshot, given = volume.snapshot, volume.given
    own = own_cover(volume)
    shelved = own.file.name if own and own.file else ""
    names = ["title", *(one.name for one in chapters[1:])]
    items = [
        '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>',
        '<item id="style" href="style.css" media-type="text/css"/>',
        *(
            []
            if shelved
            else [
                '<item id="cover-image" href="cover.svg" media-type="image/svg+xml" properties="cover-image"/>'
            ]
        ),
        '<item id="cover" href="cover.xhtml" media-type="application/xhtml+xml"/>',
        *(f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"/>' for name in names),
        *(
            f'<item id="font-{n}" href="fonts/{name}" media-type="font/ttf"/>'
            for n, name in enumerate(_FONTS)
        ),
        *(
            f'<item id="license-{n}" href="fonts/{name}" media-type="text/plain"/>'
            for n, name in enumerate(_LICENSES)
        ),
        *(
            f'<item id="picture-{n}" href="pictures/{xml.address(name)}" media-type="{_MEDIA.get(Path(name).suffix, "image/webp")}"'
            f"{_SHELVED if name == shelved else ''}/>"
            for n, name in enumerate(pictures)
        ),
    ]
    turning = "rtl" if volume.is_rtl else "ltr"
    spine = "".join(f'<itemref idref="{name}"/>' for name in ("cover", "title", "nav", *names[1:]))
    creators = "".join(f"<dc:creator>{xml.text(name)}</dc:creator>" for name in volume.authors)
    date = f"<dc:date>{given.published}</dc:date>" if given.published else ""
    rights = f"<dc:rights>{xml.text(snapshot.license)}</dc:rights>" if snapshot.license else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" '
        f'xml:lang="{xml.attribute(snapshot.text.language)}" dir="{snapshot.text.direction}">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<dc:identifier id="id">{xml.text(given.address)}</dc:identifier><dc:identifier>urn:sha256:{given.manifest_hash}</dc:identifier>'
        f"<dc:title>{xml.text(volume.title.text)}</dc:title><dc:language>{xml.text(snapshot.text.language)}</dc:language>"
        f"{creators}{date}{rights}<dc:publisher>{xml.text(volume.origin)}</dc:publisher>"
        f'<meta property="dcterms:modified">{given.published or "1980-01-01"}T00:00:00Z</meta>{_accessible(chapters, pictures)}</metadata>'
        f'<manifest>{"".join(items)}</manifest><spine page-progression-direction="{turning}">{spine}</spine></package>\n'
    )


def _accessible(chapters: Sequence[Chapter], pictures: Sequence[str]) -> str:
    """Return what readers with special needs must know, in the words of schema.org."""
    features = ["structuralNavigation", "tableOfContents", "readingOrder", "ARIA", "displayTransformability"]
    features += ["alternativeText"] if pictures else []
    features += ["pageBreakMarkers", "pageNavigation"] if any(one.pages for one in chapters) else []
    rows = [("accessMode", "textual"), *([("accessMode", "visual")] if pictures else [])]
    rows += [("accessModeSufficient", "textual")]
    rows += [("accessibilityFeature", feature) for feature in features]
    rows += [("accessibilityHazard", "none")]
    summary = _(
        "All of it is text that a screen reader reads, with headings, contents and notes that lead there and back. Words stand for pictures."
    )
    rows += [("accessibilitySummary", summary)]
    return "".join(f'<meta property="schema:{name}">{xml.text(words)}</meta>' for name, words in rows)
