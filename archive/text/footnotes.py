"""The notes that a text brought with it: where their marks stand, and what they say, as Markdown."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from archive.enums import BlockKind, MarkKind

#: Signs that Markdown would take for its own.
SPECIAL = re.compile(r"([\\`*_\[\]<>~|])")
AT_LINE_START = re.compile(r"^(\s*\d{1,9}|\s*)([#+=-]|(?<=\d)[.)])", re.MULTILINE)
SIGNS = {MarkKind.EMPHASIS: "*", MarkKind.STRONG: "**", MarkKind.STRIKEOUT: "~~"}
#: How far back the word is looked for that a mark stands at.
LONGEST_WORD = 60


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note, and the place in the text that it belongs to."""

    label: str
    #: The word at the mark and the mark itself: what a reader would say that the note is on.
    start: int
    end: int
    #: Where the mark itself begins.
    mark: int
    #: Markdown.
    body: str


def footnotes(
    content: str, blocks: Sequence[Mapping[str, Any]], marks: Sequence[Mapping[str, Any]]
) -> list[Footnote]:
    """Return the notes with a mark in the text, in the order of the marks; blocks and marks are as revisions have them.

    A note that is marked several times is on its first mark; marks inside of notes lead to none.
    """
    bodies = _bodies(content, blocks, marks)
    found: list[Footnote] = []
    seen: set[str] = set()
    starts = [block["start"] for block in blocks]
    for mark in marks:
        label = str(mark["attrs"].get("note", ""))
        if mark["kind"] != MarkKind.NOTE_REFERENCE or label in seen or not bodies.get(label):
            continue
        block = blocks[bisect_left(starts, mark["start"] + 1) - 1]
        if _note_of(block) is None:
            seen.add(label)
            start = _word_start(content, block["start"], mark["start"])
            found.append(Footnote(label, start, mark["end"], mark["start"], bodies[label]))
    return found


def _note_of(block: Mapping[str, Any]) -> str | None:
    """Return the label of the note that a block is in, None for a block of the text itself."""
    for name, _path, attrs in block["attrs"].get("container", ()):
        if name == "note":
            return str(attrs.get("label", ""))
    return None


def _word_start(content: str, least: int, at: int) -> int:
    start = at
    while start > max(least, at - LONGEST_WORD) and not content[start - 1].isspace():
        start -= 1
    return start


def _bodies(
    content: str, blocks: Iterable[Mapping[str, Any]], marks: Sequence[Mapping[str, Any]]
) -> Mapping[str, str]:
    parts: dict[str, list[str]] = defaultdict(list)
    starts = [mark["start"] for mark in marks]
    for block in blocks:
        label = _note_of(block)
        if label is not None:
            first, last = bisect_left(starts, block["start"]), bisect_left(starts, block["end"])
            words = _markdown(content, block, marks[first:last])
            if words:
                parts[label].append(words)
    return {label: "\n\n".join(each) for label, each in parts.items()}


def _markdown(content: str, block: Mapping[str, Any], marks: Sequence[Mapping[str, Any]]) -> str:
    """Return a block as Markdown: links and emphasis as such, every other sign as the letter that it is."""
    pieces: list[str] = []
    at = block["start"]
    for mark in _apart(marks):
        pieces.append(_escaped(content[at : mark["start"]]))
        pieces.append(_marked(content[mark["start"] : mark["end"]], mark))
        at = mark["end"]
    pieces.append(_escaped(content[at : block["end"]]))
    words = AT_LINE_START.sub(r"\1\\\2", "".join(pieces).strip()).replace("\n", "  \n")
    if block["kind"] == BlockKind.QUOTE:
        return "\n".join(f"> {line}" for line in words.split("\n"))
    return f"- {words}" if block["kind"] == BlockKind.LIST_ITEM and words else words


def _apart(marks: Sequence[Mapping[str, Any]]) -> Iterable[Mapping[str, Any]]:
    """Yield the outer marks that Markdown can write, none inside of another."""
    at = -1
    for mark in marks:
        if (mark["kind"] in SIGNS or mark["kind"] == MarkKind.LINK) and mark["start"] >= at:
            at = mark["end"]
            yield mark


def _marked(words: str, mark: Mapping[str, Any]) -> str:
    inner = words.strip()
    if not inner or "\n" in inner:
        return _escaped(words)
    before, after = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    if mark["kind"] == MarkKind.LINK:
        href = re.sub(r"[<>\s\\]", "", str(mark["attrs"].get("href", "")))
        return f"{before}[{_escaped(inner)}](<{href}>){after}"
    sign = SIGNS[MarkKind(mark["kind"])]
    return f"{before}{sign}{_escaped(inner)}{sign}{after}"


def _escaped(words: str) -> str:
    return SPECIAL.sub(r"\\\1", words)
