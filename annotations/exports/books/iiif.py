"""The pictures and films of a release as a IIIF Presentation 3 manifest, with the notes that are on them.

What the release keeps is shown as it keeps it; the text of the edition is a rendering of the whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from annotations.editions.values import FilmFacts, Note, PictureFacts, PictureFile, Words
from annotations.exports.given import Given
from annotations.exports.jsonld import annotation
from annotations.presenters.selectors import selector_of
from annotations.presenters.snapshot import Book
from archive.presenters.iiif import PRESENTATION_CONTEXT
from archive.text.plain import plain_words

Json = dict[str, Any]
#: Of a film whose length nobody knows, its canvas reaches at least so far, in seconds.
LEAST = 1.0


def write(given: Given) -> Iterator[bytes]:
    """Yield the manifest."""
    yield json.dumps(manifest(given), ensure_ascii=False, indent=1).encode() + b"\n"


def manifest(given: Given) -> Json:
    """Return the manifest; its canvases are the pictures in the order of the text, then those beside it, then the films."""
    snapshot = given.snapshot
    book = Book(snapshot)
    canvases = [_canvas(given, book, picture, page) for picture, page in _pages(given)]
    canvases += [_film(given, book, film) for film in snapshot.films if given.shows("video", film.id)]
    label = _both(snapshot.title) or _both(snapshot.work.title) or {"none": [snapshot.slug]}
    home = {"id": given.address, "type": "Text", "label": label, "format": "text/html"}
    found: Json = {
        "@context": PRESENTATION_CONTEXT, "id": f"{given.address}download/iiif", "type": "Manifest", "label": label,
        "summary": _plain(snapshot.introduction), "metadata": _metadata(given), "rights": snapshot.license, "homepage": [home],
        "seeAlso": [
            {
                "id": f"{given.address}annotations", "type": "Dataset", "format": "application/ld+json",
                "profile": "http://www.w3.org/ns/anno.jsonld",
            }
        ],
        "thumbnail": _thumbnail(given),
        "viewingDirection": "right-to-left" if snapshot.text.direction == "rtl" else "left-to-right",
        # A manifest has at least one canvas: a release without pictures has one that says what it is called.
        "items": canvases or [_empty(given, label)],
        "annotations": _on_text(given, book),
    }  # fmt: skip
    return {name: value for name, value in found.items() if value}


def _both(words: Words) -> dict[str, list[str]]:
    return {code: [text] for code, text in words.items() if text}


def _plain(words: Words) -> dict[str, list[str]]:
    return {code: [plain_words(text)] for code, text in words.items() if text}


def _metadata(given: Given) -> list[Json]:
    snapshot = given.snapshot
    rows = [
        ({"ar": ["المصنَّف"], "en": ["Work"]}, _both(snapshot.work.title)),
        ({"ar": ["الإصدار"], "en": ["Release"]}, {"none": [str(snapshot.number)]}),
        ({"ar": ["الحواشي بقلم"], "en": ["Notes by"]}, {"none": [person.name for person in snapshot.authors]}),
        ({"ar": ["بصمة الإصدار (SHA-256)"], "en": ["Hash of the release (SHA-256)"]}, {"none": [given.manifest_hash]}),
    ]  # fmt: skip
    return [{"label": label, "value": value} for label, value in rows if any(value.values())]


def _pages(given: Given) -> list[tuple[PictureFacts, int]]:
    """Return the pictures that may be shown with the pages that the release shows of them, each once."""
    snapshot = given.snapshot
    found: dict[tuple[str, int], PictureFacts] = {}
    for figure in snapshot.figures:
        if figure.image:
            found.setdefault((figure.image.id, figure.page), figure.image)
    for picture in snapshot.pictures:
        found.setdefault((picture.id, 1), picture)
    return [
        (picture, page)
        for (_id, page), picture in found.items()
        if given.shows_picture(picture.id) and picture.files
    ]


def _canvas(given: Given, book: Book, picture: PictureFacts, page: int) -> Json:
    notes = [
        note for note in book.on.get(("image", picture.id), ()) if note.place and note.place.page == page
    ]
    file = max(picture.files, key=lambda one: (one.width, one.name))
    # Regions are in pixels of the original: notes say how large that is.
    width, height = next(
        ((n.place.width, n.place.height) for n in notes if n.place), (file.width, file.height)
    )
    ident = f"{given.address}canvas/{picture.id}/{page}"
    found = {
        "id": ident, "type": "Canvas", "label": _both(picture.title) or {"none": [picture.id]}, "width": width,
        "height": height, "summary": _both(picture.alternative), "rights": picture.rights_uri,
        "items": [_page(f"{ident}/page", [_painting(ident, _image(given, file))])],
        "annotations": _notes(given, book, ident, notes),
    }  # fmt: skip
    return {name: value for name, value in found.items() if value}


def _image(given: Given, file: PictureFile) -> Json:
    return {
        "id": f"{given.address}files/{file.name}", "type": "Image", "format": file.media_type, "width": file.width,
        "height": file.height,
    }  # fmt: skip


def _thumbnail(given: Given) -> list[Json]:
    """Return the cover for lists of manifests, which could not cover one of which readers are warned."""
    cover = given.snapshot.cover
    if cover is None or not cover.files or not given.shows_picture(cover.id):
        return []
    if given.warned("image", cover.id) or any(cover.content_warning.values()):
        return []
    return [_image(given, min(cover.files, key=lambda one: (one.width, one.name)))]


def _painting(canvas: str, body: Json) -> Json:
    return {
        "id": f"{canvas}/painting",
        "type": "Annotation",
        "motivation": "painting",
        "body": body,
        "target": canvas,
    }


def _page(ident: str, items: list[Json]) -> Json:
    return {"id": ident, "type": "AnnotationPage", "items": items}


def _film(given: Given, book: Book, film: FilmFacts) -> Json:
    notes = list(book.on.get(("video", film.id), ()))
    ends = [note.place.end_time or 0 for note in notes if note.place]
    ident = f"{given.address}canvas/{film.id}"
    length = max([film.duration or 0, *ends, LEAST])
    found: Json = {
        "id": ident, "type": "Canvas", "label": _both(film.title) or {"none": [film.url or film.id]}, "duration": length,
        "annotations": _notes(given, book, ident, notes),
    }  # fmt: skip
    if film.url:
        found["homepage"] = [
            {"id": film.url, "type": "Video", "label": found["label"], "format": "text/html"}
        ]
    return found


def _empty(given: Given, label: Json) -> Json:
    return {
        "id": f"{given.address}canvas/text",
        "type": "Canvas",
        "label": label,
        "width": 1000,
        "height": 1000,
    }


def _notes(given: Given, book: Book, canvas: str, notes: list[Note]) -> list[Json]:
    shown = [note for note in notes if given.shows_note(note)]
    if not shown:
        return []
    return [_page(f"{canvas}/notes", [_note(given, book, canvas, note) for note in shown])]


def _note(given: Given, book: Book, canvas: str, note: Note) -> Json:
    """Return a note as on the canvas; its bodies are those of the release's own annotations."""
    assert note.place is not None
    said = annotation(given, note, book.terms, book.names)
    target = {
        "type": "SpecificResource",
        "source": {"id": canvas, "type": "Canvas"},
        "selector": _selector(note),
    }
    return {**_own(said), "target": target}


def _selector(note: Note) -> Json:
    assert note.place is not None
    selector = selector_of(note.place)
    if selector["type"] == "FragmentSelector":
        # Viewers of canvases read plain numbers.
        selector = {**selector, "value": selector["value"].replace("xywh=pixel:", "xywh=")}
    return selector


def _own(said: Json) -> Json:
    """Return an annotation without what only its own context names, with its number in a language map."""
    kept = {
        name: value for name, value in said.items() if not name.startswith("hashiya:") and name != "creator"
    }
    bodies = [body for body in kept.get("body", ()) if body.get("type") == "TextualBody"]
    kept["body"] = bodies or {"type": "TextualBody", "value": "", "format": "text/plain"}
    return {**kept, "label": {"none": [str(said["hashiya:number"])]}, "motivation": "commenting"}


def _on_text(given: Given, book: Book) -> list[Json]:
    """Return the notes on words, which no canvas shows: they point at the text of the release."""
    items = [
        _own(annotation(given, note, book.terms, book.names))
        for note in given.snapshot.notes
        if note.place is None
    ]
    return [_page(f"{given.address}annotations?page=text", items)] if items else []
