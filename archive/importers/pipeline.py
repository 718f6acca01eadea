"""What every format shares: from the blocks that a reader built to a `ParsedText` with its findings."""

from __future__ import annotations

from dataclasses import dataclass, replace

from archive.enums import BlockKind
from archive.errors import ImportRefused
from archive.importers.ast.builder import TextBuilder
from archive.importers.decoding import Decoded
from archive.importers.findings import find_problems
from archive.text.context import context_of
from archive.text.directions import direction_of
from archive.text.types import Json, ParsedText


@dataclass(frozen=True, slots=True)
class Draft:
    """A text as a reader built it, before anybody looked for problems."""

    builder: TextBuilder
    #: What the file itself calls its title, "" when it does not say.
    title: str = ""
    #: Whether it is made of paragraphs; what is cut up by time has neither captions of figures nor torn sentences.
    prose: bool = True


def complete(draft: Draft, *, language: str, source: Json, decoded: Decoded | None = None) -> ParsedText:
    """Return the text of a draft with title, direction, problems and repairs.

    Raises ImportRefused `empty_file` when nothing readable is in it.
    """
    parsed = draft.builder.finish()
    if not parsed.content.strip() and not any(block.kind == BlockKind.FIGURE for block in parsed.blocks):
        raise ImportRefused("empty_file")
    facts = dict(source)
    if decoded:
        facts |= {"encoding": decoded.encoding, "code_points": decoded.code_points}
        if decoded.guess:
            facts["guess"] = decoded.guess.as_json()
    repairs = tuple(
        replace(repair, context=repair.context or context_of(parsed.content, repair.start, repair.end))
        for repair in (*(decoded.repairs if decoded else ()), *parsed.repairs)
    )
    problems = (*parsed.problems, *find_problems(parsed, draft.builder.layout, prose=draft.prose))
    return replace(
        parsed,
        title=draft.title or _title(parsed),
        language=language,
        direction=direction_of(language),
        repairs=repairs,
        problems=tuple(sorted(problems, key=lambda problem: (problem.start, problem.end, problem.kind))),
        source=facts,
    )


def _title(parsed: ParsedText) -> str:
    for block in parsed.blocks:
        if block.kind == BlockKind.HEADING:
            return " ".join(parsed.content[block.start : block.end].split())
    return ""
