"""A release as a volume in one language of labels: its title page, its notes with all that they say, its gaps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from annotations.editions.values import Note, PictureFacts, PictureFile, Place, Reference, Snapshot, Words
from annotations.exports.books.tree import Node
from annotations.exports.given import Given
from annotations.exports.readings import Readings, readings_of
from annotations.presenters.cited import cited, cited_url
from annotations.presenters.issue import place_url
from annotations.presenters.labels import CATEGORIES, order_words
from annotations.presenters.note_cards import place_label as far_label
from annotations.presenters.placed import gap_words, place_label, quotation
from annotations.presenters.register import KINDS
from annotations.presenters.release_context import credits_of, license_of
from annotations.presenters.snapshot import Book
from annotations.presenters.words import Said, said
from archive.presenters.languages import direction_of
from archive.presenters.listing import listed
from archive.presenters.moments import day_words


class Row(NamedTuple):
    """One line of the title page's back: what it says, and the language that this is in."""

    label: str
    words: str
    href: str = ""
    language: str = ""


class Line(NamedTuple):
    """A cross-reference as it is read: how it relates, to what, where that is read, and what is said of it."""

    relation: str
    target: str
    href: str
    note: str
    #: Id of the note of this release that it leads to; empty for all else.
    inside: str


class Pictured(NamedTuple):
    """What stands in the place of a picture: the copy to show, else the gap that says why there is none."""

    file: PictureFile | None
    alternative: str
    gap: str
    #: Said before the picture is shown.
    warning: str
    href: str


