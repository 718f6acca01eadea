"""What may be said of an image, from what was measured of it."""

from __future__ import annotations

from typing import NamedTuple

from annotations.anchoring.types import Method
from annotations.enums import AnchorStatus

#: What is as like the old words as this is those words, edited.
ALIKE = 0.75
#: A single word that changed is still that word if it is so alike.
KIN = 0.6
#: Between edges that stand, so much must be left of the words.
LEFT = 0.6
#: A span of which less than this is left is lost.
TRACE = 0.4
#: A passage may have grown this many times between its edges, and by this many words.
GROWTH, GROWN = 2, 3
#: Words that must stand within and around a span for its place to be trusted; a share of a short text.
STANDING = 5
SHARE = 0.6

_FOLDED, _EDITED, _BLOCK, _GUESS = 0.97, 0.95, 0.95, 0.6


class Facts(NamedTuple):
    """What was measured of the image of a span."""

    #: The same code points; the same when folded.
    same: bool
    folded: bool
    #: How like the folded old words the new ones are.
    likeness: float
    #: The share of the old words that are there.
    left: float
    old_words: int
    new_words: int
    #: Words of the span and beside it that stand, and how many there could be.
    standing: int
    possible: int
    #: Both edge words have images of their own.
    firm: bool
    #: An edge word gave way to another, or nothing tells its image from another: it may end elsewhere.
    loose: bool = False
    #: Its only word is one that changed.
    slot: bool = False
    #: It lies in a passage that moved; that is surely the passage.
    moved: bool = False
    sure: bool = True
    #: Nothing tells it from a passage beside it.
    doubtful: bool = False
    #: Others of its words went elsewhere.
    split: bool = False


class Verdict(NamedTuple):
    """A status with its score and method."""

    status: AnchorStatus
    score: float
    method: str


def judge(facts: Facts) -> Verdict:
    """Return what may be said: never better than what could be shown to a person as plainly so."""
    if facts.split:
        return _guess(facts, Method.SPLIT)
    if facts.doubtful or not facts.sure:
        return _guess(facts, Method.RIVAL)
    if facts.standing < min(STANDING, SHARE * facts.possible):
        return _guess(facts, Method.CONTEXT)
    if facts.same or facts.folded:
        return unchanged(same=facts.same, moved=facts.moved)
    if facts.slot:
        if facts.likeness >= KIN:
            return Verdict(AnchorStatus.MOVED, _EDITED * facts.likeness, Method.SLOT)
        return Verdict(AnchorStatus.UNCERTAIN, _GUESS * max(facts.likeness, 0.3), Method.SLOT)
    if facts.loose:
        return _guess(facts, Method.CHANGED)
    if facts.likeness >= ALIKE or _stands_at_its_edges(facts):
        return Verdict(AnchorStatus.MOVED, _EDITED * max(facts.likeness, facts.left), Method.EDITED)
    if max(facts.left, facts.likeness) >= TRACE:
        return _guess(facts, Method.CHANGED)
    return Verdict(AnchorStatus.LOST, 0.0, Method.NONE)


def unchanged(*, same: bool, moved: bool = False) -> Verdict:
    """Return what is said of words that are as they were: the `same` code points, or spelled differently."""
    if moved:
        return Verdict(AnchorStatus.MOVED, _BLOCK if same else _BLOCK * _FOLDED, Method.BLOCK)
    if same:
        return Verdict(AnchorStatus.EXACT, 1.0, Method.SAME)
    return Verdict(AnchorStatus.MOVED, _FOLDED, Method.FOLDED)


def _stands_at_its_edges(facts: Facts) -> bool:
    grown = facts.new_words > GROWTH * facts.old_words + GROWN
    return facts.firm and facts.left >= LEFT and not grown


def _guess(facts: Facts, method: str) -> Verdict:
    return Verdict(AnchorStatus.UNCERTAIN, _GUESS * max(facts.likeness, facts.left), method)
