"""Which rows a package of a work or a collection holds, as far as one viewer may see and take them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q, QuerySet

from archive.access import Viewer, permitted, visible_to
from archive.access.pixels import behind_covers
from archive.access.shelves import below_what_is_down
from archive.enums import BlockKind
from archive.exports.papers import deposit_agreements
from archive.kinds import Held, package_images
from archive.models import (
    Alignment,
    Capture,
    Collection,
    Figure,
    FileArrival,
    Image,
    Text,
    TextRevision,
    TextSection,
    Transcript,
    Video,
    Work,
)

#: Rows are read so many at a time.
BATCH = 200


@dataclass(frozen=True, slots=True)
class Holding:
    """The contents of one package; rows are read anew whenever they are gone through."""

    root: Work | Collection
    viewer: Viewer
    #: Keys of the collections, each after the one around it.
    shelves: tuple[int, ...]
    ids: Held

    def collections(self) -> list[Collection]:
        """Return the collections, outermost first."""
        rows = Collection.objects.prefetch_related("groups").in_bulk(self.shelves)
        return [rows[pk] for pk in self.shelves]

    def works(self) -> Iterator[Work]:
        """Yield the works in the order of their ids."""
        rows = Work.objects.filter(pk__in=self.ids.works).select_related("cover", "collection")
        return _each(
            rows.prefetch_related("groups", "texts__figures__image", "texts__translation_of", "texts__image")
        )

    def images(self) -> Iterator[Image]:
        """Yield the images."""
        rows = Image.objects.filter(pk__in=self.ids.images).select_related("arrival", "collection")
        return _each(rows.prefetch_related("groups"))

    def videos(self) -> Iterator[Video]:
        """Yield the videos."""
        rows = Video.objects.filter(pk__in=self.ids.videos).select_related("collection")
        return _each(rows.prefetch_related("groups"))

    def captures(self) -> Iterator[Capture]:
        """Yield the captures of the videos."""
        return _each(self._captures().select_related("video", "arrival").prefetch_related("groups"))

    def _captures(self) -> QuerySet[Capture]:
        return visible_to(Capture, self.viewer).filter(video__in=self.ids.videos)

    def transcripts(self) -> Iterator[Transcript]:
        """Yield the ties of texts to films, where the package holds both."""
        rows = visible_to(Transcript, self.viewer)
        rows = rows.filter(video__in=self.ids.videos, text__in=self.ids.texts)
        return _each(rows.select_related("video", "text"))

    def revisions(self) -> Iterator[TextRevision]:
        """Yield the revisions of every text, oldest first, one at a time."""
        rows = TextRevision.objects.filter(text__in=self.ids.texts)
        rows = rows.select_related("text__work", "parent", "draft__run__arrival__stored_file")
        heavy = [f"{path}__{name}" for path in ("parent", "draft") for name in ("content", "blocks", "marks")]
        order = rows.order_by("text__work__public_id", "text__public_id", "number")
        return order.defer(*heavy, "draft__repairs").iterator(chunk_size=1)

    def alignments(self) -> Iterator[Alignment]:
        """Yield the pairing that counts of each translation among the texts."""
        seen = visible_to(Alignment.objects.newest_of(self.ids.texts), self.viewer)
        heavy = [
            f"{side}__{name}"
            for side in ("original", "translation")
            for name in ("content", "blocks", "marks")
        ]
        return _each(seen.select_related("original__text", "translation__text").defer(*heavy))

    def files(self) -> Iterator[FileArrival]:
        """Yield the files as they were received: of images and captures, and those that texts were read from."""
        # A PDF of whose words a text was made leaves as an image, or stays.
        sources = TextRevision.objects.filter(
            text__in=self.ids.texts, draft__run__isnull=False, draft__run__image=None
        )
        images = _openly_kept(self.viewer).filter(pk__in=self.ids.images)
        rows = FileArrival.objects.filter(
            Q(pk__in=images.order_by().values("arrival"))
            | Q(pk__in=sources.order_by().values("draft__run__arrival"))
            | Q(pk__in=self._captures().order_by().values("arrival"))
            | Q(pk__in=deposit_agreements(self.ids, self.viewer).order_by().values("arrival"))
        )
        rows = visible_to(rows, self.viewer).exclude(stored_file__in=behind_covers())
        return _each(rows.select_related("stored_file"))


def _openly_kept(viewer: Viewer) -> QuerySet[Image]:
    """Return the images whose bytes as they were received leave the house.

    None in which parts are covered, under whatever name they came.
    """
    return permitted(Image, viewer, "original").exclude(arrival__stored_file__in=behind_covers())


def come_back(held: Held, viewer: Viewer) -> Held:
    """Return what of a package can be brought in again: a picture whose bytes stay behind is only spoken of."""
    return replace(held, images=tuple(_keys(_openly_kept(viewer).filter(pk__in=held.images))))


def holding(root: Work | Collection, viewer: Viewer) -> Holding:
    """Return what a package of `root` holds for this viewer: what is in it, and what its texts show."""
    shelves = _path(root, viewer) if isinstance(root, Work) else _below(root, viewer)
    if isinstance(root, Work):
        works = [root.pk]
        own: dict[str, list[int]] = {"images": [], "videos": []}
    else:
        works = _keys(standing(Work, viewer).filter(collection__in=shelves))
        own = {
            "images": _keys(standing(Image, viewer).filter(collection__in=shelves)),
            "videos": _keys(standing(Video, viewer).filter(collection__in=shelves)),
        }
    texts = _keys(visible_to(Text, viewer).filter(work__in=works).exclude(pk__in=never_packed()))
    beside = Q(pk__in=[])
    for each in package_images:
        beside |= Q(pk__in=each(works, viewer))
    shown = standing(Image, viewer).filter(
        beside
        | Q(pk__in=Figure.objects.filter(text__in=texts).values("image"))
        | Q(pk__in=Text.objects.filter(pk__in=texts, image__isnull=False).values("image"))
        | Q(pk__in=Work.objects.filter(pk__in=works).order_by().values("cover"))
    )
    held = Held(
        works=tuple(works), texts=tuple(texts),
        images=tuple(sorted({*own["images"], *_keys(shown)})),
        videos=tuple(sorted({*own["videos"], *_films(texts, viewer), *_tied(texts, viewer)})),
        collections=tuple(shelves),
    )  # fmt: skip
    return Holding(root, viewer, tuple(shelves), held)


def never_packed() -> QuerySet[Text, Any]:
    """Return the keys of the texts of which no word leaves in a package, not as a quotation either.

    Of a text of which a section is kept from anybody, a package goes where nobody asks who may read; nor does
    what was taken down.
    """
    kept = TextSection.objects.filter(lifted_at=None).order_by().values("text")
    standing = _not_down(Work._default_manager.order_by()).values("pk")
    rows = Text.objects.filter(Q(pk__in=kept) | ~Q(work__in=standing))
    return rows.order_by().values("pk")


def contents(held: Holding) -> dict[str, list[int]]:
    """Return the keys of all that a package is made of: catalogue items by their kinds, and stored files."""
    return {
        "work": list(held.ids.works), "image": list(held.ids.images), "video": list(held.ids.videos),
        "collection": list(held.shelves), "stored_file": [arrival.stored_file_id for arrival in held.files()],
    }  # fmt: skip


def standing(model: type[Any], viewer: Viewer) -> QuerySet[Any]:
    """Return what of a model the viewer may see and was not taken down: that leaves the archive in no package."""
    return _not_down(visible_to(model, viewer))


def is_down(item: Work | Collection) -> bool:
    """Whether an item was taken down, or a shelf around it."""
    return not _not_down(type(item)._default_manager.filter(pk=item.pk)).exists()


def _not_down(rows: QuerySet[Any]) -> QuerySet[Any]:
    own = rows.filter(takedown=None)
    if rows.model is Collection:
        return own.exclude(pk__in=below_what_is_down())
    return own.filter(Q(collection=None) | ~Q(collection__in=below_what_is_down()))


def _keys(rows: QuerySet[Any]) -> list[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _path(work: Work, viewer: Viewer) -> list[int]:
    """Return the collections around a work, outermost first, as far as the viewer sees them."""
    parents = dict(visible_to(Collection, viewer).values_list("pk", "parent"))
    found: list[int] = []
    at = work.collection_id
    while at is not None and at in parents and at not in found:
        found.insert(0, at)
        at = parents[at]
    return found


def _below(root: Collection, viewer: Viewer) -> list[int]:
    """Return a collection and all in it, outermost first."""
    rows = standing(Collection, viewer).order_by("public_id").values_list("pk", "parent")
    children: dict[int | None, list[int]] = {}
    for pk, parent in rows:
        children.setdefault(parent, []).append(pk)
    found = [root.pk]
    for pk in found:
        found += [child for child in children.get(pk, []) if child not in found]
    return found


def _films(texts: list[int], viewer: Viewer) -> set[int]:
    """Return the videos that the texts show, in whichever revision."""
    named: set[tuple[str, str]] = set()
    for blocks in TextRevision.objects.filter(text__in=texts).order_by("pk").values_list("blocks", flat=True):
        named |= {
            (str(block["attrs"].get("provider", "")), str(block["attrs"]["video_id"]))
            for block in blocks
            if block["kind"] == BlockKind.VIDEO and block["attrs"].get("video_id")
        }
    rows = standing(Video, viewer).filter(external_id__in={film for _provider, film in named})
    found = rows.values_list("pk", "provider", "external_id")
    return {pk for pk, provider, film in found if (provider, film) in named}


def _tied(texts: list[int], viewer: Viewer) -> list[int]:
    """Return the videos whose words the texts hold."""
    return _keys(standing(Video, viewer).filter(transcripts__text__in=texts).distinct())


def _each(rows: QuerySet[Any]) -> Iterator[Any]:
    return rows.order_by("public_id").iterator(chunk_size=BATCH)
