"""A snapshot as it is read now: its addresses, and what of it may be shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.urls import reverse

from annotations.editions.reading import Shown
from annotations.editions.values import MediaPlace, Note, Place, Snapshot, TermFacts
from annotations.presenters.snapshot import Book, Entry
from archive.presenters.veils import warned_of


@dataclass(frozen=True)
class Issue:
    """What the reader and its panels are written from; the preview makes one of an unsealed snapshot."""

    book: Book
    #: Path of the page in the interface language, ending in "/".
    base: str
    #: Absolute address without a language, which stays.
    permalink: str
    shown: Shown
    #: Address of a picture's copy, by its name in the snapshot.
    picture: Callable[[str], str]
    manifest_hash: str = ""
    published_at: datetime | None = None
    is_preview: bool = False
    #: Public id of the release, and when it was sealed; nothing in a preview.
    release: str = ""
    sealed_at: datetime | None = None

    @property
    def snapshot(self) -> Snapshot:
        """The frozen value."""
        return self.book.snapshot

    def warned_of(self, kind: str, ident: str) -> str:
        """Return what readers are warned of at a member now, in words; at a picture, of what its work warns too."""
        own = self.shown.warnings.get((kind, ident), ())
        around = self.shown.warnings.get(("work", self.snapshot.work.id), ()) if kind == "image" else ()
        return warned_of(around, own)

    def shows(self, note: Note) -> bool:
        """Whether a note may be read now: who may see a picture or a film decides on the notes that are on it."""
        return note.place is None or self.shown.has(*note.place.member)

    @cached_property
    def hidden(self) -> frozenset[str]:
        """Ids of the notes that may not be read now; each is a labelled gap."""
        return frozenset(note.id for notes in self.book.on.values() for note in notes if not self.shows(note))

    @cached_property
    def terms(self) -> list[tuple[TermFacts, list[Note]]]:
        """The terms on notes that may be read now, with those notes."""
        found = []
        for term in self.snapshot.terms:
            notes = [note for note in self.book.by_term.get(term.id, ()) if note.id not in self.hidden]
            if notes:
                found.append((term, notes))
        return found

    @property
    def is_dated(self) -> bool:
        """Whether a line of time has something to show."""
        return any(term.date for term, _notes in self.terms)

    @property
    def is_placed(self) -> bool:
        """Whether a map has something to show."""
        return any(term.latitude is not None for term, _notes in self.terms)

    def note_url(self, ident: str) -> str:
        """Return where a note is read on this page, with and without script."""
        return f"{self.base}?note={ident}#note-{ident}"

    def passage_url(self, start: int, end: int) -> str:
        """Return where a passage is read on this page."""
        return f"{self.base}?at={start}-{end}#at-{start}-{end}"

    def entry_url(self, entry: Entry) -> str:
        """Return where the passage of an entry, or its picture or film, is shown marked, without script too."""
        place = entry.place if isinstance(entry, Note) else None
        if place is None:
            return f"{self.base}?note={entry.id}#passage"
        at = f"media-{place.member[1]}" if place.block is None else f"b{place.block + 1}"
        return f"{self.base}?note={entry.id}#{at}"

    def listed_url(self, entry: Entry) -> str:
        """Return where an entry stands in the list of those that begin in its block."""
        return f"{self.base}notes/?block={self.book.block_of(entry.start) + 1}#note-{entry.id}"

    def place_url(self, place: Place) -> str:
        """Return where the far end of a reference is read; empty when it may not be shown."""
        if place.note in self.book.notes:
            return self.note_url(place.note)
        if span := self.book.span_of(place):
            return self.passage_url(*span)
        return place_url(place) if self.shown.has_place(place) else ""


def place_url(place: Place) -> str:
    """Return the address of a place outside the edition, on the page of the thing that it is in."""
    kind, ident = place.member
    if kind == "image":
        return reverse("image", args=[ident])
    if kind == "video":
        url = reverse("video", args=[ident])
        return url if place.start_time is None else f"{url}?t={place.start_time:g}-{place.end_time or 0:g}"
    url = reverse("work", args=[place.slug])
    if place.start is None:
        return url
    span = f"{place.start}-{place.end}"
    return f"{url}?text={place.text}&revision={place.revision}&at={span}#at-{span}"


def place_address(place: MediaPlace) -> str:
    """Return the page of the picture or the film that a note is on, there at its seconds."""
    kind, ident = place.member
    if kind == "image":
        return reverse("image", args=[ident])
    return f"{reverse('video', args=[ident])}?t={place.start_time or 0:g}-{place.end_time or 0:g}#film"
