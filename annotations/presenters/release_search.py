"""What of a release holds some words: passages of its text and its notes, as they may be read now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from annotations.editions.values import Note
from annotations.presenters.issue import Issue
from annotations.presenters.snapshot import Book
from archive.search.snippets import Snippet, snippet_of, ways
from archive.search.tokens import QueryWord, indexed, occurrences, parse
from archive.text.plain import plain_words

#: Editions whose folded words a process keeps.
KEPT = 4


@dataclass(frozen=True, slots=True)
class Unit:
    """A block of the text, or a note: what all words that are asked for must stand in."""

    words: str
    #: Where the block begins in the text, in code points.
    start: int = 0
    note: Note | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A unit that holds the words, with what is shown of it."""

    url: str
    note: Note | None
    snippet: Snippet
    ways: dict[str, list[str]]


@lru_cache(maxsize=KEPT)
def _folded(book: Book) -> tuple[tuple[Unit, frozenset[str]], ...]:
    """Return the units of an edition with their folded words; made once, since a sealed text never changes."""
    return tuple((unit, frozenset(indexed(unit.words).split())) for unit in _units(book))


def _units(book: Book) -> Iterator[Unit]:
    text = book.snapshot.text
    for block in text.blocks:
        if words := text.content[block["start"] : block["end"]].strip():
            yield Unit(words, block["start"] + text.content[block["start"] : block["end"]].index(words))
    for note in book.snapshot.notes:
        yield Unit(plain_words(note.body), note=note)


def units_with(issue: Issue, query: str) -> list[Unit]:
    """Return what holds every word of a query: passages in their order, then notes in that of their numbers."""
    words = parse(query)
    if not words:
        return []
    found = (unit for unit, tokens in _folded(issue.book) if all(_stands_in(word, tokens) for word in words))
    return [unit for unit in found if unit.note is None or unit.note.id not in issue.hidden]


def _stands_in(word: QueryWord, tokens: frozenset[str]) -> bool:
    if not tokens.isdisjoint(word.forms):
        return True
    return word.is_prefix and any(word.penalty(token) is not None for token in tokens)


def told(issue: Issue, units: Sequence[Unit], query: str, language: str) -> list[Found]:
    """Return what is shown of some units: the words around the first occurrence, where it is read, and how it matched."""
    words = parse(query)
    return [
        Found(
            url=_address(issue, unit, words),
            note=unit.note,
            snippet=snippet_of(
                unit.words,
                words,
                is_markdown=False,
                language=unit.note.language if unit.note else issue.snapshot.text.language,
                wanted=language,
            ),
            ways=ways([unit.words], words, query),
        )
        for unit in units
    ]


def _address(issue: Issue, unit: Unit, words: list[QueryWord]) -> str:
    if unit.note:
        return issue.note_url(unit.note.id)
    start, end, _penalty = occurrences(unit.words, words)[0]
    return issue.passage_url(unit.start + start, unit.start + end)
