"""Where the nodes of the tree stand in the source, for formats that tell it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

RANGE = re.compile(r"(\d+):(\d+)-(\d+):(\d+)")
TAB_STOP = 4
#: A column after the end of any line.
WHOLE = 1 << 30


@dataclass(frozen=True, slots=True)
class Place:
    """The first range of a node: lines and columns count from 1, the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class SourceLines:
    """The lines of a source, and what stands at a place that the parser names.

    The parser is given slices: `frame` says which line of the source its first line is, and which lines from
    elsewhere were put before them.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.offset = 0
        self.lead: Sequence[int] = ()
        #: For each line (from 1) that words were read from: the column after the last of them.
        self.read: dict[int, int] = {}
        self.has_tabs = any("\t" in line for line in lines)

    def frame(self, start: int, lead: Sequence[int] = ()) -> None:
        """Say that the parser was given the lines `lead` (from 0), then those from `start` on."""
        self.offset = start - len(lead)
        self.lead = lead

    def place(self, attr: Any) -> Place | None:
        """Return the earliest range of a node's attributes, in lines of the whole source."""
        ranges = self._ranges(position(attr))
        return ranges[0] if ranges else None

    def space(self, attr: Any) -> str:
        """Return the white space at a node, "" when it is on several lines."""
        value = position(attr)
        first, _, last = value.partition("-")
        if not self.has_tabs and last and ";" not in last:
            start, end = first.split(":"), last.split(":")
            if start[0] == end[0] and int(end[1]) - int(start[1]) == 1:
                return " "
        place = self.place(attr)
        return self.text(place) if place else ""

    @staticmethod
    def is_long(attr: Any) -> bool:
        """Whether a node stands on several lines."""
        value = position(attr)
        return ";" in value or value.partition(":")[0] != value.partition("-")[2].partition(":")[0]

    def note_block(self, attr: Any) -> None:
        """Remember that all lines of a node were read (code, which has no words with places)."""
        for place in self._ranges(position(attr)):
            for line in range(place.line, place.end_line + (place.end_column > 1)):
                self.read[line] = WHOLE

    def note(self, attr: Any) -> None:
        """Remember that words were read from all ranges of a node."""
        for place in self._ranges(position(attr)):
            for line in range(place.line, place.end_line):
                self.read[line] = WHOLE
            self.read[place.end_line] = max(self.read.get(place.end_line, 0), place.end_column)

    def _ranges(self, value: str) -> list[Place]:
        found = [tuple(map(int, groups)) for groups in RANGE.findall(value)]
        return [Place(self._line(a), b, self._line(c), d) for a, b, c, d in sorted(found)]

    def _line(self, line: int) -> int:
        return self.lead[line - 1] + 1 if line <= len(self.lead) else line + self.offset

    def text(self, place: Place) -> str:
        """Return the source between the columns of a place on one line, "" when it is on several."""
        if place.line != place.end_line or place.line > len(self.lines):
            return ""
        line = self.lines[place.line - 1]
        return line[index_of(line, place.column) : index_of(line, place.end_column)]

    def before(self, place: Place) -> str:
        """Return what stands before a place on its line."""
        if place.line > len(self.lines):
            return ""
        line = self.lines[place.line - 1]
        return line[: index_of(line, place.column)]

    def gap_before(self, place: Place) -> int:
        """Return the number of empty lines right above a place."""
        line = place.line - 2
        while line >= 0 and not self.lines[line].strip():
            line -= 1
        return place.line - 2 - line


def position(attr: Any) -> str:
    """Return what the parser says of a node's place, "" when it says nothing."""
    for key, value in attr[2]:
        if key == "data-pos":
            return str(value)
    return ""


def index_of(line: str, column: int) -> int:
    """Return the index of a column, where a tab leads to the next tab stop."""
    if "\t" not in line:
        return min(column - 1, len(line))
    at = 1
    for index, letter in enumerate(line):
        if at >= column:
            return index
        at = at + TAB_STOP - (at - 1) % TAB_STOP if letter == "\t" else at + 1
    return len(line)
