"""Captions that stand as ordinary paragraphs where a picture was lost.

The sign is a gap: more empty lines above than the text has elsewhere. A document without such gaps gives no
proposals.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median_low

from archive.enums import BlockKind, ProblemKind
from archive.importers.ast.builder import Layout
from archive.importers.findings.prose import Prose, is_written_in_sentences, proses
from archive.text.context import context_of
from archive.text.types import ParsedText, Problem

#: Empty lines that a lost picture leaves at least.
GAP = 3
LIKELY = 2


def find(parsed: ParsedText, layout: Sequence[Layout]) -> list[Problem]:
    """Return a problem for each paragraph after a gap that reads like a caption."""
    gaps = [place.gap for place in layout[1:] if place.gap is not None]
    if not gaps:
        return []
    wide = max(GAP, median_low(gaps) + 2)
    items = proses(parsed)
    sentences = is_written_in_sentences(items)
    sizes = [item.size for item in items if item.block.kind == BlockKind.PARAGRAPH]
    typical = median_low(sizes) if sizes else 0
    problems = []
    for index in range(1, len(items)):
        if (layout[index].gap or 0) < wide or not _may_be_caption(items, index):
            continue
        if _score(items[index], items[index - 1], sentences=sentences, typical=typical) >= LIKELY:
            problems.append(_problem(parsed, items[index]))
    return problems


def _may_be_caption(items: list[Prose], index: int) -> bool:
    item = items[index]
    if item.block.kind != BlockKind.PARAGRAPH or item.block.attrs.get("container"):
        return False
    if item.introduces or (item.enumerated and not item.names_a_picture) or item.last in {",", "،"}:
        return False
    is_signature = index == len(items) - 1 and item.size <= 6 and not item.names_a_picture
    is_title = item.size <= 4 and not (item.names_a_picture or item.dated)
    return not (is_signature or is_title)


def _score(item: Prose, before: Prose, *, sentences: bool, typical: int) -> int:
    """Weigh the signs for a caption against those for a paragraph that just follows a gap."""
    score = 2 * item.names_a_picture + item.dated
    score += 2 if sentences and not item.ends else 0
    score += 1 if typical > 20 and item.size * 5 <= typical * 3 else 0
    score -= 2 if item.ends and not item.names_a_picture else 0
    score -= 2 if item.size > 80 else 0
    continues = before.block.kind == BlockKind.PARAGRAPH and not before.ends and not before.introduces
    score -= 2 if item.begins_small or (continues and item.ends) else 0
    return score


def _problem(parsed: ParsedText, item: Prose) -> Problem:
    start, end = item.block.start, item.block.end
    return Problem(
        ProblemKind.MISSING_FIGURE,
        start,
        end,
        context_of(parsed.content, start, end),
        proposal={"op": "make_missing_figure"},
        params={"caption": item.text[:500]},
    )
