"""What stands inside a paragraph of TEI."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from archive.errors import ImportRefused
from archive.importers.limits import MAX_NESTING
from archive.importers.tei.words import (
    AS_WRITTEN,
    BREAKS,
    EMPHASIS,
    FACTS,
    LEFT_OUT,
    NAMES,
    NO_ATTR,
    RENDITIONS,
    TYPES,
    Node,
    text,
)  # fmt: skip

Element = etree._Element
SPACE = re.compile(r"[ \t\r\n]+")
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def name_of(element: Element) -> str:
    """Return an element's name without its namespace; "" for what is no element."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def words_of(element: Element) -> str:
    """Return all letters in an element, on one line."""
    return " ".join(" ".join(str(piece) for piece in element.itertext()).split())


@dataclass(slots=True)
class Inlines:
    """Writes the content of one paragraph as inline nodes, white space made one as XML means it."""

    #: Makes the blocks of a note.
    blocks: Callable[[Element], list[Node]]
    #: Notes by their id, which a reference leads to; notes by the id of what they are on.
    notes: Mapping[str, Element]
    notes_on: Mapping[str, list[Element]]
    at_space: bool = True
    depth: int = 0
    #: The last piece of letters, whose trailing space goes at the end.
    last: Node | None = field(default=None)

    def write(self, element: Element) -> list[Node]:
        """Return the nodes of a whole paragraph."""
        nodes = self.children(element)
        if self.last is not None:
            self.last["c"] = self.last["c"].rstrip(" ")
        return nodes

    def children(self, element: Element) -> list[Node]:
        """Return the nodes of what is in an element."""
        self.depth += 1
        if self.depth > MAX_NESTING:
            raise ImportRefused("too_deep", limit=MAX_NESTING)
        nodes: list[Node] = []
        self.letters(element.text, nodes)
        for child in element:
            nodes += self.element(child)
            self.letters(child.tail, nodes)
        self.depth -= 1
        return nodes

    def letters(self, words: str | None, nodes: list[Node]) -> None:
        """Add letters to `nodes`, runs of white space as one space and none at the beginning."""
        words = SPACE.sub(" ", words or "")
        if self.at_space:
            words = words.lstrip(" ")
        if words:
            self.at_space = words.endswith(" ")
            self.last = text(words)
            nodes.append(self.last)

    def element(self, element: Element) -> list[Node]:
        """Return the nodes of one element inside of a paragraph."""
        name = name_of(element)
        nodes = self._element(element, name)
        for note in self.notes_on.get(element.get(XML_ID, ""), ()):
            nodes += self.note(note)
        return nodes

    def _element(self, element: Element, name: str) -> list[Node]:
        if not name:
            return []
        if name == "note":
            return [] if element.get("target", "").startswith("#") else self.note(element)
        if name == "lb":
            return [*self._line_break(element), *_inside(element)]
        if name in BREAKS:
            attrs = {"unit": element.get("unit") or BREAKS[name], "n": element.get("n", "")}
            return [{"t": "PageBreak", "c": attrs}, *_inside(element)]
        if name == "choice":
            return self._choice(element)
        if name in LEFT_OUT or name == "gap":
            return [left_out(element)]
        if name in ("ref", "ptr"):
            return self._reference(element)
        if name in NAMES or name in ("name", "rs"):
            return self._named(element, name)
        if name == "graphic":
            return [
                {"t": "Image", "c": [NO_ATTR, [], [element.get("url", ""), ""]]},
                *_inside(element),
            ]
        return self._rendered(element, name)

    def note(self, element: Element) -> list[Node]:
        """Return a note; where it stands in the text is its mark."""
        if not words_of(element):
            return []
        self.at_space = False
        return [{"t": "LabelledNote", "c": [element.get("n", "").strip()[:20], self.blocks(element)]}]

    def _line_break(self, element: Element) -> list[Node]:
        if element.get("break") == "no":
            # The word goes on: neither a line end nor the space before it is in the word.
            if self.last is not None:
                self.last["c"] = self.last["c"].rstrip(" ")
            self.at_space = True
            return []
        if self.last is None:
            return []
        self.last["c"] = self.last["c"].rstrip(" ")
        self.at_space = True
        return [{"t": "LineBreak"}]

    def _choice(self, element: Element) -> list[Node]:
        options = [child for child in element if name_of(child)]
        chosen = next(
            (child for child in options if name_of(child) in AS_WRITTEN), options[0] if options else None
        )
        nodes: list[Node] = strays(element)
        for child in options:
            nodes += self.children(child) if child is chosen else [left_out(child)]
        return nodes

    def _reference(self, element: Element) -> list[Node]:
        target = element.get("target", "").strip()
        note = self.notes.get(target[1:]) if target.startswith("#") else None
        if note is not None:
            return self.note(note)
        nodes = self.children(element)
        if not nodes and target:
            nodes = [text(target)]
            self.at_space, self.last = False, None
        is_address = target and not target.startswith("#")
        return [{"t": "Link", "c": [NO_ATTR, nodes, [target, ""]]}] if is_address else nodes

    def _named(self, element: Element, name: str) -> list[Node]:
        kind = NAMES.get(name) or TYPES.get(element.get("type", ""), "")
        nodes = self.children(element)
        if not kind:
            return nodes
        facts = {key: value.strip()[:200] for key in FACTS if (value := element.get(key))}
        return [{"t": "Name", "c": [{"type": kind, **facts}, nodes]}]

    def _rendered(self, element: Element, name: str) -> list[Node]:
        nodes = self.children(element)
        tag: Any = EMPHASIS.get(name)
        if name == "hi":
            rendition = (
                f"{element.get('rend', '')} {element.get('rendition', '')} {element.get('style', '')}".lower()
            )
            tag = next((tag for word, tag in RENDITIONS if word in rendition), "Emph")
        language = element.get(XML_LANG, "") if name == "foreign" else ""
        if language:
            return [{"t": "Span", "c": [["", [], [["lang", language]]], nodes]}]
        return [{"t": tag, "c": nodes}] if tag and nodes else nodes


def _inside(element: Element) -> list[Node]:
    """Return what tells of words in an element that should be empty."""
    return [left_out(element)] if words_of(element) else []


def strays(element: Element) -> list[Node]:
    """Return what tells of letters that stand where TEI has none: in a list but in no item of it."""
    pieces = [element.text, *(child.tail for child in element)]
    words = " ".join(" ".join(piece for piece in pieces if piece).split())
    return [{"t": "LeftOut", "c": f"{name_of(element)}: {words}"[:500]}] if words else []


def left_out(element: Element) -> Node:
    """Return what tells of an element whose words are not in the text."""
    name = name_of(element)
    facts = element.get("reason") or element.get("n") or ""
    return {"t": "LeftOut", "c": f"{name}: {words_of(element) or facts}"[:500]}
