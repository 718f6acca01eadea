"""How a note of another system's file becomes a draft here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from annotations.actions._note_plan import category_of, record_of
from annotations.actions._note_terms import terms_of
from annotations.actions._places import NewPlace, Places, Reading, check_reach, new_anchor
from annotations.actions._versions import check_words, new_version, parts_of, rows_of
from annotations.actions.propose_term import propose_term
from annotations.anchoring.types import Method
from annotations.authorities import recognized
from annotations.enums import AnchorStatus, ArrivalOutcome, LocusKind, Relation, TermKind, Visibility
from annotations.exchange.notes.addresses import named_here
from annotations.exchange.notes.records import NoteRecord, Tag
from annotations.models import Anchor, Annotation, Locus, NoteImport, NoteImportRow
from annotations.presenters.search_kinds import PASSAGE, note_entry
from annotations.values import (
    CONTEXT,
    Citation,
    NoteInput,
    Place,
    ReferenceInput,
    RegionPlace,
    TermInput,
    TextPlace,
    TimePlace,
    WebPlace,
    is_language,
)
from archive.access import viewer_of
from archive.actions.index_entry import indexed_at_once
from archive.errors import Stale
from archive.models import User
from archive.models.inserting import insert

#: How the anchor of such a note was found.
METHOD = "imported"
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_LATIN = re.compile(r"[A-Za-z]")


class NoteMaker:
    """Makes the notes of one step, in the caller's transaction."""

    def __init__(self, step: NoteImport, by: User) -> None:
        self.step, self.by, self.places = step, by, Places(by)
        self._terms: dict[Tag, str] = {}
        self._texts: dict[str, Reading] = {}

    def name_tags(self, rows: Iterable[NoteImportRow]) -> None:
        """Find the terms of all tags as they are now, and propose those that nobody knows if that was asked for.

        Raises what `propose_term` raises.
        """
        tags = list(dict.fromkeys(tag for row in rows for tag in record_of(row.told).tags))
        self._terms = terms_of(tags, viewer_of(self.by))
        if self.step.asked.get("unknown_tags") != "propose":
            return
        made: dict[str, str] = {}
        for tag in tags:
            name = tag.name.strip()
            if tag in self._terms or not name:
                continue
            if name not in made:
                made[name] = propose_term(term=_term(tag, name), by=self.by).public_id
            self._terms[tag] = made[name]
        self.step.asked["proposed"] = len(made)

    def texts(self) -> Iterator[tuple[int, int]]:
        """Yield the key of each text on which notes were made, with that of its wording."""
        for reading in self._texts.values():
            yield reading.text.pk, reading.revision_id

    def make(self, row: NoteImportRow) -> None:
        """Make the note of a row, unsaved itself; raises HashiyaError for what cannot be a note."""
        record = record_of(row.told)
        visibility = (
            Visibility.PRIVATE
            if "target" in row.on
            else Visibility(self.step.asked.get("visibility", Visibility.OPEN))
        )
        note = self._said(record, visibility)
        check_words(note)
        new = self._new(row, record)
        locus = new.locus
        check_reach(locus, note.visibility)
        annotation = Annotation(
            author=self.by, credited=_credit(record.author, self.by), text=locus.text, image=locus.image, video=locus.video,
            visibility=note.visibility, elsewhere=_elsewhere(record),
        )  # fmt: skip
        parts = parts_of(note, places=self.places, by=self.by)
        version = new_version(annotation, note, parts, number=1, locus=locus, exact=new.exact, by=self.by)
        rows = rows_of(version, parts, places=[new, *parts.places])
        found = indexed_at_once(note_entry(annotation.pk, version, new.exact[:PASSAGE]), by=self.by)
        insert([annotation, *rows, *found])
        row.annotation = annotation
        row.outcome = ArrivalOutcome.WAITS if row.outcome != ArrivalOutcome.READY else ArrivalOutcome.MADE

    def _said(self, record: NoteRecord, visibility: Visibility) -> NoteInput:
        terms, strange = [], []
        for tag in record.tags:
            meant = self._terms.get(tag, "")
            if meant:
                terms.append(meant)
            else:
                strange.append(tag.name or tag.address)
        body = record.body
        if strange:
            body = f"{body}\n\n{_tags_line(strange, self.by)}".strip()
        references = tuple(_references(record))
        return NoteInput(
            body=body, language=_language(record, self.by), category=category_of(record), tags=tuple(dict.fromkeys(terms)),
            references=references, visibility=visibility,
        )  # fmt: skip

    def _new(self, row: NoteImportRow, record: NoteRecord) -> NewPlace:
        if not row.text:
            return self.places.new(_media_place(row))
        reading = self.places.reading(row.text)
        self._texts[row.text] = reading
        if reading.number != self.step.asked.get("revisions", {}).get(row.text):
            raise Stale("text_changed_since", revision=reading.number)
        if row.outcome != ArrivalOutcome.READY or row.start is None or row.end is None:
            return _waiting_place(row, record, reading, self.by)
        exact = reading.content[row.start : row.end]
        place = TextPlace(row.text, reading.number, row.start, row.end, exact)
        locus = Locus(kind=LocusKind.TEXT, text=reading.text)
        return NewPlace(locus, new_anchor(reading, place, locus, by=self.by, method=METHOD), reading)


