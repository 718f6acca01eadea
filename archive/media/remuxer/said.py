"""What a recording or a film says of itself: ID3, Vorbis comments, atoms of MP4, INFO of RIFF, tags of Matroska."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import av
from av.error import FFmpegError

from archive.media.decoder.said import Said, day, gathered, place, several

#: Tags that are kept for the restricted record, and how much of each.
MOST_TAGS, LONGEST = 100, 500
#: The key under which the fields of a description stand, as for pictures.
DESCRIBED = "described"
_TITLE = ("title", "com.apple.quicktime.title")
_ABOUT = (
    "description",
    "synopsis",
    "comment",
    "com.apple.quicktime.description",
    "com.apple.quicktime.comment",
)
_MAKERS = (
    "artist", "author", "performer", "composer", "album_artist", "director", "originator",
    "com.apple.quicktime.artist", "com.apple.quicktime.author", "com.apple.quicktime.director",
)  # fmt: skip
_SUBJECTS = ("keywords", "ikey", "genre", "com.apple.quicktime.keywords")
_DAYS = ("date_recorded", "date", "date_released", "com.apple.quicktime.creationdate", "origination_date")
_RIGHTS = ("copyright", "com.apple.quicktime.copyright")
_LICENSES = ("license", "copyright")
#: When the file was written, which need not be when it was recorded.
_MADE_ON = ("creation_time",)
_ISO_6709 = re.compile(r"([+-]\d{1,2}(?:\.\d+)?)([+-]\d{1,3}(?:\.\d+)?)")
_BROKEN = (FFmpegError, ValueError, KeyError, IndexError, TypeError, OverflowError, RuntimeError)


def tell(source: str, readers: tuple[str, ...]) -> dict[str, Any]:
    """Return what the file says of itself, short and as plain text; nothing of a file that no reader opens."""
    for reader in readers:
        try:
            # Bytes that are no UTF-8 come through as they are, so that they can be judged.
            with av.open(source, format=reader, metadata_errors="surrogateescape") as file:
                return _facts(file)
        except _BROKEN:
            continue
    return {}


def _facts(file: Any) -> dict[str, Any]:
    tags: dict[str, str] = {}
    for said in (file.metadata, *(stream.metadata for stream in file.streams)):
        for name, words in said.items():
            tags.setdefault(name.casefold(), words)
    facts: dict[str, Any] = {"format": file.format.name}
    if tags:
        facts["tags"] = {_plain(name): _plain(words) for name, words in list(tags.items())[:MOST_TAGS]}
    described = gathered(_said(tags))
    return facts | ({DESCRIBED: described} if described else {})


def _plain(words: str) -> str:
    words = words.encode("utf-8", "surrogateescape").decode("utf-8", "replace")[:LONGEST]
    return "".join(letter for letter in words if letter.isprintable() or letter == "\n")


def _said(tags: Mapping[str, str]) -> Iterator[Said]:
    for field, names in (("title", _TITLE), ("description", _ABOUT), ("rights_holder", _RIGHTS)):
        for name in names:
            yield field, _read(tags.get(name, ""))
    for field, several_names in (("creators", _MAKERS), ("keywords", _SUBJECTS)):
        found = dict.fromkeys(tags[name] for name in several_names if tags.get(name))
        for words in several(_read(each) for each in found):
            yield field, words
    for name in _DAYS:
        yield "date_edtf", day(tags.get(name, ""))
    for name in _MADE_ON:
        yield "made_on", day(tags.get(name, ""))
    for name in _LICENSES:
        if tags.get(name, "").startswith(("http://", "https://")) and len(tags[name]) <= 200:
            yield "rights_uri", _read(tags[name])
    for name, words in tags.items():
        if name.startswith(("location", "com.apple.quicktime.location", "gps")):
            yield "gps", _where(words)


def _read(words: str) -> str | bytes:
    """Return words; bytes of those that were no UTF-8."""
    raw = words.encode("utf-8", "surrogateescape")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw


def _where(words: str) -> str:
    found = _ISO_6709.match(words)
    if found is None:
        return _plain(words)
    return place(float(found[1]), float(found[2]))
