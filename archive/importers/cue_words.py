"""The words of one cue: who says them, what is set in italics, and no tags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from archive.enums import MarkKind

#: What both formats know as a tag; any other "<" is a letter.
TAG = re.compile(
    r"<(/?)(v|c|i|b|u|s|ruby|rt|lang|font)((?:[.\s][^<>\n]{0,300})?)>|<\d[\d:.]{4,15}>|\{\\an?\d{1,2}\}",
    re.IGNORECASE,
)
MARKS = {"i": MarkKind.EMPHASIS, "b": MarkKind.STRONG}
ENTITY = re.compile(r"&(?:amp|lt|gt|lrm|rlm|nbsp|quot|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
Span = tuple[MarkKind | None, str]
LONGEST_NAME = 200


def voices(text: str) -> list[tuple[str, list[Span]]]:
    """Return each speaker ("" when nobody is named) with what they say, as spans of one mark at most."""
    found: list[tuple[str, list[Span]]] = [("", [])]
    opened: list[str] = []
    for words, tag in _pieces(text):
        if words:
            mark = next((MARKS[name] for name in reversed(opened) if name in MARKS), None)
            found[-1][1].append((mark, words))
        name, closing = (tag.group(2) or "").lower() if tag else "", bool(tag and tag.group(1))
        if tag and name == "v" and not closing:
            found.append((_name(tag.group(3)), []))
        elif name in MARKS and not closing:
            opened.append(name)
        elif name in MARKS and name in opened:
            opened.reverse()
            opened.remove(name)
            opened.reverse()
    return [(speaker, _trimmed(spans)) for speaker, spans in found]


def _pieces(text: str) -> Iterator[tuple[str, re.Match[str] | None]]:
    at = 0
    for tag in TAG.finditer(text):
        yield ENTITY.sub(_letter, text[at : tag.start()]), tag
        at = tag.end()
    yield ENTITY.sub(_letter, text[at:]), None


def _letter(entity: re.Match[str]) -> str:
    """Return the letter of an entity; one that cannot be kept, or breaks the line, stays as it is written."""
    letter = unescape(entity.group(0))
    storable = letter.isprintable() or letter in "\u200e\u200f\u00a0"
    return letter if storable and letter != "\ufffd" else entity.group(0)


def _name(annotation: str) -> str:
    """Return whom a voice tag names: what comes after its classes."""
    return ENTITY.sub(_letter, re.sub(r"^(?:\.[^\s.]*)+", "", annotation)).strip()[:LONGEST_NAME]


def _trimmed(spans: list[Span]) -> list[Span]:
    """Return the spans without the line ends that stood around the whole."""
    spans = list(spans)
    while spans and not spans[0][1].strip("\n"):
        del spans[0]
    while spans and not spans[-1][1].strip("\n"):
        del spans[-1]
    if spans:
        spans[0] = (spans[0][0], spans[0][1].lstrip("\n"))
        spans[-1] = (spans[-1][0], spans[-1][1].rstrip("\n"))
    return spans
