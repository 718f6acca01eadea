"""Where each span of the old text went, and how sure that is."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from annotations.anchoring.context import REACH, standing
from annotations.anchoring.edges import Edge, image_of, is_cut_plainly, trades_space
from annotations.anchoring.kin import Image
from annotations.anchoring.likeness import alike
from annotations.anchoring.lookup import Lookup
from annotations.anchoring.search import Searcher
from annotations.anchoring.types import Alignment, Candidate, Lane, Method, Placement, Span
from annotations.anchoring.verdict import STANDING, Facts, judge, unchanged
from annotations.anchoring.wordless import place_wordless
from annotations.enums import AnchorStatus
from archive.text.collector import resting_collector
from archive.text.folding import fold_key

#: Longer spans are compared by their words, not letter by letter.
LONGEST = 4_000
#: If this share of the words is found elsewhere, the span was split.
SPLIT = 0.3
#: Places offered to the person who decides.
CANDIDATES = 5


def carry(alignment: Alignment, spans: Iterable[Span]) -> list[Placement]:
    """Return what became of each span, in the order given; every span has an answer.

    Spans are code points of the old text, in any order; they may overlap.
    """
    given = list(spans)
    # From the beginning to the end: what one span looked at is at hand for the next, which in a long text is half the time.
    order = sorted(range(len(given)), key=lambda number: given[number].start)
    with resting_collector():
        carrier = Carrier(alignment)
        placed = {number: carrier.place(given[number]) for number in order}
    return [placed[number] for number in range(len(given))]


class Carrier:
    """Places spans by one alignment."""

    def __init__(self, alignment: Alignment) -> None:
        self.alignment = alignment
        self._lookup = Lookup(alignment)
        self._searcher = Searcher(alignment)

    def place(self, span: Span) -> Placement:
        """Return what became of one span."""
        if not 0 <= span.start <= span.end <= len(self.alignment.old):
            raise ValueError(f"span {span.key!r} is not within the old text")
        words, main = self.alignment.old_words, self.alignment.main
        first = bisect_right(words.ends, span.start)
        last = bisect_left(words.starts, span.end) - 1
        if last < first:
            return place_wordless(self._lookup, span, first)
        if span.start == span.end:
            return self._place_point(span)
        at = bisect_right(main.olds, first) - 1
        run = main.runs[at] if at >= 0 else None
        quick = None
        if run and run.length >= STANDING and last < run.old + run.length:
            quick = self._in_place(span, first, last, run.new - run.old)
        if quick and not self._lookup.is_doubtful(first, last):
            return quick
        return self._place(span, first, last)

    def _place_point(self, span: Span) -> Placement:
        """Return what became of a place between two letters of a word: it stands before the second."""
        letter = self.place(span._replace(end=span.end + 1))
        candidates = tuple(candidate._replace(end=candidate.start) for candidate in letter.candidates)
        return letter._replace(end=letter.start, candidates=candidates)

    def _in_place(self, span: Span, first: int, last: int, shift: int) -> Placement | None:
        """Return the span at its words' images if the same code points are there, or the same words."""
        old, new = self.alignment.old_words, self.alignment.new_words
        start = new.starts[first + shift] + span.start - old.starts[first]
        end = new.ends[last + shift] + span.end - old.ends[last]
        exact = self.alignment.old[span.start : span.end]
        if end - start == len(exact) and start >= 0 and self.alignment.new[start:end] == exact:
            return Placement(span.key, AnchorStatus.EXACT, start, end, 1.0, Method.SAME)
        low = Edge(first, Image(new.starts[first + shift], new.ends[first + shift], 1.0))
        high = Edge(last, Image(new.starts[last + shift], new.ends[last + shift], 1.0))
        start, end = image_of(self.alignment, span, low, high)
        found = self.alignment.new[start:end]
        if start >= end or fold_key(found) != fold_key(exact):
            return None
        status, score, method = unchanged(same=found == exact)
        return Placement(span.key, status, start, end, score, method)

    def _place(self, span: Span, first: int, last: int) -> Placement:
        lanes = self._lookup.lanes(first, last)
        held, lane = lanes[0] if lanes else (0, self.alignment.main)
        edges = self._outermost(lane, first, last)
        if edges is None:
            return self._lost(span, first, last)
        start, end = image_of(self.alignment, span, *edges)
        if start >= end:
            return self._lost(span, first, last)
        elsewhere = sum(count for count, _ in lanes[1:])
        split = elsewhere > 0 and elsewhere >= SPLIT * (held + elsewhere)
        facts = self._measure(span, (first, last), lane, held, edges, (start, end), split)
        return self._decided(span, (first, last), (start, end), facts)

    def _outermost(self, lane: Lane, first: int, last: int) -> tuple[Edge, Edge] | None:
        """Return the first and the last word of `[first, last]` that have an image, if any has."""
        low = self._first_image(lane, range(first, last + 1))
        if low is None:
            return None
        high = self._first_image(lane, range(last, low.word, -1))
        return low, high or low

    def _first_image(self, lane: Lane, words: range) -> Edge | None:
        for word in words:
            image = self._lookup.image(lane, word)
            if image:
                return Edge(word, image)
        return None

    def _is_loose(self, span: Span, lane: Lane, first: int, last: int, low: Edge, high: Edge) -> bool:
        """Whether an edge may lie elsewhere: its word is gone, gave way to another, or could be another itself."""
        lookup = self._lookup
        if 0.0 in (low.image.likeness, high.image.likeness):
            return True
        if lookup.is_doubtful(low.word, low.word) or lookup.is_doubtful(high.word, high.word):
            return True
        if low.word > first or high.word < last:
            return True
        if any(lookup.may_be_another(lane, edge.word) for edge in (low, high)):
            return True
        cuts = ((span.start, low), (span.end, high))
        return not all(is_cut_plainly(self.alignment, place, edge) for place, edge in cuts)

    def _measure(
        self,
        span: Span,
        words: tuple[int, int],
        lane: Lane,
        held: int,
        edges: tuple[Edge, Edge],
        place: tuple[int, int],
        split: bool,
    ) -> Facts:
        (first, last), (low, high) = words, edges
        exact, found = self.alignment.old[span.start : span.end], self.alignment.new[slice(*place)]
        new_first, new_last = self._lookup.new_words(*place)
        count, new_count = last - first + 1, max(1, new_last - new_first + 1)
        # Part of a word that gave way to another may be found in that one by chance.
        word_likeness = min(low.image.likeness, high.image.likeness)
        likeness = _likeness(exact, found, held / max(count, new_count))
        if first == last:
            likeness = min(likeness, word_likeness)
        stands = held + (REACH if lane.moved else 0)
        if stands < STANDING:
            at = bisect_right(lane.olds, first) - 1
            stands += standing(lane, at, words, (new_first, new_last))
        total = len(self.alignment.old_words.starts)
        return Facts(
            same=exact == found and word_likeness > 0,
            folded=likeness == 1.0 and word_likeness > 0,
            likeness=likeness,
            left=held / count,
            old_words=count,
            new_words=new_count,
            standing=stands,
            possible=held + min(REACH, first) + min(REACH, total - 1 - last),
            firm=low.word == first and high.word == last and word_likeness > 0,
            loose=exact != found
            and (trades_space(exact, found) or self._is_loose(span, lane, first, last, low, high)),
            slot=first == last and word_likeness < 1,
            moved=lane.moved,
            sure=lane.sure,
            doubtful=self._lookup.is_doubtful(low.word, high.word)
            or any(self._lookup.is_one_of_several(lane, edge.word) for edge in edges),
            split=split,
        )

    def _decided(self, span: Span, words: tuple[int, int], place: tuple[int, int], facts: Facts) -> Placement:
        verdict = judge(facts)
        if verdict.status is AnchorStatus.LOST:
            return self._lost(span, *words)
        if verdict.status is not AnchorStatus.UNCERTAIN:
            return Placement(span.key, verdict.status, *place, verdict.score, verdict.method)
        guess = Candidate(*place, verdict.score)
        others = [other for other in self._searcher.find(span, *words) if other[:2] != place]
        found = (guess, *others[: CANDIDATES - 1])
        return Placement(span.key, verdict.status, *place, verdict.score, verdict.method, found)

    def _lost(self, span: Span, first: int, last: int) -> Placement:
        found = self._searcher.find(span, first, last)[:CANDIDATES]
        return Placement(span.key, AnchorStatus.LOST, None, None, 0.0, Method.NONE, tuple(found))


def _likeness(exact: str, found: str, by_words: float) -> float:
    """Return how alike two passages are when folded; of long ones, the share of their words that stand."""
    if exact == found:
        return 1.0
    folded, folded_found = fold_key(exact), fold_key(found)
    if folded == folded_found:
        return 1.0
    if max(len(exact), len(found)) > LONGEST:
        return min(by_words, 0.999)
    return min(alike(folded, folded_found), 0.999)
