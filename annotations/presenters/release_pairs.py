"""A release beside the release of its translation: rows of cells, each with its own notes, a page of rows at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString

from annotations.editions.paired_texts import Bond, Row, bonds_of, releases_with, rows_between
from annotations.editions.parts import part_of_block
from annotations.presenters.issue import Issue
from annotations.presenters.note_cards import Cards
from annotations.presenters.release import INLINE_NOTES, Asked
from annotations.presenters.release_media import media_of
from annotations.presenters.released import issue_of
from annotations.presenters.snapshot import Entry, in_number_order
from annotations.presenters.words import Said, said
from archive.presenters.article import Extras, Marked, render_article
from archive.presenters.languages import direction_of, language_label
from archive.presenters.pairs import A_PAGE, WORDS
from archive.text.sections import count_words


@dataclass(frozen=True, slots=True)
class Partner:
    """A release that can be read beside another."""

    row: Any
    #: The name of the other language.
    language: str
    href: str
    is_shown: bool


@dataclass(frozen=True, slots=True)
class Besides:
    """What can be read beside a release: its translations that are released themselves, and the one that was asked for."""

    partners: list[Partner]
    shown: Any = None
    bonds: Sequence[Bond] = ()
    #: Whether there are pairs, but no release that has the other of two wordings that are paired.
    is_unreleased: bool = False


def besides_of(issue: Issue, asked: Asked) -> Besides:
    """Return what can be read beside a release now; an address that names something else names nothing."""
    bonds, is_paired = bonds_of(issue.snapshot)
    rows = releases_with(bonds)
    shown = next((row for row in rows if row.public_id == asked.beside), None)
    part = f"&section={asked.section}" if asked.section > 1 else ""
    partners = [
        Partner(
            row, _language(row, bonds), f"{issue.base}?beside={row.public_id}{part}", row is shown
        ) for row in rows
    ]  # fmt: skip
    return Besides(partners, shown, bonds, is_unreleased=is_paired and not rows)


def _language(row: Any, bonds: Sequence[Bond]) -> str:
    codes = {bond.there.pk: bond.there.language for bond in bonds}
    return language_label(codes.get(row.revision_id) or next(iter(codes.values())))


@dataclass(frozen=True, slots=True)
class Cell:
    """Blocks of one of the two releases, with the notes that begin in them."""

    words: SafeString | str
    language: str
    direction: str
    count: int = 0
    notes: SafeString = field(default=SafeString(""))
    notes_url: str = ""


@dataclass(frozen=True, slots=True)
class Pairs:
    """What the page shows of two releases."""

    other: Issue
    title: Said
    language: str
    #: The number of a newer public release of the other edition; 0 when this is the newest.
    newer: int
    rows: list[dict[str, Any]]
    number: int
    pages: int


def pairs_page(
    issue: Issue, besides: Besides, asked: Asked, page: int, newest: int
) -> tuple[Pairs, list[range]]:
    """Return the rows of the page that is asked for by its number, or by what stands on it."""
    other = issue_of(besides.shown)
    rows = rows_between(issue.snapshot, other.snapshot, besides.bonds)
    pages = _cut(rows, issue, other)
    number = min(page or _page_of(asked, rows, pages, issue, other), len(pages))
    shown = pages[number - 1]
    chosen = [rows[at] for at in shown]
    left, right = _Column(issue, "b", "left", asked.note), _Column(other, "t", "right", asked.note)
    held = {entry.id for row in chosen for entry in left.entries(row.left)}
    inline = len(held) + sum(len(right.entries(row.right)) for row in chosen) <= INLINE_NOTES
    lines = [
        {
            "number": at + 1, "to_check": row.to_check,
            "cells": [left.cell(row.left, inline, frozenset()), right.cell(row.right, inline, held)],
        }
        for at, row in zip(shown, chosen, strict=True)
    ]  # fmt: skip
    newer = newest if newest > other.snapshot.number else 0
    language = _language(besides.shown, besides.bonds)
    found = Pairs(other, said(other.snapshot.title), language, newer, lines, number, len(pages))
    return found, pages


def _cut(rows: Sequence[Row], issue: Issue, other: Issue) -> list[range]:
    """Return the pages of rows, each as long as can be read at once."""
    pages, first, words = [], 0, 0
    for index, row in enumerate(rows):
        size = _words(issue, row.left) + _words(other, row.right)
        if index > first and (index - first >= A_PAGE or words + size > WORDS):
            pages.append(range(first, index))
            first, words = index, 0
        words += size
    return [*pages, range(first, len(rows))]


def _words(issue: Issue, blocks: tuple[int, int]) -> int:
    text = issue.snapshot.text
    return sum(count_words(text.content[b["start"] : b["end"]]) for b in text.blocks[slice(*blocks)])


def _page_of(
    asked: Asked, rows: Sequence[Row], pages: Sequence[range], issue: Issue, other: Issue
) -> int:  # fmt: skip
    """Return the page on which what is asked for stands: a note of either, a passage or a part of the first; else the first page."""
    place = _place(asked, issue)
    at = None
    if place is not None:
        block = issue.book.block_of(place)
        at = next((n for n, row in enumerate(rows) if row.left[0] <= block < row.left[1]), None)
    elif asked.note in other.book.by_id:
        block = other.book.block_of(other.book.by_id[asked.note].start)
        at = next((n for n, row in enumerate(rows) if row.right[0] <= block < row.right[1]), None)
    return next((n for n, page in enumerate(pages, 1) if at is not None and at in page), 1)


def _place(asked: Asked, issue: Issue) -> int | None:
    book = issue.book
    if asked.note in book.by_id:
        return book.by_id[asked.note].start
    if asked.at:
        return asked.at[0]
    return book.sections[asked.section - 1].start if 1 < asked.section <= len(book.sections) else None


class _Column:
    """One of the two releases, ready to be cut into cells."""

    def __init__(self, issue: Issue, ident: str, side: str, note: str) -> None:
        self.issue, self.text, self.side = issue, issue.snapshot.text, side
        self.cards = Cards(issue)
        self.media = media_of(issue, current=note, inline=False)
        self.ident, self.note = ident, note

    def entries(self, blocks: tuple[int, int]) -> Sequence[Entry]:
        """Return the notes that begin in these blocks."""
        if blocks[0] == blocks[1]:
            return ()
        start, end = self._bounds(blocks)
        return self.issue.book.between(start, end + 1)

    def _bounds(self, blocks: tuple[int, int]) -> tuple[int, int]:
        return self.text.blocks[blocks[0]]["start"], self.text.blocks[blocks[1] - 1]["end"]

    def cell(self, blocks: tuple[int, int], inline: bool, held: frozenset[str] | set[str]) -> Cell:
        """Return blocks as markup with their notes; those `held` stand in the other column of the page."""
        language, direction = self._language(blocks)
        if blocks[0] == blocks[1]:
            return Cell("", language, direction)
        entries = [entry for entry in self.entries(blocks) if entry.id not in held]
        notes = self.cards.all(in_number_order(self.issue.snapshot, entries)) if inline else SafeString("")
        url = f"{self.issue.base}notes/?block={blocks[0] + 1}"
        return Cell(self._words(blocks, entries), language, direction, len(entries), notes, url)

    def _language(self, blocks: tuple[int, int]) -> tuple[str, str]:
        part = part_of_block(self.issue.snapshot.parts, blocks[0])
        if part is None:
            return self.text.language, self.text.direction
        return part.language, direction_of(part.language)

    def _words(self, blocks: tuple[int, int], entries: Sequence[Entry]) -> SafeString:
        start, end = self._bounds(blocks)
        extras = Extras(
            **self.media, marked=[self._mark(e) for e in entries if e.end > e.start], ident=self.ident,
            has_parts=bool(self.issue.snapshot.parts),
        )  # fmt: skip
        marks = [mark for mark in self.text.marks if mark["start"] < end and mark["end"] > start]
        return render_article(
            content=self.text.content, blocks=self.text.blocks, marks=marks, extras=extras,
            first=blocks[0], last=blocks[1],
        )  # fmt: skip

    def _mark(self, entry: Entry) -> Marked:
        attrs: Mapping[str, str] = {"data-note": entry.id, "data-category": entry.category}
        current = {"aria-current": "true"} if entry.id == self.note else {}
        return Marked(entry.start, entry.end, {**attrs, **current}, anchor=f"mark-{entry.id}")
