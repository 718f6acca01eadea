"""Several texts as one: the wording of a release that is made of parts. Pure.

Each part begins with a heading of the highest level that is its title, so that contents, sections and books have the parts
above all else. What the parts say is not touched: the content of each stands in the whole code point for code point.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from annotations.editions.parts import PartFacts
from annotations.editions.values import Json, Snapshot, TextFacts

#: Level of the headings of parts, and the lowest there is.
TOP, LOWEST = 1, 6


@dataclass(frozen=True, slots=True)
class Wording:
    """A text as it goes into a release."""

    facts: TextFacts
    #: What it is called among the parts of its work; may be empty.
    title: str = ""


@dataclass(frozen=True, slots=True)
class Joined:
    """The whole that texts make."""

    text: TextFacts
    #: Empty when it is made of one text alone: then it is that text as it is.
    parts: tuple[PartFacts, ...]
    #: For each text, its own keys of figures with the keys that they have in the whole.
    keys: tuple[Mapping[str, str], ...]


def joined(wordings: Sequence[Wording]) -> Joined:
    """Return the whole of these texts, in their order; at least one."""
    if len(wordings) == 1:
        only = wordings[0].facts
        return Joined(only, (), ({key: key for key in _keys_in(only)},))
    making = _Making()
    for wording in wordings:
        making.add(wording)
    content = "\n".join(making.pieces)
    text = replace(
        wordings[0].facts, content=content, length=len(content), blocks=tuple(making.blocks),
        marks=tuple(making.marks), sha256=hashlib.sha256(content.encode()).hexdigest(),
    )  # fmt: skip
    return Joined(text, tuple(making.parts), tuple(making.keys))


class _Making:
    """What is joined so far."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.blocks: list[Json] = []
        self.marks: list[Json] = []
        self.parts: list[PartFacts] = []
        self.keys: list[Mapping[str, str]] = []
        #: Where the next piece begins; how many blocks and containers there are that stand in no other.
        self.at, self.top = 0, 0

    def add(self, wording: Wording) -> None:
        """Join one more text."""
        text, first = wording.facts, len(self.blocks)
        title = " ".join(wording.title.split())
        leads = _leads(text, title)
        if title and not leads:
            self._heading(title)
        base, keys = self.at, self._new_keys(text)
        moved = [self._block(block, base, keys) for block in text.blocks]
        self.blocks += _levelled(moved, leads=leads, titled=bool(title) or leads)
        self.marks += [_moved(mark, base) for mark in text.marks]
        self.top = _number(self.blocks[-1]["path"]) if self.blocks else 0
        if text.blocks:
            self._piece(text.content)
        self.keys.append(keys)
        self.parts.append(
            PartFacts(
                id=text.id, revision=text.revision, sha256=text.sha256, title=title or _first_words(text, leads),
                language=text.language, start=base, end=base + text.length, block=first,
            )
        )  # fmt: skip

    def _piece(self, words: str) -> None:
        self.pieces.append(words)
        self.at += len(words) + 1

    def _heading(self, title: str) -> None:
        self.top += 1
        self.blocks.append(
            {
                "kind": "heading", "start": self.at, "end": self.at + len(title), "path": str(self.top), "level": TOP,
                "attrs": {},
            }
        )  # fmt: skip
        self._piece(title)

    def _new_keys(self, text: TextFacts) -> dict[str, str]:
        """Return the keys that the figures of a text have in the whole: their own, unless another part has that already."""
        taken = {key for keys in self.keys for key in keys.values()}
        found: dict[str, str] = {}
        for key in _keys_in(text):
            number = len(self.keys) + 1
            new = key
            while new in taken:
                new, number = f"{key}-{number}", number + 1
            taken.add(new)
            found[key] = new
        return found

    def _block(self, block: Json, base: int, keys: Mapping[str, str]) -> Json:
        attrs = dict(block["attrs"])
        if block["kind"] == "figure" and str(attrs.get("figure", "")) in keys:
            attrs["figure"] = keys[str(attrs["figure"])]
        return _placed({**block, "attrs": attrs}, base, self.top)


def _placed(block: Json, by: int, below: int) -> Json:
    """Return a block moved by code points, and below so many more blocks and containers that stand in no other."""
    attrs = dict(block["attrs"])
    if "container" in attrs:
        # Containers of two parts are never the same one.
        attrs["container"] = [
            [name, _path_below(path, below), more] for name, path, more in attrs["container"]
        ]
    return {**_moved(block, by), "path": _path_below(block["path"], below), "attrs": attrs}


def _path_below(path: str, count: int) -> str:
    head, dot, rest = path.partition(".")
    return f"{int(head) + count}{dot}{rest}" if head.isdecimal() else path


def _number(path: str) -> int:
    head = path.partition(".")[0]
    return int(head) if head.isdecimal() else 0


def _moved(value: Json, by: int) -> dict[str, Any]:
    return {**value, "start": value["start"] + by, "end": value["end"] + by}


def _keys_in(text: TextFacts) -> Iterator[str]:
    found = (str(b["attrs"].get("figure", "")) for b in text.blocks if b["kind"] == "figure")
    yield from dict.fromkeys(found)


def _leads(text: TextFacts, title: str) -> bool:
    """Whether a text begins with a heading that is its title; without a title, with any heading."""
    if not text.blocks or text.blocks[0]["kind"] != "heading" or text.blocks[0]["attrs"].get("container"):
        return False
    first = text.content[text.blocks[0]["start"] : text.blocks[0]["end"]]
    return bool(first.strip()) and (not title or " ".join(first.split()) == title)


def _first_words(text: TextFacts, leads: bool) -> str:
    """Return the heading with which a text begins, for a title."""
    return " ".join(text.content[: text.blocks[0]["end"]].split()) if leads else ""


def _levelled(blocks: Sequence[Json], *, leads: bool, titled: bool) -> Iterator[Json]:
    """Yield the blocks of a part so that no heading of it stands as high as the part's own."""
    below = [block["level"] for block in blocks[1 if leads else 0 :] if block["kind"] == "heading"]
    down = 1 if titled and TOP in below else 0
    for index, block in enumerate(blocks):
        if block["kind"] != "heading":
            yield block
        elif leads and index == 0:
            yield {**block, "level": TOP}
        else:
            yield {**block, "level": min((block["level"] or TOP + 1) + down, LOWEST)}


def own_texts(snapshot: Snapshot) -> list[TextFacts]:
    """Return the texts of a release, each as one for itself: what `joined` put together, taken apart.

    Headings keep the levels, and figures the keys, that they have in the whole: joined again, they make the same.
    """
    return [own_text(snapshot.text, part) for part in snapshot.parts] or [snapshot.text]


def own_text(text: TextFacts, part: PartFacts) -> TextFacts:
    """Return one part of a whole as a text for itself."""
    blocks = [block for block in text.blocks if part.start <= block["start"] and block["end"] <= part.end]
    marks = [mark for mark in text.marks if part.start <= mark["start"] and mark["end"] <= part.end]
    above = _number(blocks[0]["path"]) - 1 if blocks else 0
    return replace(
        text, id=part.id, revision=part.revision, sha256=part.sha256, language=part.language, title=part.title,
        length=part.end - part.start, content=text.content[part.start : part.end],
        blocks=tuple(_placed(block, -part.start, -above) for block in blocks),
        marks=tuple(_moved(mark, -part.start) for mark in marks),
    )  # fmt: skip
