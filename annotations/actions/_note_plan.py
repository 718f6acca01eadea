"""Work out, note by note, what would become of a file of another system; nothing is written to the notes yet."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from typing import Any

from django.conf import settings

from annotations.actions._note_known import brought_in_before, digest_of
from annotations.actions._note_terms import terms_of
from annotations.actions._places import Reading, reading_of
from annotations.anchoring.arrivals import Arrived, Sought, place_all
from annotations.anchoring.web import addresses
from annotations.enums import AnnotationStatus, ArrivalHow, ArrivalOutcome, Category
from annotations.exchange.notes.addresses import Named, is_here, named_here
from annotations.exchange.notes.parts import region_of, seconds_of
from annotations.exchange.notes.records import Link, NoteRecord, Tag
from annotations.models import Annotation, NoteImport, NoteImportRow
from annotations.values import MAX_BODY, MAX_TAGS
from archive.access import viewer_of, visible_to
from archive.errors import NotVisible
from archive.models import Image, ImageTiles, User, Video
from archive.text.letters import is_visible

#: Sources of one file that are shown by name.
MOST_SOURCES = 100
#: A source of several is of the text when this share of its quotes stands there.
SHARE = 0.5
#: What a source's notes are: on the text, or on something else.
ON_TEXT, ON_OTHER = "here", "out"
_CAN_BE_PLACED = (ArrivalHow.EXACT, ArrivalHow.FOUND)


def record_of(told: dict[str, Any]) -> NoteRecord:
    """Return the record that a row keeps."""
    record = NoteRecord(**told)
    record.tags, record.links = [Tag(**one) for one in told["tags"]], [Link(**one) for one in told["links"]]
    return record


class NotePlan:
    """What would become of the notes of one file."""

    def __init__(
        self, step: NoteImport, records: Sequence[NoteRecord], by: User, *, text_sha256: str = "",
        progress: Callable[[int, int], None] = lambda done, total: None,
    ) -> None:  # fmt: skip
        self.step, self.records, self.by, self.text_sha256 = step, records, by, text_sha256
        self.viewer, self.progress = viewer_of(by), progress
        self._readings: dict[str, Reading | None] = {}

    def rows(self) -> list[NoteImportRow]:
        """Return the unsaved rows; `step.asked` is told of the sources and of the wording that they were placed in."""
        rows = [
            NoteImportRow(
                step=self.step, place=record.place, told=asdict(record),
                outcome=ArrivalOutcome.OUT, how=ArrivalHow.NONE,
            )
            for record in self.records
        ]  # fmt: skip
        self._place(rows)
        self._tag(rows)
        for row, record in zip(rows, self.records, strict=True):
            _refuse_words(row, record)
            row.digest = digest_of(row, record)
        self._know_again(rows)
        return rows

    def _reading(self, text: str) -> Reading | None:
        """Return the current wording of a text; None when there is none for this person."""
        if text not in self._readings:
            try:
                self._readings[text] = reading_of(text, by=self.by)
            except NotVisible:
                self._readings[text] = None
        return self._readings[text]

    def _place(self, rows: Sequence[NoteImportRow]) -> None:
        """Say of each row what it is on, and where on it."""
        own = self.step.text.public_id if self.step.text else ""
        waiting: dict[tuple[str, str], list[int]] = defaultdict(list)
        for number, (row, record) in enumerate(zip(rows, self.records, strict=True)):
            named = named_here(record.source, settings.PUBLIC_URL)
            if record.problem:
                _out(row, record.problem)
            elif named and named.kind in ("image", "video"):
                self._on_media(row, record, named)
            elif named and named.kind == "text" and own and named.public_id != own:
                _out(row, "other_text")
            elif named and named.kind == "text":
                waiting[named.public_id, ""].append(number)
            elif not own:
                self._elsewhere(row, record) if self._keeps_others() else _out(row, "no_text")
            else:
                waiting[own, record.source].append(number)
        self._in_texts(rows, waiting)

    def _in_texts(self, rows: Sequence[NoteImportRow], waiting: dict[tuple[str, str], list[int]]) -> None:
        done, chosen = 0, dict(self.step.asked.get("sources", {}))
        told: dict[str, tuple[int, str]] = {}
        strange = [source for _text, source in waiting if source]
        for (text, source), numbers in waiting.items():
            placed = self._placed(text, numbers, done)
            done += len(numbers)
            use = ON_TEXT
            if source:
                use = chosen.get(source) or (ON_TEXT if len(strange) == 1 or _speaks_of(placed) else ON_OTHER)
                told[source] = (len(numbers), use)
            for number, arrived in zip(numbers, placed, strict=True):
                self._take(rows[number], self.records[number], text, arrived, use)
        self.step.asked["told_sources"] = [
            [source, count, use]
            for source, (count, use) in sorted(told.items(), key=lambda item: item[1][0], reverse=True)[
                :MOST_SOURCES
            ]
        ]
        self.step.asked["revisions"] = {
            text: reading.number for text, reading in self._readings.items() if reading
        }

    def _placed(self, text: str, numbers: Sequence[int], done: int) -> list[Arrived]:
        """Place the notes of one source: what another document's offsets count says nothing of this one's."""
        reading = self._reading(text)
        if reading is None:
            return [Arrived(ArrivalHow.NONE, reason="not_here")] * len(numbers)
        sought = [
            Sought(one.start, one.end, one.exact, one.prefix, one.suffix, one.until)
            for one in (self.records[number] for number in numbers)
        ]
        same = (
            bool(self.text_sha256)
            and hashlib.sha256(reading.content.encode()).hexdigest() == self.text_sha256
        )
        total = len(self.records)
        return place_all(
            reading.content, sought, same_text=same, progress=lambda at, _all: self.progress(done + at, total)
        )

    def _take(self, row: NoteImportRow, record: NoteRecord, text: str, arrived: Arrived, use: str) -> None:
        if use == ON_OTHER:
            self._elsewhere(row, record) if self._keeps_others() else _out(row, "other_source")
            return
        row.text, row.how = text, arrived.how
        row.start, row.end = arrived.start, arrived.end
        row.candidates = [list(candidate) for candidate in arrived.candidates]
        row.problem = {"code": arrived.reason, "params": {}} if arrived.reason else {}
        if arrived.how in _CAN_BE_PLACED:
            row.outcome = ArrivalOutcome.READY
        elif arrived.candidates:
            row.outcome = ArrivalOutcome.ASK

    def _keeps_others(self) -> bool:
        return self.step.asked.get("others") == "elsewhere"

    def _elsewhere(self, row: NoteImportRow, record: NoteRecord) -> None:
        """Keep a private note on what is not of this archive, as the Web Annotation Model would name it."""
        target: Any = {"source": record.source, "selector": []}
        if record.exact:
            target["selector"].append({
                "type": "TextQuoteSelector", "exact": record.exact[:2000], "prefix": record.prefix[-100:], "suffix": record.suffix[:100],
            })  # fmt: skip
        if record.fragment:
            target["selector"].append({"type": "FragmentSelector", "value": record.fragment[:500]})
        target = target if target["selector"] else record.source
        try:
            addresses(target)
        except ValueError:
            _out(row, "other_source")
            return
        if is_here(record.source, settings.PUBLIC_URL) or not record.source.startswith(
            ("http://", "https://")
        ):
            _out(row, "other_source")
            return
        row.on, row.how, row.outcome = {"target": target}, ArrivalHow.ELSEWHERE, ArrivalOutcome.READY

    def _on_media(self, row: NoteImportRow, record: NoteRecord, named: Named) -> None:
        if named.kind == "video":
            seconds = seconds_of(record)
            seen = visible_to(Video, self.viewer).filter(public_id=named.public_id).exists()
            if not seen or seconds is None:
                _out(row, "part_unknown" if seen else "not_here")
                return
            row.on = {"video": named.public_id, "start": seconds[0], "end": seconds[1]}
        else:
            region, size = region_of(record), self._size(named.public_id, record.page)
            if size is None or region is None:
                _out(row, "part_unknown" if size else "not_here")
                return
            points = [list(point) for point in region.points]
            if region.is_percent:
                if not all(size):
                    _out(row, "part_unknown")
                    return
                points = [[round(x * size[0] / 100, 3), round(y * size[1] / 100, 3)] for x, y in points]
            row.on = {"image": named.public_id, "shape": region.shape, "points": points, "page": record.page}
        row.how, row.outcome = ArrivalHow.MEDIA, ArrivalOutcome.READY

    def _size(self, image: str, page: int) -> tuple[int, int] | None:
        rows = visible_to(Image, self.viewer).filter(public_id=image)
        size = rows.values_list("width", "height").first()
        if size is None or page == 1:
            return (size[0] or 0, size[1] or 0) if size else None
        tiles = ImageTiles.objects.filter(image__in=rows, page=page).order_by("-pixels")
        return tiles.values_list("width", "height").first() or (0, 0)

    def _tag(self, rows: Sequence[NoteImportRow]) -> None:
        """Find the terms that tags mean: by their addresses here, by authorities, or by any of their names."""
        tags = {tag for record in self.records for tag in record.tags}
        found = terms_of(tags, self.viewer)
        for row, record in zip(rows, self.records, strict=True):
            row.terms = [found.get(tag, "") for tag in record.tags]

    def _know_again(self, rows: Sequence[NoteImportRow]) -> None:
        """Say of notes that they are here already: brought in before, told twice, or the person's own."""
        before = brought_in_before(rows, self.by)
        own = self._own(record.key for record in self.records)
        met: Counter[str] = Counter()
        for row, record in zip(rows, self.records, strict=True):
            met[row.digest] += 1
            note = named_here(record.key, settings.PUBLIC_URL)
            if row.digest in before:
                here(row, "brought_in_before")
            elif note and note.public_id in own:
                here(row, "own_note")
            elif met[row.digest] > 1 and row.outcome in (ArrivalOutcome.READY, ArrivalOutcome.ASK):
                here(row, "twice_in_file")

    def _own(self, keys: Iterable[str]) -> set[str]:
        named = {
            note.public_id
            for key in keys
            if (note := named_here(key, settings.PUBLIC_URL)) and note.kind == "note"
        }
        found: set[str] = set()
        listed = sorted(named)
        for first in range(0, len(listed), 500):
            rows = Annotation.objects.filter(author=self.by, public_id__in=listed[first : first + 500])
            found |= set(rows.exclude(status=AnnotationStatus.WITHDRAWN).values_list("public_id", flat=True))
        return found


