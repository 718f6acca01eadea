"""The text of a release in TEI P5, its divisions, figures and marks of notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from annotations.editions.values import Note
from annotations.exports.books import xml
from annotations.exports.books.bodies import body_tree
from annotations.exports.books.tree import Box, Leaf, Node, Run, leaves
from annotations.exports.books.volume import Volume

_HI = {
    "emphasis": "italic", "strong": "bold", "strikeout": "strikethrough", "superscript": "superscript",
    "subscript": "subscript",
}  # fmt: skip


def text_of(volume: Volume) -> Iterator[str]:
    """Yield the text itself."""
    yield "<text>"
    front = volume.introduction.text
    if front:
        yield f'<front><div xml:lang="{volume.introduction.language}">'
        from_markdown = _body_of(volume, front)
        yield f"{from_markdown}</div></front>\n"
    yield "<body>\n"
    yield from _divisions(volume, volume.tree)
    for kind, ident, notes in volume.beside:
        marks = "".join(_mark(note) for note in notes)
        about = (
            f' corresp="{volume.origin}/{volume.language}/{kind}s/{ident}/"'
            if volume.given.shows(kind, ident)
            else ""
        )
        yield f'<div type="beside"{about}><p>{xml.text(volume.head(notes[0]))}{marks}</p></div>\n'
    yield "</body></text>\n"


def _body_of(volume: Volume, source: str) -> str:
    return "".join(inner_of(volume, node) for node in body_tree(source))


def _divisions(volume: Volume, nodes: Sequence[Node]) -> Iterator[str]:
    """Yield the text in divisions that nest as its headings do; TEI wants something in each of them."""
    open_: list[int] = []
    parts = {part.block for part in volume.snapshot.parts}
    is_empty = True
    if not (nodes and isinstance(nodes[0], Leaf) and nodes[0].kind == "heading"):
        yield "<div>"
        open_.append(7)
    for node in nodes:
        if isinstance(node, Leaf) and node.kind == "heading":
            while open_ and open_[-1] >= node.level:
                yield f"{'<p/>' if is_empty else ''}</div>\n"
                is_empty = False
                open_.pop()
            kind = ' type="part"' if node.index in parts else ""
            yield f'<div{kind}><head xml:id="p-{node.index + 1}">{_runs(volume, node.runs)}</head>'
            open_.append(node.level)
            is_empty = True
        else:
            yield inner_of(volume, node)
            is_empty = False
    for _level in open_:
        yield f"{'<p/>' if is_empty else ''}</div>\n"
        is_empty = False


def inner_of(volume: Volume, node: Node) -> str:
    """Return a node of the text without its own element."""
    if isinstance(node, Leaf):
        return _leaf(volume, node)
    if node.name == "table":
        return f"<table>{''.join(_row(volume, row) for row in node.children)}</table>\n"
    inner = "".join(inner_of(volume, child) for child in node.children)
    if node.name == "list":
        return f'<list rend="{"numbered" if node.attrs.get("ordered") else "bulleted"}">{inner}</list>\n'
    return f"<{node.name}>{inner}</{node.name}>" if node.name in ("item", "quote") else inner


def _row(volume: Volume, row: Node) -> str:
    cells = row.children if isinstance(row, Box) else [row]
    return f"<row>{''.join(_cell(volume, cell) for cell in cells)}</row>"


def _cell(volume: Volume, cell: Node) -> str:
    role = ' role="label"' if isinstance(cell, Box) and cell.attrs.get("header") else ""
    return f"<cell{role}>{' '.join(_runs(volume, leaf.runs) for leaf in leaves([cell]))}</cell>"


def _leaf(volume: Volume, leaf: Leaf) -> str:
    ident = f' xml:id="p-{leaf.index + 1}"' if leaf.index >= 0 else ""
    words = _runs(volume, leaf.runs)
    if leaf.kind == "heading":
        # In a note, or within a quotation, where no division can begin.
        return f'<p{ident} rend="heading">{words}</p>\n'
    if leaf.kind == "verse":
        return f"<lg><l{ident}>{words}</l></lg>\n"
    if leaf.kind == "code":
        return (
            f"<p{ident}><code>{words}</code></p>\n"
            if all(not run.note for run in leaf.runs)
            else f"<p{ident}>{words}</p>\n"
        )
    if leaf.kind == "figure":
        return _figure(volume, leaf, ident, words)
    marks = "".join(map(_mark, leaf.notes))
    if leaf.kind == "video" and str(leaf.attrs.get("url", "")).startswith("https://"):
        words = f'<ref target="{xml.address(str(leaf.attrs["url"]))}">{words}</ref>'
    return f"<p{ident}>{words}{marks}</p>\n"


def _figure(volume: Volume, leaf: Leaf, ident: str, words: str) -> str:
    image = leaf.figure.image if leaf.figure else None
    shown = volume.picture(image)
    is_shown = image is not None and volume.given.shows("image", image.id)
    facs = f' facs="#surface-{image.id}-{leaf.figure.page}"' if image and is_shown and leaf.figure else ""
    graphic = ""
    if shown.file:
        graphic = f'<graphic url="{xml.address(f"{volume.given.address}files/{shown.file.name}")}"/>'
    described = xml.text(" · ".join(part for part in (shown.warning, shown.alternative or shown.gap) if part))
    return f"<figure{ident}{facs}>{graphic}<head>{words}{''.join(map(_mark, leaf.notes))}</head><figDesc>{described}</figDesc></figure>\n"


def _mark(note: Note) -> str:
    return f'<ptr xml:id="to-{note.id}" type="note" n="{note.number}" target="#note-{note.id}"/>'


def _runs(volume: Volume, runs: Iterable[Run]) -> str:
    return "".join(_run(volume, run) for run in runs)


def _run(volume: Volume, run: Run) -> str:
    if run.note is not None:
        return _mark(run.note)
    if run.begins is not None:
        return f'<anchor xml:id="from-{run.begins.id}"/>'
    if run.is_break:
        return "<lb/>"
    if run.page:
        return f'<pb n="{xml.attribute(run.page)}"/>'
    words = xml.text(run.text)
    if "code" in run.marks:
        words = f"<code>{words}</code>"
    for mark, rend in _HI.items():
        if mark in run.marks:
            words = f'<hi rend="{rend}">{words}</hi>'
    for mark in ("foreign", "name"):
        if mark in run.marks:
            words = f"<{mark}>{words}</{mark}>"
    href = xml.outward(run.href, volume.origin)
    return f'<ref target="{xml.address(href)}">{words}</ref>' if href else words
