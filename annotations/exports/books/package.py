"""What of a release is read back by another archive: a catalogue of the work, its text and pictures, and the edition.

It is the form of packages (`docs/exchange.md`), made of the snapshot alone: whoever has a release has all that it stands on.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from annotations.editions.canonical import dumps
from annotations.editions.values import FilmFacts, PictureFacts, PictureFile, VideoFacts, Words
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
    text = f"texts/{snapshot.text.id}/r{snapshot.text.revision}"
    yield RELEASE, dumps(snapshot).encode()
    yield f"{text}.txt", snapshot.text.content.encode()
    yield f"{text}.json", _bytes([{"blocks": snapshot.text.blocks, "marks": snapshot.text.marks}])
    for _picture, file, path in files:
        yield path, given.open_member(file.sha256)
    yield "catalogue.jsonl", _bytes(_catalogue(given, files, text))
    yield "editions.jsonl", _bytes(_editions(given, files))


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


def _catalogue(given: Given, files: list[Held], text: str) -> Iterator[Line]:
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
    yield {
        "is": "text", "id": snapshot.text.id, "work": work.id, "role": snapshot.text.role,
        "language": snapshot.text.language, "direction": snapshot.text.direction, "order": 0, "title_ar": "",
        "title_en": "", "translator": "", "translation_of": None, "figures": list(_figures(given, set(widest))),
    }  # fmt: skip
    yield {
        "is": "revision", "text": snapshot.text.id, "number": snapshot.text.revision, "path": text,
        "language": snapshot.text.language, "direction": snapshot.text.direction, "title": snapshot.text.title,
        "message": "", "sha256": snapshot.text.sha256, "parent": None, "source": None, "is_current": True,
        "accepted": given.sealed or NEVER,
    }  # fmt: skip


def _films(given: Given) -> list[VideoFacts | FilmFacts]:
    snapshot = given.snapshot
    found: dict[str, VideoFacts | FilmFacts] = {video.id: video for video in snapshot.videos if video.id}
    return list((found | {film.id: film for film in snapshot.films}).values())


def _figures(given: Given, held: set[str]) -> Iterator[Line]:
    told = set()
    for figure in given.snapshot.figures:
        if figure.key in told:
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
        "entered": given.sealed or NEVER, "version": 1, "plan": plan,
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
