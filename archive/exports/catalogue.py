"""The catalogue of a package without loss, one JSON object a line: what `bring_in` reads back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from archive.exports.holding import Holding
from archive.exports.lines import line, moment
from archive.models import Alignment, Capture, Figure, FileArrival, Image, Text, TextRevision, Video, Work
from archive.models.described import DescribedModel, WarnedModel
from archive.presenters.described_values import BILINGUAL

#: Since 2: captures of films, and the films of texts. Since 3: how often descriptions were changed.
FORMAT, VERSION = "hashiya-package", 3
PATH = "catalogue.jsonl"
_EXTENSION = re.compile(r"\.[a-z0-9]{1,8}", re.ASCII)


def lines(holding: Holding) -> Iterator[dict[str, Any]]:
    """Yield the package's objects, each after those that it names."""
    root = holding.root
    yield {"is": "package", "format": FORMAT, "version": VERSION, "root": [_kind(root), root.public_id]}
    shelves = {row.pk: row.public_id for row in holding.collections()}
    for collection in holding.collections():
        yield {
            **_described(collection), "slug": collection.slug, "order": collection.order,
            "parent": shelves.get(collection.parent_id or 0),
        }  # fmt: skip
    taken = set()
    for arrival in holding.files():
        taken.add(arrival.pk)
        yield _file(arrival)
    pictures = set()
    for image in holding.images():
        if image.arrival_id in taken:
            pictures.add(image.pk)
            yield {**_described(image), **_image(image), "collection": shelves.get(image.collection_id or 0)}
    for video in holding.videos():
        yield {**_described(video), **_video(video), "collection": shelves.get(video.collection_id or 0)}
    for capture in holding.captures():
        if capture.arrival_id is None or capture.arrival_id in taken:
            yield _capture(capture)
    texts = frozenset(holding.ids.texts)
    for work in holding.works():
        yield {
            **_described(work),
            **_work(work, pictures),
            "collection": shelves.get(work.collection_id or 0),
        }
        held = {text.pk: text for text in work.texts.all() if text.pk in texts}
        for text in sorted(held.values(), key=lambda text: text.translation_of_id is not None):
            yield _text(text, work, pictures, is_paired=text.translation_of_id in held)
    for tie in holding.transcripts():
        yield {
            "is": "transcript", "id": tie.public_id, "video": tie.video.public_id, "text": tie.text.public_id,
            "kind": tie.kind,
        }  # fmt: skip
    for revision in holding.revisions():
        yield _revision(revision, taken)
    for alignment in holding.alignments():
        yield _alignment(alignment)


def path_of_file(arrival: FileArrival) -> str:
    """Return where a received file lies in a package: never under the name that its sender gave it."""
    ending = PurePosixPath(arrival.filename).suffix.lower()
    return f"files/{arrival.public_id}{ending if _EXTENSION.fullmatch(ending) else ''}"


def path_of_revision(revision: TextRevision) -> str:
    """Return where a revision lies, without its ending: ".txt" is its words, ".json" their structure."""
    return f"texts/{revision.text.public_id}/r{revision.number}"


def structure(revision: TextRevision) -> bytes:
    """Return the blocks and marks of a revision."""
    return line({"blocks": revision.blocks, "marks": revision.marks})


def _kind(item: Any) -> str:
    return str(item._meta.model_name)


def _described(item: DescribedModel) -> dict[str, Any]:
    words = {
        f"{name}_{code}": getattr(item, f"{name}_{code}") or "" for name in BILINGUAL for code in ("ar", "en")
    }
    return {
        "is": _kind(item), "id": item.public_id, **words, "creators": item.creators, "date_edtf": item.date_edtf,
        "places": item.places, "details": item.details,
        "rights_uri": item.rights_uri, "identifiers": item.identifiers, "access": item.access,
        "groups": sorted(group.name for group in item.groups.all()),
        "embargo_until": moment(item.embargo_until), "entered": moment(item.created_at), "version": item.version,
        **({"warnings": item.warnings} if isinstance(item, WarnedModel) else {}),
    }  # fmt: skip


