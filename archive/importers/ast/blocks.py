"""Block nodes to leaf blocks with their containers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from archive.enums import BlockKind, ProblemKind
from archive.errors import ImportRefused
from archive.importers.ast.alone import images_alone, video_alone
from archive.importers.ast.builder import Layout, Run, TextBuilder
from archive.importers.ast.frames import Frame
from archive.importers.ast.inlines import InlineWriter, Node, Notes, unwrapped
from archive.importers.ast.source import Place, SourceLines
from archive.importers.limits import MAX_NESTING

MAX_LEVEL = 6
PARAGRAPHS = frozenset({"Para", "Plain"})


@dataclass(slots=True)
class BlockWriter:
    """Writes block nodes into a builder."""

    builder: TextBuilder
    source: SourceLines | None = None
    root: Frame = field(default_factory=Frame)
    notes: Notes = field(default_factory=Notes)
    #: The last list of the text itself, which the next slice may go on with.
    last_list: Frame | None = None
    #: Empty paragraphs since the last block, in formats without lines.
    empty: int = 0

    def write(self, nodes: list[Node], *, continues: bool = False) -> None:
        """Write top-level nodes in order; `continues` says that the first is the rest of the last list."""
        if continues and self.last_list:
            self._items(_items_of(nodes[0]), self.last_list)
            nodes = nodes[1:]
        self._blocks(nodes, self.root)

    def write_notes(self) -> None:
        """Write the notes that were referred to, after the text, each in a `note` container."""
        self.builder.end_pages()
        written = 0
        while written < len(self.notes.found):
            note = self.notes.found[written]
            written += 1
            if self.source:
                self.source.frame(note.start, note.lead)
            self._blocks(note.blocks, self.root.inner("note", label=note.label))

    def _blocks(self, nodes: list[Node], frame: Frame) -> None:
        if len(frame.containers) > MAX_NESTING:
            raise ImportRefused("too_deep", limit=MAX_NESTING)
        outer = frame.place
        for node in nodes:
            tag, content = node["t"], node.get("c")
            frame.place = self._place(node) or outer
            handler: Callable[[Any, Frame], None] = getattr(self, f"_{tag.lower()}")
            handler(content, frame)
        frame.place = outer

    def _place(self, node: Node) -> Place | None:
        if not self.source:
            return None
        attr = {"Div": 0, "CodeBlock": 0, "Table": 0, "Figure": 0, "Header": 1}.get(node["t"])
        return None if attr is None else self.source.place(node["c"][attr])

    def _add(self, kind: BlockKind, run: Run, frame: Frame, **attrs: Any) -> None:
        gap: int | None = self.empty
        if self.source:
            gap = self.source.gap_before(frame.place) if frame.place else None
        self.empty = 0
        layout = Layout(gap, frame.place.line if frame.place else None)
        level = attrs.pop("level", None)
        frame.leaves += 1
        self.builder.add(
            kind,
            run,
            path=frame.next_path(),
            containers=frame.containers,
            level=level,
            layout=layout,
            **attrs,
        )

    def _inlines(self, nodes: list[Node]) -> Run:
        run = Run()
        InlineWriter(run, source=self.source, notes=self.notes).write(nodes)
        return run

    # Leaves.

    def _para(self, nodes: Any, frame: Frame) -> None:
        self.empty += not nodes
        images = images_alone(nodes)
        if self.source and images:
            InlineWriter.tell_read(list(unwrapped(nodes)), self.source)
        for image, href in images:
            self._picture(image, frame, caption=image["c"][1], **({"href": href} if href else {}))
        if images:
            return
        run = self._inlines(nodes)
        if run.text.strip():
            video = video_alone(nodes, run, self.source)
            self._add(BlockKind.VIDEO if video else frame.kind, run, frame, **(video or {}))
        else:
            self.builder.drop(run)
        for src, title in run.images:
            self._add(BlockKind.FIGURE, Run(), frame, src=src, **({"title": title} if title else {}))

    _plain = _para

    def _picture(self, image: Node, frame: Frame, *, caption: list[Node], **attrs: Any) -> None:
        src, title = image["c"][2]
        self._add(
            BlockKind.FIGURE,
            self._inlines(caption),
            frame,
            src=src,
            **({"title": title} if title else {}),
            **attrs,
        )

    def _header(self, content: Any, frame: Frame) -> None:
        level, _, nodes = content
        run = self._inlines(nodes)
        if run.text.strip():
            self._add(BlockKind.HEADING, run, frame, level=min(level, MAX_LEVEL))

    def _codeblock(self, content: Any, frame: Frame) -> None:
        attr, text = content
        run = Run()
        run.write(text)
        attrs = {"language": attr[1][0]} if attr[1] else {}
        if self.source:
            self.source.note_block(attr)
            info = self._fence_info(frame)
            attrs |= {"info": info} if info and info != attrs.get("language") else {}
        self._add(BlockKind.CODE, run, frame, **attrs)

    def _fence_info(self, frame: Frame) -> str:
        """Return what stands after the opening fence of code: its language and whatever a tool put there."""
        if not self.source or not frame.place:
            return ""
        line = self.source.lines[frame.place.line - 1][len(self.source.before(frame.place)) :].strip()
        return line.lstrip("`~").strip() if line.startswith(("```", "~~~")) else ""

    def _rawblock(self, content: Any, frame: Frame) -> None:
        """Keep what the format does not mean to be read (HTML in Markdown) as visible text, and say so."""
        run = Run()
        run.write(content[1].rstrip("\n"))
        run.problems.append((ProblemKind.UNSUPPORTED, 0, run.length, {"reason": "raw", "format": content[0]}))
        self._add(BlockKind.CODE, run, frame, raw=content[0])

    def _lineblock(self, lines: Any, frame: Frame) -> None:
        nodes: list[Node] = []
        for number, line in enumerate(lines):
            nodes += [{"t": "LineBreak"}] * bool(number) + line
        run = self._inlines(nodes)
        if run.text.strip():
            self._add(BlockKind.VERSE, run, frame)

    def _horizontalrule(self, _: Any, __: Frame) -> None:
        self.builder.rule_pending = True

    def _null(self, _: Any, __: Frame) -> None:
        """Nothing stands here."""

    def _pagebreak(self, attrs: Any, _: Frame) -> None:
        self.builder.breaks.append(attrs)

    def _leftout(self, words: Any, frame: Frame) -> None:
        self.builder.drop(self._inlines([{"t": "LeftOut", "c": words}]))

    # Containers.

    def _div(self, content: Any, frame: Frame) -> None:
        if self.source and any(node["t"] == "RawBlock" for node in content[1]):
            self.source.note_block(content[0])
        self._blocks(content[1], frame)

    def _blockquote(self, nodes: Any, frame: Frame) -> None:
        self._blocks(nodes, frame.inner("quote"))

    def _bulletlist(self, items: Any, frame: Frame) -> None:
        self._list(items, frame, ordered=False)

    def _orderedlist(self, content: Any, frame: Frame) -> None:
        (start, _, _), items = content
        self._list(items, frame, ordered=True, start=start)

    def _list(self, items: Any, frame: Frame, **attrs: Any) -> None:
        inner = frame.inner("list", **attrs)
        if frame is self.root:
            self.last_list = inner
        self._items(items, inner)

    def _items(self, items: list[list[Node]], frame: Frame) -> None:
        for nodes in items:
            place = self._place(nodes[0]) if nodes else None
            before = self.source.before(place).split() if self.source and place else []
            self._blocks(nodes, frame.inner("item", **({"marker": before[-1]} if before else {})))

    def _definitionlist(self, items: Any, frame: Frame) -> None:
        frame = frame.inner("definitions")
        for term, definitions in items:
            self._para(term, frame.inner("term"))
            for nodes in definitions:
                self._blocks(nodes, frame.inner("definition"))

    def _figure(self, content: Any, frame: Frame) -> None:
        """Write a picture with its caption; what else a figure holds is written after it."""
        _, (_, caption), nodes = content
        images = [pair for node in nodes if node["t"] in PARAGRAPHS for pair in images_alone(node["c"])]
        if len(images) != 1 or len(nodes) != 1:
            self._blocks(nodes, frame)
            self._blocks(caption, frame)
            return
        image, href = images[0]
        first = caption[0]["c"] if caption and caption[0]["t"] in PARAGRAPHS else image["c"][1]
        self._picture(image, frame, caption=first, **({"href": href} if href else {}))
        self._blocks(caption[1:] if caption and caption[0]["t"] in PARAGRAPHS else caption, frame)

    def _table(self, content: Any, frame: Frame) -> None:
        _, (_, caption), columns, head, bodies, foot = content
        table = frame.inner("table", columns=len(columns))
        if caption:
            self._blocks(caption, table.inner("caption"))
        self._rows(head[1], table, header=True)
        for _, _, intermediate, rows in bodies:
            self._rows(intermediate, table, header=True)
            self._rows(rows, table, header=False)
        self._rows(foot[1], table, header=False)

    def _rows(self, rows: Any, table: Frame, *, header: bool) -> None:
        for _, cells in rows:
            row = table.inner("row", header=header)
            for _, _, row_span, column_span, nodes in cells:
                spans = {"rows": row_span, "columns": column_span}
                cell = row.inner(
                    "cell",
                    **{"header": True} if header else {},
                    **{name: span for name, span in spans.items() if span != 1},
                )
                self._blocks(nodes, cell)
                if not cell.children:
                    self._add(BlockKind.TABLE, Run(), cell)


def _items_of(node: Node) -> list[list[Node]]:
    """Return the points of a list, through the wrapper that carries its place."""
    if node["t"] == "Div":
        return _items_of(node["c"][1][0])
    items: list[list[Node]] = node["c"] if node["t"] == "BulletList" else node["c"][1]
    return items
