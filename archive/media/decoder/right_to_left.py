"""Lines and words of a page that is written from right to left, by where its letters stand.

Programs draw Arabic letter by letter, dots and joints apart, and what is known of their order is known of Latin. So the
order in which the file names the letters is set aside.

Pure: letters with their places in, lines of words out.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from statistics import median

#: left, top, right, bottom.
Place = tuple[float, float, float, float]
Letter = tuple[str, Place]
_ARABIC = frozenset({"R", "AL"})
_FORWARD = frozenset({"L", "EN", "AN"})
#: Signs that take the direction of the line when they stand at the edge of what runs against it.
_SIGNS = frozenset({"CS", "ON", "ES"})
_CLOSING = {"(": ")", "[": "]", "{": "}", "«": "»"}
_OPENING = {closing: opening for opening, closing in _CLOSING.items()}
#: Of the height of the letters: how far apart the middles of two lines are at least, words, and columns.
_LINES, _WORDS, _COLUMNS = 0.5, 0.22, 2.0


def is_right_to_left(letters: Iterable[Letter]) -> bool:
    """Whether a third of the letters that have a direction are written from right to left."""
    directions = [unicodedata.bidirectional(letter) for letter, _place in letters]
    turned = sum(one in _ARABIC for one in directions)
    return turned * 3 > turned + sum(one == "L" for one in directions) > 0


def lines_of(letters: Iterable[Letter]) -> Iterator[list[list[Letter]]]:
    """Yield the lines from above, each its words in the order in which they are read, each its letters so."""
    standing = [each for each in letters if each[1][0] < each[1][2] and each[1][1] < each[1][3]]
    if not standing:
        return
    high = median(place[3] - place[1] for _letter, place in standing)
    for line in _lines(standing, high):
        high = median(place[3] - place[1] for _letter, place in line)
        for part in _parts(sorted(line, key=lambda each: each[1][0]), high * _COLUMNS, spaces=False):
            words = [_in_word(word) for word in _parts(part, high * _WORDS, spaces=True)]
            if words:
                yield _in_line(words)


def _lines(letters: Sequence[Letter], high: float) -> Iterator[list[Letter]]:
    line: list[Letter] = []
    middle = 0.0
    for each in sorted(letters, key=lambda each: each[1][1] + each[1][3]):
        at = (each[1][1] + each[1][3]) / 2
        if line and at - middle > high * _LINES:
            yield line
            line = []
        line.append(each)
        middle = at if len(line) == 1 else middle + (at - middle) / len(line)
    if line:
        yield line


def _parts(line: Sequence[Letter], gap: float, *, spaces: bool) -> Iterator[list[Letter]]:
    """Yield what stands together in a line, from the left."""
    part: list[Letter] = []
    edge = 0.0
    for letter, place in line:
        if (part and place[0] - edge > gap) or (spaces and letter.isspace()):
            yield part
            part = []
        if not letter.isspace():
            edge = max(edge, place[2]) if part else place[2]
            part.append((letter, place))
    if part:
        yield part


def _in_word(word: Sequence[Letter]) -> list[Letter]:
    """Return the letters, which came from the left, as they are read: marks stay behind what carries them."""
    if not any(unicodedata.bidirectional(letter) in _ARABIC for letter, _place in word):
        return list(word)
    turned = sorted(word, key=lambda each: (-each[1][2], unicodedata.combining(each[0]) > 0))
    found: list[Letter] = []
    for forward, run in groupby(turned, key=lambda each: unicodedata.bidirectional(each[0]) in _FORWARD):
        letters = list(run)
        found += reversed(letters) if forward else letters
    return found


def _in_line(words: Sequence[list[Letter]]) -> list[list[Letter]]:
    """Return the words, which came from the left, as they are read: a few Latin ones keep their order among themselves."""
    if not is_right_to_left([letter for word in words for letter in word]):
        return list(words)
    found: list[list[Letter]] = []
    for turned, run in groupby(
        reversed(words), key=lambda word: is_right_to_left(word) or not _is_latin(word)
    ):
        some = list(run)
        if not turned:
            found += _edges_turned(some[::-1])
            continue
        for word in some:
            found += [word] if is_right_to_left(word) else _edges_turned([word])
    return found


def _edges_turned(run: list[list[Letter]]) -> list[list[Letter]]:
    """Return numbers or Latin words in a line from the right with the signs around them where they are read.

    What is drawn left of them comes behind them, and what is drawn right of them before: the line's direction is theirs.
    Brackets are told by their place, since some programs name them as they look and others as they are read.
    """
    letters = [letter for word in run for letter, _place in word]
    if all(_is_sign(letter) for letter in letters):
        return run
    first, last = run[0], run[-1]
    behind = next(place for place, (letter, _at) in enumerate(first) if not _is_sign(letter))
    before = next(place for place, (letter, _at) in enumerate(reversed(last)) if not _is_sign(letter))
    ends = [(_CLOSING.get(letter, letter), place) for letter, place in reversed(first[:behind])]
    begins = [(_OPENING.get(letter, letter), place) for letter, place in reversed(last[len(last) - before :])]
    run = [*run[:-1], last[: len(last) - before]]
    run[0] = run[0][behind:]
    run[0] = begins + run[0]
    run[-1] = run[-1] + ends
    return run


def _is_sign(letter: str) -> bool:
    return unicodedata.bidirectional(letter) in _SIGNS


def _is_latin(word: Sequence[Letter]) -> bool:
    return any(unicodedata.bidirectional(letter) == "L" for letter, _place in word)
