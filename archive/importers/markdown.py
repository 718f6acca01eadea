"""Markdown: CommonMark with tables, notes and strike-out, read so that no character of prose is taken for
markup.

Off are the extensions that rewrite characters (`smart`, `emoji`, `task_lists`), and those whose signs occur
in ordinary prose: `$` (math), `^` and `~` (raised, lowered), `{…}` (attributes), `: ` (definitions), `(1)`
and `a.` (fancy lists), `:::` (fenced divs), `[!NOTE]` (alerts), `[Heading]` (implicit references). HTML is
not interpreted: it stays visible and is reported, except `<sup>` and `<sub>` pairs, which become marks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from archive.importers import leftovers, pandoc, references
from archive.importers.ast.blocks import BlockWriter
from archive.importers.ast.builder import TextBuilder
from archive.importers.ast.source import SourceLines
from archive.importers.limits import SLICE_CODE_POINTS
from archive.importers.pipeline import Draft
from archive.importers.slices import Lead, slices
from archive.importers.standins import StandIns
from archive.text.collector import resting_collector
from archive.text.types import Repair

OFF = (
    *(
        "alerts",
        "attributes",
        "autolink_bare_uris",
        "bracketed_spans",
        "definition_lists",
        "emoji",
        "fancy_lists",
    ),
    *(
        "fenced_divs",
        "gfm_auto_identifiers",
        "implicit_header_references",
        "raw_attribute",
        "smart",
        "subscript",
    ),
    *("superscript", "task_lists", "tex_math_dollars", "yaml_metadata_block"),
)
READER = "commonmark_x+sourcepos" + "".join(f"-{name}" for name in OFF)

FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
FRONT_MATTER_LINE = re.compile(r"[\w-]+[ \t]*:|[ \t]|-|#|\Z")
TITLE = re.compile(r"^title[ \t]*:[ \t]*(.+?)[ \t]*$", re.MULTILINE)


@resting_collector()
def read_markdown(text: str, *, size: int = SLICE_CODE_POINTS) -> Draft:
    """Return the blocks of a Markdown text, read in slices of about `size` code points.

    Positions in the source give white space, gaps, and what the parser left out.
    """
    front = _front_matter(text)
    lines = text.split("\n")
    skipped = front.count("\n")
    lines[:skipped] = [""] * skipped
    source = SourceLines(lines)
    writer = BlockWriter(TextBuilder(), source)
    for nodes, continues in slices(source, _nodes, lead=_lead(lines, size), size=size):
        writer.write(nodes, continues=continues)
    _add_further_notes(source, writer)
    writer.write_notes()
    leftovers.report(source, writer.builder)
    if front:
        writer.builder.repairs.append(Repair("front_matter", 0, 0, before=front, after=""))
    return Draft(writer.builder, title=_title(front))


def _nodes(text: str) -> list[dict[str, Any]]:
    stand_ins = StandIns(text)
    tree = pandoc.read(stand_ins.put(text).encode(), reader=READER, after=stand_ins.take_back)
    blocks: list[dict[str, Any]] = tree["blocks"]
    return blocks


def _lead(lines: Sequence[str], size: int) -> Lead:
    """Return what gives each slice the definitions it needs; a text of one slice has them all."""
    if sum(len(line) + 1 for line in lines) <= size or not references.may_define(lines):
        return lambda _start, _end: ()
    source = SourceLines(lines)
    writer = BlockWriter(TextBuilder(), source)
    for nodes, continues in slices(source, _nodes, size=size):
        writer.write(nodes, continues=continues)
    known: dict[str, references.Definition] = {}
    for definition in references.definitions(lines, source.read):
        known.setdefault(definition.label, definition)

    def lead(start: int, end: int) -> Sequence[int]:
        found: list[int] = []
        for definition in references.needed(lines, known, start, end):
            found += [*range(definition.start, definition.end), len(lines)]
        return [*found, len(lines) + 1, len(lines)] if found else []

    return lead


def _add_further_notes(source: SourceLines, writer: BlockWriter) -> None:
    """Add the notes that no reference in the text leads to: the parser would drop them, we keep them after
    the others.

    Some are referred to from other notes, where the parser does not look.
    """
    further = {
        definition.label: definition
        for definition in reversed(references.definitions(source.lines, source.read))
        if definition.is_note and definition.label[1:] not in writer.notes.normal_labels
    }
    ordered = sorted(further.values(), key=lambda definition: definition.start)
    lead = [line for each in ordered for line in [*range(each.start, each.end), len(source.lines)]]
    labels = [references.LABEL.findall(source.lines[each.start])[0] for each in ordered]
    if not labels:
        return
    written = [source.lines[line] if line < len(source.lines) else "" for line in lead]
    nodes = _nodes("\n".join([*written, *(f"[{label}]\n" for label in labels)]))
    source.frame(0, lead)
    notes = [inline["c"] for block in nodes for inline in _inlines(block) if inline["t"] == "Note"]
    for label, note in zip(labels, notes, strict=False):
        writer.notes.add(label[1:], note, source)


def _inlines(block: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the inline nodes of a paragraph of one word, out of the wrappers that carry places."""
    if block["t"] == "Div":
        return [each for inner in block["c"][1] for each in _inlines(inner)]
    if block["t"] == "Para":
        return [inner for each in block["c"] for inner in (each["c"][1] if each["t"] == "Span" else [each])]
    return []


def _front_matter(text: str) -> str:
    """Return the block of fields between two `---` lines at the very top, as many tools write it."""
    found = FRONT_MATTER.match(text)
    if not found or not all(FRONT_MATTER_LINE.match(line) for line in (found.group(1) or "").split("\n")):
        return ""
    return found.group(0)


def _title(front: str) -> str:
    found = TITLE.search(front)
    return found.group(1).strip("\"'") if found else ""
