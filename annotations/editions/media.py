"""Where notes on pictures and films lie, as a release would say it: which item, which bytes, and whether it still fits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q

from annotations.anchoring import regions
from annotations.editions import facts
from annotations.editions.values import FilmFacts, Json, MediaPlace, PictureFacts, TextFacts, Words
from annotations.editions.wholes import Whole
from annotations.enums import AnchorStatus, LocusKind
from annotations.models import AnnotationVersion, Edition, Locus
from archive.access import ANYBODY, as_viewer
from archive.enums import ImageState
from archive.media import films
from archive.models import Capture, Derivative, Figure, Image, ImageTiles, Redaction, Video
from archive.models.names import in_each_language

Item = Image | Video


@dataclass(frozen=True, slots=True)
class Placed:
    """A place with what became of it."""

    place: MediaPlace
    #: "exact"; "uncertain" when it leaves its picture or film in part, "lost" when it does altogether.
    standing: str
    #: Code point of the text at which it is read.
    start: int
    #: What the picture or the film is called.
    label: Words
    #: Whether some of it is covered.
    is_covered: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """What a wording shows besides words."""

    #: By figure key: the image, and the page of it that is shown.
    images: dict[str, tuple[Image, int]]
    videos: dict[tuple[str, str], Video]
    #: By kind, primary key and page: the first block that shows it.
    blocks: dict[tuple[str, int, int], int]

    @classmethod
    def of(cls, whole: Whole | None) -> Shown:
        """Read the images by figure key and the videos by provider and id."""
        if whole is None:
            return cls({}, {}, {})
        texts = [revision.text_id for revision in whole.revisions]
        figures = Figure.objects.filter(text__in=texts, image__isnull=False).select_related("image")
        figures = figures.prefetch_related(Prefetch("image__derivatives", current_copies()))
        ids = {str(attrs.get("video_id", "")) for _, attrs in facts.video_blocks(whole.text.blocks)}
        keyed = ((whole.figure_key(figure.text_id, figure.key), figure) for figure in figures)
        images = {key: (figure.image, figure.page) for key, figure in keyed if figure.image and key}
        videos = {(v.provider, v.external_id): v for v in Video.objects.filter(external_id__in=ids)}
        return cls(images, videos, _blocks(whole.text, images, videos))

    def notes(self, prefix: str = "") -> Q:
        """Return the condition of notes on what stands in the wording; that of none when nothing does."""
        images = sorted({image.pk for image, _page in self.images.values()})
        videos = sorted({pk for kind, pk, _page in self.blocks if kind == "video"})
        return Q(**{f"{prefix}image__in": images}) | Q(**{f"{prefix}video__in": videos})

    def block(self, kind: str, pk: int, page: int = 1) -> int | None:
        """Return the first block that shows a page of an item; the first that shows any of it when none does."""
        if (kind, pk, page) in self.blocks:
            return self.blocks[kind, pk, page]
        return min((at for (of, one, _p), at in self.blocks.items() if (of, one) == (kind, pk)), default=None)


def is_unready(image: Image, page: int) -> bool:
    """Whether an image has no copies yet, or none of the page that is shown."""
    if image.state != ImageState.READY:
        return True
    return page > 1 and all(copy.page != page for copy in image.derivatives.all())


def cover_of(edition: Edition) -> Image | None:
    """Return the cover of a plan with its public copies."""
    copies = Prefetch("derivatives", current_copies())
    return (
        Image.objects.filter(pk=edition.cover_id).prefetch_related(copies).first()
        if edition.cover_id
        else None
    )


def current_copies() -> Any:
    """Return the public copies of pictures as they are now, with their files."""
    return Derivative.objects.current().select_related("stored_file")


def _blocks(
    text: TextFacts,
    images: Mapping[str, tuple[Image, int]],
    videos: Mapping[tuple[str, str], Video],
) -> dict[tuple[str, int, int], int]:
    found: dict[tuple[str, int, int], int] = {}
    for index, block in enumerate(text.blocks):
        attrs = block["attrs"]
        image = images.get(str(attrs.get("figure", ""))) if block["kind"] == "figure" else None
        video = videos.get((str(attrs.get("provider", "")), str(attrs.get("video_id", ""))))
        if image:
            found.setdefault(("image", image[0].pk, image[1]), index)
        elif video and block["kind"] == "video":
            found.setdefault(("video", video.pk, 1), index)
    return found


@dataclass(frozen=True, slots=True)
class Media:
    """The pictures and films that notes are on."""

    images: dict[int, Image]
    videos: dict[int, Video]
    tiles: dict[tuple[int, int], ImageTiles]
    captures: dict[int, Capture]
    #: By image: the areas that are covered now.
    covered: dict[int, Sequence[Json]]
    shown: Shown
    #: Where the blocks begin, and how long the text is.
    starts: tuple[int, ...]
    length: int

    @classmethod
    def of(cls, versions: Iterable[AnnotationVersion], shown: Shown, text: TextFacts | None) -> Media:
        """Read what the loci of these versions are in; the number of queries does not grow."""
        loci = [version.locus for version in versions if version.locus.kind != LocusKind.TEXT]
        image_ids = {locus.image_id for locus in loci if locus.image_id}
        video_ids = {locus.video_id for locus in loci if locus.video_id}
        blocks = text.blocks if text else ()
        return cls(
            images=_images(image_ids), videos=Video.objects.in_bulk(video_ids) if video_ids else {},
            tiles=_tiles(image_ids), captures=_captures(video_ids), covered=_covered(image_ids), shown=shown,
            starts=tuple(block["start"] for block in blocks), length=text.length if text else 0,
        )  # fmt: skip

    def placed(self, locus: Locus) -> Placed | None:
        """Return the place of a locus in a picture or a film; None for every other."""
        if locus.image_id and locus.region:
            return self._region(self.images[locus.image_id], locus.region)
        if locus.video_id and locus.kind == LocusKind.TIME:
            return self._seconds(self.videos[locus.video_id], locus)
        return None

    def _region(self, image: Image, region: Json) -> Placed:
        page, points = region.get("page", 1), region["points"]
        tiles = self.tiles.get((image.pk, page))
        width, height = _size(image, page, tiles)
        standing = AnchorStatus.EXACT
        # A picture that is not ready stops the release anyway; nobody knows yet how large it is.
        if image.state == ImageState.READY:
            standing = regions.standing(region["shape"], points, (width, height))
        copies = sorted(image.derivatives.all(), key=lambda c: (c.width, c.media_type, c.name))
        kept = tiles if page > 1 else copies[-1] if copies else None
        block = self.shown.block("image", image.pk, page)
        place = MediaPlace(
            kind="region", member=("image", image.public_id), block=block,
            sha256=kept.stored_file.sha256 if kept else "",
            media_type=kept.stored_file.media_type if kept else "",
            region={"shape": region["shape"], "points": points}, page=page, width=width, height=height,
        )  # fmt: skip
        covers = any(_overlap(region, area) for area in self.covered.get(image.pk, ()))
        return Placed(place, standing, self._start(block), name_of(image), covers)

    def _seconds(self, video: Video, locus: Locus) -> Placed:
        start, end = locus.start_time or 0, locus.end_time or 0
        capture = self.captures.get(video.pk)
        kept = capture_facts(capture) if capture else None
        block = self.shown.block("video", video.pk)
        place = MediaPlace(
            kind="time", member=("video", video.public_id), block=block,
            sha256=kept["sha256"] if kept else "", media_type=kept["media_type"] if kept else "",
            start_time=start, end_time=end,
        )  # fmt: skip
        return Placed(place, _lasting(start, end, video.duration), self._start(block), name_of(video), False)

    def _start(self, block: int | None) -> int:
        return self.length if block is None else self.starts[block]

    def pictures(self) -> tuple[PictureFacts, ...]:
        """Return the pictures that do not stand in the text."""
        rows = (row for pk, row in self.images.items() if self.shown.block("image", pk) is None)
        return tuple(facts.picture_facts(row) for row in sorted(rows, key=lambda row: row.public_id))

    def films(self) -> tuple[FilmFacts, ...]:
        """Return all films that notes are on."""
        rows = sorted(self.videos.values(), key=lambda row: row.public_id)
        return tuple(_film_facts(row, self.captures.get(row.pk)) for row in rows)

    def rows(self, versions: Iterable[AnnotationVersion]) -> dict[tuple[str, int], Item]:
        """Return the items that these versions are on, by kind and primary key."""
        found: dict[tuple[str, int], Item] = {}
        for version in versions:
            if version.locus.image_id:
                found["image", version.locus.image_id] = self.images[version.locus.image_id]
            if version.locus.video_id:
                found["video", version.locus.video_id] = self.videos[version.locus.video_id]
        return found

    @property
    def warned(self) -> frozenset[str]:
        """Public ids of the pictures and films of which readers are warned."""
        items: list[Item] = [*self.images.values(), *self.videos.values()]
        return frozenset(item.public_id for item in items if item.warnings)

    @property
    def unready(self) -> frozenset[str]:
        """Public ids of the pictures whose public copies are not there."""
        return frozenset(row.public_id for row in self.images.values() if row.state != ImageState.READY)


def _size(image: Image, page: int, tiles: ImageTiles | None) -> tuple[int, int]:
    """Return width and height of a page; nothing of one that is not there."""
    if page == 1 and image.width and image.height:
        return image.width, image.height
    return (tiles.width, tiles.height) if tiles else (0, 0)


def _images(ids: set[int]) -> dict[int, Image]:
    rows = Image.objects.filter(pk__in=ids).prefetch_related(Prefetch("derivatives", current_copies()))
    return {row.pk: row for row in rows} if ids else {}


def _tiles(images: set[int]) -> dict[tuple[int, int], ImageTiles]:
    rows = ImageTiles.objects.current().filter(image__in=images).select_related("stored_file").order_by()
    return {(row.image_id, row.page): row for row in rows} if images else {}


def _captures(videos: set[int]) -> dict[int, Capture]:
    """Return the captures that anybody may be given, with their files."""
    chosen = films.playable(videos, as_viewer(ANYBODY)) if videos else {}
    rows = Capture.objects.select_related("arrival__stored_file", "clean_copy__stored_file")
    return (
        {row.video_id: row for row in rows.filter(pk__in=[one.pk for one in chosen.values()])}
        if chosen
        else {}
    )


def _covered(images: set[int]) -> dict[int, Sequence[Json]]:
    """Return the areas of the newest redaction of each image."""
    rows = Redaction.objects.filter(image__in=images, image__covered=True).order_by("image", "pixels")
    return {row.image_id: row.areas for row in rows} if images else {}


def _overlap(region: Json, area: Json) -> bool:
    if region.get("page", 1) != area.get("page", 1):
        return False
    left, top, right, bottom = regions.extent(region["shape"], region["points"])
    return bool(
        left < area["x"] + area["width"] and right > area["x"]
        and top < area["y"] + area["height"] and bottom > area["y"]
    )  # fmt: skip


def _lasting(start: float, end: float, duration: float | None) -> str:
    """Return whether seconds lie within their film; of one whose length nobody knows, they do."""
    # Lengths are told in whole seconds by some.
    if duration is None or end <= duration + 1:
        return AnchorStatus.EXACT
    return AnchorStatus.UNCERTAIN if start < duration else AnchorStatus.LOST


def capture_facts(capture: Capture) -> dict[str, str]:
    """Return what is pinned of the archive's own copy: the bytes that readers are given."""
    clean = getattr(capture, "clean_copy", None)
    file = clean.stored_file if clean else capture.arrival.stored_file if capture.arrival else None
    return {
        "id": capture.public_id, "sha256": file.sha256 if file else "",
        "media_type": clean.media_type if clean else capture.media_type,
    }  # fmt: skip


def _film_facts(video: Video, capture: Capture | None) -> FilmFacts:
    return FilmFacts(
        id=video.public_id, provider=video.provider, external_id=video.external_id, url=video.url,
        title=facts.words_of(video, "title"), content_warning=facts.words_of(video, "content_warning"),
        state=video.state, duration=video.duration, capture=capture_facts(capture) if capture else None,
    )  # fmt: skip


def name_of(row: Any) -> Words:
    """Return the title by language; of what has none, what it is called without."""
    return dict(in_each_language(row))
