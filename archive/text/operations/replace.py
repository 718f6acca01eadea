"""Changes of wording."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein

from archive.errors import OperationRefused
from archive.text.operations.rope import Made, Piece, block_at, block_of, rebuild, storable, whole
from archive.text.types import ParsedText

#: Letters up to which two wordings are aligned letter by letter, words up to which word by word.
FINE = 4_000
COARSE = 8_000
WORDS = re.compile(r"\s+|\S+")


def replace_span(parsed: ParsedText, start: int, end: int, text: str) -> ParsedText:
    """Put `text` in place of [start, end), which lies in one block.

    The two wordings are aligned: marks stay on the words that survive.
    """
    if not 0 <= start <= end <= len(parsed.content):
        raise OperationRefused("outside_text", start=start, end=end, length=len(parsed.content))
    index = block_at(parsed, start)
    block = parsed.blocks[index]
    if end > block.end:
        raise OperationRefused("crosses_blocks", start=start, end=end)
    pieces = (
        Piece(block.start, start),
        *_aligned(parsed.content, start, end, storable(text)),
        Piece(end, block.end),
    )
    made = [whole(each) for each in parsed.blocks]
    made[index] = Made(block, tuple(piece for piece in pieces if piece.start < piece.end or piece.text))
    return rebuild(parsed, made, changed=[(start, end)])


def edit_block(parsed: ParsedText, index: int, new_text: str) -> ParsedText:
    """Give a block another wording; what head and tail share with the old one is not touched."""
    block, text = block_of(parsed, index), storable(new_text)
    head, tail = _edited(parsed.content[block.start : block.end], text)
    return replace_span(parsed, block.start + head, block.end - tail, text[head : len(text) - tail])


def reworded(content: str, start: int, end: int, text: str) -> tuple[list[Piece], tuple[int, int]]:
    """Return pieces for [start, end) that give `text`, and the span of them that was edited."""
    head, tail = _edited(content[start:end], text)
    first, last = start + head, end - tail
    pieces = (
        Piece(start, first),
        *_aligned(content, first, last, text[head : len(text) - tail]),
        Piece(last, end),
    )
    return [piece for piece in pieces if piece.start < piece.end or piece.text], (first, last)


def _edited(old: str, new: str) -> tuple[int, int]:
    """Return how many letters two wordings share at their beginning, and then at their end."""
    head = _shared(old, new)
    return head, _shared(old[head:][::-1], new[head:][::-1])


def _shared(left: str, right: str) -> int:
    """Return how many letters two strings begin with in common."""
    low, high = 0, min(len(left), len(right))
    while low < high:
        middle = (low + high + 1) // 2
        if left[low:middle] == right[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _aligned(content: str, start: int, end: int, text: str) -> Iterator[Piece]:
    """Yield pieces for [start, end) that give `text`: word by word, and by letters inside what differs."""
    old, new = WORDS.findall(content[start:end]), WORDS.findall(text)
    if max(len(old), len(new)) > COARSE:
        yield Piece(start, end, text)
        return
    left, right = _edges(old, start), _edges(new, 0)
    for step in Levenshtein.opcodes(old, new):
        first, last = left[step.src_start], left[step.src_end]
        fresh = text[right[step.dest_start] : right[step.dest_end]]
        if step.tag == "equal":
            yield Piece(first, last)
        elif step.tag == "replace" and max(last - first, len(fresh)) <= FINE:
            yield from _lettered(content, first, last, fresh)
        else:
            yield Piece(first, last, fresh)


def _edges(words: list[str], at: int) -> list[int]:
    edges = [at]
    for word in words:
        edges.append(edges[-1] + len(word))
    return edges


def _lettered(content: str, start: int, end: int, text: str) -> Iterator[Piece]:
    for step in Levenshtein.opcodes(content[start:end], text):
        fresh = None if step.tag == "equal" else text[step.dest_start : step.dest_end]
        yield Piece(start + step.src_start, start + step.src_end, fresh)