def category_of(record: NoteRecord) -> Category:
    """Return what a note is about: as its file says, or as what it names is."""
    for said in (record.category, *(tag.kind for tag in record.tags)):
        if said in set(Category):
            return Category(said)
    return Category.NOTE


def _speaks_of(placed: Sequence[Arrived]) -> bool:
    """Whether enough of a source's notes stand in the text for it to be a copy of it."""
    sure = sum(one.how in _CAN_BE_PLACED for one in placed)
    return sure > 0 and sure >= SHARE * len(placed)


def _refuse_words(row: NoteImportRow, record: NoteRecord) -> None:
    """Leave out what no note may be."""
    if row.outcome not in (ArrivalOutcome.READY, ArrivalOutcome.ASK):
        return
    strange = sum(
        len(tag.name or tag.address) + 2 for tag, term in zip(record.tags, row.terms, strict=True) if not term
    )
    if len(record.body) + (strange + 40 if strange else 0) > MAX_BODY:
        row.outcome, row.problem = (
            ArrivalOutcome.OUT,
            {"code": "body_too_long", "params": {"limit_length": MAX_BODY}},
        )
    elif len(record.tags) > MAX_TAGS:
        row.outcome, row.problem = (
            ArrivalOutcome.OUT,
            {"code": "tags_too_many", "params": {"limit_count": MAX_TAGS}},
        )
    elif not (is_visible(record.body) or record.tags or record.links):
        row.outcome, row.problem = ArrivalOutcome.OUT, {"code": "highlight_only", "params": {}}


def _out(row: NoteImportRow, code: str) -> None:
    row.outcome, row.how, row.problem = ArrivalOutcome.OUT, ArrivalHow.NONE, {"code": code, "params": {}}


def here(row: NoteImportRow, code: str) -> None:
    """Say of a note that it is here already, and why."""
    row.outcome, row.problem = ArrivalOutcome.HERE, {"code": code, "params": {}}
