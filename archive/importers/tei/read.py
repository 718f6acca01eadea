"""TEI P5: headings, paragraphs, verse, quotes, lists, tables, figures; notes, names and breaks kept as what they are.

Elements that are not known are read through: their words are in the text. What a reading text does not have (running
heads, other readings, the second of two spellings) is told in the report. The header gives the title.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from archive.errors import ImportRefused
from archive.importers import xml_door
from archive.importers.ast.blocks import MAX_LEVEL, BlockWriter
from archive.importers.ast.builder import TextBuilder
from archive.importers.limits import MAX_NESTING, MAX_TEXT_BYTES
from archive.importers.pipeline import Draft
from archive.importers.tei.inlines import XML_ID, Element, Inlines, left_out, name_of, strays, words_of
from archive.importers.tei.loose import Loose
from archive.importers.tei.words import (
    BLOCKS,
    BREAKS,
    DIVISIONS,
    HOLDERS,
    LEFT_OUT,
    NO_ATTR,
    Node,
    paragraph,
)  # fmt: skip
from archive.text.collector import resting_collector
from archive.text.types import Repair

ROOTS = frozenset({"TEI", "teiCorpus"})
#: Letters of the header that the report shows.
HEADER_SHOWN = 2_000


@resting_collector()
def read_tei(data: bytes) -> Draft:
    """Return the blocks of a document.

    Raises ImportRefused: `empty_file`, `too_large`, `xml_doctype`, `xml_broken`, `not_tei`, `too_deep`.
    """
    if not data.strip():
        raise ImportRefused("empty_file")
    if len(data) > MAX_TEXT_BYTES:
        raise ImportRefused("too_large", size=len(data), limit=MAX_TEXT_BYTES)
    root = xml_door.parse(data)
    if name_of(root) not in ROOTS:
        raise ImportRefused("not_tei", root=name_of(root)[:60])
    writer = BlockWriter(TextBuilder())
    reader = _Reader.of(root)
    writer.write(reader.holder(root, 0))
    writer.write_notes()
    headers = [child for child in root.iter() if name_of(child) == "teiHeader"]
    for header in headers[:1]:
        words = words_of(header)[:HEADER_SHOWN]
        writer.builder.repairs.append(Repair("tei_header", 0, 0, before=words, after="", count=len(headers)))
    return Draft(writer.builder, title=_title(headers[0]) if headers else "")


def _title(header: Element) -> str:
    for element in header.iter():
        if name_of(element) == "titleStmt":
            titles = [child for child in element if name_of(child) == "title"]
            return words_of(titles[0]) if titles else ""
    return ""


@dataclass(slots=True)
class _Reader:
    """Reads blocks."""

    notes: dict[str, Element] = field(default_factory=dict)
    notes_on: dict[str, list[Element]] = field(default_factory=lambda: defaultdict(list))
    depth: int = 0

    @classmethod
    def of(cls, root: Element) -> _Reader:
        """Return a reader that knows the document's notes and what leads to them."""
        reader = cls()
        targets = {
            element.get("target", "")[1:] for element in root.iter() if name_of(element) in ("ref", "ptr")
        }
        for element in root.iter():
            if name_of(element) == "note":
                if element.get(XML_ID, "") in targets:
                    reader.notes[element.get(XML_ID, "")] = element
                elif element.get("target", "").startswith("#"):
                    reader.notes_on[element.get("target", "")[1:]].append(element)
        known = {element.get(XML_ID, "") for element in root.iter()}
        for target in [target for target in reader.notes_on if target not in known]:
            for element in reader.notes_on.pop(target):
                del element.attrib["target"]
        return reader

    def _inlines(self) -> Inlines:
        return Inlines(self.note_blocks, self.notes, self.notes_on)

    def note_blocks(self, note: Element) -> list[Node]:
        """Return the blocks of a note."""
        if any(name_of(child) in BLOCKS - {"q", "quote", "label", "bibl", "said"} for child in note):
            return self.holder(note, 1)
        return [paragraph(self._inlines().write(note))]

    def holder(self, element: Element, level: int) -> list[Node]:
        """Return the blocks in an element; letters between them are paragraphs of their own."""
        self.depth += 1
        if self.depth > MAX_NESTING:
            raise ImportRefused("too_deep", limit=MAX_NESTING)
        nodes: list[Node] = []
        loose = Loose(self._inlines)
        loose.letters(element.text)
        for child in element:
            name = name_of(child)
            if name and name not in BLOCKS | BREAKS.keys() | {"note", "teiHeader"} | LEFT_OUT:
                loose.element(child)
            elif name:
                nodes += loose.done()
                self._block(child, name, level, nodes)
            loose.letters(child.tail)
        nodes += loose.done()
        self.depth -= 1
        return nodes

    def _block(self, element: Element, name: str, level: int, nodes: list[Node]) -> None:
        if name == "note":
            self._note_between(element, nodes)
        elif name in BREAKS:
            nodes += self._inlines().element(element)
        elif name in LEFT_OUT:
            nodes.append(left_out(element))
        elif name != "teiHeader":
            nodes += self._written(element, name, level)
        if name in BLOCKS:
            for note in self.notes_on.get(element.get(XML_ID, ""), ()):
                self._append_note(note, nodes)

    def _note_between(self, element: Element, nodes: list[Node]) -> None:
        """Put a note that stands between paragraphs at the end of the one before it."""
        if element.get(XML_ID, "") in self.notes or element.get("target", "").startswith("#"):
            return
        self._append_note(element, nodes)

    def _append_note(self, note: Element, nodes: list[Node]) -> None:
        made = self._inlines().note(note)
        last = nodes[-1] if nodes else None
        if last is not None and last["t"] == "Para":
            last["c"] += made
        elif last is not None and last["t"] == "Header":
            last["c"][2] += made
        elif made:
            nodes.append(paragraph(made))

    def _written(self, element: Element, name: str, level: int) -> list[Node]:
        if name == "head":
            nodes = self._inlines().write(element)
            return [{"t": "Header", "c": [min(max(level, 1), MAX_LEVEL), NO_ATTR, nodes]}] if nodes else []
        if name in HOLDERS:
            return self.holder(element, level + (name in DIVISIONS))
        if name in ("lg", "l"):
            return self._verse(element, level)
        if name == "list":
            return self._list(element, level)
        if name == "table":
            return self._table(element, level)
        if name == "figure":
            return self._figure(element, level)
        if name == "cit":
            return [{"t": "BlockQuote", "c": _unquoted(self.holder(element, level))}]
        if name in ("quote", "q", "said"):
            inner = self.holder(element, level) if _has_blocks(element) else [self._paragraph(element)]
            return [{"t": "BlockQuote", "c": inner}]
        if _has_blocks(element):  # A paragraph that has them inside: what stands between them is parted.
            return self.holder(element, level)
        return [self._paragraph(element)]

    def _paragraph(self, element: Element) -> Node:
        nodes = self._inlines().write(element)
        return paragraph([{"t": "Strong", "c": nodes}] if name_of(element) == "speaker" and nodes else nodes)

    def _verse(self, element: Element, level: int) -> list[Node]:
        if name_of(element) == "l":
            return [{"t": "LineBlock", "c": [self._inlines().write(element)]}]
        lines: list[list[Node]] = []
        nodes: list[Node] = strays(element)
        before: list[Node] = []
        for child in element:
            name = name_of(child)
            if name == "l":
                lines.append(before + self._inlines().write(child))
                before = []
            elif name in BREAKS:
                before += self._inlines().element(child)
            elif name == "note" and lines:
                lines[-1] += self._inlines().note(child)
            elif name:
                nodes += _line_block(lines)
                lines = []
                self._block(child, name, level + 1, nodes)
        return [*nodes, *_line_block(lines), *before]

    def _list(self, element: Element, level: int) -> list[Node]:
        nodes: list[Node] = strays(element)
        items: list[list[Node]] = []
        label: list[Node] = []
        for child in element:
            name = name_of(child)
            if name == "label":
                if label:  # One without an item of its own is an item.
                    items.append([paragraph(label)])
                label = [*self._inlines().write(child), {"t": "Str", "c": " "}]
            elif name == "item":
                blocks = self.holder(child, level + 1)
                if label and blocks and blocks[0]["t"] == "Para":
                    blocks[0]["c"] = label + blocks[0]["c"]
                elif label:
                    blocks.insert(0, paragraph(label))
                items.append(blocks)
                label = []
            elif name:
                self._block(child, name, level + 1, nodes)
        if label:
            items.append([paragraph(label)])
        is_ordered = {"ordered", "numbered"} & {element.get("rend", ""), element.get("type", "")}
        if is_ordered:
            return [*nodes, {"t": "OrderedList", "c": [[1, {}, {}], items]}]
        return [*nodes, {"t": "BulletList", "c": items}]

    def _table(self, element: Element, level: int) -> list[Node]:
        rows, header, caption, width = [], [], [], 1
        told: list[Node] = strays(element)
        for child in element:
            name = name_of(child)
            if name == "row":
                cells = [self._cell(cell, level) for cell in child if name_of(cell) == "cell"]
                told += strays(child)
                for other in child:
                    if name_of(other) not in ("", "cell"):
                        self._block(other, name_of(other), level, told)
                width = max(width, len(cells))
                is_header = child.get("role") == "label" and not rows
                (header if is_header else rows).append([NO_ATTR, cells])
            elif name == "head":
                caption.append(self._paragraph(child))
            elif name:
                self._block(child, name, level, told)
        body = [[NO_ATTR, 0, [], rows]]
        table = [NO_ATTR, [None, caption], [None] * width, [NO_ATTR, header], body, [NO_ATTR, []]]
        return [{"t": "Table", "c": table}, *told] if rows or header or caption else told

    def _cell(self, cell: Element, level: int) -> list[object]:
        return [NO_ATTR, {}, _span(cell.get("rows")), _span(cell.get("cols")), self.holder(cell, level + 1)]

    def _figure(self, element: Element, level: int) -> list[Node]:
        """Return a picture with its caption; its description, for those who do not see it, is told in the report."""
        graphics = [child for child in element.iter() if name_of(child) in ("graphic", "media")]
        rest: list[Node] = strays(element)
        rest += [left_out(graphic) for graphic in graphics if words_of(graphic)]
        for child in element:
            name = name_of(child)
            if name == "head":
                rest.append(self._paragraph(child))
            elif name and name not in ("graphic", "media"):
                self._block(child, name, level, rest)
        told = [node for node in rest if node["t"] == "LeftOut"]
        caption = [node for node in rest if node["t"] != "LeftOut"]
        url = graphics[0].get("url", "") if graphics else ""
        image = {"t": "Image", "c": [NO_ATTR, [], [url, ""]]}
        return [{"t": "Figure", "c": [NO_ATTR, [None, caption], [paragraph([image])]]}, *told]


def _line_block(lines: list[list[Node]]) -> list[Node]:
    return [{"t": "LineBlock", "c": lines}] if lines else []


def _unquoted(nodes: list[Node]) -> list[Node]:
    """Return what is quoted in a quotation with its source as one quotation."""
    return [inner for node in nodes for inner in (node["c"] if node["t"] == "BlockQuote" else [node])]


def _has_blocks(element: Element) -> bool:
    return any(
        name_of(child) in BLOCKS - {"q", "quote", "said", "label", "bibl", "desc", "stage", "formula"}
        for child in element
    )


def _span(value: str | None) -> int:
    return max(1, int(value)) if value and value.isdecimal() and len(value) < 4 else 1
