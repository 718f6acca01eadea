"""HTML of notes as Markdown: words, emphasis, links, lists and quotations; nothing else of it comes through."""

from __future__ import annotations

import re
from html.parser import HTMLParser

#: What is inside of these is no text of anybody.
_SILENT = frozenset(
    {"script", "style", "template", "iframe", "object", "noscript", "title", "svg", "math", "head"}
)
_BLOCKS = frozenset(
    {"p", "div", "ul", "ol", "table", "tr", "section", "article", "header", "footer", "figure", "pre"}
)
_EMPHASIS = {"b": "**", "strong": "**", "i": "*", "em": "*", "cite": "*"}
_SPECIAL = re.compile(r"([\\`*_\[\]<>])")
_SCHEMES = ("http://", "https://", "mailto:")
#: Code points of a piece that is taken apart.
_LONGEST = 60_000


def markdown_of(html: str) -> str:
    """Return what a piece of HTML says as Markdown; one far longer than any note may be stays as it is."""
    if len(html) > _LONGEST:
        return _escaped(html)
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.words()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._silent: list[str] = []
        self._links: list[str] = []
        self._lists: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._silent or tag in _SILENT:
            self._silent.append(tag)
            return
        given = {name: value or "" for name, value in attrs}
        if tag in _EMPHASIS:
            self._parts.append(_EMPHASIS[tag])
        elif tag == "a":
            address = given.get("href", "").strip()
            address = (
                address
                if address.lower().startswith(_SCHEMES) and not re.search(r"[\s<>()]", address)
                else ""
            )
            self._links.append(address)
            self._parts.append("[" if address else "")
        elif tag == "br":
            self._parts.append("\n")
        elif tag == "img":
            self._parts.append(_escaped(given.get("alt", "")))
        else:
            self._begin_block(tag)

    def _begin_block(self, tag: str) -> None:
        if tag == "li":
            number = self._lists[-1] if self._lists else 0
            self._parts.append(f"\n{number}. " if number else "\n- ")
            if number:
                self._lists[-1] += 1
        elif tag == "blockquote":
            self._parts.append("\n\n> ")
        elif re.fullmatch(r"h[1-6]", tag):
            self._parts.append(f"\n\n{'#' * int(tag[1])} ")
        elif tag in _BLOCKS:
            self._parts.append("\n\n")
        if tag in ("ul", "ol"):
            self._lists.append(1 if tag == "ol" else 0)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("br", "img"):
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self._silent:
            if tag in self._silent:
                while self._silent and self._silent.pop() != tag:
                    pass
            return
        if tag in _EMPHASIS:
            self._parts.append(_EMPHASIS[tag])
        elif tag == "a" and self._links:
            address = self._links.pop()
            self._parts.append(f"]({address})" if address else "")
        elif tag in ("ul", "ol") and self._lists:
            self._lists.pop()
            self._parts.append("\n\n")
        elif tag in _BLOCKS or tag == "blockquote" or re.fullmatch(r"h[1-6]", tag):
            self._parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._parts.append(_escaped(re.sub(r"\s+", " ", data)))

    def words(self) -> str:
        """Return what was read."""
        text = re.sub(r"[ \t]*\n[ \t]*", "\n", "".join(self._parts))
        return re.sub(r"\n{3,}", "\n\n", text).strip()


def _escaped(words: str) -> str:
    return _SPECIAL.sub(r"\\\1", words)
