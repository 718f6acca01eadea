"""The text of a release as a tree of blocks and runs, with the number of each note behind the words that it is on.

Every book is written from this one tree, so that no form of it says more or less than another.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise
from typing import Any

from annotations.editions.values import FigureFacts, Note, Snapshot
from archive.presenters.addresses import safe_href

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a block: words with what is marked on them, or the mark of a note, or the end of a line."""

    text: str = ""
    #: "emphasis", "strong", "strikeout", "superscript", "subscript", "code", "foreign", "name".
    marks: frozenset[str] = frozenset()
    href: str = ""
    #: The note whose number stands here; then there are no words.
    note: Note | None = None
    #: The note whose words begin here; then there are no words.
    begins: Note | None = None
    is_break: bool = False
    #: The number of the page of the source that begins here.
    page: str = ""
    #: Whether a note is on these words.
    is_noted: bool = False


@dataclass(frozen=True, slots=True)
class Leaf:
    """A block that holds words."""

    kind: str
    runs: tuple[Run, ...]
    level: int = 0
    #: Its place among the blocks of the text, from 0; -1 in the body of a note.
    index: int = -1
    attrs: Json = field(default_factory=dict)
    figure: FigureFacts | None = None
    #: Notes on the picture or the film that stands here.
    notes: tuple[Note, ...] = ()

    @property
    def words(self) -> str:
        """Its words alone."""
        return "".join("\n" if run.is_break else run.text for run in self.runs)

    @property
    def film_address(self) -> str:
        """Where a film is seen, when its words do not say and lead there already; else nothing."""
        url = str(self.attrs.get("url", "")) if self.kind == "video" else ""
        is_told = (url in self.words or is_address(self.words)) and any(run.href for run in self.runs)
        return url if url.startswith("https://") and not is_told else ""


def is_address(words: str) -> bool:
    """Whether words are an address and nothing else."""
    return words.strip().startswith(("https://", "http://")) and len(words.split()) == 1


@dataclass(frozen=True, slots=True)
class Box:
    """A block that holds blocks: "list", "item", "quote", "table", "row", "cell"."""

    name: str
    attrs: Json
    children: list[Node]


Node = Leaf | Box


def text_tree(snapshot: Snapshot) -> list[Node]:
    """Return the blocks of the text, nested as they are."""
    content, blocks = snapshot.text.content, snapshot.text.blocks
    cuts = _Cuts(snapshot)
    figures = {figure.block: figure for figure in snapshot.figures}
    on_media: dict[int, list[Note]] = defaultdict(list)
    for note in snapshot.notes:
        if note.place and note.place.block is not None:
            on_media[note.place.block].append(note)
    rows = []
    for index, block in enumerate(blocks):
        runs = tuple(cuts.runs(content, index))
        if block["kind"] == "video":
            runs = tuple(_leading(runs, str(block["attrs"].get("url", ""))))
        leaf = Leaf(
            kind=block["kind"], runs=runs, level=int(block.get("level") or 0),
            index=index, attrs=block["attrs"], figure=figures.get(index), notes=tuple(on_media.get(index, ())),
        )  # fmt: skip
        rows.append(([tuple(one) for one in block["attrs"].get("container", ())], leaf))
    return nest(rows)


def _leading(runs: Sequence[Run], url: str) -> Iterator[Run]:
    """Yield the runs of a film; an address that stands there bare leads to it."""
    bare = url.startswith("https://") and is_address("".join(run.text for run in runs))
    for run in runs:
        yield replace(run, href=url) if bare and run.text.strip() and not run.href else run


def nest(rows: Iterable[tuple[Sequence[Any], Leaf]]) -> list[Node]:
    """Return leaves within the containers that are named with them, from the outside in."""
    top: list[Node] = []
    open_: list[tuple[Any, Box]] = []
    for containers, leaf in rows:
        keep = 0
        for (mine, _box), theirs in zip(open_, containers, strict=False):
            if mine != tuple(theirs[:2]):
                break
            keep += 1
        del open_[keep:]
        for name, path, attrs in containers[keep:]:
            box = Box(name, attrs, [])
            (open_[-1][1].children if open_ else top).append(box)
            open_.append(((name, path), box))
        (open_[-1][1].children if open_ else top).append(leaf)
    return top


