"""Passages that could be taken for each other: beside a hole, and in a hole elsewhere."""

from __future__ import annotations

from itertools import pairwise

from rapidfuzz.distance import Levenshtein, Opcode

from annotations.anchoring.rows import grams
from annotations.anchoring.sides import Side, Stretch, differ
from annotations.anchoring.types import Gap

#: A hole of fewer words than this holds no passage that could be taken for another.
LONG = 6
#: Rows of equal words shorter than this are no sign that two passages are alike.
ROW = 3
#: Two passages are alike if this share of the words is the same from the first such row to the last.
ALIKE = 0.5
#: So many words may differ before a stretch that is alike is at its end.
STEP = 2
#: How far from a hole passages like it are looked for.
FAR = 2_000
#: A row of this many words leads from an edited place to a hole where it stands unedited.
GRAM = 4
#: Gaps of more words than this are no edits; how far around one its rival is followed.
NARROW, AROUND = 8, 120


def beside(side: Side, hole: Stretch) -> list[Stretch]:
    """Return the words next to a hole that what is in it could be, up to the words that tell them apart."""
    start, end = hole
    if end - start < LONG:
        return []
    reach = min(FAR, (end - start) + (end - start) // 4 + LONG)
    near, far = (max(start, end - FAR), end), (start, min(end, start + FAR))
    found = _next_to(side, near, (end, min(len(side.row), end + reach)))
    return found + _next_to(side, far, (max(0, start - reach), start))


def _next_to(side: Side, hole: Stretch, other: Stretch) -> list[Stretch]:
    codes = list(Levenshtein.opcodes(side.row[slice(*hole)], side.row[slice(*other)]))
    region = _alike(codes)
    if not region:
        return []
    first, last = other[0] + region[0], other[0] + region[1]
    texts = side.words.texts
    telling = [
        other[0] + code.dest_start + step
        for code in codes
        if code.tag == "replace"
        for step in range(code.dest_end - code.dest_start)
        if differ(texts[hole[0] + code.src_start + step], texts[other[0] + code.dest_start + step])
    ]
    telling = [word for word in telling if first <= word < last and side.has_image(word)]
    edges = [first - 1, *telling, last]
    return [(left + 1, right) for left, right in pairwise(edges) if left + 1 < right]


def elsewhere(old: Side, new: Side, gaps: list[Gap]) -> list[Stretch]:
    """Return the old words that gave way to others in place, it seems, but stand as they were elsewhere."""
    places = {
        gram: (place, gap)
        for gap in gaps
        if gap.new_end - gap.new >= LONG
        for place, gram in enumerate(grams(new.row, gap.new, gap.new_end, GRAM), gap.new)
    }
    found: list[Stretch] = []
    for gap in gaps if places else ():
        width = gap.old_end - gap.old
        if width != gap.new_end - gap.new or not 0 < width <= NARROW:
            continue
        for word in range(max(0, gap.old - GRAM + 1), gap.old_end):
            hit = places.get(tuple(old.row[word : word + GRAM]))
            if hit and not (found and found[-1][0] <= word < found[-1][1]) and _gave_way(old, new, gap):
                found += _contested(old, new, word, *hit)
    return found


def _gave_way(old: Side, new: Side, gap: Gap) -> bool:
    """Whether words gave way to others that are no kin of theirs."""
    pairs = zip(old.words.texts[gap.old : gap.old_end], new.words.texts[gap.new : gap.new_end], strict=True)
    return any(differ(one, other) for one, other in pairs)


def _contested(old: Side, new: Side, word: int, place: int, gap: Gap) -> list[Stretch]:
    back, ahead = min(AROUND, place - gap.new), min(AROUND, gap.new_end - place)
    low = max(0, word - back)
    codes = list(Levenshtein.opcodes(new.row[place - back : place + ahead], old.row[low : word + ahead]))
    region = _alike(codes)
    return [(low + region[0], low + region[1])] if region else []


def _alike(codes: list[Opcode]) -> Stretch | None:
    """Return from where to where the second of two compared rows is alike to the first, if it is."""
    rows = [code for code in codes if code.tag == "equal" and code.dest_end - code.dest_start >= ROW]
    same = sum(code.dest_end - code.dest_start for code in rows)
    if same < LONG or same < ALIKE * (rows[-1].dest_end - rows[0].dest_start):
        return None
    first = _reached(codes[: codes.index(rows[0]) + 1][::-1]).dest_start
    return first, _reached(codes[codes.index(rows[-1]) :]).dest_end


def _reached(codes: list[Opcode]) -> Opcode:
    """Return the last equal one of the codes before too many words differ."""
    reached = codes[0]
    for code in codes:
        if code.tag == "equal":
            reached = code
        elif max(code.src_end - code.src_start, code.dest_end - code.dest_start) > STEP:
            break
    return reached
