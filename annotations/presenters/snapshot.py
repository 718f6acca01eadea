"""A snapshot with its doors: what is looked up in it while a page is written. Made once per snapshot."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from django.conf import settings
from django.utils.translation import get_language

from annotations.citing.crediting import named_in
from annotations.editions.order import by_place
from annotations.editions.parts import span_in
from annotations.editions.values import (
    FigureFacts,
    FilmFacts,
    Note,
    PictureFacts,
    PictureFile,
    Place,
    Reference,
    Snapshot,
    TermFacts,
    VideoFacts,
)
from annotations.enums import Category, NoteOrder
from annotations.presenters.labels import early_label, relation_label
from annotations.values import RelationWords
from archive.text.sections import Section, count_words, sections

_CATEGORY = {category.value: index for index, category in enumerate(Category)}


@dataclass(frozen=True, slots=True)
class Arrival:
    """A passage that a note elsewhere in the text points at: the far end of a cross-reference."""

    id: str
    start: int
    end: int
    exact: str
    source: Note
    reference: Reference
    category: str = Category.LINK.value


Entry = Note | Arrival


def in_number_order(snapshot: Snapshot, entries: Sequence[Entry]) -> list[Entry]:
    """Return entries, given by place, in the order in which lists have them."""
    if snapshot.order == NoteOrder.PLACE:
        return list(entries)
    notes = sorted((entry for entry in entries if isinstance(entry, Note)), key=lambda note: note.number)
    return [*notes, *(entry for entry in entries if not isinstance(entry, Note))]


class Book:
    """A snapshot and the tables that lead into it."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot

    @cached_property
    def notes(self) -> dict[str, Note]:
        """The notes by id."""
        return {note.id: note for note in self.snapshot.notes}

    @cached_property
    def terms(self) -> dict[str, TermFacts]:
        """The terms by id."""
        return {term.id: term for term in self.snapshot.terms}

    @cached_property
    def relations(self) -> dict[str, RelationWords]:
        """What the relations were called when it was sealed, by code."""
        return {relation.code: relation for relation in self.snapshot.relations}

    def relation_label(self, reference: Reference, *, inward: bool) -> str:
        """Return how a reference reads, from the note that makes it or from what it points at."""
        backwards = reference.is_inverse != inward
        words = self.relations.get(reference.relation)
        if words is None:
            return early_label(reference.relation, backwards=backwards)
        return relation_label(words, backwards=backwards)

    @cached_property
    def names(self) -> dict[str, str]:
        """Names of authors and reviewers by id."""
        return {p.id: p.name for p in (*self.snapshot.authors, *self.snapshot.reviewers)}

    def called(self, person: str, language: str = "") -> str:
        """Return the name of an author or a reviewer, in the reader's language where the credits say it."""
        language = language or (get_language() or settings.LANGUAGE_CODE).split("-")[0]
        return named_in(self.names.get(person, ""), self.snapshot.credits, language)

    @cached_property
    def by_term(self) -> dict[str, list[Note]]:
        """For each term the notes that bear it, in the order of their numbers."""
        found: dict[str, list[Note]] = {}
        for note in self.snapshot.notes:
            for tag in note.tags:
                found.setdefault(tag, []).append(note)
        return found

    @cached_property
    def incoming(self) -> dict[str, list[tuple[Note, Reference]]]:
        """For each note the references of other notes that point at it."""
        found: dict[str, list[tuple[Note, Reference]]] = {}
        for note in self.snapshot.notes:
            for reference in note.references:
                if reference.target and reference.target.note in self.notes:
                    found.setdefault(reference.target.note, []).append((note, reference))
        return found

    def is_here(self, place: Place) -> bool:
        """Whether a place is a passage of the pinned wording."""
        return self.span_of(place) is not None

    def span_of(self, place: Place) -> tuple[int, int] | None:
        """Return where a place is in the pinned wording; None of every other."""
        return span_in(self.snapshot, place)

    @cached_property
    def entries(self) -> list[Entry]:
        """Notes and arrivals in the order of the text, longer spans first."""
        arrivals: list[Entry] = [
            Arrival(f"to-{ref.id}", *span, ref.target.exact, note, ref)
            for note in self.snapshot.notes
            for ref in note.references
            if ref.target and ref.target.note not in self.notes and (span := self.span_of(ref.target))
        ]
        notes = by_place(self.snapshot)
        if not arrivals:
            return list(notes)
        return sorted([*notes, *arrivals], key=lambda entry: (entry.start, -entry.end))

    @cached_property
    def listed(self) -> list[Entry]:
        """The same as lists have them: the notes in the order of their numbers; where that is not the text's, then the arrivals."""
        return in_number_order(self.snapshot, self.entries)

    @cached_property
    def entry_starts(self) -> list[int]:
        """Where the entries begin."""
        return [entry.start for entry in self.entries]

    @cached_property
    def by_id(self) -> dict[str, Entry]:
        """Notes and arrivals by id."""
        return {entry.id: entry for entry in self.entries}

    def between(self, start: int, end: int) -> Sequence[Entry]:
        """Return the entries that begin in `[start, end)`."""
        return self.entries[bisect_left(self.entry_starts, start) : bisect_left(self.entry_starts, end)]

    @cached_property
    def block_starts(self) -> list[int]:
        """Where the blocks begin."""
        return [block["start"] for block in self.snapshot.text.blocks]

    def block_of(self, offset: int) -> int:
        """Return the index of the block that holds an offset."""
        return max(0, bisect_right(self.block_starts, offset) - 1)

    @cached_property
    def counts(self) -> dict[int, int]:
        """How many entries on words begin in each block, by its index; what is on a picture is listed below it."""
        starts = [entry.start for entry in self.entries if entry.end > entry.start]
        edges = [bisect_left(starts, start) for start in self.block_starts[1:]]
        edges = [0, *edges, len(starts)]
        return {
            block: after - before for block, (before, after) in enumerate(pairwise(edges)) if after > before
        }

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The sections in which a long text is read."""
        text, parts = self.snapshot.text, self.snapshot.parts
        return sections(text.content, text.blocks, [part.block for part in parts])

    def section_of(self, offset: int) -> int:
        """Return the index of the section that holds an offset."""
        return max(0, bisect_right([section.start for section in self.sections], offset) - 1)

    @cached_property
    def words(self) -> int:
        """How many words the text has."""
        return count_words(self.snapshot.text.content)

    @cached_property
    def figures(self) -> dict[str, FigureFacts]:
        """The figures by key."""
        return {figure.key: figure for figure in self.snapshot.figures}

    @cached_property
    def pictures(self) -> dict[str, PictureFacts]:
        """All pictures by public id, in the text or not."""
        found = {figure.image.id: figure.image for figure in self.snapshot.figures if figure.image}
        return found | {picture.id: picture for picture in self.snapshot.pictures}

    @cached_property
    def files(self) -> dict[str, PictureFile]:
        """The public copies of all pictures that the release keeps, the cover's too, by name."""
        return {file.name: file for picture in self.snapshot.all_pictures for file in picture.files}

    @cached_property
    def films(self) -> dict[str, FilmFacts]:
        """The films that notes are on, by public id."""
        return {film.id: film for film in self.snapshot.films}

    @cached_property
    def on(self) -> dict[tuple[str, str], list[Note]]:
        """The notes on each picture ("image", id) and film ("video", id), in their order."""
        found: dict[tuple[str, str], list[Note]] = {}
        for note in self.snapshot.notes:
            if note.place:
                found.setdefault(note.place.member, []).append(note)
        return found

    @cached_property
    def beside(self) -> tuple[tuple[str, str], ...]:
        """The pictures and films with notes that do not stand in the text, in the order of their notes."""
        return tuple(
            member for member, notes in self.on.items() if notes[0].place and notes[0].place.block is None
        )

    @cached_property
    def videos(self) -> dict[str, VideoFacts]:
        """The videos by "provider:id"."""
        return {f"{v.provider}:{v.external_id}": v for v in self.snapshot.videos}

    def bounds(self, query: Mapping[str, str]) -> tuple[int, int]:
        """Return `from` and `to` of an address, by default everything."""
        values = []
        for name, default in (("from", 0), ("to", self.snapshot.text.length + 1)):
            given = query.get(name, "")
            values.append(int(given) if given.isascii() and given.isdigit() and len(given) < 10 else default)
        return values[0], values[1]

    def spans_json(
        self, start: int = 0, end: int | None = None, *, hidden: frozenset[str] = frozenset()
    ) -> bytes:
        """Return where the entries lie, in the compact form of `annotations.presenters.spans`.

        A note on a picture or a film has no length; of the `hidden` ones not even the category is told.
        """
        entries = self.between(start, self.snapshot.text.length + 1 if end is None else end)
        before, spans = 0, []
        for entry in entries:
            spans.append(
                (
                    entry.start - before,
                    entry.end - entry.start,
                    0 if entry.id in hidden else _CATEGORY[entry.category],
                )
            )
            before = entry.start
        value = {
            "revision": self.snapshot.text.revision, "ids": [entry.id for entry in entries], "spans": spans,
        }  # fmt: skip
        return json.dumps(value, separators=(",", ":"), check_circular=False).encode()


_books: OrderedDict[str, Book] = OrderedDict()
#: Books that one process keeps.
KEPT = 8


def book_of(digest: str, snapshot: Snapshot) -> Book:
    """Return the book of a sealed snapshot, made once in a process: its hash names it, so it never ages."""
    book = _books.pop(digest, None) or Book(snapshot)
    _books[digest] = book
    while len(_books) > KEPT:
        _books.popitem(last=False)
    return book
