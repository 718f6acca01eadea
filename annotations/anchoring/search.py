"""Looking for words that the alignment could not place, to offer a person somewhere to start."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from annotations.anchoring.types import Alignment, Candidate, Span

#: A word that stands in more places than this leads nowhere.
COMMON = 30
#: Words on either side by which places are ranked.
CONTEXT = 4
#: No place found by search alone scores more.
BEST = 0.6


class Searcher:
    """Finds where the words of a span stand in the new text, without regard to order."""

    def __init__(self, alignment: Alignment) -> None:
        self._alignment = alignment

    @cached_property
    def _places(self) -> dict[int, list[int]]:
        places: dict[int, list[int]] = defaultdict(list)
        for place, word in enumerate(self._alignment.new_ids):
            places[word].append(place)
        return places

    def find(self, span: Span, first: int, last: int) -> list[Candidate]:
        """Return the places where the old words `[first, last]` stand, the likeliest first."""
        a, b = self._alignment.old_ids, self._alignment.new_ids
        wanted = a[first : last + 1]
        rarest = min(range(min(len(wanted), 50)), key=lambda word: len(self._places.get(wanted[word], ())))
        places = self._places.get(wanted[rarest], [])
        if len(places) > COMMON:
            return []
        found = [place - rarest for place in places if place >= rarest]
        found = [place for place in found if b[place : place + len(wanted)] == wanted]
        return sorted(
            (self._candidate(first, last, place) for place in found), key=lambda item: (-item.score, item)
        )

    def _candidate(self, first: int, last: int, place: int) -> Candidate:
        a, b, words = self._alignment.old_ids, self._alignment.new_ids, self._alignment.new_words
        end = place + last - first
        before = zip(
            reversed(a[max(0, first - CONTEXT) : first]),
            reversed(b[max(0, place - CONTEXT) : place]),
            strict=False,
        )
        after = zip(a[last + 1 : last + 1 + CONTEXT], b[end + 1 : end + 1 + CONTEXT], strict=False)
        same = sum(x == y for x, y in [*before, *after])
        score = BEST * (0.5 + 0.5 * same / (2 * CONTEXT))
        return Candidate(words.starts[place], words.ends[end], round(score, 3))
