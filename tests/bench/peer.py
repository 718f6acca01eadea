"""The usual way, to compare with: each quote is looked up by itself, its context decides between places."""

from __future__ import annotations

from rapidfuzz import fuzz

from annotations.anchoring import Placement, Span
from annotations.enums import AnchorStatus
from archive.text.offsets import quote

#: A place found by likeness is taken from here on; places looked at.
LIKE, PLACES = 70, 100


def searched(old: str, new: str, span: Span) -> Placement:
    """Return where the quote of a span stands in the new text, by string search, else by likeness."""
    exact, prefix, suffix = quote(old, span.start, span.end)
    places = []
    place = new.find(exact)
    while place >= 0 and len(places) < PLACES:
        around = new[max(0, place - 32) : place] + new[place + len(exact) : place + len(exact) + 32]
        places.append((fuzz.ratio(prefix + suffix, around), -abs(place - span.start), place))
        place = new.find(exact, place + 1)
    if places:
        start = max(places)[2]
        return Placement(span.key, AnchorStatus.EXACT, start, start + len(exact), 1.0, "peer")
    found = fuzz.partial_ratio_alignment(prefix + exact + suffix, new, score_cutoff=LIKE)
    if found is None:
        return Placement(span.key, AnchorStatus.LOST, None, None, 0.0, "peer")
    start, end = found.dest_start + len(prefix), found.dest_end - len(suffix)
    return Placement(span.key, AnchorStatus.MOVED, start, max(start, end), found.score / 100, "peer")
