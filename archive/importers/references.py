"""Definitions of links and notes, which stand anywhere in a Markdown text and serve all of it.

The parser reads a text in slices; this finds the definitions that a slice needs from elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

#: A definition begins so; what it really is, only the parser can tell.
DEFINITION = re.compile(r" {0,3}\[(\^?(?:[^\[\]\\]|\\.)+)\]:")
LABEL = re.compile(r"\[(\^?(?:[^\[\]\\]|\\.)+)\]")


@dataclass(frozen=True, slots=True)
class Definition:
    """The lines [start, end), from 0, that define a label."""

    label: str
    start: int
    end: int

    @property
    def is_note(self) -> bool:
        """Whether it is the text of a note."""
        return self.label.startswith("^")


def may_define(lines: Iterable[str]) -> bool:
    """Whether any line could begin a definition."""
    return any(DEFINITION.match(line) for line in lines)


def definitions(lines: Sequence[str], read: Mapping[int, int]) -> list[Definition]:
    """Return the definitions among the lines that no words were read from (`read` counts lines from 1)."""
    found: list[Definition] = []
    number = 0
    while number < len(lines):
        match = DEFINITION.match(lines[number]) if number + 1 not in read else None
        if not match:
            number += 1
            continue
        label = normal(match.group(1))
        end = _end(lines, read, number, is_note=label.startswith("^"))
        found.append(Definition(label, number, end))
        number = end
    return found


def _end(lines: Sequence[str], read: Mapping[int, int], start: int, *, is_note: bool) -> int:
    """Return the line after a definition; a note goes on in indented lines, also after empty ones."""
    end = start + 1
    for number in range(start + 1, len(lines)):
        line = lines[number]
        if number + 1 in read or DEFINITION.match(line):
            break
        if not line.strip():
            if not is_note:
                break
            continue
        if is_note and end < number and not line.startswith(("    ", "\t")):
            break
        end = number + 1
    return end


def needed(lines: Sequence[str], known: Mapping[str, Definition], start: int, end: int) -> list[Definition]:
    """Return the definitions outside of [start, end) that these lines name, also through one another."""
    wanted: dict[str, Definition] = {}
    queue = list(lines[start:end])
    while queue:
        for label in LABEL.findall(queue.pop()):
            definition = known.get(normal(label))
            if not definition or definition.label in wanted:
                continue
            if definition.start < start or definition.end > end:
                wanted[definition.label] = definition
                if definition.is_note:
                    queue += lines[definition.start : definition.end]
    return sorted(wanted.values(), key=lambda definition: definition.start)


def normal(label: str) -> str:
    """Return the form in which labels are compared."""
    return " ".join(label.casefold().split())
