"""The pictures and films that a work shows and the public may not see: what publishing the work leaves behind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from archive.access.registry import permitted, visible_to
from archive.access.sections import closed_sections
from archive.access.viewer import ANYBODY, Viewer
from archive.enums import Access, BlockKind, RowOutcome, StepState
from archive.models import BulkStep, Figure, Image, ImageTiles, SectionPlace, Text, Video, Work

#: Works of one step whose pictures and films are looked for.
MOST_WORKS = 200


class Reserve(StrEnum):
    """Why somebody may have kept an item from the public on purpose; NONE: it is a draft and nothing else."""

    NONE = ""
    MEMBERS = "members"
    RESTRICTED = "restricted"
    EMBARGOED = "embargoed"
    WARNED = "warned"
    KEPT_SECTION = "kept_section"


@dataclass(frozen=True, slots=True)
class Hidden:
    """An item that the work shows and that is not public."""

    item: Image | Video
    reserve: Reserve

    @property
    def name(self) -> str:
        """How a form names it, as it was read: one that changed meanwhile has another name."""
        return f"{self.item._meta.model_name}:{self.item.public_id}:{self.item.version}"


def published_by(step: BulkStep) -> list[Work]:
    """Return the works that a step made public and that still are, the first `MOST_WORKS` of them."""
    if step.kind != "work" or step.state != StepState.APPLIED:
        return []
    rows = step.rows.filter(outcome__in=(RowOutcome.DONE, RowOutcome.MADE), after__access=Access.PUBLIC.value)
    keys = rows.order_by("place").values_list("item_id", flat=True)[:MOST_WORKS]
    return list(Work.objects.filter(pk__in=list(keys), access=Access.PUBLIC, takedown=None).order_by("pk"))


def hidden_with(work: Work, viewer: Viewer) -> list[Hidden]:
    """Return those of one work; see `hidden_with_any`."""
    return hidden_with_any([work], viewer)


def hidden_with_any(works: Sequence[Work], viewer: Viewer) -> list[Hidden]:
    """Return those that `viewer` may open, in the order of the texts; the number of queries does not grow with them.

    What was taken down is left out: it is put back with a reason, and not in passing.
    """
    texts = list(
        Text.objects.filter(work__in=[work.pk for work in works], current_revision__isnull=False)
        .select_related("current_revision")
        .defer("current_revision__content", "current_revision__marks")
        .order_by("work", "order", "pk")
    )
    kept = _kept_blocks(texts)
    figures = {
        (figure.text_id, figure.key): figure.image_id
        for figure in Figure.objects.filter(text__in=texts, image__isnull=False)
    }
    #: Key of each item, and whether the block that shows it is kept from the public; the cover stands in no block.
    images: dict[int, bool] = {work.cover_id: False for work in works if work.cover_id}
    films: dict[tuple[str, str], bool] = {}
    for text in texts:
        for index, block in enumerate(text.current_revision.blocks if text.current_revision else ()):
            attrs, is_kept = block["attrs"], _is_in(index, kept.get(text.pk, ()))
            image = figures.get((text.pk, str(attrs.get("figure", ""))))
            if block["kind"] == BlockKind.FIGURE and image is not None:
                images[image] = images.get(image, False) or is_kept
            elif block["kind"] == BlockKind.VIDEO and attrs.get("video_id"):
                key = (str(attrs.get("provider", "")), str(attrs["video_id"]))
                films[key] = films.get(key, False) or is_kept
    return [*_images(images, viewer), *_films(films, viewer)]


def _images(wanted: dict[int, bool], viewer: Viewer) -> Iterable[Hidden]:
    rows = permitted(Image.objects.select_related("arrival"), viewer, "change").filter(
        pk__in=wanted, undone=False, takedown=None
    )
    found = rows.exclude(access=Access.PUBLIC).in_bulk()
    return [Hidden(found[pk], _reserve(found[pk], wanted[pk])) for pk in wanted if pk in found]


def _films(wanted: dict[tuple[str, str], bool], viewer: Viewer) -> Iterable[Hidden]:
    rows = permitted(Video, viewer, "change").filter(
        external_id__in={external_id for _, external_id in wanted}, takedown=None
    )
    found = {(row.provider, row.external_id): row for row in rows.exclude(access=Access.PUBLIC)}
    return [Hidden(found[key], _reserve(found[key], wanted[key])) for key in wanted if key in found]


def _reserve(item: Image | Video, is_kept: bool) -> Reserve:
    if is_kept:
        return Reserve.KEPT_SECTION
    if item.access != Access.DRAFT:
        return Reserve(item.access)
    if item.warnings or any(getattr(item, f"content_warning_{language}") for language in ("ar", "en")):
        return Reserve.WARNED
    return Reserve.EMBARGOED if item.embargo_until else Reserve.NONE


#: Blocks `[first, last)`; None: nobody is sure where, so it may be any.
Run = tuple[int, int] | None


def _kept_blocks(texts: Iterable[Text]) -> dict[int, list[Run]]:
    """Return by text the runs of blocks of its current wording that are kept from the public."""
    places = SectionPlace.objects.filter(
        section=OuterRef("pk"), revision=OuterRef("text__current_revision")
    ).order_by("-pk")
    rows = closed_sections(ANYBODY).filter(text__in=[text.pk for text in texts])
    found: dict[int, list[Run]] = {}
    for text, first, last in rows.order_by("pk").values_list(
        "text_id", Subquery(places.values("first")[:1]), Subquery(places.values("last")[:1])
    ):
        found.setdefault(text, []).append(None if first is None or last is None else (first, last))
    return found


def _is_in(index: int, runs: Iterable[Run]) -> bool:
    return any(run is None or run[0] <= index < run[1] for run in runs)


def zoomed_figures(viewer: Viewer) -> QuerySet[Figure]:
    """Return the figures that the viewer may see and look at closely: those whose page has its tiles."""
    sheets = ImageTiles.objects.current().filter(image=OuterRef("image"), page=OuterRef("page"))
    seen = visible_to(Image, viewer).order_by()
    return visible_to(Figure, viewer).filter(Exists(sheets), image__in=seen)
