"""Placing a quote in a text without the text it was taken from (W3C selectors from elsewhere)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator

from annotations.anchoring.aligning import align
from annotations.anchoring.likeness import alike
from annotations.anchoring.placing import carry
from annotations.anchoring.types import Candidate, Method, Placement, Span
from annotations.enums import AnchorStatus
from archive.text.folding import fold, fold_key
from archive.text.graphemes import snap
from archive.text.words import split

#: Places offered; and places looked at, of words that stand everywhere.
OFFERED = 5
LOOKED_AT = 500
#: A word of the quote that stands more often than this does not lead to it.
COMMON = 200
#: Code points around a likely place within which the quote is aligned.
AROUND = 300
#: A place is sure if its context is at least so alike and no other is within the margin.
SURE, MARGIN = 0.75, 0.15

#: How much of a score the context has; what a folded and an edited match are worth.
_CONTEXT, _FOLDED, _EDITED = 0.5, 0.97, 0.85


def reanchor(content: str, exact: str, prefix: str = "", suffix: str = "") -> list[Candidate]:
    """Return the places where a quote may stand, the likeliest first: as written, else folded, else edited.

    The score is 1 for the same code points in the same context; without a prefix and a suffix nothing is
    known of the context, and a place scores at most three quarters.
    """
    if not exact.strip():
        return []
    places = [(start, start + len(exact), 1.0) for start in _found(content, exact)]
    places = places or [(*snap(content, *place), _FOLDED) for place in _folded_places(content, exact)]
    found = [
        Candidate(start, end, worth * _in_context(content, (start, end), prefix, suffix))
        for start, end, worth in places
    ]
    found = found or edited_places(content, exact, prefix, suffix)
    return sorted(found, key=lambda place: (-place.score, place.start))[:OFFERED]


def place_quote(
    content: str, exact: str, prefix: str = "", suffix: str = "", *, key: Hashable = None
) -> Placement:
    """Return where a quote stands, called right only if no other place is nearly as good."""
    found = reanchor(content, exact, prefix, suffix)
    if not found:
        return Placement(key, AnchorStatus.LOST, None, None, 0.0, Method.NONE)
    best = found[0]
    alone = len(found) == 1 or best.score - found[1].score >= MARGIN
    if best.score < SURE or not alone:
        return Placement(key, AnchorStatus.UNCERTAIN, *best, Method.SEARCH, tuple(found))
    status = AnchorStatus.EXACT if content[best.start : best.end] == exact else AnchorStatus.MOVED
    return Placement(key, status, *best, Method.SEARCH)


def _found(content: str, exact: str) -> Iterator[int]:
    place = content.find(exact)
    for _ in range(LOOKED_AT):
        if place < 0:
            return
        yield place
        place = content.find(exact, place + 1)


def _folded_places(content: str, exact: str) -> list[tuple[int, int]]:
    wanted = fold_key(exact).strip()
    if not wanted:
        return []
    folded = fold(content)
    return [folded.span(start, start + len(wanted)) for start in _found(folded.text, wanted)]


def _in_context(content: str, place: tuple[int, int], prefix: str, suffix: str) -> float:
    """Return how far what stands around a place is what stood around the quote, between a half and 1."""
    start, end = place
    known = [
        alike(fold_key(wanted), fold_key(there))
        for wanted, there in (
            (prefix, content[max(0, start - len(prefix)) : start]),
            (suffix, content[end : end + len(suffix)]),
        )
        if wanted.strip()
    ]
    likeness = sum(known) / len(known) if known else 0.5
    return 1 - _CONTEXT + _CONTEXT * likeness


class WordIndex:
    """Where each folded word of a text stands, for those who look for many quotes in it."""

    def __init__(self, content: str) -> None:
        self.words = split(content)
        self.places: dict[str, list[int]] = {}
        for place, word in enumerate(fold_key("\n".join(self.words.texts)).split("\n")):
            self.places.setdefault(word, []).append(place)


def edited_places(
    content: str, exact: str, prefix: str, suffix: str, index: WordIndex | None = None
) -> list[Candidate]:
    """Return places where the words of the quote stand close together, aligned with it; `index` is of the content."""
    whole = prefix + exact + suffix
    found: dict[tuple[int, int], Candidate] = {}
    for middle in _crowds(index or WordIndex(content), whole):
        low, high = max(0, middle - len(prefix) - AROUND), middle + len(whole) + AROUND
        around = content[low:high]
        span = Span(None, len(prefix), len(prefix) + len(exact))
        placed = carry(align(whole, around), [span])[0]
        if placed.start is None or placed.end is None:
            continue
        start, end = low + placed.start, low + placed.end
        likeness = alike(fold_key(exact), fold_key(content[start:end]))
        score = _EDITED * likeness * _in_context(content, (start, end), prefix, suffix)
        found[start, end] = Candidate(start, end, score)
    return list(found.values())


def _crowds(index: WordIndex, whole: str) -> list[int]:
    """Return where in the content the quote would begin, where most of its words stand in order."""
    words = index.words
    votes: Counter[int] = Counter()
    for number, word in enumerate(split(whole).texts):
        there = index.places.get(fold_key(word), [])
        if len(there) <= COMMON:
            votes.update({(place - number) // 4 * 4 for place in there})
    starts = [min(max(0, place), len(words.starts) - 1) for place, _ in votes.most_common(OFFERED)]
    return [words.starts[place] for place in starts]
