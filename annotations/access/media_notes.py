"""The notes on an image or a video: where they lie, all of them in short; and some of them in full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet

from annotations.access.narrowed import ALL, Narrowed, narrow
from annotations.access.note_facts import NoteFacts, Page, read_notes
from annotations.access.notes import shown_to
from annotations.enums import UNFINISHED, AnnotationStatus, Visibility
from annotations.models import Annotation
from archive.access import Viewer
from archive.models import Image, Video

Item = Image | Video


@dataclass(frozen=True, slots=True)
class Lies:
    """Where one note lies."""

    note: str
    pk: int
    category: str
    #: None in a video.
    region: dict[str, Any] | None
    #: Seconds; None in an image.
    start: float | None
    end: float | None
    #: Its author still sees it.
    status: str = ""

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was taken back."""
        return self.status == AnnotationStatus.WITHDRAWN


def lies_on(who: Viewer, item: Item, narrowed: Narrowed = ALL) -> list[Lies]:
    """Return where the visible notes of an image or a video lie: by page and age, or by time."""
    shown = narrow(notes_on(who, item), narrowed, who).filter(versions=F("shown_id"))
    names = ("category", "locus__region", "locus__start_time", "locus__end_time")
    rows = shown.order_by().values_list("public_id", "pk", *(f"versions__{name}" for name in names), "status")
    return sorted((Lies(*row) for row in rows), key=_place)


def notes_on(who: Viewer, item: Item) -> QuerySet[Annotation]:
    """Return the visible notes of an image or a video, with `shown_id`."""
    of = {"image": item} if isinstance(item, Image) else {"video": item}
    return shown_to(who).filter(**of)


def _place(lies: Lies) -> tuple[float, float, int]:
    if lies.region is not None:
        return (lies.region.get("page", 1), 0, lies.pk)
    return (lies.start or 0, -(lies.end or 0), lies.pk)


def read_named(who: Viewer, item: Item, ids: Sequence[str]) -> list[NoteFacts]:
    """Return the visible ones of these notes (public ids) of an image or a video."""
    keys = dict(notes_on(who, item).filter(public_id__in=ids).order_by().values_list("public_id", "pk"))
    return read_notes(who, [keys[one] for one in ids if one in keys], revision_id=None)


def own_unfinished(who: Viewer, item: Item, *, skip: int, limit: int) -> Page:
    """Return the viewer's own notes there that can be handed in, oldest first."""
    rows = notes_on(who, item).filter(
        author_id=who.user_id or 0, status__in=UNFINISHED, visibility=Visibility.OPEN
    )
    keys = list(rows.order_by("pk").values_list("pk", flat=True)[skip : skip + limit + 1])
    following = skip + limit if len(keys) > limit else None
    return Page(read_notes(who, keys[:limit], revision_id=None), following)
