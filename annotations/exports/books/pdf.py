"""The release as PDF/UA-1: set in a real Naskh, its notes at the foot of the page under their own numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from annotations.editions.values import Note
from annotations.exports.books import xml
from annotations.exports.books.bodies import body_tree
from annotations.exports.books.feet import Feet
from annotations.exports.books.pdf_binding import set_in_parts
from annotations.exports.books.pdf_parts import cut
from annotations.exports.books.tree import Box, Leaf, Node, Run, leaves
from annotations.exports.books.volume import Pictured, Volume, direction
from archive.exports.printing import Press, breakable
from archive.exports.printing import printable as shown_whole
from archive.presenters.languages import direction_of

HERE = Path(__file__).parent
Json = dict[str, Any]
#: Letters of JSON that are set at once; the typesetter holds about 200 octets for each.
LONGEST = 2_000_000
#: Signs that turn what follows them; the typesetter finds the directions without, and they have no shape.
_TURNING = dict.fromkeys([0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def printable(words: str) -> str:
    """Return words that the fonts can show whole, without the signs that turn them."""
    return shown_whole(words.translate(_TURNING))


def write(volume: Volume) -> Iterator[bytes]:
    """Yield the document; raises HashiyaError("not_printed")."""
    value = _Value(volume)
    data = value.data()
    volume.given.progress(30)
    day = volume.given.published or "1980-01-01"
    at = datetime.fromisoformat(day).replace(tzinfo=UTC)
    parts = cut(data["nodes"], data["notes"], LONGEST)
    with Press.opened(HERE / "edition.typ", at=at, files=value.pictures) as press:
        if len(parts) > 1:
            yield set_in_parts(press, data, parts, lambda done: volume.given.progress(30 + int(60 * done)))
        else:
            press.set({**data, "part": "whole"}, "book.pdf")
            yield press.read("book.pdf")


class _Value:
    """Makes of a volume what the template is given: no word of it is ever read as markup."""

    def __init__(self, volume: Volume) -> None:
        self.volume = volume
        self.pictures: dict[str, bytes] = {}
        self.contents: list[Json] = []
        #: Those that follow the text, which the contents do not list.
        self.further: list[Json] = []
        #: Of the heading that was last, inside a quotation or not.
        self.level = 1
        self.feet = Feet(volume.snapshot)

    def data(self) -> Json:
        """Return all of it."""
        volume = self.volume
        title = {"words": printable(volume.title.text), "rtl": direction(volume.title.language) == "rtl"}
        nodes = [*self.nodes(volume.tree), *self._beside(), *self._index()]
        return {
            "language": volume.snapshot.text.language.split("-")[0], "rtl": volume.is_rtl, "title": printable(volume.title.text),
            "own-title": title, "author": [printable(name) for name in volume.authors],
            "cover": self._pictured("cover", volume.cover) if volume.cover else None,
            "warning": printable(volume.warning), "facts": list(self._facts()), "nodes": nodes,
            "introduction": {
                "nodes": self.nodes(body_tree(volume.introduction.text)),
                "rtl": direction(volume.introduction.language) == "rtl",
            },
            "contents": self.contents, "headings": [*self.contents, *self.further],
            "notes": {str(note.number): self._note(note) for note in volume.snapshot.notes},
            "words": {"contents": _("Contents")},
        }  # fmt: skip

    def _facts(self) -> Iterator[list[Any]]:
        for row in self.volume.rows():
            way = direction_of(row.language) == "rtl" if row.language else self.volume.is_rtl
            plain = row.href or len(row.words) == 64
            words = breakable(row.words) if plain else printable(row.words)
            yield [row.label, {"words": words, "rtl": way and not row.words.isascii()}, row.href]

    def nodes(self, nodes: Iterable[Node]) -> list[Json]:
        """Return blocks."""
        return [self._node(node) for node in nodes]

    def _node(self, node: Node) -> Json:
        if isinstance(node, Leaf):
            return self._leaf(node)
        if node.name == "table":
            return self._table(node)
        if node.name == "list":
            items = [self.nodes(item.children if isinstance(item, Box) else [item]) for item in node.children]
            start = int(str(node.attrs.get("start", 1) or 1))
            return {"k": "list", "ordered": bool(node.attrs.get("ordered")), "start": start, "c": items}
        return {"k": "quote", "c": self.nodes(node.children)}

    def _table(self, box: Box) -> Json:
        rows = [row for row in box.children if isinstance(row, Box)]
        wide = max((len(row.children) for row in rows), default=1)
        cells = [[[self._leaf(leaf) for leaf in leaves([cell])] for cell in row.children] for row in rows]
        first = rows[0].children if rows else []
        header = bool(first) and all(isinstance(cell, Box) and cell.attrs.get("header") for cell in first)
        return {
            "k": "table", "columns": wide, "header": header,
            "rows": [row + [[]] * (wide - len(row)) for row in cells],
        }  # fmt: skip

    def _leaf(self, leaf: Leaf) -> Json:
        found: Json = {"k": "p", "r": [*self._runs(leaf.runs), *self._marks(leaf.notes)]}
        if leaf.kind == "heading" and leaf.index >= 0 and leaf.words.strip():
            # Levels may not be left out; the title of the book is the first.
            ident, deep = f"p-{leaf.index + 1}", min(max(leaf.level, 1) + 1, self.level + 1, 6)
            self.level = deep
            self.contents.append(
                {"id": ident, "level": deep, "words": printable(" ".join(leaf.words.split()))}
            )
            return {**found, "k": "heading", "level": deep, "id": ident}
        if leaf.kind == "heading":
            return {**found, "k": "label"}
        if leaf.kind == "figure":
            return {
                **found,
                **self._picture(leaf.figure.image.id if leaf.figure and leaf.figure.image else ""),
            }
        if url := leaf.film_address:
            found["r"] += [{"t": " "}, {"t": breakable(url), "h": url}]
        return {**found, "k": leaf.kind} if leaf.kind in ("verse", "code") else found

    def _picture(self, ident: str) -> Json:
        return self._pictured(ident, self.volume.picture(self.volume.book.pictures.get(ident)))

    def _pictured(self, ident: str, shown: Pictured) -> Json:
        found = {
            "k": "figure",
            "src": "",
            "tall": False,
            "alt": printable(shown.alternative),
            "gap": printable(shown.gap),
            "href": shown.href,
        }
        if shown.file is None:
            return found
        if shown.warning:
            said = _("Warning: %(kinds)s.") % {"kinds": shown.warning}
            return {**found, "gap": printable(f"{said} {shown.alternative}")}
        data = self.volume.given.jpeg_of(self.volume.given.open_member(shown.file.sha256))
        if data is None:
            return {**found, "gap": printable(shown.alternative)}
        self.pictures[f"{ident}.jpeg"] = data
        return {**found, "src": f"{ident}.jpeg", "tall": shown.file.height > shown.file.width}

    def _beside(self) -> Iterator[Json]:
        if self.volume.beside:
            yield self._heading("beside", 2, _("Pictures and films beside the text"))
        for kind, ident, notes in self.volume.beside:
            head = [{"t": printable(self.volume.head(notes[0]))}, *self._marks(notes)]
            if kind == "image" and self.volume.given.shows(kind, ident):
                yield {**self._picture(ident), "r": head}
            else:
                yield {"k": "p", "r": head}

    def _index(self) -> Iterator[Json]:
        terms = list(self.volume.terms())
        if terms:
            yield self._heading("index", 2, _("Indexes"))
        for number, (label, rows) in enumerate(terms, start=1):
            yield self._heading(f"index-{number}", 3, label)
            for said, notes in rows:
                numbers = " · ".join(str(note.number) for note in notes)
                yield {"k": "p", "r": [{"t": f"{printable(said.text)}: {numbers}"}]}

    def _heading(self, ident: str, level: int, words: str) -> Json:
        self.further.append({"id": ident, "level": level, "words": words})
        return {"k": "heading", "level": level, "id": ident, "r": [{"t": words}]}

    def _runs(self, runs: Iterable[Run]) -> Iterator[Json]:
        for run in runs:
            if run.note is not None:
                yield from self._marks([run.note])
            elif run.is_break:
                yield {"b": True}
            elif run.page:
                yield {"t": f"[{printable(run.page)}] "}
            elif run.text:
                href = xml.outward(run.href, self.volume.origin)
                marks = {"m": sorted(run.marks)} if run.marks else {}
                yield {"t": printable(run.text), **marks, **({"h": href} if href else {})}

    def _marks(self, notes: Iterable[Note]) -> Iterator[Json]:
        for note in notes:
            yield from ({"n": due.number} for due in self.feet.at(note))

    def _note(self, note: Note) -> Json:
        volume = self.volume
        if volume.is_hidden(note):
            said = f"… {printable(volume.gap(note))}"
            return {"head": said, "category": "", "body": [], "rtl": volume.is_rtl, "lines": [], "foot": ""}
        lines = []
        for line in volume.lines(note):
            number = volume.book.notes[line.inside].number if line.inside else 0
            more = (f" ({number})" if number else "") + (f" — {line.note}" if line.note else "")
            lines.append(
                {
                    "relation": printable(line.relation),
                    "target": printable(line.target),
                    "href": line.href,
                    "more": printable(more),
                }
            )
        foot = " · ".join(
            part for part in (*(tag.text for tag in volume.tags(note)), volume.author(note)) if part
        )
        return {
            "head": printable(volume.head(note)), "category": printable(volume.category(note)),
            "body": self.nodes(volume.body(note)), "rtl": direction_of(note.language) == "rtl", "lines": lines,
            "foot": printable(foot),
        }  # fmt: skip
