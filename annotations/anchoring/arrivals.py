"""Where the quotes and offsets of another system's file stand in a text: said to be right only on evidence.

What is known of a place is its words, what stood around them, and offsets that count something. Words that stand
once are found; words that stand in several places are told apart by their context, or by offsets that are proved
right by the other notes of the same file. An offset alone proves nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import NamedTuple

from annotations.anchoring.haystack import Found, Haystack, squeezed
from annotations.anchoring.likeness import alike
from annotations.anchoring.quotes import WordIndex, edited_places
from annotations.anchoring.types import Candidate
from annotations.enums import ArrivalHow
from archive.text.graphemes import snap

#: Places offered, and quotes that stand nowhere as they are whose words are looked for one by one.
OFFERED = 5
EDITED_MOST = 500
#: Code points of the longest quote that is looked for.
LONGEST = 10_000
#: How alike a context is that speaks for a place, and by how much it must be the likest.
SURE, MARGIN = 0.7, 0.3
#: Less alike, it speaks against the only place there is.
AGAINST = 0.5
#: Words that stand once without a context are sure from so many words and letters on.
WORDS, LETTERS = 2, 6
#: That an offset meets a quote by chance is unlikely where no more than this share of the text begins one.
CHANCE = 0.001
#: So many notes, and this share of them, stand at their offsets: the file counts as we do.
AGREEING, SHARE = 3, 0.9


class Sought(NamedTuple):
    """What a file tells of a place; offsets are whatever it counts."""

    start: int | None
    end: int | None
    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    until: str = ""


class Arrived(NamedTuple):
    """Where a note belongs.

    `how` is EXACT (its words, at its offsets), FOUND (its words, elsewhere or without offsets), SEVERAL or UNCERTAIN
    (candidates, of which a person chooses), or NONE with a `reason`. `start` and `end` are None but for the first two.
    """

    how: ArrivalHow
    start: int | None = None
    end: int | None = None
    candidates: tuple[Candidate, ...] = ()
    reason: str = ""


def place_all(
    content: str, sought: Sequence[Sought], *, same_text: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> list[Arrived]:  # fmt: skip
    """Return where each note of one file belongs in a text, in the order given.

    `same_text` says that the offsets are known to be of this very text, in code points.
    """
    return _Placer(content, sought, same_text=same_text).all(progress)


class _Placer:
    def __init__(self, content: str, sought: Sequence[Sought], *, same_text: bool) -> None:
        self.content, self.sought, self.same_text = content, sought, same_text
        self.haystack = Haystack(content)
        self._index: WordIndex | None = None
        self._edited = 0
        met = [one for one in sought if one.exact and one.start is not None]
        agreeing = sum(self._meets(one) for one in met)
        self.counts_alike = same_text or (agreeing >= AGREEING and agreeing >= SHARE * len(met))
        #: (offset in the file, offset here) of what was found by its words alone, in the file's order.
        self.pins: list[tuple[int, int]] = []

    def all(self, progress: Callable[[int, int], None]) -> list[Arrived]:
        """Place by words first, then what only offsets can tell apart."""
        total, waiting = len(self.sought), []
        placed: list[Arrived] = []
        for number, one in enumerate(self.sought):
            arrived = self._by_words(one)
            placed.append(arrived)
            if arrived.start is not None and one.start is not None:
                self.pins.append((one.start, arrived.start))
            elif arrived.how in (ArrivalHow.SEVERAL, ArrivalHow.UNCERTAIN) and one.start is not None:
                waiting.append(number)
            if number % 50 == 0:
                progress(number, total)
        self.pins.sort()
        for number in waiting:
            placed[number] = self._by_offsets(self.sought[number], placed[number])
        return placed

    def _meets(self, one: Sought) -> bool:
        return one.start is not None and self.content.startswith(one.exact, one.start)

    def _by_words(self, one: Sought) -> Arrived:
        if not one.exact.strip():
            return self._bare(one)
        if len(one.exact) > LONGEST:
            return Arrived(ArrivalHow.NONE, reason="place_too_long")
        if one.until:
            return self._between(one)
        if self._meets(one) and self.counts_alike and not self._contradicted(one):
            return self._sure(one, one.start or 0, (one.start or 0) + len(one.exact))
        if self.same_text and self._is_spelled(one):
            return self._sure(one, one.start or 0, one.end or 0)
        whole = self.haystack.only_with_context(one.exact, one.prefix, one.suffix)
        if whole is not None:
            return self._sure(one, *whole)
        found = self.haystack.find(one.exact)
        if not found.spans:
            return self._edit(one)
        return self._judged(one, found)

    def _is_spelled(self, one: Sought) -> bool:
        """Whether its words stand at its offsets, spaces at their edges aside: tables lose those."""
        if one.start is None or one.end is None or not one.start < one.end <= len(self.content):
            return False
        return squeezed(self.content[one.start : one.end]).strip() == squeezed(one.exact).strip()

    def _contradicted(self, one: Sought) -> bool:
        """Whether what stands around its offset is not what the file says stood there."""
        start = one.start or 0
        likeness = self._likeness(one, (start, start + len(one.exact)))
        return likeness is not None and likeness < AGAINST

    def _judged(self, one: Sought, found: Found) -> Arrived:
        """Choose among the places where the words stand."""
        scored = sorted(
            ((-1.0 if likeness is None else likeness, span) for span in found.spans
             for likeness in [self._likeness(one, span)]),
            key=lambda pair: (-pair[0], pair[1]),
        )  # fmt: skip
        best, span = scored[0]
        if len(scored) == 1:
            if best >= AGAINST or (best < 0 and _is_weighty(one.exact)):
                return self._sure(one, *span)
            if best < 0 and self._meets(one) and span[0] == one.start:
                return self._sure(one, *span)
            return Arrived(
                ArrivalHow.UNCERTAIN,
                candidates=self._offered(scored),
                reason="other_context" if best >= 0 else "short_quote",
            )
        if found.is_whole and best >= SURE and best - scored[1][0] >= MARGIN:
            return self._sure(one, *span)
        rare = found.is_whole and len(found.spans) <= CHANCE * len(self.content)
        if rare and self._meets(one) and not self._contradicted(one):
            return self._sure(one, one.start or 0, (one.start or 0) + len(one.exact))
        return Arrived(
            ArrivalHow.SEVERAL, candidates=self._offered(scored, near=one.start), reason="several_places"
        )

    def _likeness(self, one: Sought, span: tuple[int, int]) -> float | None:
        """Return how alike the context is to what stands around a place; None where the file tells none."""
        start, end = span
        known = []
        for wanted, before in ((one.prefix, True), (one.suffix, False)):
            if not wanted.strip():
                continue
            # A little more is taken: spaces may be fewer there, and marks more.
            reach = len(wanted) * 2 + 8
            there = self.content[max(0, start - reach) : start] if before else self.content[end : end + reach]
            asked, stands = squeezed(wanted).strip(), squeezed(there).strip()
            size = min(len(asked), len(stands))
            known.append(
                (alike(asked[-size:], stands[-size:]) if before else alike(asked[:size], stands[:size]))
                if size
                else 0.0
            )
        return sum(known) / len(known) if known else None

    def _sure(self, one: Sought, start: int, end: int) -> Arrived:
        start, end = snap(self.content, start, end)
        at_offsets = one.start == start and self.content[start:end] == one.exact
        return Arrived(ArrivalHow.EXACT if at_offsets else ArrivalHow.FOUND, start, end)

    def _offered(
        self, scored: Sequence[tuple[float, tuple[int, int]]], near: int | None = None
    ) -> tuple[Candidate, ...]:
        """Return the likeliest places; among equals those nearest to the offset."""
        order = sorted(
            scored, key=lambda pair: (-pair[0], abs(pair[1][0] - near) if near is not None else pair[1][0])
        )
        spans = dict.fromkeys(snap(self.content, *span) for _score, span in order[: OFFERED * 2])
        scores = {snap(self.content, *span): max(0.3, round(score, 3)) for score, span in reversed(order)}
        return tuple(Candidate(*span, scores[span]) for span in list(spans)[:OFFERED])

    def _edit(self, one: Sought) -> Arrived:
        """Look for the words one by one: what is found so is never sure."""
        self._edited += 1
        if self._edited > EDITED_MOST or len(one.exact) > LONGEST // 5:
            return Arrived(ArrivalHow.NONE, reason="quote_missing")
        self._index = self._index or WordIndex(self.content)
        found = edited_places(self.content, one.exact, one.prefix[-200:], one.suffix[:200], self._index)
        found = [place for place in found if place.end > place.start]
        likely = sorted((place for place in found if place.score >= 0.35), key=lambda place: -place.score)[
            :OFFERED
        ]
        if not likely:
            return Arrived(ArrivalHow.NONE, reason="quote_missing")
        return Arrived(ArrivalHow.UNCERTAIN, candidates=tuple(
            Candidate(*snap(self.content, place.start, place.end), round(place.score, 3)) for place in likely
        ), reason="words_differ")  # fmt: skip

    def _between(self, one: Sought) -> Arrived:
        """Take a passage from its first words to those before which it ends: never sure, since nobody told the rest."""
        found, places = self.haystack.find(one.exact), []
        for start, end in found.spans[:OFFERED]:
            until = self.haystack.next(one.until, end)
            if until is not None and start < until <= start + LONGEST:
                places.append(Candidate(*snap(self.content, start, until), 0.5))
        if not places:
            return Arrived(ArrivalHow.NONE, reason="quote_missing")
        return Arrived(ArrivalHow.UNCERTAIN, candidates=tuple(places), reason="range_by_ends")

    def _bare(self, one: Sought) -> Arrived:
        """Judge offsets without words."""
        if one.start is None or one.end is None:
            return Arrived(ArrivalHow.NONE, reason="no_place")
        if one.end <= one.start:
            return Arrived(ArrivalHow.NONE, reason="no_words")
        if one.end > len(self.content):
            return Arrived(ArrivalHow.NONE, reason="past_end")
        if one.end - one.start > LONGEST:
            return Arrived(ArrivalHow.NONE, reason="place_too_long")
        if not self.content[one.start : one.end].strip():
            return Arrived(ArrivalHow.NONE, reason="no_words")
        start, end = snap(self.content, one.start, one.end)
        if self.same_text:
            return Arrived(ArrivalHow.EXACT, start, end)
        return Arrived(ArrivalHow.UNCERTAIN, candidates=(Candidate(start, end, 0.3),), reason="offset_only")

    def _by_offsets(self, one: Sought, before: Arrived) -> Arrived:
        """Let the notes before and after in the file say by how much its offsets differ here."""
        shift = self._shift(one.start or 0)
        if shift is None:
            return before
        start = (one.start or 0) + shift
        if not one.exact.strip():
            end = (one.end or 0) + shift
            if not 0 <= start < end <= len(self.content):
                return before
            return before._replace(candidates=(Candidate(*snap(self.content, start, end), 0.5),))
        if before.how == ArrivalHow.SEVERAL and self.content.startswith(one.exact, start) and start >= 0:
            likeness = self._likeness(one, (start, start + len(one.exact)))
            if likeness is None or likeness >= AGAINST:
                return self._sure(one, start, start + len(one.exact))
        return before

    def _shift(self, offset: int) -> int | None:
        """Return by how much offsets differ here, if the notes on both sides agree on it."""
        at = bisect_right(self.pins, (offset, -1))
        if not 0 < at < len(self.pins):
            return None
        (low, low_here), (high, high_here) = self.pins[at - 1], self.pins[at]
        shift = low_here - low
        return shift if high_here - high == shift else None


def _is_weighty(exact: str) -> bool:
    words = exact.split()
    return len(words) >= WORDS and sum(map(len, words)) >= LETTERS