def _media_place(row: NoteImportRow) -> Place:
    on = row.on
    if "image" in on:
        return RegionPlace(on["image"], on["shape"], tuple((x, y) for x, y in on["points"]), on["page"])
    if "video" in on:
        return TimePlace(on["video"], on["start"], on["end"])
    return WebPlace(on["target"])


def _waiting_place(row: NoteImportRow, record: NoteRecord, reading: Reading, by: User) -> NewPlace:
    """Return a place in doubt, or lost, with the words that the file had: a person looks at it among the places to check."""
    locus = Locus(kind=LocusKind.TEXT, text=reading.text)
    guess = row.candidates[0] if row.candidates else None
    exact = record.exact or (reading.content[guess[0] : guess[1]] if guess else "")
    anchor = Anchor(
        locus=locus, revision_id=reading.revision_id, exact=exact, prefix=record.prefix[-CONTEXT:], suffix=record.suffix[:CONTEXT],
        method=METHOD if guess else Method.NONE, created_by=by, status=AnchorStatus.LOST, score=0.0,
    )  # fmt: skip
    if guess:
        anchor.status, anchor.score, anchor.candidates = (
            AnchorStatus.UNCERTAIN,
            min(1.0, guess[2]),
            row.candidates,
        )
        anchor.start, anchor.end = guess[0], guess[1]
        # What an anchor quotes stands at its place, also while that is in doubt.
        anchor.exact = reading.content[guess[0] : guess[1]]
    return NewPlace(locus, anchor, reading)


def _credit(author: str, by: User) -> str:
    """Return whom a note credits; nobody besides the one who brings in what they wrote themselves."""
    return "" if author.strip() in ("", str(by)) else author.strip()[:120]


def _elsewhere(record: NoteRecord) -> dict[str, list[str]]:
    """Return the name that a note has where it comes from, when it is an address of elsewhere."""
    fits = re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:[^\s<>\"{}|\\^`]+\Z", record.key)
    return {"via": [record.key]} if fits and named_here(record.key, settings.PUBLIC_URL) is None else {}


def _language(record: NoteRecord, by: User) -> str:
    if record.language and is_language(record.language):
        return record.language
    words = record.body or record.exact
    arabic, latin = len(_ARABIC.findall(words)), len(_LATIN.findall(words))
    return by.language if arabic == latin else "ar" if arabic > latin else "en"


def _tags_line(names: Sequence[str], by: User) -> str:
    with translation.override(by.language):
        return gettext("Tags: %(names)s") % {"names": gettext(", ").join(names)}


def _references(record: NoteRecord) -> Iterator[ReferenceInput]:
    """Yield what a note refers to, as outside sources."""
    for link in record.links:
        url = link.address if link.address.startswith(("http://", "https://")) else ""
        title = link.title or ("" if url else link.address)
        if url or title:
            yield ReferenceInput(
                str(Relation.CITES), Citation(url=url, title=title, pages=link.pages), link.note
            )


def _term(tag: Tag, name: str) -> TermInput:
    kind = TermKind(tag.kind) if tag.kind in set(TermKind) else TermKind.CONCEPT
    arabic = bool(_ARABIC.search(name))
    entry = recognized(tag.address) if tag.address else None
    authority = {entry[0]: entry[1]} if entry else {}
    return TermInput(
        kind=kind, label_ar=name if arabic else "", label_en="" if arabic else name, authority=authority
    )
