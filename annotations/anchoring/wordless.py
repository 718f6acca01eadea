"""Spans without a word: a point, a sign, a space, or nothing between two words."""

from __future__ import annotations

from annotations.anchoring.lookup import Lookup
from annotations.anchoring.types import Candidate, Method, Placement, Span
from annotations.enums import AnchorStatus


def place_wordless(lookup: Lookup, span: Span, following: int) -> Placement:
    """Return what became of a span between the words `following - 1` and `following`.

    It is kept only if both neighbours stand and are neighbours still.
    """
    alignment, total = lookup.alignment, len(lookup.alignment.old_words.starts)
    before, after = _beside(lookup, following)
    if before is None or after is None or before > after:
        return _lost(span)
    low = alignment.old_words.ends[following - 1] if following else 0
    high = alignment.old_words.starts[following] if following < total else len(alignment.old)
    offset, sure = _offset(
        alignment.old[low:high], span.start - low, span.end - low, alignment.new[before:after]
    )
    if offset is None:
        return _lost(span)
    start, end = before + offset, before + offset + span.end - span.start
    if sure and not lookup.is_doubtful(max(0, following - 1), min(following, total - 1)):
        return Placement(span.key, AnchorStatus.EXACT, start, end, 1.0, Method.SAME)
    guess = Candidate(start, end, 0.5)
    return Placement(span.key, AnchorStatus.UNCERTAIN, start, end, 0.5, Method.RIVAL, (guess,))


def _lost(span: Span) -> Placement:
    return Placement(span.key, AnchorStatus.LOST, None, None, 0.0, Method.NONE)


def _offset(old: str, start: int, end: int, new: str) -> tuple[int | None, bool]:
    """Return where `[start, end)` of what stood between two words stands now, and if surely there."""
    exact = old[start:end]
    if new == old or (new.startswith(old[:end]) and not new.count(exact, end)):
        return start, True
    if new.endswith(old[start:]) and not exact:
        return len(new) - len(old) + start, True
    if not exact:
        return min(start, len(new)), False
    return (new.find(exact), new.count(exact) == 1) if exact in new else (None, False)


def _beside(lookup: Lookup, following: int) -> tuple[int | None, int | None]:
    """Return where the image of the word before ends and that of the word after begins, if neighbours."""
    alignment = lookup.alignment
    main, total = alignment.main, len(alignment.old_words.starts)
    before = lookup.image(main, following - 1) if following else None
    after = lookup.image(main, following) if following < total else None
    low = 0 if not following else before.end if before else None
    high = len(alignment.new) if following == total else after.start if after else None
    if low is None or high is None:
        return None, None
    first, last = lookup.new_words(low, high)
    return (low, high) if first > last else (None, None)
