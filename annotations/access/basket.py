"""What somebody picked up, each place as it may be seen now; the number of queries does not grow with the places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from annotations.access.notes import shown_to
from annotations.anchoring import place_quote
from annotations.enums import AnchorStatus, LocusKind
from annotations.models import Annotation, AnnotationVersion, Locus, PickedPlace
from archive.access import Viewer, as_viewer, visible_to
from archive.models import Image, Text, TextRevision, Video, Work


class Standing(StrEnum):
    """Whether a picked place can still be put down."""

    HERE = "here"
    #: The text was corrected, and nobody can be sure where the words are now.
    UNSURE = "unsure"
    #: It may not be seen any more, or is no more: never told which.
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Picked:
    """One place of a basket; of what is gone, nothing but that it was there."""

    row: PickedPlace
    standing: Standing
    #: The work, image or video that it is in; None when that may not be seen.
    item: Work | Image | Video | None = None
    #: As the doors take the target of a reference; None when it cannot be put down.
    target: Mapping[str, Any] | None = None
    #: The words at a passage, or what a note says (Markdown).
    words: str = ""
    #: Of a part of a picture or of a film, and of a note on one: a place without a row.
    locus: Locus | None = None
    #: Public id of a note.
    note: str = ""


def basket_of(who: object) -> list[Picked]:
    """Return what is in the viewer's basket, the newest first."""
    viewer = as_viewer(who)
    rows = visible_to(PickedPlace, viewer).select_related("text", "image", "video", "work", "annotation")
    return stands(viewer, list(rows))


def stands(viewer: Viewer, rows: Sequence[PickedPlace]) -> list[Picked]:
    """Return these places as the viewer may see them now."""
    seen = _Seen(viewer, rows)
    return [seen.of(row) for row in rows]


class _Seen:
    """What of the places' surroundings a viewer may see, read at once."""

    def __init__(self, viewer: Viewer, rows: Sequence[PickedPlace]) -> None:
        wanted = {row.annotation_id for row in rows if row.annotation_id}
        found = shown_to(viewer).filter(pk__in=wanted) if wanted else ()
        self.notes: dict[int, Annotation] = {note.pk: note for note in found}
        notes = self.notes.values()
        versions = AnnotationVersion.objects.filter(pk__in=[note.shown_id for note in notes]) if notes else ()
        self.versions = {v.annotation_id: v for v in versions.select_related("locus")} if notes else {}
        things = [*rows, *notes]
        texts = visible_to(Text, viewer).select_related("work", "current_revision")
        heavy = [f"current_revision__{name}" for name in ("content", "blocks", "marks")]
        self.texts: dict[int, Text] = _in_bulk(texts.defer(*heavy), (one.text_id for one in things))
        self.images: dict[int, Image] = _in_bulk(visible_to(Image, viewer), (one.image_id for one in things))
        self.videos: dict[int, Video] = _in_bulk(visible_to(Video, viewer), (one.video_id for one in things))
        self.works: dict[int, Work] = _in_bulk(visible_to(Work, viewer), (row.work_id for row in rows))
        self.contents = self._contents(rows)

    def _contents(self, rows: Iterable[PickedPlace]) -> dict[int, str]:
        """Return by text the current wording, of those that were corrected since something was picked up there."""
        wanted = {
            text.current_revision_id
            for row in rows
            if (text := self.texts.get(row.text_id or 0)) and text.current_revision
            and row.place.get("revision") != text.current_revision.number
        }  # fmt: skip
        found = TextRevision.objects.filter(pk__in=wanted).values_list("text", "content") if wanted else ()
        return dict(found)

    def of(self, row: PickedPlace) -> Picked:
        if row.annotation_id:
            return self._note(row)
        if row.text_id:
            return self._passage(row)
        item = (
            self.images.get(row.image_id or 0)
            or self.videos.get(row.video_id or 0)
            or self.works.get(row.work_id or 0)
        )
        if item is None:
            return Picked(row, Standing.GONE)
        if isinstance(item, Work):
            return Picked(row, Standing.HERE, item, {"work": item.public_id})
        if isinstance(item, Image):
            locus = Locus(kind=LocusKind.REGION, image=item, region=row.place["region"])
            return Picked(row, Standing.HERE, item, {"image": item.public_id, **row.place}, locus=locus)
        start, end = row.place["start"], row.place["end"]
        locus = Locus(kind=LocusKind.TIME, video=item, start_time=start, end_time=end)
        return Picked(row, Standing.HERE, item, {"video": item.public_id, **row.place}, locus=locus)

    def _passage(self, row: PickedPlace) -> Picked:
        text = self.texts.get(row.text_id or 0)
        if text is None or text.current_revision is None:
            return Picked(row, Standing.GONE)
        place = dict(row.place)
        if place["revision"] != text.current_revision.number:
            content = self.contents.get(text.pk, "")
            found = place_quote(content, place["exact"], place["prefix"], place["suffix"])
            if found.start is None or found.end is None or found.status not in _SURE:
                return Picked(row, Standing.UNSURE, text.work)
            place |= {
                "revision": text.current_revision.number, "start": found.start, "end": found.end,
                "exact": content[found.start : found.end],
            }  # fmt: skip
        return Picked(row, Standing.HERE, text.work, {"text": text.public_id, **place}, place["exact"])

    def _note(self, row: PickedPlace) -> Picked:
        note = self.notes.get(row.annotation_id or 0)
        version = self.versions.get(row.annotation_id or 0)
        if note is None or version is None:
            return Picked(row, Standing.GONE)
        text = self.texts.get(note.text_id or 0)
        item = (
            text.work if text else self.images.get(note.image_id or 0) or self.videos.get(note.video_id or 0)
        )
        locus = None
        if isinstance(item, Image | Video):
            locus = version.locus
            locus.image, locus.video = (item, None) if isinstance(item, Image) else (None, item)
        target = {"annotation": note.public_id}
        return Picked(row, Standing.HERE, item, target, version.body, locus, note.public_id)


_SURE = (AnchorStatus.EXACT, AnchorStatus.MOVED)


def _in_bulk(rows: Any, keys: Iterable[int | None]) -> dict[int, Any]:
    wanted = {key for key in keys if key}
    return {row.pk: row for row in rows.filter(pk__in=wanted)} if wanted else {}
