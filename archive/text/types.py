"""The values that pass the borders of the text pipeline.

All offsets are code points over `content`, half-open: `[start, end)`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from archive.enums import BlockKind, MarkKind, ProblemKind

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Block:
    """A leaf block: a run of text that stands by itself (heading, paragraph, list item, caption…).

    `path` numbers it among its containers, "3.2.1"; `attrs["container"]` lists the containers from the
    outside in as `[name, path, attrs]` (`list`, `item`, `quote`, `table`, `row`, `cell`).
    """

    kind: BlockKind
    start: int
    end: int
    path: str
    #: Heading level 1-6, else None.
    level: int | None = None
    attrs: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mark:
    """An inline property of a span; marks may nest and overlap."""

    kind: MarkKind
    start: int
    end: int
    attrs: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that looks wrong in an imported text, with a proposed repair that a person decides on.

    `proposal` is the operation that `archive.text.operations.apply_proposal` understands, for example
    `{"op": "set_level", "level": 2}`; it acts at [start, end) of the problem itself, so that it stays right
    after other operations moved the text. `needs` names values that only a person can give; empty when
    nothing can be proposed.
    """

    kind: ProblemKind
    start: int
    end: int
    #: About 60 code points around the place, for the report.
    context: str
    proposal: Json = field(default_factory=dict)
    #: Facts that the message needs (levels, targets, the two halves of a cut).
    params: Json = field(default_factory=dict)
    #: A name that operations carry along, so that whoever stored the problem knows it again.
    key: str = ""


@dataclass(frozen=True, slots=True)
class Repair:
    """A change that the importer made and reports: `before` in the source became `after` at [start, end)."""

    kind: str
    start: int
    end: int
    before: str
    after: str
    context: str = ""
    #: How often it was done, for changes that are counted and not listed one by one (line endings).
    count: int = 1


@dataclass(frozen=True, slots=True)
class ParsedText:
    """What an importer makes of bytes: canonical text, stand-off structure and a report."""

    content: str
    blocks: tuple[Block, ...]
    marks: tuple[Mark, ...] = ()
    problems: tuple[Problem, ...] = ()
    repairs: tuple[Repair, ...] = ()
    title: str = ""
    #: BCP 47 language of the text, as given by the person who imports.
    language: str = "ar"
    #: "rtl" or "ltr".
    direction: str = "rtl"
    #: Facts of the file it was read from: importer, encoding, code_points, lines.
    source: Json = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return plain lists and dicts, the form in which drafts and revisions are stored."""
        return asdict(self)
