"""The import report: what was found, repaired, missing and doubtful, as one JSON-able object."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from archive.enums import BlockKind, ProblemKind
from archive.text import serialize
from archive.text.context import context_of
from archive.text.footnotes import footnotes
from archive.text.types import ParsedText, Problem

#: The lists of the report that hold problems of one kind.
PROBLEM_LISTS = {
    "missing_figures": ProblemKind.MISSING_FIGURE,
    "dead_links": ProblemKind.DEAD_LINK,
    "stray_backslashes": ProblemKind.STRAY_BACKSLASH,
    "suspected_cuts": ProblemKind.SUSPECTED_CUT,
    "divided_words": ProblemKind.DIVIDED_WORD,
    "broken_encoding": ProblemKind.BROKEN_ENCODING,
    "control_characters": ProblemKind.CONTROL_CHARACTER,
    "unsupported": ProblemKind.UNSUPPORTED,
}


def report(parsed: ParsedText) -> dict[str, Any]:
    """Return the report; every entry has `start`, `end` (code points of `content`), `text` and `context`.

    Problems that were fixed or dismissed since are no longer in `parsed.problems` and so not here.
    """
    found: dict[str, Any] = {
        "title": parsed.title,
        "language": parsed.language,
        "direction": parsed.direction,
        "source": dict(parsed.source),
        "code_points": len(parsed.content),
        "blocks": len(parsed.blocks),
        "headings": list(_headings(parsed)),
        "videos": list(_videos(parsed)),
        "torn_marks": list(_torn_marks(parsed)),
        "notes": list(_notes(parsed)),
    }
    for name, kind in PROBLEM_LISTS.items():
        found[name] = [_problem(parsed, problem) for problem in parsed.problems if problem.kind == kind]
    found["repairs"] = [
        {
            **_place(parsed, repair.start, repair.end),
            "context": repair.context,
            "kind": repair.kind,
            "before": repair.before,
            "after": repair.after,
            "count": repair.count,
        }
        for repair in parsed.repairs
    ]
    return found


def _place(parsed: ParsedText, start: int, end: int) -> dict[str, Any]:
    return {
        "start": start,
        "end": end,
        "text": parsed.content[start:end],
        "context": context_of(parsed.content, start, end),
    }


def _problem(parsed: ParsedText, problem: Problem) -> dict[str, Any]:
    return {
        **_place(parsed, problem.start, problem.end),
        "context": problem.context,
        "proposal": dict(problem.proposal),
        "params": dict(problem.params),
    }


def _headings(parsed: ParsedText) -> Iterable[dict[str, Any]]:
    questioned = {p.start: p for p in parsed.problems if p.kind == ProblemKind.HEADING_LEVEL}
    for block in parsed.blocks:
        if block.kind == BlockKind.HEADING:
            problem = questioned.get(block.start)
            yield {
                **_place(parsed, block.start, block.end),
                "level": block.level,
                "questioned": problem is not None,
                "proposed_level": problem.params["proposed"] if problem else None,
            }


def _videos(parsed: ParsedText) -> Iterable[dict[str, Any]]:
    for block in parsed.blocks:
        if block.kind == BlockKind.VIDEO:
            facts = {name: block.attrs.get(name, "") for name in ("url", "provider", "video_id", "spelling")}
            yield {**_place(parsed, block.start, block.end), **facts, "id": facts["video_id"]}


def _notes(parsed: ParsedText) -> Iterable[dict[str, Any]]:
    """Yield the footnotes, each at the place of its mark; accepting the text makes notes of them."""
    data = serialize.to_json(parsed)
    for note in footnotes(parsed.content, data["blocks"], data["marks"]):
        yield {**_place(parsed, note.start, note.end), "label": note.label, "body": note.body}


def _torn_marks(parsed: ParsedText) -> Iterable[dict[str, Any]]:
    """Yield marks that were put back while reading, then those that wait for a person."""
    for repair in parsed.repairs:
        if repair.kind == "torn_mark":
            place = _place(parsed, repair.start, repair.end)
            yield {**place, "repaired": True, "before": repair.before, "after": repair.after}
    for problem in parsed.problems:
        if problem.kind == ProblemKind.TORN_MARK:
            yield {**_problem(parsed, problem), "repaired": False}
