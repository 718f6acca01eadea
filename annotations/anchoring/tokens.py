"""The two texts as rows of integers: one for each word, the same for words that readers take for one."""

from __future__ import annotations

import regex

from archive.text.folding import fold_key
from archive.text.words import Words, split

#: A word longer than this is not one (a text without spaces); its letters are compared instead.
LONGEST = 48

_LETTERS = regex.compile(r"\X")


def tokenize(old: str, new: str) -> tuple[Words, Words, list[int], list[int]]:
    """Return the words of both texts and, for each, its integer."""
    old_words, new_words = _words(old), _words(new)
    numbers = _numbers({*old_words.texts, *new_words.texts})
    return (
        old_words,
        new_words,
        list(map(numbers.__getitem__, old_words.texts)),
        list(map(numbers.__getitem__, new_words.texts)),
    )


def _numbers(distinct: set[str]) -> dict[str, int]:
    """Return the integer of each word as written; all words are folded in one go."""
    words = list(distinct)
    folded = fold_key("\n".join(words)).split("\n") if words else []
    keys = [fold or word for fold, word in zip(folded, words, strict=True)]
    numbers = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    return dict(zip(words, map(numbers.__getitem__, keys), strict=True))


def _words(text: str) -> Words:
    words = split(text)
    if max(map(len, words.texts), default=0) <= LONGEST:
        return words
    cut = Words([], [], [])
    for word, start in zip(words.texts, words.starts, strict=True):
        letters = _LETTERS.findall(word) if len(word) > LONGEST else [word]
        for letter in letters:
            cut.texts.append(letter)
            cut.starts.append(start)
            start += len(letter)
            cut.ends.append(start)
    return cut
