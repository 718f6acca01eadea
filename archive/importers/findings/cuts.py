"""Sentences that a page break cut in two.

A paragraph that ends without a full stop is not always cut: captions, headings, salutations, verse and
points of lists end so too. What follows must go on: with a small letter where the script has them;
elsewhere the first part must be long enough to be prose, in a text that as a rule ends its paragraphs with
full stops.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass

from archive.enums import BlockKind, ProblemKind
from archive.importers.ast.builder import Layout
from archive.importers.findings.figures import GAP
from archive.importers.findings.prose import Prose, is_written_in_sentences, proses
from archive.text.context import context_of
from archive.text.types import ParsedText, Problem

PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTE})
Containers = tuple[tuple[str, str], ...]
#: Words from which an unfinished paragraph is taken for prose and no title, salutation or line of verse.
LONG = 10
OPENING_LONG = 20
SHOWN = 40


@dataclass(frozen=True, slots=True)
class Habits:
    """How a text ends its paragraphs, and its lists their points."""

    sentences: bool
    #: For each list, how many of its points end with a full stop, and how many do not.
    points: dict[Containers, Counter[bool]]

    def points_end(self, point: Prose) -> bool:
        """Whether the other points of the same list end with full stops."""
        counts = self.points[_containers(point)[:-1]]
        return counts[True] >= counts[False] and counts[True] > 0


def find(parsed: ParsedText, layout: Sequence[Layout], *, captions: Set[int] = frozenset()) -> list[Problem]:
    """Return a problem for each pair of blocks that read like one sentence.

    `captions` are the starts of blocks that stand for pictures and may lie between.
    """
    items = proses(parsed)
    habits = Habits(
        sentences=is_written_in_sentences([item for item in items if item.block.start not in captions]),
        points=_points(items),
    )
    problems = []
    for index, item in enumerate(items):
        if item.block.kind not in PROSE or item.block.start in captions or not item.last:
            continue
        if item.ends or item.introduces:
            continue
        following = _following(items, index, captions)
        if following is None or not _adjoins(item, items[following]):
            continue
        if _goes_on(items, index, following, habits):
            gap = any((place.gap or 0) >= GAP for place in layout[index + 1 : following + 1])
            problems.append(_problem(parsed, item, items[following], figure=gap or following > index + 1))
    return problems


def _following(items: list[Prose], index: int, captions: Set[int]) -> int | None:
    """Return the next block that is no picture, caption or table between the two parts."""
    for later in range(index + 1, min(index + 4, len(items))):
        block = items[later].block
        if block.kind != BlockKind.FIGURE and block.start not in captions:
            return later if block.kind in PROSE else None
    return None


def _adjoins(first: Prose, second: Prose) -> bool:
    """Whether the second may be the rest of the first.

    It is when both are in one container or in two quotations on end, or when a list held the first and
    ended there.
    """
    outer, inner = _containers(first), _containers(second)
    if second.block.kind == BlockKind.LIST_ITEM:
        return False
    if outer == inner or (
        outer and inner and outer[-1][0] == inner[-1][0] == "quote" and outer[:-1] == inner[:-1]
    ):
        return True
    return len(outer) >= 2 and outer[-1][0] == "item" and outer[:-2] == inner


def _containers(item: Prose) -> Containers:
    return tuple((container[0], container[1]) for container in item.block.attrs.get("container", []))


def _points(items: list[Prose]) -> dict[Containers, Counter[bool]]:
    found: dict[Containers, Counter[bool]] = defaultdict(Counter)
    for item in items:
        if item.block.kind == BlockKind.LIST_ITEM:
            found[_containers(item)[:-1]][item.ends] += 1
    return found


def _goes_on(items: list[Prose], index: int, following: int, habits: Habits) -> bool:
    first, second = items[index], items[following]
    if second.enumerated or second.begins_with_sign:
        return False
    if first.hangs and first.size >= 3 and second.begins_small:
        return True
    if first.block.kind == BlockKind.LIST_ITEM and not first.hangs and not habits.points_end(first):
        return False
    if second.begins_small:
        return first.size >= 3
    if first.hangs and first.size >= 3:
        return second.ends or second.introduces or second.size >= LONG
    if second.begins_cased or not habits.sentences:
        return False
    return _is_unfinished_prose(items, index) and _is_a_rest(first, second)


def _is_unfinished_prose(items: list[Prose], index: int) -> bool:
    """Whether a paragraph of a script without capitals reads like the first part of a sentence."""
    first = items[index]
    if first.size < (OPENING_LONG if index == 0 else LONG):
        return False
    if first.size < 25 and (first.dated or first.names_a_picture):
        return False
    if "   " in first.text or "\t" in first.text or "\n" in first.text:
        return False  # Verse in half-lines, or lines that are meant.
    before = items[index - 1] if index else None
    quoted = before is not None and before.introduces and first.block.kind != BlockKind.LIST_ITEM
    return not (quoted and first.size < OPENING_LONG)


def _is_a_rest(first: Prose, second: Prose) -> bool:
    """Whether the second part ends a sentence, or is itself long enough to have been cut."""
    if second.names_a_picture and not second.ends:
        return False
    return second.ends or second.introduces or (second.size >= LONG and first.size + second.size >= 3 * LONG)


def _problem(parsed: ParsedText, first: Prose, second: Prose, *, figure: bool) -> Problem:
    """Name the place by the last word of the first part and the first word of the second."""
    tail, head = first.text.rstrip(), second.text
    start = first.block.start + len(tail) - len(tail.split()[-1])
    end = second.block.start + len(head) - len(head.lstrip()) + len(head.split()[0])
    hyphen = tail.endswith(("-", "\u00ad", "\u2010"))
    before, after = tail[-SHOWN:], head[:SHOWN]
    return Problem(
        ProblemKind.SUSPECTED_CUT,
        start,
        end,
        context_of(parsed.content, start, end, width=2 * SHOWN),
        proposal={"op": "join_blocks", "separator": "" if hyphen else " "},
        params={
            "before": before,
            "after": after,
            "in_list_item": first.block.kind == BlockKind.LIST_ITEM,
            "figure_between": figure,
        },
    )
