"""What of a release is read back by another archive: a catalogue of the work, its text and pictures, and the edition.

It is the form of packages (`docs/exchange.md`), made of the snapshot alone: whoever has a release has all that it stands on.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from annotations.editions.canonical import dumps
from annotations.editions.joining import own_texts
from annotations.editions.parts import text_ids
from annotations.editions.values import (
    FilmFacts,
    PictureFacts,
    PictureFile,
    Snapshot,
    TextFacts,
    VideoFacts,
    Words,
)
from annotations.exports.edition_lines import VERSION as EDITIONS_VERSION
from annotations.exports.edition_lines import order_rule
from annotations.exports.given import Given
from archive.exports.catalogue import FORMAT, VERSION
from archive.models.base import id_of_words

RELEASE = "release.json"
Line = dict[str, Any]
_EMPTY: Words = {"ar": "", "en": ""}
_ENDINGS = {"image/webp": "webp", "image/jpeg": "jpg", "image/png": "png", "image/avif": "avif"}
#: Said of a release whose moments are not known.
NEVER = "1980-01-01T00:00:00+00:00"


def members(given: Given) -> Iterator[tuple[str, bytes | Iterator[bytes]]]:
    """Yield path and bytes of everything, the release itself among it, byte for byte as it was sealed."""
    snapshot = given.snapshot
    files = list(_files(given))
    yield RELEASE, dumps(snapshot).encode()
    for one in own_texts(snapshot):
        yield f"{_path_of(one)}.txt", one.content.encode()
        yield f"{_path_of(one)}.json", _bytes([{"blocks": one.blocks, "marks": one.marks}])
    for _picture, file, path in files:
        yield path, given.open_member(file.sha256)
    yield "catalogue.jsonl", _bytes(_catalogue(given, files))
    yield "editions.jsonl", _bytes(_editions(given, files))


def _path_of(text: TextFacts) -> str:
    return f"texts/{text.id}/r{text.revision}"


def _bytes(lines: Iterable[Line]) -> bytes:
    return "".join(f"{json.dumps(line, ensure_ascii=False, sort_keys=True)}\n" for line in lines).encode()


def name_of(*words: str) -> str:
    """Return a public id that is always the same for the same words."""
    return id_of_words("\n".join(words))


Held = tuple[PictureFacts, PictureFile, str]


def _files(given: Given) -> Iterator[Held]:
    """Yield the pictures that may be shown, with each of their copies and where it lies."""
    for picture in _pictures(given):
        for file in picture.files:
            if given.shows_picture(picture.id) and file.media_type in _ENDINGS:
                yield (
                    picture,
                    file,
                    f"files/{name_of(given.manifest_hash, file.name)}.{_ENDINGS[file.media_type]}",
                )


def _pictures(given: Given) -> list[PictureFacts]:
    found: dict[tuple[str, str], PictureFacts] = {}
    for picture in given.snapshot.all_pictures:
        found.setdefault((picture.id, picture.files[0].name if picture.files else ""), picture)
    return list(found.values())


def _catalogue(given: Given, files: list[Held]) -> Iterator[Line]:
    snapshot = given.snapshot
    yield {"is": "package", "format": FORMAT, "version": VERSION, "root": ["work", snapshot.work.id]}
    widest: dict[str, Held] = {}
    for held in files:
        known = widest.get(held[0].id)
        if known is None or held[1].width > known[1].width:
            widest[held[0].id] = held
    for picture, file, path in widest.values():
        ident = name_of(given.manifest_hash, "file", file.name)
        yield {
            "is": "file", "id": ident, "path": path, "filename": file.name, "sha256": file.sha256,
            "media_type": file.media_type, "arrived": given.sealed or NEVER,
        }  # fmt: skip
        described = _described(given, "image", picture)
        alternative = {f"alternative_{code}": picture.alternative.get(code, "") for code in ("ar", "en")}
        yield {**described, **alternative, "file": ident, "collection": None}
    for film in _films(given):
        yield {
            **_described(given, "video", film), "provider": film.provider, "external_id": film.external_id, "url": film.url,
            "duration": film.duration if isinstance(film, FilmFacts) else None, "collection": None,
        }  # fmt: skip
    work = snapshot.work
    yield {
        **_described(given, "work", work), "slug": work.slug, "kind": work.kind, "language": work.language, "cover": None,
        "collection": None,
    }  # fmt: skip
    for order, text in enumerate(own_texts(snapshot)):
        yield from _text(given, text, order, set(widest))


def _text(given: Given, text: TextFacts, order: int, held: set[str]) -> Iterator[Line]:
    """Yield a text and its wording; only parts of an edition are called something of their own."""
    named = text.title if given.snapshot.parts else ""
    is_arabic = text.language.split("-")[0] == "ar"
    yield {
        "is": "text", "id": text.id, "work": given.snapshot.work.id, "role": text.role,
        "language": text.language, "direction": text.direction, "order": order,
        "title_ar": named if is_arabic else "", "title_en": "" if is_arabic else named,
        "translator": "", "translation_of": None, "figures": list(_figures(given, text, held)),
    }  # fmt: skip
    yield {
        "is": "revision", "text": text.id, "number": text.revision, "path": _path_of(text),
        "language": text.language, "direction": text.direction, "title": text.title,
        "message": "", "sha256": text.sha256, "parent": None, "source": None, "is_current": True,
        "accepted": given.sealed or NEVER,
    }  # fmt: skip


def _films(given: Given) -> list[VideoFacts | FilmFacts]:
    snapshot = given.snapshot
    found: dict[str, VideoFacts | FilmFacts] = {video.id: video for video in snapshot.videos if video.id}
    return list((found | {film.id: film for film in snapshot.films}).values())


def _figures(given: Given, text: TextFacts, held: set[str]) -> Iterator[Line]:
    here = {block["attrs"].get("figure") for block in text.blocks if block["kind"] == "figure"}
    told = set()
    for figure in given.snapshot.figures:
        if figure.key not in here or figure.key in told:
            continue
        told.add(figure.key)
        image = figure.image.id if figure.image and figure.image.id in held else None
        page = {"page": figure.page} if image and figure.page > 1 else {}
        yield {"key": figure.key, "image": image, **page}


def _described(given: Given, kind: str, item: Any) -> Line:
    """Return what the snapshot knows of a work, a picture or a film; it was open to everybody when it was written down."""
    words = {
        f"{name}_{code}": getattr(item, name, _EMPTY).get(code, "")
        for name in ("title", "description", "rights_holder", "provenance", "content_warning") for code in ("ar", "en")
    }  # fmt: skip
    return {
        "is": kind, "id": item.id, **words, "creators": list(getattr(item, "creators", ())),
        "date_edtf": getattr(item, "date", ""), "rights_uri": getattr(item, "rights_uri", ""),
        "identifiers": list(getattr(item, "identifiers", ())), "access": "public", "groups": [], "embargo_until": None,
        "entered": given.sealed or NEVER, "version": 1, "warnings": list(given.warning_kinds(kind, item.id)),
    }  # fmt: skip


def _further(snapshot: Snapshot) -> Line:
    further = text_ids(snapshot)[1:]
    return {"parts": further} if further else {}


def _editions(given: Given, files: list[Held]) -> Iterator[Line]:
    snapshot = given.snapshot
    yield {"is": "editions", "version": EDITIONS_VERSION}
    words = {
        f"{name}_{code}": getattr(snapshot, name).get(code, "")
        for name in ("title", "introduction")
        for code in ("ar", "en")
    }
    plan = {
        **words, "change_note_ar": "", "change_note_en": "", "credits": list(snapshot.credits), "license": snapshot.license,
        "rule": order_rule(snapshot), "required_approvals": snapshot.required_approvals, "excluded": [],
        **({"cover": snapshot.cover.id} if snapshot.cover and snapshot.cover.id in {row.id for row, _f, _p in files} else {}),
    }  # fmt: skip
    yield {
        "is": "edition", "id": snapshot.edition, "slug": snapshot.slug, "work": snapshot.work.id, "text": snapshot.text.id,
        "entered": given.sealed or NEVER, "version": 1, "plan": plan, **_further(snapshot),
    }  # fmt: skip
    shown = {picture.id for picture, _file, _path in files}
    past = [{"what": "published", "at": given.published_at, "words": ""}] if given.published_at else []
    yield {
        "is": "release", "id": given.release or name_of(given.manifest_hash), "edition": snapshot.edition,
        "number": snapshot.number, "revision": snapshot.text.revision, "sha256": given.manifest_hash,
        "sealed": given.sealed or NEVER, "previous": snapshot.previous, "past": past, "path": RELEASE,
        "members": sorted(
            [["work", snapshot.work.id], *(["image", ident] for ident in shown), *(["video", film.id] for film in _films(given))]
        ),
        "files": [
            {
                "id": name_of(given.manifest_hash, "copy", file.name), "name": file.name, "path": path, "image": picture.id,
                "media_type": file.media_type,
            }
            for picture, file, path in files
        ],
    }  # fmt: skip
