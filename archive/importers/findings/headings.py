"""Headings whose level does not fit the others."""

from __future__ import annotations

import re
from collections import Counter

from archive.enums import BlockKind, ProblemKind
from archive.text.context import context_of
from archive.text.types import Block, ParsedText, Problem

#: Headings of parts and back matter stand above sections by right.
PART = re.compile(
    r"\W*(?:\d|[IVXLC]+\b|part|book|chapter|appendix|annex|references|bibliography|notes|glossary|index|"
    r"(?:ال)?(?:جزء|باب|فصل|قسم|كتاب|ملحق|ملاحق|مراجع|مصادر|هوامش|فهرس|بخش|فصل|پیوست|חלק|פרק|נספח))",
    re.IGNORECASE,
)


def find(parsed: ParsedText) -> list[Problem]:
    """Return a problem for each heading that stands alone with its level among others that agree."""
    headings = [block for block in parsed.blocks if block.kind == BlockKind.HEADING and block.level]
    if len(headings) < 3:
        return []
    problems = []
    for index, heading in enumerate(headings):
        level = _fitting_level(parsed, headings, index)
        if level and level != heading.level:
            problems.append(_problem(parsed, heading, level))
    return problems


def _fitting_level(parsed: ParsedText, headings: list[Block], index: int) -> int | None:
    """Return the level that the heading at `index` should have, None when nothing speaks against its own.

    The first heading may be the title, above all others.
    """
    if index == 0:
        return None
    levels = [heading.level or 1 for heading in headings]
    counts = Counter(levels)
    level, first = levels[index], levels[0]
    usual = max(counts, key=lambda each: (counts[each], -each))
    rare = counts[level] == 1 or counts[level] * 5 <= len(levels)
    if level < first and rare and counts[usual] >= 2 * counts[level] and usual > level:
        return usual
    if level - levels[index - 1] > 1 and rare:
        return levels[index - 1] + 1
    if level == first < usual and counts[level] == 2 and counts[usual] >= 4 and index > 2:
        text = parsed.content[headings[index].start : headings[index].end]
        opening = parsed.content[headings[0].start : headings[0].end]
        if not PART.match(text) and text.split()[:1] != opening.split()[:1]:
            return usual
    return None


def _problem(parsed: ParsedText, heading: Block, level: int) -> Problem:
    return Problem(
        ProblemKind.HEADING_LEVEL,
        heading.start,
        heading.end,
        context_of(parsed.content, heading.start, heading.end),
        proposal={"op": "set_level", "level": level},
        params={"level": heading.level, "proposed": level},
    )
