"""A page of a draft as it is corrected: blocks as Markdown, what the report says of each beside it."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from archive.enums import BlockKind, ProblemState
from archive.models import ImportProblem, TextDraft
from archive.presenters import import_words
from archive.presenters.import_report import Item, item
from archive.text.markdown import UNSIGNED, Shown, same_lines, shown
from archive.text.paths import containers_of
from archive.text.places import aligned
from archive.text.types import Block, ParsedText

#: Problems shown beside one block; the report has all of them.
BESIDE = 6
#: Blocks around a page among which those that another change moved are looked for.
AROUND = 200
#: Letters on a line, for browsers that do not let a box grow.
LINE = 60


@dataclass(slots=True)
class Row:
    """A block in its box."""

    index: int
    kind: str
    kind_words: str
    #: What the box holds: what was typed, or what stands there.
    markdown: str
    #: Of what the page was made from; what comes back the same was not touched.
    was: str
    #: Why it was refused.
    error: str = ""
    #: What stands there now, where somebody else changed it meanwhile.
    stands: str | None = None
    #: What was typed here is not saved.
    unsaved: bool = False
    items: list[Item] = field(default_factory=list)
    more: int = 0

    @property
    def number(self) -> int:
        """The block's number for people."""
        return self.index + 1

    @property
    def lines(self) -> int:
        """About how many lines the Markdown has."""
        return min(40, sum(1 + len(line) // LINE for line in self.markdown.split("\n")))

    @property
    def is_plain(self) -> bool:
        """Whether only its words can be edited here, whatever they begin with."""
        return self.kind in UNSIGNED


@dataclass(frozen=True, slots=True)
class Sent:
    """What came back from one box: what is in it, and the sign of what it was made from."""

    text: str
    was: str = ""

    @property
    def is_touched(self) -> bool:
        """Whether somebody typed there."""
        return sign_of(self.text) != self.was


@dataclass(frozen=True, slots=True)
class Unplaced:
    """What was typed for a block that is not there any more."""

    number: int
    text: str


def sign_of(markdown: str) -> str:
    """Return a short sign by which Markdown is known again, whatever line ends a browser gives it."""
    return hashlib.sha256(same_lines(markdown).encode(errors="replace")).hexdigest()[:16]


def rows(parsed: ParsedText, first: int, last: int) -> list[Row]:
    """Return the blocks [first, last) as they stand."""
    return [_row(parsed, index) for index in range(first, min(last, len(parsed.blocks)))]


def _row(parsed: ParsedText, index: int) -> Row:
    block, markdown = parsed.blocks[index], shown(parsed, index).markdown
    return Row(index, block.kind, _kind_words(block), markdown, sign_of(markdown))


def _kind_words(block: Block) -> str:
    words = str(import_words.BLOCK_KINDS[block.kind])
    if block.kind == BlockKind.HEADING:
        return f"{words} {block.level}"
    names = [name for name, _path, _attrs in containers_of(block)]
    own = {BlockKind.LIST_ITEM: "list", BlockKind.QUOTE: "quote"}.get(block.kind, "")
    around = [
        import_words.CONTAINERS[name]
        for name in ("quote", "note", "list")
        if names.count(name) > (name == own)
    ]
    return " · ".join([words, *map(str, around)])


def put_beside(
    page: Sequence[Row], draft: TextDraft, parsed: ParsedText, problems: Iterable[ImportProblem], *,
    addresses: Mapping[str, str],
) -> None:  # fmt: skip
    """Put each problem beside the block in which it begins, or the first of the page, open ones first.

    `addresses`: what was typed for them, by their names.
    """
    if not page:
        return
    starts = [block.start for block in parsed.blocks]
    found: dict[int, list[ImportProblem]] = defaultdict(list)
    for problem in problems:
        found[max(page[0].index, bisect_right(starts, problem.start) - 1)].append(problem)
    for row in page:
        here = sorted(found[row.index], key=lambda each: (each.state != ProblemState.OPEN, each.start))
        row.items = [
            item(draft, each, starts, address=addresses.get(each.public_id, "")) for each in here[:BESIDE]
        ]
        row.more = max(0, len(here) - BESIDE)


def typed_again(page: Sequence[Row], sent: Mapping[int, Sent], *, refused: int | None, why: str) -> None:
    """Put what was typed back into its boxes, and the reason at the one that was refused."""
    for row in page:
        if row.index in sent and sent[row.index].is_touched:
            row.markdown, row.unsaved = sent[row.index].text, True
        if row.index == refused:
            row.error = why


def moved_to(
    parsed: ParsedText, page: Sequence[Row], sent: Mapping[int, Sent], *, blocks: int | None
) -> list[Unplaced]:
    """Put what was typed before somebody else's change into the boxes of the same blocks as they stand now.

    `blocks`: how many the text had when the page was made. A block that still says what the page was made from takes
    it as it is; one that was replaced shows both. Returns what was typed for blocks that are not on the page any more.
    """
    places = _places(parsed, sent, blocks)
    boxes, left = {row.index: row for row in page}, list[Unplaced]()
    for index, each in sorted(sent.items()):
        if not each.is_touched:
            continue
        row = boxes.get(places.get(index, -1))
        if row is None:
            left.append(Unplaced(index + 1, each.text))
            continue
        if each.was != row.was and sign_of(each.text) != row.was:
            row.stands = row.markdown or _("Nothing stands there.")
        row.markdown, row.unsaved = each.text, True
    return left


def _places(parsed: ParsedText, sent: Mapping[int, Sent], blocks: int | None) -> dict[int, int]:
    """Return where blocks are now, by the numbers that they had; those that are gone are left out."""
    if not sent:
        return {}
    old = sorted(sent)
    first, count = max(0, old[0] - AROUND), len(parsed.blocks)
    now = [sign_of(each.markdown) for each in _shown(parsed, first, old[0] + len(old) + AROUND)]
    end = count - (blocks - old[-1] - 1) - first if blocks is not None else None
    found = aligned([sent[index].was for index in old], now, home=old[0] - first, end=end)
    return {index: first + place for index, place in zip(old, found, strict=True) if place is not None}


def _shown(parsed: ParsedText, first: int, last: int) -> Iterator[Shown]:
    return (shown(parsed, index) for index in range(first, min(last, len(parsed.blocks))))