def leaves(nodes: Iterable[Node]) -> Iterator[Leaf]:
    """Yield the leaves in their order."""
    for node in nodes:
        if isinstance(node, Leaf):
            yield node
        else:
            yield from leaves(node.children)


class _Cuts:
    """Marks and notes by the block in which they lie."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.blocks = snapshot.text.blocks
        self.starts = [block["start"] for block in self.blocks]
        self.marks: dict[int, list[Json]] = defaultdict(list)
        self.covered: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self.ending: dict[int, list[tuple[int, Note]]] = defaultdict(list)
        self.beginning: dict[int, list[tuple[int, Note]]] = defaultdict(list)
        for mark in snapshot.text.marks:
            for index in self._blocks(mark["start"], mark["end"]):
                self.marks[index].append(mark)
        for note in snapshot.notes:
            if note.place is not None or not self.blocks:
                continue
            for index in self._blocks(note.start, note.end):
                self.covered[index].append((note.start, note.end))
            first = max(0, bisect_right(self.starts, note.start) - 1)
            self.beginning[first].append((min(note.start, self.blocks[first]["end"]), note))
            last = max(0, bisect_left(self.starts, note.end) - 1)
            at = min(max(note.end, self.starts[last]), self.blocks[last]["end"])
            self.ending[last].append((at, note))

    def _blocks(self, start: int, end: int) -> range:
        return range(
            max(0, bisect_right(self.starts, start) - 1), bisect_left(self.starts, max(end, start + 1))
        )

    def runs(self, content: str, index: int) -> Iterator[Run]:
        """Yield the runs of one block."""
        start, end = self.blocks[index]["start"], self.blocks[index]["end"]
        marks, covered = self.marks.get(index, ()), self.covered.get(index, ())
        ending, beginning = _at(self.ending.get(index, ())), _at(self.beginning.get(index, ()))
        points = {start, end, *ending, *beginning}
        for low, high in [*((mark["start"], mark["end"]) for mark in marks), *covered]:
            points |= {max(low, start), min(high, end)}
        edges = sorted(point for point in points if start <= point <= end)
        # For each beginning of a noted passage the farthest end of those that begin there or before.
        firsts = sorted(first for first, _last in covered)
        reach = list(accumulate((last for _first, last in sorted(covered)), max))
        yield from _marks_at(start, ending, beginning)
        for low, high in pairwise(edges):
            on = [mark for mark in marks if mark["start"] <= low and mark["end"] >= high]
            before = bisect_right(firsts, low)
            noted = before > 0 and reach[before - 1] >= high
            yield from _piece(content[low:high], low, on, is_noted=noted)
            yield from _marks_at(high, ending, beginning)


def _at(placed: Iterable[tuple[int, Note]]) -> dict[int, list[Note]]:
    found: dict[int, list[Note]] = defaultdict(list)
    for at, note in sorted(placed, key=lambda pair: pair[1].number):
        found[at].append(note)
    return found


def _marks_at(
    at: int, ending: Mapping[int, list[Note]], beginning: Mapping[int, list[Note]]
) -> Iterator[Run]:
    yield from (Run(note=note) for note in ending.get(at, ()))
    yield from (Run(begins=note) for note in beginning.get(at, ()))


_INLINE = frozenset(
    {"emphasis", "strong", "strikeout", "superscript", "subscript", "code", "foreign", "name"}
)


def _piece(text: str, low: int, on: Sequence[Json], *, is_noted: bool) -> Iterator[Run]:
    kinds = {mark["kind"] for mark in on}
    href = ""
    for mark in on:
        attrs = mark.get("attrs") or {}
        if mark["kind"] == "link" and not attrs.get("dead"):
            href = safe_href(str(attrs.get("href", "")))
        if mark["kind"] == "page_break" and mark["start"] == low:
            yield Run(page=str(attrs.get("n") or "·"))
        if mark["kind"] == "line_break" and mark["start"] == low:
            yield Run(is_break=True)
    if "line_break" in kinds:
        text = text.lstrip("\n")
    if "note_reference" in kinds:
        kinds.add("superscript")
    if text:
        yield Run(text=text, marks=frozenset(kinds & _INLINE), href=href, is_noted=is_noted)
