"""One block to Markdown, and what a person made of it to blocks."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from operator import attrgetter

from archive.enums import BlockKind
from archive.text.markdown.reading import Words, read_inline
from archive.text.markdown.writing import write_inline
from archive.text.paths import containers_of
from archive.text.types import Block, Mark, ParsedText

#: Kinds that Markdown of one block has no sign for: only their words are read, whatever they begin with.
UNSIGNED = frozenset({BlockKind.FIGURE, BlockKind.VIDEO, BlockKind.TABLE, BlockKind.CODE})
#: Those of them that stay when their words are taken out: a picture is more than its caption.
LASTING = frozenset({BlockKind.FIGURE, BlockKind.VIDEO, BlockKind.TABLE})
#: What begins a block: a heading, a quotation, a point, a numbered point.
BEGINNING = re.compile(
    r"[ ]{0,3}(?:(#{1,6})(?:[ \t]|$)|(>)[ \t]?|([-*+])(?:[ \t]|$)|(\d{1,9})[.)](?:[ \t]|$))"
)
HELD = re.compile(r"(?<!\\)(?:\\\\)*\\$")


@dataclass(frozen=True, slots=True)
class Typed:
    """A block as it was typed; `kind` is None where no sign says what it is."""

    words: Words
    kind: BlockKind | None = None
    level: int | None = None
    #: Of a point: whether its list is numbered, and the number, which counts only where a list begins with it.
    ordered: bool = False
    number: int = field(default=1, compare=False)


@dataclass(frozen=True, slots=True)
class Shown:
    """A block as it is shown: its Markdown, and what reading that gives; `marks` are those that it shows."""

    markdown: str
    typed: tuple[Typed, ...]

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The marks that the Markdown shows, counted from the block's beginning."""
        return self.typed[0].words.marks if self.typed else ()


def shown(parsed: ParsedText, index: int) -> Shown:
    """Return a block as Markdown."""
    block = parsed.blocks[index]
    text = parsed.content[block.start : block.end]
    if block.kind == BlockKind.CODE:
        return Shown(text, (Typed(Words(text)),) if text else ())
    begins, heading = block.kind not in UNSIGNED, block.kind == BlockKind.HEADING
    markdown, words = write_inline(text, _marks_of(parsed, block), begins=begins, one_line=heading)
    sign, typed = _signed(block, words)
    if block.kind == BlockKind.QUOTE:
        markdown = markdown.replace("\n", f"\n{sign}")
    return Shown(sign + markdown, (typed,) if text else ())


def read(markdown: str, kind: BlockKind) -> list[Typed]:
    """Return the blocks that are typed where one of this kind stood; none when nothing is."""
    markdown = same_lines(markdown)
    if kind == BlockKind.CODE:
        return [Typed(Words(markdown))] if markdown.strip() else []
    tabular = kind == BlockKind.TABLE
    groups = _by_empty_lines(markdown) if tabular else _groups(markdown, unsigned=kind in UNSIGNED)
    found = [replace(group.typed, words=read_inline("\n".join(group.lines))) for group in groups]
    return [each for each in found if each.words.text]


def changed(parsed: ParsedText, typed: Mapping[int, str]) -> dict[int, list[Typed]]:
    """Return what was typed, of those blocks only of which it says something else than they do."""
    found = {}
    for index, markdown in sorted(typed.items()):
        if not 0 <= index < len(parsed.blocks):
            continue
        old, kind = shown(parsed, index), parsed.blocks[index].kind
        if same_lines(markdown) == same_lines(old.markdown):
            continue
        new = read(markdown, kind)
        if not new and kind in LASTING:
            new = [Typed(Words(""))]
        if tuple(new) != (old.typed or (Typed(Words("")),)):
            found[index] = new
    return found


def same_lines(text: str) -> str:
    """Return text with line ends as a form has them after a browser changed them to its own."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _marks_of(parsed: ParsedText, block: Block) -> list[Mark]:
    first = bisect_left(parsed.marks, block.start, key=attrgetter("start"))
    last = bisect_right(parsed.marks, block.end, key=attrgetter("start"))
    return [
        replace(mark, start=mark.start - block.start, end=mark.end - block.start)
        for mark in parsed.marks[first:last]
    ]


def _signed(block: Block, words: Words) -> tuple[str, Typed]:
    if block.kind == BlockKind.HEADING:
        return "#" * (block.level or 1) + " ", Typed(words, BlockKind.HEADING, block.level)
    if block.kind == BlockKind.QUOTE:
        return "> ", Typed(words, BlockKind.QUOTE)
    if block.kind != BlockKind.LIST_ITEM:
        return "", Typed(words)
    number = number_of(block)
    if number is None:
        return "- ", Typed(words, BlockKind.LIST_ITEM)
    return f"{number}. ", Typed(words, BlockKind.LIST_ITEM, ordered=True, number=number)


def number_of(block: Block) -> int | None:
    """Return the number of a point, None in a list without numbers."""
    containers = containers_of(block)
    if len(containers) < 2 or containers[-1][0] != "item" or not containers[-2][2].get("ordered"):
        return None
    return int(containers[-2][2].get("start") or 1) + int(containers[-1][1].rpartition(".")[2]) - 1


@dataclass(slots=True)
class _Group:
    """Lines of one block, and what its sign says."""

    typed: Typed
    lines: list[str] = field(default_factory=list)


def _by_empty_lines(markdown: str) -> list[_Group]:
    groups, open_ = list[_Group](), False
    for line in markdown.split("\n"):
        if line.strip() and not open_:
            groups.append(_Group(Typed(Words(""))))
        open_ = bool(line.strip())
        if open_:
            groups[-1].lines.append(line)
    return groups


def _groups(markdown: str, *, unsigned: bool) -> list[_Group]:
    """Return the lines of each block; those of an `unsigned` one up to the first empty line have no sign."""
    groups: list[_Group] = []
    current: _Group | None = None
    for line in markdown.split("\n"):
        plain = unsigned and len(groups) <= 1 and (current is not None or not groups)
        begun = None if plain else BEGINNING.match(line)
        if not line.strip() or (begun and begun[2] and not line[begun.end() :].strip()):
            current = None
            continue
        if begun and not (begun[2] and current and current.typed.kind == BlockKind.QUOTE):
            current = _Group(_sign(begun), [line[begun.end() :]])
            groups.append(current)
        elif current and not _is_over(current):
            current.lines.append(line[begun.end() :] if begun else line)
        else:
            current = _Group(Typed(Words("")), [line])
            groups.append(current)
    return groups


def _sign(begun: re.Match[str]) -> Typed:
    heading, quote, point, number = begun.groups()
    if heading:
        return Typed(Words(""), BlockKind.HEADING, len(heading))
    if quote:
        return Typed(Words(""), BlockKind.QUOTE)
    return Typed(Words(""), BlockKind.LIST_ITEM, ordered=not point, number=int(number or 1))


def _is_over(group: _Group) -> bool:
    """Whether the line ended the block: that of a heading does, unless a backslash holds it."""
    return group.typed.kind == BlockKind.HEADING and not HELD.search(group.lines[-1])
