"""The release as plain text: front matter, the text with numbers where notes begin, the notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotations.editions.values import FilmFacts, MediaPlace, PictureFacts, Snapshot, Words
from annotations.exports.given import Given
from annotations.exports.readings import readings_of
from annotations.presenters.selectors import selector_of, xywh
from archive.text.plain import plain_words

RULE = "\n" + "—" * 24 + "\n\n"


def write(given: Given) -> Iterator[bytes]:
    """Yield the release; note numbers stand in brackets after the passage that they are on."""
    snapshot, readings = given.snapshot, readings_of(given.manifest_hash, given.snapshot)
    for code in (snapshot.text.language, "ar", "en"):
        if snapshot.title.get(code):
            yield f"{snapshot.title[code]}\n".encode()
            yield f"{plain_words(snapshot.introduction.get(code, ''))}\n".encode()
            break
    yield f"{given.address}\nSHA-256 {given.manifest_hash}\n{snapshot.license}\n{RULE}".encode()
    yield from _text(given)
    yield RULE.encode()
    for note in snapshot.notes:
        if given.shows_note(note):
            words = place_words(snapshot, note.place) if note.place else note.exact
            yield f"[{note.number}] «{words}»\n{readings.words(note.body)}\n\n".encode()
        else:
            yield f"[{note.number}] …\n\n".encode()


def place_words(snapshot: Snapshot, place: MediaPlace) -> str:
    """Return the name of a picture or a film, and the part of it, in the text's language where it has one."""
    kind, ident = place.member
    rows: Iterable[PictureFacts | FilmFacts] = snapshot.films
    if kind == "image":
        rows = snapshot.all_pictures
    title: Words = next((row.title for row in rows if row.id == ident), {})
    name = next((title[code] for code in (snapshot.text.language, "ar", "en") if title.get(code)), ident)
    return f"{name} {selector_of(place)['value'] if place.region is None else xywh(place)}"


def _text(given: Given) -> Iterator[bytes]:
    content, at = given.snapshot.text.content, 0
    # What is on a picture is numbered at its caption; what does not stand in the text, after its end.
    for note in sorted(given.snapshot.notes, key=lambda note: (note.end, note.number)):
        yield f"{content[at : note.end]}[{note.number}]".replace("\n", "\n\n").encode()
        at = note.end
    yield f"{content[at:]}\n".replace("\n", "\n\n").encode()