@dataclass(frozen=True)
class Volume:
    """What every book is written from; made and read while the language of its labels is the active one."""

    given: Given
    #: "ar" or "en": in which the labels are.
    language: str

    @property
    def snapshot(self) -> Snapshot:
        """The frozen value."""
        return self.given.snapshot

    @property
    def is_rtl(self) -> bool:
        """Whether the text runs from right to left."""
        return self.snapshot.text.direction == "rtl"

    @cached_property
    def book(self) -> Book:
        """The snapshot with what is looked up in it."""
        return Book(self.snapshot)

    @cached_property
    def readings(self) -> Readings:
        """The snapshot as it was read."""
        return readings_of(self.given.manifest_hash, self.snapshot)

    @property
    def tree(self) -> list[Node]:
        """The text."""
        return self.readings.text

    @cached_property
    def title(self) -> Said:
        """The title of the edition, else of the work."""
        return said(self.snapshot.title, self.language) or said(self.snapshot.work.title, self.language)

    @cached_property
    def introduction(self) -> Said:
        """The front matter, in Markdown."""
        return said(self.snapshot.introduction, self.language)

    @cached_property
    def authors(self) -> list[str]:
        """Who wrote the text and is credited with the edition, each once."""
        people = [*credits_of(self.snapshot.work.creators), *credits_of(self.snapshot.credits)]
        return list(dict.fromkeys(person["name"] for person in people if person["name"]))

    @cached_property
    def warning(self) -> str:
        """What readers are warned of before they begin."""
        kinds = self.given.warned("work", self.snapshot.work.id)
        words = said(self.snapshot.work.content_warning, self.language).text
        return " · ".join(part for part in (kinds, words) if part)

    def rows(self) -> Iterator[Row]:
        """Yield what stands on the back of the title page."""
        snapshot, given = self.snapshot, self.given
        work = said(snapshot.work.title, self.language)
        yield Row(_("Work"), work.text, f"{self.origin}{_path_of_work(snapshot)}", work.language)
        for person in credits_of(snapshot.work.creators):
            yield Row(person["role"] or _("By"), person["name"], language=person["language"])
        for person in credits_of(snapshot.credits):
            yield Row(_roles_of(person) or _("Credits"), person["name"], language=person["language"])
            if "orcid" in person:
                yield Row("ORCID", person["orcid"], person["orcid_url"])
        if snapshot.authors:
            yield Row(_("Notes by"), " · ".join(self.called(person.id) for person in snapshot.authors))
        if snapshot.reviewers:
            yield Row(
                _("Notes accepted by"), " · ".join(self.called(person.id) for person in snapshot.reviewers)
            )
        yield Row(_("Release"), str(snapshot.number))
        if order := order_words(snapshot.order):
            yield Row(_("Numbers of the notes"), order)
        if given.published:
            yield Row(_("Published"), day_words(date.fromisoformat(given.published)))
        note = said(snapshot.change_note, self.language)
        if note:
            yield Row(_("What changed"), note.text, language=note.language)
        if snapshot.license:
            license_ = license_of(snapshot.license)
            yield Row(_("License"), license_["label"], license_["url"])
        if snapshot.work.rights_uri:
            rights = license_of(snapshot.work.rights_uri)
            holder = said(snapshot.work.rights_holder, self.language).text
            label = " · ".join(part for part in (rights["label"], holder) if part)
            yield Row(_("Rights in the work"), label, rights["url"])
        yield Row(_("Address"), given.address, given.address)
        yield Row(_("Hash of the release (SHA-256)"), given.manifest_hash)

    @property
    def origin(self) -> str:
        """The address of the site, without "/" at its end."""
        return self.given.address.removesuffix(f"/editions/{self.snapshot.slug}/{self.snapshot.number}/")

    def note_address(self, note: Note) -> str:
        """Return where a note is read on the site."""
        return f"{self.given.address}annotations/{note.id}"

    def is_hidden(self, note: Note) -> bool:
        """Whether only the number of a note may be told."""
        return not self.given.shows_note(note)

    def gap(self, note: Note) -> str:
        """Return what is said in the place of a note that may not be read."""
        return gap_words(note)

    def head(self, note: Note) -> str:
        """Return what a note is on: the words, or its picture or film and the part of that, if that may be told."""
        if self.is_hidden(note):
            return self.gap(note)
        if note.place is None:
            return quotation(note.exact)
        kind, ident = note.place.member
        row = self.book.pictures.get(ident) if kind == "image" else self.book.films.get(ident)
        title = said(row.title, self.language).text if row else ""
        return place_label(title or (_("Image") if kind == "image" else _("Video")), note.place)

    def category(self, note: Note) -> str:
        """Return what kind of note it is."""
        return str(CATEGORIES[note.category])

    def body(self, note: Note) -> list[Node]:
        """Return what a note says."""
        return self.readings.body(note.body) if note.body else []

    def author(self, note: Note) -> str:
        """Return who wrote it."""
        return self.called(note.author)

    def called(self, person: str) -> str:
        """Return the name of an author or a reviewer in the language of the book."""
        return self.book.called(person, self.language)

    def tags(self, note: Note) -> list[Said]:
        """Return the names of its tags."""
        return [said(self.book.terms[tag].label, self.language) for tag in note.tags]

    def lines(self, note: Note) -> list[Line]:
        """Return its cross-references, those that it makes and those that point at it."""
        out = [self._line(reference) for reference in note.references]
        return out + [
            Line(self.book.relation_label(one, inward=True), self.head(source), "", one.note, source.id)
            for source, one in self.book.incoming.get(note.id, ()) if not self.is_hidden(source)
        ]  # fmt: skip

    def _line(self, reference: Reference) -> Line:
        relation = self.book.relation_label(reference, inward=False)
        place = reference.target
        if place is None:
            citation = reference.citation or {}
            return Line(relation, cited(citation), cited_url(citation), reference.note, "")
        if not self.given.shows_place(place):
            return Line(relation, _("a place that is not public now"), "", "", "")
        if place.note in self.book.notes:
            note = self.book.notes[place.note]
            return Line(
                relation, self.head(note), "", reference.note, "" if self.is_hidden(note) else note.id
            )
        return Line(relation, *self._far(place), reference.note, "")

    def _far(self, place: Place) -> tuple[str, str]:
        if found := self.book.span_of(place):
            span = f"{found[0]}-{found[1]}"
            return quotation(place.exact), f"{self.given.address}?at={span}#at-{span}"
        return far_label(place), f"{self.origin}{place_url(place)}"

    def picture(self, image: PictureFacts | None) -> Pictured:
        """Return what is shown of a picture: the widest copy that the release keeps, or why there is none."""
        if image is None:
            return Pictured(None, "", _("Missing figure"), "", "")
        title = self.words(image.title) or _("Image")
        href = f"{self.origin}/{self.language}/images/{image.id}/"
        if not self.given.shows("image", image.id):
            return Pictured(None, "", _("Not public"), "", "")
        if not self.given.shows_picture(image.id):
            covered = _("Parts of this picture were covered after this release was sealed")
            return Pictured(None, title, covered, "", href)
        alternative = self.words(image.alternative) or title
        kinds = self.given.warned("image", image.id)
        warning = " · ".join(part for part in (kinds, self.words(image.content_warning)) if part)
        files = [file for file in image.files if file.media_type in PLAIN_PICTURES]
        widest = max(files, key=lambda file: (file.width, file.name), default=None)
        return Pictured(widest, alternative, "" if widest else _("Missing figure"), warning, href)

    @cached_property
    def cover(self) -> Pictured | None:
        """The cover, if it may be shown; behind its warning, where there is one."""
        shown = self.picture(self.snapshot.cover) if self.snapshot.cover else None
        return shown if shown and shown.file else None

    def words(self, words: Words) -> str:
        """Return words in the language of the labels, else in the other."""
        return said(words, self.language).text

    @cached_property
    def beside(self) -> list[tuple[str, str, list[Note]]]:
        """The pictures and films with notes that do not stand in the text: kind, id, notes."""
        return [(kind, ident, self.book.on[kind, ident]) for kind, ident in self.book.beside]

    def terms(self) -> list[tuple[str, list[tuple[Said, list[Note]]]]]:
        """Return the index as the page has it: kinds of terms with their terms, each with the notes that bear it."""
        found = []
        for kind, label in KINDS:
            rows = []
            for term in self.snapshot.terms:
                notes = [note for note in self.book.by_term.get(term.id, ()) if not self.is_hidden(note)]
                if term.kind == kind and notes:
                    rows.append((said(term.label, self.language), notes))
            if rows:
                rows.sort(key=lambda row: row[0].text.casefold())
                found.append((str(label), rows))
        return found


#: What readers of books can show; all copies are WebP or one of these.
PLAIN_PICTURES = frozenset({"image/webp", "image/jpeg", "image/png", "image/avif"})


def language_of(snapshot: Snapshot) -> str:
    """Return the language of the labels of a book in one language: that of its text, as far as we speak it."""
    return "ar" if snapshot.text.language.split("-")[0] == "ar" or snapshot.text.direction == "rtl" else "en"


def direction(language: str) -> str:
    """Return the direction of a language."""
    return direction_of(language)


def _roles_of(person: Mapping[str, Any]) -> str:
    """Return all that somebody is credited with, as a list."""
    return listed(filter(None, (person["role"], *(role["words"] for role in person.get("credited", ())))))


def _path_of_work(snapshot: Snapshot) -> str:
    return f"/works/{snapshot.work.slug}/"
