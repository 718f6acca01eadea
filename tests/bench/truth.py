"""What became of a span, known from the words' own numbers, and how an answer compares with it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from random import Random

from annotations.anchoring import Placement, Span
from annotations.enums import AnchorStatus
from tests.bench.corpora import Text, rendered

SURE = (AnchorStatus.EXACT, AnchorStatus.MOVED)
#: A passage and its twin are neighbours if they are so many code points apart.
NEAR = 6000
#: Words around a span within which nothing may have changed for it to count as untouched.
AROUND = 8


#: If so much of what is left of a span stands together, that is its place; else it was split.
MOST = 0.7


@dataclass(slots=True)
class Place:
    """Where a numbered word stands."""

    start: int
    end: int
    order: int
    changed: bool


class Revision:
    """An old and a new text with the place of each old word in both."""

    def __init__(self, old: Text, new: Text) -> None:
        self.old, self.new = rendered(old), rendered(new)
        self.before, self.after = _places(old), _places(new)
        self.total = len(self.before)
        self._moved = _out_of_order([token.origin for paragraph in new for token in paragraph])

    def spans(self, count: int, seed: int = 11) -> dict[Span, tuple[int, int]]:
        """Return spans of 1 to 40 words with the numbers of their first and last word."""
        random = Random(seed)
        found: dict[Span, tuple[int, int]] = {}
        while len(found) < count:
            length = min(40, int(2 ** random.uniform(0, 5.33)))
            first = random.randrange(self.total - length)
            last = first + length - 1
            span = Span(len(found), self.before[first].start, self.before[last].end)
            found[span] = (first, last)
        return found

    def judge(self, words: tuple[int, int], placement: Placement) -> str:
        """Return one word for how an answer compares with what is known."""
        first, last = words
        left = [self.after[word] for word in range(first, last + 1) if word in self.after]
        sure = placement.status in SURE
        if not left:
            return "wrong" if sure else "deleted"
        answers = _answers(left, last - first + 1)
        if not answers:
            return "split, called right" if sure else "split"
        if sure and any(self._is_right(placement, answer) for answer in answers):
            return "right"
        if sure:
            return "edge" if self._overlaps(placement, left) else "wrong"
        if self._nobody_can_tell(first, last):
            return f"untold {placement.status}"
        plain = len(left) == last - first + 1 and self._is_plain(left)
        name = "needless" if plain else "guarded"
        if plain and self._is_untouched(words):
            name = "untouched"
        return f"{name} {placement.status}"

    def _nobody_can_tell(self, first: int, last: int) -> bool:
        """Whether the words were carried elsewhere and stand more than once, or stand beside their twins."""
        words = self.old[self.before[first].start : self.before[last].end]
        if first in self._moved:
            return self.old.count(words) > 1
        return first in self.after and last in self.after and self._has_twin(first, last)

    def _has_twin(self, first: int, last: int) -> bool:
        """Whether the same words with the same neighbours, on one side at least, stand twice near the place."""
        start, end = self.after[first].start - NEAR, self.after[last].end + NEAR
        for low, high in ((max(0, first - 8), last), (first, min(self.total - 1, last + 8))):
            words = self.old[self.before[low].start : self.before[high].end]
            if self.new.count(words, max(0, start), end) > 1:
                return True
        return False

    def _is_right(self, placement: Placement, left: list[Place]) -> bool:
        start, end = _bare(self.new, placement.start or 0, placement.end or 0)
        low = (left[0].start, *self._joined(left[0].start, -1))
        high = (left[-1].end, *self._joined(left[-1].end, 1))
        return start in low and end in high

    def _joined(self, edge: int, step: int) -> list[int]:
        """Return the far edge of the word that a word was run together with, if it was."""
        place = edge
        while 0 <= place - (step < 0) < len(self.new) and _is_letter(self.new[place - (step < 0)]):
            place += step
        return [place]

    def _overlaps(self, placement: Placement, left: list[Place]) -> bool:
        low = max(placement.start or 0, left[0].start)
        return (placement.end or 0) - low > 0 and (placement.start or 0) < left[-1].end

    def _is_plain(self, left: list[Place]) -> bool:
        orders = [place.order for place in left]
        spread = orders[-1] - orders[0] + 1
        changed = sum(place.changed for place in left)
        return orders == sorted(orders) and spread <= 1.3 * len(left) and changed <= 0.2 * len(left)

    def _is_untouched(self, words: tuple[int, int]) -> bool:
        """Whether nothing near the words has changed, and they stand so in one place: of copies, only farther words could tell."""
        first, last = max(0, words[0] - AROUND), min(self.total - 1, words[1] + AROUND)
        if self.old.count(self.old[self.before[first].start : self.before[last].end]) > 1:
            return False
        places = [self.after.get(word) for word in range(first, last + 1)]
        if not all(places) or any(place.changed for place in places if place):
            return False
        return places[-1].order - places[0].order == last - first


def _places(text: Text) -> dict[int, Place]:
    found: dict[int, Place] = {}
    at = order = 0
    for paragraph in text:
        for token in paragraph:
            if token.origin is not None:
                found[token.origin] = Place(at, at + len(token.word), order, token.changed)
            at += len(token.word) + len(token.after)
            order += 1
    return found


def _answers(left: list[Place], length: int) -> list[list[Place]]:
    """Return what may be called the place of a span: all that is left, or most of it if that is together."""
    answers = []
    orders = [place.order for place in left]
    if orders == sorted(orders) and orders[-1] - orders[0] <= 3 * length + 60:
        answers.append(left)
    together = _together(left, length + 20)
    if len(together) >= MOST * len(left):
        answers.append(together)
    return answers


def _together(left: list[Place], reach: int) -> list[Place]:
    """Return the longest stretch of places that follow each other without a great leap."""
    groups = [[left[0]]]
    for place in left[1:]:
        if 0 < place.order - groups[-1][-1].order <= reach:
            groups[-1].append(place)
        else:
            groups.append([place])
    return max(groups, key=len)


def _out_of_order(origins: list[int | None]) -> set[int]:
    """Return the old words that were carried elsewhere: all but the longest row that stands in order."""
    known = [origin for origin in origins if origin is not None]
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for origin in known:
        place = bisect_left(tails, origin)
        before[origin] = tails[place - 1] if place else None
        tails[place : place + 1] = [origin]
    kept: set[int] = set()
    last = tails[-1] if tails else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return set(known) - kept


def _is_letter(character: str) -> bool:
    return character.isalnum() or character in "ًٌٍَُِّْ"


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and not _is_letter(text[start]):
        start += 1
    while end > start and not _is_letter(text[end - 1]):
        end -= 1
    return start, end


def tally(
    revision: Revision, spans: dict[Span, tuple[int, int]], placements: list[Placement]
) -> Counter[str]:
    """Return how many answers compare how."""
    words = list(spans.values())
    return Counter(revision.judge(words[int(str(placement.key))], placement) for placement in placements)
