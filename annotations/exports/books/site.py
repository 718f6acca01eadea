"""The release as pages that are read from a disk, without a server: in both languages, with its notes, pictures and search."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import override

from annotations.editions.values import Note
from annotations.exports.books import xml
from annotations.exports.books.bodies import body_tree
from annotations.exports.books.cutting import cut
from annotations.exports.books.html import Writer, in_order, marks_in, rows_html
from annotations.exports.books.tree import Node, leaves
from annotations.exports.books.volume import Volume, direction, language_of
from annotations.exports.books.zips import Member, zipped
from annotations.exports.given import Given
from archive.exports.printing.setting import FONTS
from archive.text.fold_tables import DROPPED, LETTERS

HERE = Path(__file__).parent / "site_files"
LANGUAGES = {"ar": "العربية", "en": "English"}
_FONTS = (
    "HashiyaNaskh-Regular.ttf", "HashiyaNaskh-Bold.ttf", "HashiyaLatin-Regular.ttf", "HashiyaLatin-Bold.ttf",
    "OFL-NotoNaskhArabic.txt", "OFL-Literata.txt",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of the copy."""

    name: str
    title: str
    body: str
    #: Level, words and id of its headings.
    headings: tuple[tuple[int, str, str], ...] = ()


def write(given: Given) -> Iterator[bytes]:
    """Yield the copy as a ZIP archive with one folder."""
    folder = f"{given.snapshot.slug}-{given.snapshot.number}"
    pictures: dict[str, str] = {}
    members: list[Member] = []
    for place, code in enumerate(LANGUAGES, start=1):
        with override(code):
            members += _Copy(Volume(given, code), pictures).members()
        given.progress(90 * place // len(LANGUAGES))
    members += [(name, (HERE / name).read_bytes()) for name in ("style.css", "notes.js", "search.js")]
    members += [(f"fonts/{name}", (FONTS / name).read_bytes()) for name in _FONTS]
    members.append(("index.html", _chooser(given).encode()))
    files = Volume(given, "en").book.files
    members += [(f"pictures/{name}", given.open_member(files[name].sha256)) for name in pictures]
    yield from zipped((f"{folder}/{path}", data) for path, data in members)


def _chooser(given: Given) -> str:
    rows = "".join(
        f'<li><a href="{code}/index.html" lang="{code}" dir="{direction(code)}"><strong>{xml.text(_title(given, code))}</strong><br/>{name}</a></li>'
        for code, name in LANGUAGES.items()
    )
    code = language_of(given.snapshot)
    return (
        f'<!DOCTYPE html>\n<html lang="{code}" dir="{direction(code)}"><head><meta charset="utf-8"/>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"/><title>{xml.text(_title(given, code))}</title>'
        f'<link rel="stylesheet" href="style.css"/></head><body><main>'
        f'<h1>{xml.text(_title(given, code))}</h1><ul class="languages">{rows}</ul></main></body></html>\n'
    )


def _title(given: Given, code: str) -> str:
    return Volume(given, code).title.text


class _Copy:
    """The pages in one language."""

    def __init__(self, volume: Volume, pictures: dict[str, str]) -> None:
        self.volume, self.pictures = volume, pictures
        self.parts = list(cut(volume.tree))
        self.places = {
            note.id: f"text-{n}" for n, part in enumerate(self.parts, start=1) for note in marks_in(part)
        }
        self.places |= {note.id: "beside" for _kind, _ident, notes in volume.beside for note in notes}

    def members(self) -> Iterator[Member]:
        """Yield the files."""
        sheets = [self._part(part, f"text-{n}") for n, part in enumerate(self.parts, start=1)]
        if self.volume.beside:
            sheets.append(self._beside())
        code = self.volume.language
        turned = list(sheets)
        pages = [self._start(sheets), *sheets, self._index(), self._search()]
        for page in pages:
            yield f"{code}/{page.name}.html", self._page(page, turned).encode()
        yield f"{code}/places.js", self._places_js().encode()
        yield f"{code}/passages.js", self._passages_js().encode()

    def _writer(self, name: str) -> Writer:
        def href(ident: str) -> str:
            where = self.places.get(ident, name)
            return f"#note-{ident}" if where == name else f"{where}.html#note-{ident}"

        return Writer(
            self.volume,
            _mark,
            href,
            pictures="../pictures/",
            used=self.pictures,
            lower=0,
            page_break='class="page" data-page="{}"',
        )

    def _notes(self, writer: Writer, notes: Sequence[Note]) -> str:
        if not notes:
            return ""
        back = xml.attribute(_("Back to the text"))
        return (
            f'<section class="notes" aria-label="{xml.attribute(_("Notes"))}">'
            + "".join(
                f'<article class="note" id="note-{note.id}"><a class="number" href="#ref-{note.id}" aria-label="{back} {note.number}">{note.number}</a>'
                f"{''.join(writer.said(note))}</article>\n"
                for note in notes
            )
            + "</section>"
        )

    def _part(self, part: list[Node], name: str) -> Sheet:
        writer, text = self._writer(name), self.volume.snapshot.text
        inner = writer.nodes(part)
        headings = tuple(
            (leaf.level, leaf.words, f"p-{leaf.index + 1}")
            for leaf in leaves(part)
            if leaf.kind == "heading" and leaf.words.strip()
        )
        title = headings[0][1] if headings else self.volume.title.text
        body = f'<article lang="{xml.attribute(text.language)}" dir="{text.direction}">{inner}</article>'
        return Sheet(name, title, body + self._notes(writer, in_order(marks_in(part))), headings)

    def _beside(self) -> Sheet:
        writer, title = self._writer("beside"), _("Pictures and films beside the text")
        parts = [f"<h1>{xml.text(title)}</h1>"]
        for kind, ident, notes in self.volume.beside:
            shown = writer.picture(ident) if kind == "image" else ""
            parts.append(
                f"<figure>{shown}<figcaption>{xml.text(self.volume.head(notes[0]))}{''.join(map(_mark, notes))}</figcaption></figure>"
            )
            parts.append(self._notes(writer, notes))
        return Sheet("beside", title, "".join(parts))

    def _start(self, sheets: Sequence[Sheet]) -> Sheet:
        volume = self.volume
        said, title = volume.introduction, volume.title
        warning = f'<p class="warning">{xml.text(volume.warning)}</p>' if volume.warning else ""
        rows = []
        for sheet in sheets:
            for level, words, ident in sheet.headings or ((1, sheet.title, ""),):
                deep = ' class="deep"' if level > 1 else ""
                way = f'lang="{xml.attribute(volume.snapshot.text.language)}"' if sheet.headings else ""
                rows.append(
                    f'<li{deep}><a href="{sheet.name}.html{"#" if ident else ""}{ident}" {way}>{xml.text(words)}</a></li>'
                )
        front = Writer(volume, lambda note: "", lambda ident: "").nodes(body_tree(said.text)) if said else ""
        body = (
            f'<h1 lang="{title.language}" dir="{direction(title.language)}">{xml.text(title.text)}</h1>{warning}{self._writer("index").cover()}'
            f'<nav aria-label="{xml.attribute(_("Contents"))}"><h2>{xml.text(_("Contents"))}</h2><ol class="contents">{"".join(rows)}</ol></nav>'
            f'<section lang="{said.language}" dir="{direction(said.language)}">{front}</section>'
            f"<h2>{xml.text(_('About this release'))}</h2>{rows_html(volume)}"
        )
        return Sheet("index", title.text, body)

    def _index(self) -> Sheet:
        parts = [f"<h1>{xml.text(_('Indexes'))}</h1>"]
        for label, rows in self.volume.terms():
            parts.append(f"<h2>{xml.text(label)}</h2><ul>")
            for said, notes in rows:
                links = " · ".join(
                    f'<a href="{self.places[note.id]}.html#note-{note.id}">{note.number}</a>'
                    for note in notes
                    if note.id in self.places
                )
                parts.append(f'<li><bdi lang="{said.language}">{xml.text(said.text)}</bdi>: {links}</li>')
            parts.append("</ul>")
        return Sheet("terms", _("Indexes"), "".join(parts))

    def _search(self) -> Sheet:
        found = xml.attribute(_("Places found: {}"))
        without = _(
            "Searching needs a script, which this browser does not run. The indexes and the contents lead to every passage."
        )
        body = (
            f"<h1>{xml.text(_('Search in this edition'))}</h1><noscript><p>{xml.text(without)}</p></noscript>"
            f'<form id="search" data-found="{found}" hidden><p><label for="words">{xml.text(_("Words"))}</label> <input id="words" type="search" name="q"/> '
            f'<button type="submit">{xml.text(_("Search"))}</button></p></form><p id="count" role="status"></p><ol id="found"></ol>'
            '<script src="passages.js"></script><script src="../search.js"></script>'
        )
        return Sheet("search", _("Search"), body)

    def _page(self, page: Sheet, turned: Sequence[Sheet]) -> str:
        volume, code = self.volume, self.volume.language
        other, other_name = next((one, name) for one, name in LANGUAGES.items() if one != code)
        names = [sheet.name for sheet in turned]
        turn = ""
        if page.name in names:
            at = names.index(page.name)
            before = (
                f'<a rel="prev" href="{names[at - 1]}.html">{xml.text(_("Previous"))}</a>'
                if at
                else "<span></span>"
            )
            after = (
                f'<a rel="next" href="{names[at + 1]}.html">{xml.text(_("Next"))}</a>'
                if at + 1 < len(names)
                else ""
            )
            turn = f'<nav class="turn" aria-label="{xml.attribute(_("Parts"))}">{before}{after}</nav>'
        links = "".join(
            f'<a href="{name}.html">{xml.text(label)}</a>'
            for name, label in (("index", _("Contents")), ("terms", _("Indexes")), ("search", _("Search")))
        )
        return (
            f'<!DOCTYPE html>\n<html lang="{code}" dir="{direction(code)}"><head><meta charset="utf-8"/>'
            f'<meta name="viewport" content="width=device-width, initial-scale=1"/><title>{xml.text(page.title)} — {xml.text(volume.title.text)}</title>'
            '<link rel="stylesheet" href="../style.css"/></head>'
            f'<body data-note-word="{xml.attribute(_("Note"))}" data-close-word="{xml.attribute(_("Close"))}">'
            f'<a class="skip" href="#main">{xml.text(_("Skip to the content"))}</a>'
            f'<header class="bar"><span class="name"><bdi>{xml.text(volume.title.text)}</bdi></span>'
            f'{links}<a href="../{other}/{page.name}.html" lang="{other}" hreflang="{other}">{other_name}</a></header>'
            f'<main id="main">{page.body}{turn}</main><footer><p><bdi dir="ltr">{xml.text(volume.given.address)}</bdi></p></footer>'
            '<script src="places.js"></script><script src="../notes.js"></script></body></html>\n'
        )

    def _places_js(self) -> str:
        found = {f"note-{ident}": name for ident, name in self.places.items()}
        for number, part in enumerate(self.parts, start=1):
            found |= {f"p-{leaf.index + 1}": f"text-{number}" for leaf in leaves(part)}
        return f"window.HASHIYA_PLACES = {_script(found)};\n"

    def _passages_js(self) -> str:
        rows = []
        for number, part in enumerate(self.parts, start=1):
            for leaf in leaves(part):
                if leaf.words.strip():
                    rows.append(
                        [
                            f"text-{number}",
                            f"p-{leaf.index + 1}",
                            _("Passage %(n)s") % {"n": leaf.index + 1},
                            leaf.words,
                        ]
                    )
        for note in self.volume.snapshot.notes:
            if note.id in self.places and not self.volume.is_hidden(note):
                words = f"{self.volume.head(note)} {self.volume.readings.words(note.body)}"
                rows.append(
                    [self.places[note.id], f"note-{note.id}", _("Note %(n)s") % {"n": note.number}, words]
                )
        ranges = "".join(f"\\u{{{first:x}}}-\\u{{{last:x}}}" for first, last in DROPPED)
        return f"window.HASHIYA_SEARCH = {_script({'letters': LETTERS, 'dropped': ranges, 'rows': rows})};\n"


def _mark(note: Note) -> str:
    return f'<a class="noteref" id="ref-{note.id}" href="#note-{note.id}" data-note="{note.id}">{note.number}</a>'


def _script(value: object) -> str:
    """Return a value as a script says it."""
    return json.dumps(value, ensure_ascii=True, sort_keys=True).replace("<", "\\u003c")