def _file(arrival: FileArrival) -> dict[str, Any]:
    stored = arrival.stored_file
    return {
        "is": "file", "id": arrival.public_id, "path": path_of_file(arrival), "filename": arrival.filename,
        "sha256": stored.sha256, "size": stored.size, "media_type": stored.media_type,
        "arrived": moment(arrival.arrived_at),
    }  # fmt: skip


def _image(image: Image) -> dict[str, Any]:
    words = {f"alternative_{code}": getattr(image, f"alternative_{code}") or "" for code in ("ar", "en")}
    return {**words, "file": image.arrival.public_id}


def _video(video: Video) -> dict[str, Any]:
    return {
        "provider": video.provider, "external_id": video.external_id, "url": video.url, "duration": video.duration,
    }  # fmt: skip


def _capture(capture: Capture) -> dict[str, Any]:
    return {
        "is": "capture", "id": capture.public_id, "video": capture.video.public_id,
        "file": capture.arrival.public_id if capture.arrival else None, "url": capture.url,
        "captured": moment(capture.captured_at), "captured_by": capture.captured_by, "tool": capture.tool,
        "note": capture.note, "access": capture.access, "entered": moment(capture.created_at),
        "groups": sorted(group.name for group in capture.groups.all()),
    }  # fmt: skip


def _work(work: Work, pictures: set[int]) -> dict[str, Any]:
    cover = work.cover.public_id if work.cover and work.cover_id in pictures else None
    return {"slug": work.slug, "kind": work.kind, "language": work.language, "cover": cover}


def _text(text: Text, work: Work, pictures: set[int], *, is_paired: bool) -> dict[str, Any]:
    figures = [_figure(f, pictures) for f in sorted(text.figures.all(), key=lambda f: f.pk)]
    return {
        "is": "text", "id": text.public_id, "work": work.public_id, "role": text.role, "language": text.language,
        "direction": text.direction, "order": text.order, "figures": figures,
        "title_ar": text.title_ar, "title_en": text.title_en, "translator": text.translator,
        "translation_of": text.translation_of.public_id if text.translation_of and is_paired else None,
        **({"words_of": text.image.public_id} if text.image and text.image_id in pictures else {}),
    }  # fmt: skip


def _figure(figure: Figure, pictures: set[int]) -> dict[str, Any]:
    if figure.image is None or figure.image_id not in pictures:
        return {"key": figure.key, "image": None}
    page = {"page": figure.page} if figure.page > 1 else {}
    return {"key": figure.key, "image": figure.image.public_id, **page}


def _alignment(alignment: Alignment) -> dict[str, Any]:
    return {
        "is": "alignment", "id": alignment.public_id, "rows": alignment.rows, "is_approved": alignment.is_approved,
        "original": [alignment.original.text.public_id, alignment.original.number],
        "translation": [alignment.translation.text.public_id, alignment.translation.number],
        "made": moment(alignment.created_at),
    }  # fmt: skip


def _revision(revision: TextRevision, taken: set[int]) -> dict[str, Any]:
    run = revision.draft.run if revision.draft else None
    source = None
    if run and run.arrival_id in taken:
        source = {
            "file": run.arrival.public_id, "importer": run.importer, "importer_version": run.importer_version,
            "language": run.language,
        }  # fmt: skip
    return {
        "is": "revision", "text": revision.text.public_id, "number": revision.number,
        "path": path_of_revision(revision), "language": revision.language, "direction": revision.direction,
        "title": revision.title, "message": revision.message, "sha256": revision.sha256,
        "parent": revision.parent.number if revision.parent else None, "source": source,
        "is_current": revision.pk == revision.text.current_revision_id,
        "accepted": moment(revision.created_at),
    }  # fmt: skip
