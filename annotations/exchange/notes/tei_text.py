"""The text that a TEI file holds itself, and where its elements lie in it."""

from __future__ import annotations

import re

from lxml import etree

_TEXT = "{http://www.tei-c.org/ns/1.0}text"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_POINTER = re.compile(
    r"\s*string-range\(\s*([^,()\s]+|(?:id|xpath)\([^()]*\))\s*,\s*(\d{1,12})\s*(?:,\s*(\d{1,12})\s*)?\)\Z"
)
#: Code points of context that are taken with a quote.
CONTEXT = 60


class OwnText:
    """The characters of a file's `<text>`, as its markup has them."""

    def __init__(self, root: etree._Element) -> None:
        self._spans: dict[str, tuple[int, int]] = {}
        self._parts: list[str] = []
        self._length = 0
        for element in root.iter(_TEXT):
            self._walk(element)
            break
        self.words = "".join(self._parts)

    def _walk(self, element: etree._Element) -> None:
        for event, one in etree.iterwalk(element, events=("start", "end")):
            if event == "start":
                ident = one.get(_ID)
                if ident:
                    self._spans[ident] = (self._length, self._length)
                self._take(one.text)
            else:
                ident = one.get(_ID)
                if ident:
                    self._spans[ident] = (self._spans[ident][0], self._length)
                if one is not element:
                    self._take(one.tail)

    def _take(self, words: str | None) -> None:
        if words:
            self._parts.append(words)
            self._length += len(words)

    def span(self, pointer: str) -> tuple[int, int] | None:
        """Return where an id, or `string-range(id, from, length)`, lies in the words; None for what is not there."""
        ranged = _POINTER.match(pointer)
        if not ranged:
            return self._spans.get(pointer.strip())
        ident = re.sub(r"\Aid\((.*)\)\Z", r"\1", ranged[1]).strip("'\"").removeprefix("#")
        within = self._spans.get(ident)
        if within is None:
            return None
        begin = within[0] + int(ranged[2])
        end = begin + int(ranged[3]) if ranged[3] else within[1]
        return (begin, end) if begin < end <= within[1] else None

    def quoted(self, start: int, end: int) -> tuple[str, str, str]:
        """Return the words of a span and what stands around them, with single spaces."""
        exact = " ".join(self.words[start:end].split())
        before = re.sub(r"\s+", " ", self.words[max(0, start - CONTEXT) : start])
        after = re.sub(r"\s+", " ", self.words[end : end + CONTEXT])
        return exact, before, after
