"""Inline Markdown to words and marks.

The rules are CommonMark's, but for three: a sign between two letters of a word counts as it does in English
also beside Arabic punctuation, a line end is a line break, and HTML is what it looks like.
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass, field
from typing import Any

from archive.enums import MarkKind
from archive.text.types import Mark

SPECIAL = re.compile(r"[\\`*_~\[\]]")
TICKS = re.compile(r"`+")
PUNCTUATION = frozenset(string.punctuation)
#: What follows the words of a link: an address, bare or in angle brackets, and perhaps a title.
TARGET = re.compile(
    r"""\([ ]*(?:<((?:\\.|[^<>\\\n])*)>|(?!<)((?:\\.|[^\s()\\]|\((?:\\.|[^\s()\\])*\))*))"""
    r"""(?:\s+"((?:\\.|[^"\\])*)")?[ ]*\)"""
)
ESCAPED = re.compile(rf"\\([{re.escape(string.punctuation)}])")
KINDS = {"*": (MarkKind.EMPHASIS, MarkKind.STRONG), "_": (MarkKind.EMPHASIS, MarkKind.STRONG)}


@dataclass(frozen=True, slots=True)
class Words:
    """Words and the marks on them, counted from the first."""

    text: str
    marks: tuple[Mark, ...] = ()


@dataclass(slots=True)
class _Piece:
    """A run of words, or of signs: those that no other sign answers stay words."""

    text: str
    opens: bool = False
    closes: bool = False


def read_inline(source: str) -> Words:
    """Return the words that Markdown spells, with their marks in order."""
    reader = _Reader(source)
    reader.scan()
    reader.pair(0)
    return reader.words()


@dataclass(slots=True)
class _Reader:
    source: str
    pieces: list[_Piece] = field(default_factory=list)
    #: (kind, first piece, piece after the last, attributes)
    spans: list[tuple[MarkKind, int, int, dict[str, Any]]] = field(default_factory=list)
    #: Opening brackets that wait for theirs, by their pieces.
    brackets: list[int] = field(default_factory=list)
    #: So many of them stand before a link, which may not stand within another: none begins there.
    closed: int = 0

    def scan(self) -> None:
        """Cut the source into pieces, take up code and links, and note the signs of emphasis."""
        handlers = {"\\": self._backslash, "`": self._code, "[": self._open, "]": self._close}
        at = 0
        while at < len(self.source):
            found = SPECIAL.search(self.source, at)
            self._write(self.source[at : found.start() if found else None])
            if not found:
                break
            at = handlers.get(found[0], self._signs)(found.start())

    def _write(self, text: str) -> None:
        if text:
            self.pieces.append(_Piece(text))

    def _backslash(self, at: int) -> int:
        follower = self.source[at + 1 : at + 2]
        if follower == "\n" or follower in PUNCTUATION:
            self._write(follower)
            return at + 2
        line = self.source.rfind("\n", 0, at) + 1
        if follower or self.source[line:at].strip():
            self._write("\\")
        return at + 1

    def _code(self, at: int) -> int:
        opening = TICKS.match(self.source, at)
        assert opening
        for closing in TICKS.finditer(self.source, opening.end()):
            if len(closing[0]) == len(opening[0]):
                words = self.source[opening.end() : closing.start()]
                if words[0] == words[-1] == " " and words.strip():
                    words = words[1:-1]
                self._write(words)
                self.spans.append((MarkKind.CODE, len(self.pieces) - 1, len(self.pieces), {}))
                return closing.end()
        self._write(opening[0])
        return opening.end()

    def _signs(self, at: int) -> int:
        sign, end = self.source[at], at
        while self.source[end : end + 1] == sign:
            end += 1
        before, after = self.source[at - 1 : at] or " ", self.source[end : end + 1] or " "
        opens, closes = not after.isspace(), not before.isspace()
        if sign == "_":
            opens, closes = opens and not before.isalnum(), closes and not after.isalnum()
        elif sign == "~" and end - at != 2:
            opens = closes = False
        self.pieces.append(_Piece(self.source[at:end], opens, closes))
        return end

    def _open(self, at: int) -> int:
        self.brackets.append(len(self.pieces))
        self._write("[")
        return at + 1

    def _close(self, at: int) -> int:
        usable = len(self.brackets) > self.closed
        opening = self.brackets.pop() if self.brackets else 0
        self.closed = min(self.closed, len(self.brackets))
        target = TARGET.match(self.source, at + 1) if usable else None
        if not target or opening + 1 >= len(self.pieces):
            self._write("]")
            return at + 1
        self.pair(opening + 1)
        self.pieces[opening].text = ""
        bracketed, bare, title = target.groups()
        attrs = {"href": _unescaped(bare if bracketed is None else bracketed)}
        if title:
            attrs["title"] = _unescaped(title)
        self.spans.append((MarkKind.LINK, opening, len(self.pieces), attrs))
        self.closed = len(self.brackets)
        return target.end()

    def pair(self, first: int) -> None:
        """Answer the signs from piece `first` on with one another; afterwards none of them is open."""
        waiting: list[int] = []
        floors: dict[tuple[str, bool, int], int] = {}
        for at in range(first, len(self.pieces)):
            piece = self.pieces[at]
            while piece.closes and piece.text:
                key = (piece.text[0], piece.opens, len(piece.text) % 3)
                place = self._answer(piece, waiting, floors.get(key, 0))
                if place is None:
                    floors[key] = len(waiting)
                    break
                self._take(waiting[place], at)
                del waiting[place + (1 if self.pieces[waiting[place]].text else 0) :]
                floors = {name: min(floor, len(waiting)) for name, floor in floors.items()}
            if piece.opens and piece.text:
                waiting.append(at)
        for piece in self.pieces[first:]:
            piece.opens = piece.closes = False

    def _answer(self, piece: _Piece, waiting: list[int], floor: int) -> int | None:
        for place in range(len(waiting) - 1, floor - 1, -1):
            other = self.pieces[waiting[place]]
            if other.text[0] != piece.text[0]:
                continue
            left, right = len(other.text), len(piece.text)
            odd = (other.closes or piece.opens) and (left + right) % 3 == 0 and (left % 3 or right % 3)
            if not odd:
                return place
        return None

    def _take(self, opening: int, closing: int) -> None:
        left, right = self.pieces[opening], self.pieces[closing]
        count = 2 if min(len(left.text), len(right.text)) >= 2 else 1
        kinds = KINDS.get(left.text[0])
        kind = kinds[count - 1] if kinds else MarkKind.STRIKEOUT
        left.text, right.text = left.text[count:], right.text[count:]
        self.spans.append((kind, opening + 1, closing, {}))

    def words(self) -> Words:
        """Return what the pieces say."""
        edges = [0]
        for piece in self.pieces:
            edges.append(edges[-1] + len(piece.text))
        marks = [
            Mark(kind, edges[first], edges[after], attrs)
            for kind, first, after, attrs in self.spans
            if edges[first] < edges[after]
        ]
        return Words("".join(piece.text for piece in self.pieces), tuple(sorted(marks, key=order_of)))


def order_of(mark: Mark) -> tuple[int, int, str]:
    """Return by what marks are sorted: outer ones first."""
    return mark.start, -mark.end, mark.kind


def _unescaped(text: str) -> str:
    return ESCAPED.sub(r"\1", text)
