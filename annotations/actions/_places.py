"""What the writing actions share about places: whether they are there, and the rows that they become."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import F

from annotations.access.contents import content_of
from annotations.access.readings import current_of
from annotations.anchoring import regions, web
from annotations.anchoring.times import LONGEST
from annotations.enums import AnchorStatus, LocusKind, Visibility
from annotations.errors import QuoteMismatch
from annotations.models import Anchor, Locus, NoteClock
from annotations.values import (
    CONTEXT,
    MAX_EDGE,
    MAX_SPAN,
    MAX_TARGET,
    Place,
    RegionPlace,
    TextPlace,
    TimePlace,
    WebPlace,
    WholePlace,
)
from archive.access import visible_to
from archive.errors import Invalid, NotVisible, Stale
from archive.media.limits import IMAGE_PAGES
from archive.models import Image, ImageTiles, Text, User, Video, Work
from archive.models.inserting import Step
from archive.models.statements import execute, fetch
from archive.text.graphemes import snap

#: Seconds by which a player may be beyond the length of a film: catalogues and providers tell whole ones.
_ROUNDED = 1.0


@dataclass(frozen=True, slots=True)
class Reading:
    """The current wording of a text that somebody may read."""

    text: Text
    revision_id: int
    number: int
    content: str


@dataclass(frozen=True, slots=True)
class NewPlace:
    """A checked place that has no rows yet; `anchor` is None for what is not in a text."""

    locus: Locus
    anchor: Anchor | None
    reading: Reading | None = None

    @property
    def exact(self) -> str:
        """The words at the place."""
        return self.anchor.exact if self.anchor else ""


class Places:
    """Checks places for one person, reading each text once."""

    def __init__(self, by: User) -> None:
        self.by = by
        self._readings: dict[str, Reading] = {}

    def new(self, place: Place, *, field: str = "place") -> NewPlace:
        """Return the rows that the place becomes.

        Raises NotVisible, Stale for another revision than the current, QuoteMismatch when other words stand
        there, Invalid for what is no place.
        """
        match place:
            case TextPlace():
                reading = self.reading(place.text)
                check(reading, place, field=field)
                locus = Locus(kind=LocusKind.TEXT, text=reading.text)
                return NewPlace(locus, new_anchor(reading, place, locus, by=self.by), reading)
            case RegionPlace():
                return NewPlace(_region(place, self.by, field), None)
            case TimePlace():
                return NewPlace(_time(place, self.by, field), None)
            case WebPlace():
                return NewPlace(_web(place, field), None)
            case WholePlace():
                return NewPlace(_whole(place, self.by), None)

    def reading(self, text: str) -> Reading:
        """Return the current wording of the text with this public id.

        Raises NotVisible when there is none for this person.
        """
        if text not in self._readings:
            self._readings[text] = reading_of(text, by=self.by)
        return self._readings[text]


def reading_of(text: str, *, by: object) -> Reading:
    """Return the current wording of the text with this public id.

    Raises NotVisible when there is none for this person.
    """
    current = current_of(text, by)
    if current is None:
        raise NotVisible("not_visible")
    content = content_of(current.revision_id, current.sha256)
    return Reading(Text(pk=current.text_id, public_id=text), current.revision_id, current.number, content)


def check(reading: Reading, place: TextPlace, *, field: str = "place") -> None:
    """Refuse a span that is not one of this wording.

    Raises Stale for another revision, QuoteMismatch when other words stand there, Invalid outside the text.
    """
    if place.revision != reading.number:
        raise Stale("revision_not_current", given=place.revision, revision=reading.number)
    if not 0 <= place.start < place.end <= len(reading.content):
        raise Invalid("place_outside", field=field, length=len(reading.content))
    if place.end - place.start > MAX_SPAN:
        raise Invalid("place_too_long", field=field, limit_length=MAX_SPAN)
    if reading.content[place.start : place.end] != place.exact:
        raise QuoteMismatch("quote_mismatch", field=field, revision=reading.number)


def new_anchor(
    reading: Reading, place: TextPlace, locus: Locus, *, by: User, attempt: int = 1, method: str = "selected"
) -> Anchor:
    """Return the row that says where a locus sits; the context around it is taken from the text itself.

    A place that begins or ends between a letter and its marks, as programs and quoted words may, gets the whole letter.
    """
    content = reading.content
    start, end = snap(content, place.start, place.end)
    return Anchor(
        locus=locus, revision_id=reading.revision_id, attempt=attempt, start=start, end=end,
        exact=content[start:end], prefix=content[max(0, start - CONTEXT) : start],
        suffix=content[end : end + CONTEXT], status=AnchorStatus.EXACT, method=method,
        created_by=by,
    )  # fmt: skip


def _hold(model: type[Image] | type[Video], public_id: str) -> None:
    """Hold what a place will name: whoever takes it back meanwhile is waited for, and then seen.

    As the key to it would hold it later, so that writers never wait for each other; SQLite's are alone anyway.
    """
    if connection.vendor == "postgresql":
        table = connection.ops.quote_name(model._meta.db_table)
        fetch(f"SELECT 1 FROM {table} WHERE public_id = %s FOR KEY SHARE", [public_id])  # noqa: S608 - our own name.


def _region(place: RegionPlace, by: User, field: str) -> Locus:
    _hold(Image, place.image)
    image = visible_to(Image, by).filter(public_id=place.image).only("pk", "width", "height", "pages").first()
    if image is None:
        raise NotVisible("not_visible")
    # How many pages a file holds that was not decoded yet, as one that a package brings in, nobody knows.
    if not 1 <= place.page <= (image.pages if image.width else IMAGE_PAGES):
        raise Invalid("page_unknown", field=field, pages=image.pages)
    points = [(float(x), float(y)) for x, y in place.points]
    wrong = regions.problem(place.shape, points, _size(image, place.page))
    if wrong:
        raise Invalid(wrong, field=field)
    region: dict[str, Any] = {"shape": place.shape, "points": [[x, y] for x, y in points]}
    if place.page > 1:
        region["page"] = place.page
    return Locus(kind=LocusKind.REGION, image=image, region=region)


def _size(image: Image, page: int) -> tuple[int, int]:
    """Return the size of a page in pixels of the upright original, which no covering and no copy changes."""
    if page > 1:
        sizes = ImageTiles.objects.filter(image=image, page=page).order_by("-pixels")
        return sizes.values_list("width", "height").first() or (MAX_EDGE, MAX_EDGE)
    # A picture that was not decoded yet has no size.
    return image.width or MAX_EDGE, image.height or MAX_EDGE


def _time(place: TimePlace, by: User, field: str) -> Locus:
    _hold(Video, place.video)
    video = visible_to(Video, by).filter(public_id=place.video).only("pk", "duration").first()
    if video is None:
        raise NotVisible("not_visible")
    if place.end < place.start:
        raise Invalid("time_order", field=field)
    length = video.duration or LONGEST
    if not 0 <= place.start <= place.end <= length + _ROUNDED:
        raise Invalid("place_outside", field=field)
    start, end = min(place.start, length), min(place.end, length)
    return Locus(kind=LocusKind.TIME, video=video, start_time=start, end_time=end)


def _web(place: WebPlace, field: str) -> Locus:
    """Return the row of a place that is not of this archive; what is of it is never named by address alone."""
    try:
        named = web.addresses(place.target)
    except ValueError:
        raise Invalid("target_unsupported", field=field) from None
    if web.size(place.target) > MAX_TARGET:
        raise Invalid("target_too_large", field=field, limit_length=MAX_TARGET)
    if any(one.startswith(settings.PUBLIC_URL) for one in named):
        raise Invalid("target_unsupported", field=field)
    if lacks := web.lacking(place.target):
        raise Invalid("selector_lacks", field=field, selector=lacks[0], key=lacks[1])
    return Locus(kind=LocusKind.WEB, target=place.target)


def check_reach(locus: Locus, visibility: str) -> None:
    """Refuse to show anybody else a note on what is not of this archive: nobody here can vouch for that.

    Raises Invalid.
    """
    if locus.kind == LocusKind.WEB and visibility != Visibility.PRIVATE:
        raise Invalid("web_private", field="visibility")


def _whole(place: WholePlace, by: User) -> Locus:
    work = visible_to(Work, by).filter(public_id=place.work).first()
    if work is None:
        raise NotVisible("not_visible")
    return Locus(kind=LocusKind.WHOLE, work=work)


def tick(text_id: int | None, *, revision_id: int | None = None) -> None:
    """Say that the notes of a text changed; call it after `record_event`.

    With `revision_id` it is also checked that this is still the current wording. Accepting a wording holds
    the head of the audit chain until it commits, and so do we: either it is seen here, or it will see our
    anchors.

    Raises Stale when the wording was replaced meanwhile.
    """
    step = ticking(text_id, revision_id=revision_id)
    if step:
        check_tick(execute(*step).rowcount, text_id, revision_id=revision_id)


def ticking(text_id: int | None, *, revision_id: int | None = None) -> Step | None:
    """Return the statement of `tick`, for `record_event` to run with its own; `check_tick` looks at what it did."""
    if text_id is None:
        return None
    return (_TICK, [text_id]) if revision_id is None else (_TICK_IF_CURRENT, [text_id, revision_id])


def check_tick(ticked: int, text_id: int | None, *, revision_id: int | None = None) -> None:
    """See to it that the clock went on; a text that never had a note gets its clock.

    Raises Stale when the wording was replaced meanwhile.
    """
    if ticked or text_id is None:
        return
    current = (
        Text.objects.filter(pk=text_id).values_list("current_revision_id", "current_revision__number").get()
    )
    if revision_id is not None and current[0] != revision_id:
        raise Stale("revision_not_current", revision=current[1])
    NoteClock.objects.bulk_create([NoteClock(text_id=text_id, ticks=0)], ignore_conflicts=True)
    NoteClock.objects.filter(text_id=text_id).update(ticks=F("ticks") + 1)


# Plain SQL: every writer waits behind this.
_TICK = "UPDATE annotations_noteclock SET ticks = ticks + 1 WHERE text_id = %s"
_TICK_IF_CURRENT = (
    "UPDATE annotations_noteclock SET ticks = ticks + 1 "
    "WHERE text_id = %s AND EXISTS (SELECT 1 FROM archive_text "
    "WHERE archive_text.id = annotations_noteclock.text_id AND archive_text.current_revision_id = %s)"
)
