"""Rows of the archive as the facts that a snapshot keeps of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from annotations.editions.values import (
    FigureFacts,
    Json,
    PictureFacts,
    PictureFile,
    TermFacts,
    TextFacts,
    VideoFacts,
    Words,
    WorkFacts,
)
from annotations.models import Term
from archive.enums import ImageState
from archive.models import Image, TextRevision, Video, Work

LANGUAGES = ("ar", "en")
_EXTENSIONS = {"image/webp": "webp", "image/jpeg": "jpg", "image/png": "png", "image/avif": "avif"}


def words_of(row: Any, field: str) -> Words:
    """Return what a translated field says in each language; empty where it says nothing."""
    return {language: getattr(row, f"{field}_{language}") or "" for language in LANGUAGES}


def work_facts(work: Work) -> WorkFacts:
    """Return the catalogue entry as it stands."""
    shelf = work.collection
    return WorkFacts(
        id=work.public_id, slug=work.slug, kind=work.kind, language=work.language,
        title=words_of(work, "title"), description=words_of(work, "description"),
        creators=tuple(work.creators), date=work.date_edtf, rights_uri=work.rights_uri,
        rights_holder=words_of(work, "rights_holder"), provenance=words_of(work, "provenance"),
        identifiers=tuple(work.identifiers), content_warning=words_of(work, "content_warning"),
        collection={"slug": shelf.slug, "title": words_of(shelf, "title")} if shelf else None,
    )  # fmt: skip


def text_facts(revision: TextRevision) -> TextFacts:
    """Return a wording of a text."""
    return TextFacts(
        id=revision.text.public_id, role=revision.text.role, language=revision.language,
        direction=revision.direction, revision=revision.number, sha256=revision.sha256,
        length=revision.length, title=revision.title, content=revision.content,
        blocks=tuple(revision.blocks), marks=tuple(revision.marks),
    )  # fmt: skip


def term_facts(term: Term) -> TermFacts:
    """Return a term with its names (prefetched) as they stand."""
    labels = set(words_of(term, "label").values())
    names = [{"language": n.language, "name": n.name} for n in term.names.all() if n.name not in labels]
    return TermFacts(
        id=term.public_id, slug=term.slug, kind=term.kind, label=words_of(term, "label"),
        description=words_of(term, "description"),
        names=tuple(sorted(names, key=lambda name: (name["language"], name["name"]))),
        authority=dict(term.authority), latitude=term.latitude, longitude=term.longitude,
        date=term.date_edtf, date_start=_iso(term.date_start), date_end=_iso(term.date_end),
    )  # fmt: skip


def _iso(value: Any) -> str:
    return value.isoformat() if value else ""


def picture_facts(image: Image, page: int = 1) -> PictureFacts:
    """Return an image with the public copies of a page (all are prefetched with their files)."""
    found = [copy for copy in image.derivatives.all() if copy.page == page]
    ready = image.state == ImageState.READY
    copies = sorted(found, key=lambda d: (d.width, d.media_type, d.name)) if ready else []
    return PictureFacts(
        id=image.public_id, title=words_of(image, "title"), alternative=words_of(image, "alternative"),
        creators=tuple(image.creators), date=image.date_edtf, rights_uri=image.rights_uri,
        rights_holder=words_of(image, "rights_holder"), content_warning=words_of(image, "content_warning"),
        files=tuple(
            PictureFile(
                name=file_name(image.public_id, copy.address, copy.media_type), media_type=copy.media_type,
                width=copy.width, height=copy.height, sha256=copy.stored_file.sha256,
            )
            for copy in copies
        ),
    )  # fmt: skip


def file_name(image_id: str, copy: str, media_type: str) -> str:
    """Return the name that a public copy ("large", "large-3" of the third page) has within a release."""
    return f"{image_id}-{copy}.{_EXTENSIONS.get(media_type, 'bin')}"


def figure_facts(text: TextFacts, images: dict[str, tuple[Image, int]]) -> tuple[FigureFacts, ...]:
    """Return the figures of a wording in order; `images` are its images by figure key, each with the page shown."""
    found = []
    for index, block in enumerate(text.blocks):
        if block["kind"] != "figure":
            continue
        key = str(block["attrs"].get("figure", ""))
        image, page = images.get(key, (None, 1))
        caption = text.content[block["start"] : block["end"]]
        found.append(FigureFacts(key, index, caption, picture_facts(image, page) if image else None, page))
    return tuple(found)


def video_blocks(blocks: Iterable[Json]) -> list[tuple[int, dict[str, Any]]]:
    """Return (index, attributes) of the blocks that are videos."""
    return [(index, block["attrs"]) for index, block in enumerate(blocks) if block["kind"] == "video"]


def video_facts(text: TextFacts, known: dict[tuple[str, str], Video]) -> tuple[VideoFacts, ...]:
    """Return the videos of a wording in order; `known` are the archive's entries by provider and id."""
    found = []
    for index, attrs in video_blocks(text.blocks):
        provider, external_id = str(attrs.get("provider", "")), str(attrs.get("video_id", ""))
        video = known.get((provider, external_id))
        empty = dict.fromkeys(LANGUAGES, "")
        found.append(
            VideoFacts(
                id=video.public_id if video else "", provider=provider, external_id=external_id,
                url=video.url if video else str(attrs.get("url", "")), block=index,
                title=words_of(video, "title") if video else empty,
                content_warning=words_of(video, "content_warning") if video else empty,
                state=video.state if video else "unchecked",
            )
        )  # fmt: skip
    return tuple(found)
