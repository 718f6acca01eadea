"""The values of anchoring. Offsets are code points over a text's `content`, half-open."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from annotations.enums import AnchorStatus
from archive.text.words import Words


class Span(NamedTuple):
    """A place in the old text, under the name its caller knows it by."""

    key: Hashable
    start: int
    end: int


class Candidate(NamedTuple):
    """A place in the new text that could be meant; `score` is between 0 and 1."""

    start: int
    end: int
    score: float


class Placement(NamedTuple):
    """What became of one span.

    * `exact`: the same code points, in the same order among its neighbours (wherever the edits before it
      have pushed them): `new[start:end] == old[span.start:span.end]`, always;
    * `moved`: surely the passage, but elsewhere among its neighbours, or spelled differently, or edited;
    * `uncertain`: `start` and `end` are the best guess, which a person confirms;
    * `lost`: no place; `start` and `end` are None.

    `method` says how it was found (see `Method`); `candidates` are places a person may choose from, the best
    first, and are given for uncertain and lost spans only.
    """

    key: Hashable
    status: AnchorStatus
    start: int | None
    end: int | None
    score: float
    method: str
    candidates: tuple[Candidate, ...] = ()


class Method:
    """How a placement was found; stored with the anchor."""

    SAME = "same"  # The same code points in place.
    FOLDED = "folded"  # The same words, spelled differently.
    EDITED = "edited"  # Its edges stand, words between them changed.
    SLOT = "slot"  # A word that became another between words that stand.
    BLOCK = "block"  # Inside a passage that moved as a whole.
    RIVAL = "rival"  # Another passage is as good: one of two alike went or came.
    CONTEXT = "context"  # Too little around it is as it was.
    SPLIT = "split"  # Its words went to different places.
    CHANGED = "changed"  # Much of it is different.
    SEARCH = "search"  # Not in the alignment; its words were looked for.
    NONE = "none"


class Run(NamedTuple):
    """`length` words that are the same (folded) from word `old` of the old text and `new` of the new."""

    old: int
    new: int
    length: int


class Gap(NamedTuple):
    """Words `[old, old_end)` and `[new, new_end)` that stand between the same neighbours."""

    old: int
    old_end: int
    new: int
    new_end: int

    @property
    def pairs(self) -> int:
        """How many pairs of words it holds."""
        return (self.old_end - self.old) * (self.new_end - self.new)


#: A gap with nothing in it.
NOWHERE = Gap(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Lane:
    """Runs that follow each other in both texts: the main line of the text, or a passage that moved."""

    runs: Sequence[Run]
    #: `run.old` of each run, to look a word up.
    olds: Sequence[int]
    moved: bool = False
    #: False if other passages are as good as the one this one is said to have moved to.
    sure: bool = True
    #: A few words before its first run and after its last that may belong to a passage that moved.
    before: Gap = NOWHERE
    after: Gap = NOWHERE


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two texts, their words, and which word of the one is which of the other."""

    old: str
    new: str
    old_words: Words
    new_words: Words
    #: For each word, the number of its folded form; the same in both texts.
    old_ids: list[int]
    new_ids: list[int]
    main: Lane
    #: Passages found elsewhere, by their first old word, disjoint.
    blocks: Sequence[Lane] = ()
    #: Stretches of old words `[start, end)` that could as well be others, in order and disjoint.
    doubtful: Sequence[tuple[int, int]] = ()
