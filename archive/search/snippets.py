"""What a result shows: the words around the first occurrence, and how each of them matched."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from archive.search.tokens import QueryWord, occurrences
from archive.text.directions import direction_of
from archive.text.folding import fold_key
from archive.text.plain import plain_words

#: Code points of a snippet.
SNIPPET = 180
#: Words of one kind of match that are told.
FEW = 4
_AROUND_WORDS = "«»“”\"'()[]{}.,;:!?…،؛؟ـ"

#: How a word can match: letter for letter; but for vowel marks, hamzas and case; with something attached to
#: it; as the beginning of a longer word.
EXACT, FOLDED, ATTACHED, BEGUN = "exact", "folded", "attached", "begun"

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of what was found."""

    text: str = ""
    #: Occurrences within `text`, in code points.
    spans: list[Span] = field(default_factory=list)
    #: Of the line that it is cut from, where the source did not tell.
    language: str = ""


def snippet_of(
    original: str, words: list[QueryWord], *, is_markdown: bool, language: str, wanted: str
) -> Snippet:
    """Return the piece of `original` to show; where it has lines in both languages, one in `wanted` comes first.

    `language` is that of the whole, empty when it has several.
    """
    text = plain_words(original) if is_markdown else original
    if not language and "\n" in text:
        text = _line(text.split("\n"), words, wanted)
    spans = [(start, end) for start, end, _penalty in occurrences(text, words)]
    cut, inside = _cut(text, spans)
    return Snippet(cut, inside, language or ("ar" if _reads(text) == "rtl" else "en"))


def _line(lines: list[str], words: list[QueryWord], wanted: str) -> str:
    def distance(line: str) -> tuple[bool, bool, float]:
        found = occurrences(line, words)
        foreign = bool(wanted) and _reads(line) != direction_of(wanted)
        return not found, foreign, min((penalty for _s, _e, penalty in found), default=1.0)

    return min(lines, key=distance)


def _reads(line: str) -> str:
    """Return the direction of a line's first letter."""
    classes = (unicodedata.bidirectional(character) for character in line)
    first = next((name for name in classes if name in ("L", "R", "AL")), "L")
    return "ltr" if first == "L" else "rtl"


def _cut(text: str, spans: list[Span]) -> tuple[str, list[Span]]:
    """Cut `text` around its first occurrence, at spaces, and move the spans along."""
    first = spans[0][0] if spans else 0
    start = max(0, first - SNIPPET // 3)
    if start:
        start = text.find(" ", start, first) + 1 or start
    end = min(len(text), start + SNIPPET)
    if end < len(text):
        end = max(text.rfind(" ", start, end), spans[0][1] if spans else start + 1)
    lead = "… " if start else ""
    shift = len(lead) - start
    inside = [(s + shift, e + shift) for s, e in spans if s >= start and e <= end]
    return lead + text[start:end].replace("\n", " ") + (" …" if end < len(text) else ""), inside


def ways(texts: Iterable[str], words: list[QueryWord], query: str) -> dict[str, list[str]]:
    """Return by kind of match, nearest first, the words of some texts that matched so."""
    asked = {word.strip(_AROUND_WORDS).casefold() for word in query.split()}
    found: dict[str, list[str]] = {EXACT: [], FOLDED: [], ATTACHED: [], BEGUN: []}
    for text in texts:
        for start, end, _penalty in occurrences(text, words):
            told = found[_way(text[start:end], words, asked)]
            if text[start:end] not in told and len(told) < FEW:
                told.append(text[start:end])
    return {way: told for way, told in found.items() if told}


def _way(met: str, words: list[QueryWord], asked: set[str]) -> str:
    if met.casefold() in asked:
        return EXACT
    token = fold_key(met)
    penalties = [word.forms[token] for word in words if token in word.forms]
    if not penalties:
        return BEGUN
    return ATTACHED if min(penalties) else FOLDED
