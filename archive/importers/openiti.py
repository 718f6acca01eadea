r"""OpenITI mARkdown: Arabic texts tagged line by line.

A line that begins with `#` begins a paragraph, `~~` goes on with it, `### |` is a heading as deep as its bars, a line
with `%~%` is a verse of two halves. `PageV01P023` stands at the end of page 23 of volume 1, `ms12` at the end of a
stretch of 300 words. Pages become marks at their first word: a page has the number of the tag that ends it. Tags of
names and dates stay in the text as they are, and are told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from archive.enums import ProblemKind
from archive.errors import ImportRefused
from archive.importers.ast.blocks import MAX_LEVEL, BlockWriter
from archive.importers.ast.builder import TextBuilder
from archive.importers.pipeline import Draft
from archive.text.context import context_of
from archive.text.types import Problem, Repair

Node = dict[str, Any]
MAGIC = re.compile(r"\ufeff?######OpenITI#")
MAGIC_BYTES = re.compile(rb"(?:\xef\xbb\xbf)?######OpenITI#")
META_END = re.compile(r"^#META#Header#End#.*$", re.MULTILINE)
META_TITLE = re.compile(
    r"^#META#\s*(?:\d+\.)?(?:BookTITLE|BookTitle|title|Title|\u0627\u0644\u0643\u062a\u0627\u0628)\s*:+\s*(.+?)\s*$",
    re.MULTILINE,
)
NO_TITLE = frozenset({"NODATA", "NOTGIVEN", "NOCODE"})
HEADING = re.compile(r"^###\s*(\|EDITOR\||\|PARATEXT\||\|{1,10}|\$+)\s*(.*)$")
TAG = re.compile(
    r"(PageBegV\d+P\d+[A-Z]?|PageEndV\d+P\d+[A-Z]?|PageV\d+P\d+[A-Z]?|\bms[A-Z]?\d+\b|\bMilestone\d+\b)"
)
PAGE = re.compile(r"Page(Beg|End)?V(\d+)P(\d+[A-Z]?)")
RIWAYA = re.compile(r"^\$RWY\$\s*")
HEMISTICH = "%~%"
VERSE = re.compile(r"^\s*%(?!~)\s*|\s*%\s*$")
#: Tags of names, dates and places that editors put at words: `@P02 `, `@T11`, `@YD125`.
NAME_TAG = re.compile(r"@[A-Z]{1,5}\d{1,4}|@[A-Z]{3,}@?")
SPACES = re.compile(r"[ \t\u00a0]+")
HEADER_SHOWN = 2_000


def is_openiti(text: str) -> bool:
    """Whether a text begins with the magic value."""
    return MAGIC.match(text) is not None


def read_openiti(text: str) -> Draft:
    """Return the blocks of a text; raises ImportRefused `not_openiti` without its magic value."""
    magic = MAGIC.match(text)
    if magic is None:
        raise ImportRefused("not_openiti")
    end = META_END.search(text)
    if end is not None:
        header, body = text[magic.end() : end.start()].strip(), text[end.end() :]
    else:
        header, body = _leading_meta(text[magic.end() :])
    reader = _Reader()
    reader.read(body)
    writer = BlockWriter(TextBuilder())
    writer.write(reader.nodes)
    if header:
        writer.builder.repairs.append(Repair("front_matter", 0, 0, before=header[:HEADER_SHOWN], after=""))
    _tell_names(writer.builder)
    titles = [found for found in META_TITLE.findall(header) if found not in NO_TITLE]
    return Draft(writer.builder, title=titles[0] if titles else "")


def _leading_meta(text: str) -> tuple[str, str]:
    """Return the lines of facts at the beginning, and the rest, where nothing says that the header ends."""
    lines = text.split("\n")
    count = next(
        (n for n, line in enumerate(lines) if line.strip() and not line.startswith("#META#")), len(lines)
    )
    return "\n".join(lines[:count]).strip(), "\n".join(lines[count:])


def _tell_names(builder: TextBuilder) -> None:
    """Propose to take the tags of names out, each at its place."""
    content = "\n".join(builder.parts)
    for found in NAME_TAG.finditer(content):
        start, end = found.span()
        end += content[end : end + 1] == " "
        context = context_of(content, start, end)
        proposal = {"op": "replace_span", "text": ""}
        params = {"reason": "name_tag", "text": found.group()}
        builder.problems.append(Problem(ProblemKind.UNSUPPORTED, start, end, context, proposal, params))


@dataclass(slots=True)
class _Reader:
    """Reads lines into blocks."""

    nodes: list[Node] = field(default_factory=list)
    #: The words of the paragraph that is being read.
    open_: list[str] = field(default_factory=list)
    verses: list[list[Node]] = field(default_factory=list)
    #: Tags at the ends of pages, in order, and how many of them were met.
    ends: list[tuple[str, str]] = field(default_factory=list)
    met: int = 0

    def read(self, text: str) -> None:
        """Read the whole body."""
        self.ends = [(volume, number) for which, volume, number in PAGE.findall(text) if not which]
        first = self._page_that_ends_next()
        self.nodes += [{"t": "PageBreak", "c": first}] if first else []
        for line in text.split("\n"):
            self._line(line.strip())
        self._close()

    def _line(self, line: str) -> None:
        heading = HEADING.match(line)
        if heading is not None:
            self._close()
            self._heading(*heading.groups())
        elif HEMISTICH in line or (line.startswith("% ") and line.endswith(" %")):
            self._close_paragraph()
            self._verse(line.removeprefix("#").removeprefix("~~"))
        elif line.startswith("~~"):
            self._close_verses()
            self.open_.append(line[2:])
        elif line.startswith("#"):
            self._close()
            self.open_.append(RIWAYA.sub("", line.lstrip("#").strip()))
        elif not line:
            self._close()
        else:
            self._close_verses()
            self.open_.append(line)

    def _heading(self, bars: str, words: str) -> None:
        level = min(bars.count("|"), MAX_LEVEL) if set(bars) == {"|"} else 0
        if set(bars) == {"$"}:
            # A biography: what stands on its line begins a paragraph.
            self.open_.append(words)
            return
        nodes = self._inlines(words)
        if any(node["t"] == "Str" for node in nodes):
            self.nodes.append(
                {"t": "Header", "c": [level or 1, ["", [], []], nodes]} if level else _para(nodes)
            )
        else:
            self.nodes += nodes

    def _verse(self, line: str) -> None:
        words = VERSE.sub("", line).replace(HEMISTICH, "\u2003")
        self.verses.append(self._inlines(words))

    def _close(self) -> None:
        self._close_paragraph()
        self._close_verses()

    def _close_verses(self) -> None:
        if self.verses:
            self.nodes.append({"t": "LineBlock", "c": self.verses})
            self.verses = []

    def _close_paragraph(self) -> None:
        if self.open_:
            nodes = self._inlines(" ".join(self.open_))
            self.open_ = []
            if any(node["t"] == "Str" for node in nodes):
                self.nodes.append(_para(nodes))
            else:
                self.nodes += nodes

    def _inlines(self, words: str) -> list[Node]:
        nodes: list[Node] = []
        for number, piece in enumerate(TAG.split(words)):
            if number % 2:
                nodes.append({"t": "PageBreak", "c": self._break(piece)})
            elif piece.strip() or (piece and nodes):
                at_start = not any(node["t"] == "Str" for node in nodes)
                plain = SPACES.sub(" ", piece)
                if at_start or (nodes[-1]["t"] == "PageBreak" and _ends_with_space(nodes)):
                    plain = plain.lstrip(" ")
                if plain:
                    nodes.append({"t": "Str", "c": plain})
        for node in reversed(nodes):
            if node["t"] == "Str":
                node["c"] = node["c"].rstrip(" ")
                break
        return [node for node in nodes if node["c"]]

    def _break(self, tag: str) -> dict[str, str]:
        """Return what a tag says of the words after it; nothing when they are on no page that is known."""
        page = PAGE.match(tag)
        if page is None:
            return {"unit": "milestone", "n": tag.removeprefix("Milestone").removeprefix("ms")}
        which, volume, number = page.groups()
        if which:
            return _page(volume, number) if which == "Beg" else {}
        self.met += 1
        return self._page_that_ends_next()

    def _page_that_ends_next(self) -> dict[str, str]:
        return _page(*self.ends[self.met]) if self.met < len(self.ends) else {}


def _page(volume: str, number: str) -> dict[str, str]:
    """Return the facts of a page; number 0 is that of no page."""
    number = number.lstrip("0")
    return {"unit": "page", "n": number, "volume": volume.lstrip("0") or "0"} if number else {}


def _ends_with_space(nodes: list[Node]) -> bool:
    last = next((node for node in reversed(nodes) if node["t"] == "Str"), None)
    return last is not None and last["c"].endswith(" ")


def _para(nodes: list[Node]) -> Node:
    return {"t": "Para", "c": nodes}
