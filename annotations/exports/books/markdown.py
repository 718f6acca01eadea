"""The release in Markdown, each note a footnote under its own number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from annotations.editions.values import Note
from annotations.exports.books.bodies import body_tree
from annotations.exports.books.tree import Box, Leaf, Node, Run, leaves
from annotations.exports.books.volume import Pictured, Volume

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&^$])")
_LEADING = re.compile(r"^(\s*)([-+=:]|\d+[.)])", re.MULTILINE)
_EDGES = re.compile(r"^(\s*)(.*?)(\s*)$", re.DOTALL)
_AROUND = {
    "superscript": ("<sup>", "</sup>"), "subscript": ("<sub>", "</sub>"), "strikeout": ("~~", "~~"),
    "emphasis": ("*", "*"), "strong": ("**", "**"),
}  # fmt: skip


def write(volume: Volume) -> Iterator[bytes]:
    """Yield the release: title page, text, what stands beside it, the notes."""
    for block in _blocks(volume):
        yield f"{block}\n\n".encode()


def _blocks(volume: Volume) -> Iterator[str]:
    yield f"# {escaped(volume.title.text)}"
    if volume.warning:
        yield f"> {escaped(volume.warning)}"
    if volume.cover:
        yield _pictured(volume, volume.cover)
    yield "\n".join(f"- {_row(row.label, row.words, row.href)}" for row in volume.rows())
    yield from (block for node in body_tree(volume.introduction.text) for block in _node(volume, node))
    yield "---"
    yield from (block for node in volume.tree for block in _node(volume, node))
    for kind, ident, notes in volume.beside:
        yield f"## {escaped(volume.head(notes[0]))}"
        if kind == "image" and volume.given.shows(kind, ident):
            yield _picture(volume, ident)
        yield " ".join(map(_mark, notes))
    yield from (_note(volume, note) for note in volume.snapshot.notes)


def _row(label: str, words: str, href: str) -> str:
    return f"{escaped(label)}: " + (f"[{escaped(words)}](<{href}>)" if href else escaped(words))


def escaped(words: str) -> str:
    """Return words that Markdown reads as they are."""
    return _LEADING.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", words))


def _mark(note: Note) -> str:
    return f"[^{note.number}]"


def _node(volume: Volume, node: Node) -> list[str]:
    if isinstance(node, Leaf):
        return _leaf(volume, node)
    inner = [block for child in node.children for block in _node(volume, child)]
    if node.name == "quote":
        return [_indented("\n\n".join(inner), "> ")]
    if node.name == "list":
        return [_list(volume, node)]
    if node.name == "table":
        return [_table(volume, node)]
    return inner


def _indented(text: str, by: str, first: str | None = None) -> str:
    lines = text.split("\n")
    return "\n".join(
        (first if first is not None and n == 0 else by if line or by.strip() else "") + line
        for n, line in enumerate(lines)
    )


def _list(volume: Volume, box: Box) -> str:
    number = int(str(box.attrs.get("start", 1) or 1))
    items = []
    for item in box.children:
        inner = "\n\n".join(_node(volume, item))
        sign = f"{number}. " if box.attrs.get("ordered") else "- "
        items.append(_indented(inner, " " * len(sign), sign))
        number += 1
    return "\n".join(items)


def _table(volume: Volume, box: Box) -> str:
    rows = [row for row in box.children if isinstance(row, Box)]
    lines = [
        [" ".join(runs(leaf.runs) for leaf in leaves([cell])).replace("\n", " ") for cell in row.children]
        for row in rows
    ]
    wide = max((len(line) for line in lines), default=0)
    lines = [line + [""] * (wide - len(line)) for line in lines]
    text = [f"| {' | '.join(line)} |" for line in lines]
    return "\n".join([*text[:1], f"|{' --- |' * wide}", *text[1:]])


def _leaf(volume: Volume, leaf: Leaf) -> list[str]:
    words = runs(leaf.runs)
    marks = "".join(map(_mark, leaf.notes))
    if leaf.kind == "heading":
        return [f"{'#' * min(max(leaf.level, 1) + 1, 6)} {words}"]
    if leaf.kind == "code":
        fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", leaf.words)), 0)
        return [f"{fence}\n{leaf.words}\n{fence}", "".join(_mark(run.note) for run in leaf.runs if run.note)]
    if leaf.kind == "figure":
        image = leaf.figure.image if leaf.figure else None
        return [_picture(volume, image.id) if image else f"[{_('Missing figure')}]", f"{words}{marks}"]
    if leaf.kind == "video":
        url = leaf.film_address
        return [f"{words} <{url}>{marks}" if url else f"{words}{marks}"]
    return [words + marks]


def _picture(volume: Volume, ident: str) -> str:
    return _pictured(volume, volume.picture(volume.book.pictures.get(ident)))


def _pictured(volume: Volume, shown: Pictured) -> str:
    if shown.file is None:
        return f"[{escaped(shown.gap)}]"
    address = f"{volume.given.address}files/{shown.file.name}"
    if shown.warning:
        return f"[{escaped(shown.warning)}: {escaped(shown.alternative)}](<{shown.href}>)"
    return f"![{escaped(shown.alternative)}](<{address}>)"


def runs(all_runs: Iterable[Run]) -> str:
    """Return runs in Markdown."""
    return "".join(map(_run, all_runs))


def _run(run: Run) -> str:
    if run.note is not None:
        return _mark(run.note)
    if run.is_break:
        return "\\\n"
    if run.page:
        return f"[{escaped(run.page)}] "
    before, words, after = _EDGES.fullmatch(run.text).groups()  # type: ignore[union-attr]
    if not words:
        return run.text
    if "code" in run.marks:
        tick = "``" if "`" in words else "`"
        space = " " if "`" in words else ""
        words = f"{tick}{space}{words}{space}{tick}"
    else:
        words = escaped(words)
    for mark, (opening, closing) in _AROUND.items():
        if mark in run.marks:
            words = f"{opening}{words}{closing}"
    return before + (f"[{words}](<{run.href}>)" if run.href else words) + after


def _note(volume: Volume, note: Note) -> str:
    if volume.is_hidden(note):
        return f"[^{note.number}]: … {escaped(volume.gap(note))}"
    head = f"{escaped(volume.head(note))} ({escaped(volume.category(note))})"
    parts = [head, *(block for node in volume.body(note) for block in _node(volume, node))]
    for line in volume.lines(note):
        words = f"{escaped(line.relation)}: "
        target = escaped(line.target)
        number = volume.book.notes[line.inside].number if line.inside else 0
        words += f"{target} ({number})" if number else f"[{target}](<{line.href}>)" if line.href else target
        parts.append(words + (f" — {escaped(line.note)}" if line.note else ""))
    tags = " · ".join(escaped(tag.text) for tag in volume.tags(note))
    parts.append(
        " — ".join(
            part for part in (tags, escaped(volume.author(note)), f"<{volume.note_address(note)}>") if part
        )
    )
    return f"[^{note.number}]: " + _indented("\n\n".join(parts), "    ", "")
