"""Vowel marks that stand alone after a space: torn from the letter before it.

Those in a raised or lowered piece right after their letter are put back while reading, and reported as
repairs.
"""

from __future__ import annotations

import re

from archive.enums import MarkKind, ProblemKind
from archive.text.context import context_of
from archive.text.letters import is_mark
from archive.text.types import ParsedText, Problem

MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08d3-\u08e1\u08e3-\u08ff"
)
ALONE = re.compile(rf"([ \t]*)(?<![^\s\u200e\u200f])([{MARKS}]+)")


def find(parsed: ParsedText) -> list[Problem]:
    """Return a problem for each mark without a letter, and for raised marks that no letter precedes."""
    raised = {
        (mark.start, mark.end)
        for mark in parsed.marks
        if mark.kind in {MarkKind.SUPERSCRIPT, MarkKind.SUBSCRIPT}
        and all(map(is_mark, parsed.content[mark.start : mark.end]))
    }
    problems = []
    for found in ALONE.finditer(parsed.content):
        start, end = found.span(2)
        raised.discard((start, end))
        if parsed.content[start - 1 : start] == "\u00a0":
            continue
        letters = parsed.content[max(0, found.start() - 1) : found.start()]
        joins = bool(found.group(1)) and (letters.isalpha() or is_mark(letters))
        proposal = {"op": "replace_span", "text": found.group(2)} if joins else {}
        begin = found.start() if joins else start
        problems.append(_problem(parsed, begin, end, proposal))
    problems += [_problem(parsed, start, end, {}) for start, end in raised]
    return problems


def _problem(parsed: ParsedText, start: int, end: int, proposal: dict[str, str]) -> Problem:
    context = context_of(parsed.content, start, end)
    return Problem(ProblemKind.TORN_MARK, start, end, context, proposal=proposal)
