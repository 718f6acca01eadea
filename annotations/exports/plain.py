"""The release as plain text: front matter, the text with numbers where notes begin, the notes."""

from __future__ import annotations

from collections.abc import Iterator

from annotations.exports.given import Given
from archive.text.plain import plain_words

RULE = "\n" + "—" * 24 + "\n\n"


def write(given: Given) -> Iterator[bytes]:
    """Yield the release; note numbers stand in brackets after the passage that they are on."""
    snapshot = given.snapshot
    for code in (snapshot.text.language, "ar", "en"):
        if snapshot.title.get(code):
            yield f"{snapshot.title[code]}\n".encode()
            yield f"{plain_words(snapshot.introduction.get(code, ''))}\n".encode()
            break
    yield f"{given.address}\nSHA-256 {given.manifest_hash}\n{snapshot.license}\n{RULE}".encode()
    yield from _text(given)
    yield RULE.encode()
    for note in snapshot.notes:
        yield f"[{note.number}] «{note.exact}»\n{plain_words(note.body)}\n\n".encode()


def _text(given: Given) -> Iterator[bytes]:
    content, at = given.snapshot.text.content, 0
    for note in sorted(given.snapshot.notes, key=lambda note: (note.end, note.number)):
        yield f"{content[at : note.end]}[{note.number}]".replace("\n", "\n\n").encode()
        at = note.end
    yield f"{content[at:]}\n".replace("\n", "\n\n").encode()
