"""Inline nodes to text and marks.

White space is written as it stands in the source where the source is known. A line break inside a paragraph
that the format does not mean (a wrapped line) becomes one space; one that it means becomes "\\n" under a
LINE_BREAK mark.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from archive.enums import MarkKind, ProblemKind
from archive.errors import ImportRefused
from archive.importers.ast.builder import Run
from archive.importers.ast.source import SourceLines
from archive.importers.limits import MAX_NESTING
from archive.text.letters import is_mark
from archive.text.types import Repair

Node = dict[str, Any]
Attr = Any
PLACED = frozenset({"Span", "Link", "Image", "Code"})
WRAPPER = ["wrapper", "1"]
BREAKS = frozenset({"SoftBreak", "LineBreak"})

SIMPLE_MARKS = {
    "Emph": (MarkKind.EMPHASIS, {}),
    "Underline": (MarkKind.EMPHASIS, {"style": "underline"}),
    "Strong": (MarkKind.STRONG, {}),
    "Strikeout": (MarkKind.STRIKEOUT, {}),
    "SmallCaps": (MarkKind.EMPHASIS, {"style": "small-caps"}),
}
SCRIPTS = {"Superscript": ("sup", MarkKind.SUPERSCRIPT), "Subscript": ("sub", MarkKind.SUBSCRIPT)}
RAW_SCRIPTS = {"<sup>": ("sup", MarkKind.SUPERSCRIPT), "<sub>": ("sub", MarkKind.SUBSCRIPT)}
QUOTES = {"SingleQuote": ("‘", "’"), "DoubleQuote": ("“", "”")}


@dataclass(frozen=True, slots=True)
class Note:
    """A note, and the frame of the slice that it was read from."""

    label: str
    blocks: list[Node]
    start: int
    lead: Sequence[int]


@dataclass(slots=True)
class Notes:
    """The notes met so far, in the order of their references."""

    found: list[Note] = field(default_factory=list)
    #: Labels as they are compared, with the first spelling of each.
    normal_labels: dict[str, str] = field(default_factory=dict)

    def add(self, label: str, blocks: list[Node], source: SourceLines | None) -> str:
        """Keep a note and return its label; a reference to a known label is the same note."""
        label = label or str(len(self.found) + 1)
        normal = " ".join(label.casefold().split())
        if normal not in self.normal_labels:
            self.normal_labels[normal] = label
            frame = (source.offset + len(source.lead), source.lead) if source else (0, ())
            self.found.append(Note(label, blocks, *frame))
        return self.normal_labels[normal]

    def free(self, label: str) -> str:
        """Return a label that no note has yet: this one, or a number."""
        number = len(self.found) + 1
        wanted = label or str(number)
        while " ".join(wanted.casefold().split()) in self.normal_labels:
            wanted, number = str(number), number + 1
        return wanted


def unwrapped(nodes: list[Node]) -> Iterator[tuple[Node, Any]]:
    """Yield nodes with the attributes that tell their place, without the spans that only carry a place."""
    for node in nodes:
        tag = node["t"]
        if tag == "Span" and WRAPPER in node["c"][0][2]:
            attr, inner = node["c"]
            for each in inner:
                yield each, attr
        else:
            yield node, node["c"][0] if tag in PLACED else None


class InlineWriter:
    """Writes inline nodes into a run."""

    def __init__(self, run: Run, *, source: SourceLines | None, notes: Notes) -> None:
        self.run = run
        self.source = source
        self.notes = notes
        self.depth = 0

    def write(self, nodes: list[Node]) -> None:
        """Write nodes in order."""
        self.depth += 1
        if self.depth > MAX_NESTING:
            raise ImportRefused("too_deep", limit=MAX_NESTING)
        items = list(unwrapped(nodes))
        if self.source:
            self.tell_read(items, self.source)
        index = 0
        while index < len(items):
            node, attr = items[index]
            closing = _closing_script(items, index) if node["t"] == "RawInline" else 0
            if closing:
                name, kind = RAW_SCRIPTS[node["c"][1].lower()]
                self._script(name, kind, [inner for inner, _ in items[index + 1 : closing]])
                index = closing
            else:
                self._node(node, attr)
            index += 1
        self.depth -= 1

    @staticmethod
    def tell_read(items: list[tuple[Node, Attr]], source: SourceLines) -> None:
        """Tell the source how far each line was read: up to the last node on it."""
        last = len(items) - 1
        for number, (_, attr) in enumerate(items):
            if attr and (number == last or items[number + 1][0]["t"] in BREAKS or source.is_long(attr)):
                source.note(attr)

    def _node(self, node: Node, attr: Attr) -> None:
        tag: str = node["t"]
        content: Any = node.get("c")
        if tag == "Str":
            self._str(content, attr)
        elif tag == "Space":
            self.run.write(self._space(attr))
        elif tag == "SoftBreak":
            self.run.write(" ")
        elif tag in SIMPLE_MARKS:
            kind, attrs = SIMPLE_MARKS[tag]
            self._marked(kind, content, **attrs)
        elif tag in SCRIPTS:
            self._script(*SCRIPTS[tag], content)
        else:
            handler: Callable[[Any, Attr], None] = getattr(self, f"_{tag.lower()}")
            handler(content, attr)

    def _str(self, content: str, attr: Attr) -> None:
        """Write letters; where the parser dropped a reference inside a note, write that."""
        place = self.source.place(attr) if self.source and attr and not content else None
        written = self.source.text(place) if self.source and place else ""
        if written.startswith("[^"):
            self._reference(written[2:-1])
        else:
            self.run.write(content)

    def _reference(self, label: str) -> None:
        start = self.run.length
        self.run.write(label)
        self.run.mark(MarkKind.NOTE_REFERENCE, start, note=label)

    def _space(self, attr: Attr) -> str:
        written = self.source.space(attr) if self.source and attr else ""
        return written if written and not written.strip() else " "

    def _marked(self, kind: MarkKind, nodes: list[Node], **attrs: Any) -> None:
        start = self.run.length
        self.write(nodes)
        self.run.mark(kind, start, **attrs)

    def _script(self, name: str, kind: MarkKind, nodes: list[Node]) -> None:
        """Write a raised or lowered piece; vowel marks torn from their letter are put back on it."""
        before, start, parts = self.run.last, self.run.length, len(self.run.parts)
        self.write(nodes)
        written = "".join(self.run.parts[parts:])
        if written and all(map(is_mark, written)) and (before.isalpha() or is_mark(before)):
            self.run.repairs.append(
                Repair(
                    "torn_mark",
                    start - 1,
                    self.run.length,
                    f"{before}<{name}>{written}</{name}>",
                    before + written,
                )
            )
        else:
            self.run.mark(kind, start)

    def _linebreak(self, _: Any, __: Attr) -> None:
        start = self.run.length
        self.run.write("\n")
        self.run.mark(MarkKind.LINE_BREAK, start)

    def _link(self, content: Any, _: Attr) -> None:
        _, nodes, (href, title) = content
        start = self.run.length
        self._marked(MarkKind.LINK, nodes, href=href, **({"title": title} if title else {}))
        if self.run.length == start:
            self.run.repairs.append(Repair("empty_link", start, start, before=href, after=""))

    def _image(self, content: Any, _: Attr) -> None:
        """Write the description of a picture inside a line as a link to it.

        Without one, keep it for after.
        """
        _, nodes, (href, title) = content
        start = self.run.length
        if not nodes:
            self.run.images.append((href, title))
            return
        self._marked(MarkKind.LINK, nodes, href=href, image=True, **({"title": title} if title else {}))
        self._problem(start, reason="inline_image", href=href)

    def _code(self, content: Any, _: Attr) -> None:
        start = self.run.length
        self.run.write(content[1])
        self.run.mark(MarkKind.CODE, start)

    def _math(self, content: Any, _: Attr) -> None:
        start = self.run.length
        self.run.write(content[1].replace("\n", " "))
        self.run.mark(MarkKind.CODE, start, math=True)
        self._problem(start, reason="math")

    def _rawinline(self, content: Any, _: Attr) -> None:
        start = self.run.length
        self.run.write(content[1].replace("\n", " "))
        self._problem(start, reason="raw", format=content[0])

    def _note(self, content: Any, attr: Attr) -> None:
        place = self.source.place(attr) if self.source and attr else None
        written = self.source.text(place) if self.source and place else ""
        label = written[2:-1] if written.startswith("[^") else ""
        self._reference(self.notes.add(label, content, self.source))

    # Nodes of our own, which readers beside pandoc make.

    def _labellednote(self, content: Any, _: Attr) -> None:
        """Write a note that brings its own number, which may have stood at another note before."""
        label, blocks = content
        self._reference(self.notes.add(self.notes.free(label), blocks, self.source))

    def _name(self, content: Any, _: Attr) -> None:
        attrs, nodes = content
        self._marked(MarkKind.NAME, nodes, **attrs)

    def _pagebreak(self, content: Any, _: Attr) -> None:
        self.run.breaks.append((self.run.length, content))

    def _leftout(self, content: Any, _: Attr) -> None:
        at = self.run.length
        self.run.repairs.append(Repair("left_out", at, at, before=content, after=""))

    def _span(self, content: Any, _: Attr) -> None:
        language = dict(content[0][2]).get("lang", "")
        if language:
            self._marked(MarkKind.FOREIGN, content[1], language=language)
        else:
            self.write(content[1])

    def _quoted(self, content: Any, _: Attr) -> None:
        opening, closing = QUOTES[content[0]["t"]]
        self.run.write(opening)
        self.write(content[1])
        self.run.write(closing)

    def _cite(self, content: Any, _: Attr) -> None:
        self.write(content[1])

    def _problem(self, start: int, **params: Any) -> None:
        self.run.problems.append((ProblemKind.UNSUPPORTED, start, self.run.length, params))


def _closing_script(items: list[tuple[Node, Attr]], index: int) -> int:
    """Return where the `<sup>` or `<sub>` at `index` is closed among its siblings, else 0."""
    opening = items[index][0]["c"][1].lower()
    if opening not in RAW_SCRIPTS:
        return 0
    wanted = opening.replace("<", "</")
    for later in range(index + 1, len(items)):
        node = items[later][0]
        if node["t"] == "RawInline" and node["c"][1].lower() in {opening, wanted}:
            return later if node["c"][1].lower() == wanted else 0
    return 0
