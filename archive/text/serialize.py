"""Texts as JSON and back, without loss, and the bytes that are hashed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import rfc8785

from archive.enums import BlockKind, MarkKind, ProblemKind
from archive.text.types import Block, Mark, ParsedText, Problem, Repair


def to_json(parsed: ParsedText) -> dict[str, Any]:
    """Return plain lists and dicts; enumerations become their values."""
    return {
        "content": parsed.content,
        "blocks": [block_to_json(block) for block in parsed.blocks],
        "marks": [mark_to_json(mark) for mark in parsed.marks],
        "problems": [problem_to_json(problem) for problem in parsed.problems],
        "repairs": [repair_to_json(repair) for repair in parsed.repairs],
        "title": parsed.title,
        "language": parsed.language,
        "direction": parsed.direction,
        "source": _plain(parsed.source),
    }


def from_json(data: Mapping[str, Any]) -> ParsedText:
    """Return the text that `to_json` described; lists that are missing are empty."""
    return ParsedText(
        content=data["content"],
        blocks=tuple(Block(**{**each, "kind": BlockKind(each["kind"])}) for each in data["blocks"]),
        marks=tuple(Mark(**{**each, "kind": MarkKind(each["kind"])}) for each in data.get("marks", ())),
        problems=tuple(
            Problem(**{**each, "kind": ProblemKind(each["kind"])}) for each in data.get("problems", ())
        ),
        repairs=tuple(Repair(**each) for each in data.get("repairs", ())),
        title=data.get("title", ""),
        language=data.get("language", "ar"),
        direction=data.get("direction", "rtl"),
        source=dict(data.get("source", {})),
    )


def block_to_json(block: Block) -> dict[str, Any]:
    """Return a block as a plain dict."""
    return {
        "kind": block.kind.value,
        "start": block.start,
        "end": block.end,
        "path": block.path,
        "level": block.level,
        "attrs": _plain(block.attrs),
    }


def mark_to_json(mark: Mark) -> dict[str, Any]:
    """Return a mark as a plain dict."""
    return {"kind": mark.kind.value, "start": mark.start, "end": mark.end, "attrs": _plain(mark.attrs)}


def problem_to_json(problem: Problem) -> dict[str, Any]:
    """Return a problem as a plain dict."""
    return {
        "kind": problem.kind.value,
        "start": problem.start,
        "end": problem.end,
        "context": problem.context,
        "proposal": _plain(problem.proposal),
        "params": _plain(problem.params),
        "key": problem.key,
    }


def repair_to_json(repair: Repair) -> dict[str, Any]:
    """Return a repair as a plain dict."""
    return {
        "kind": repair.kind,
        "start": repair.start,
        "end": repair.end,
        "before": repair.before,
        "after": repair.after,
        "context": repair.context,
        "count": repair.count,
    }


def canonical_json(value: Any) -> bytes:
    """Return the one spelling of a JSON value (RFC 8785), for hashing."""
    return rfc8785.dumps(value)


def text_bytes(parsed: ParsedText) -> bytes:
    """Return the canonical bytes of what a revision is: content, blocks and marks."""
    data = to_json(parsed)
    return canonical_json({name: data[name] for name in ("content", "blocks", "marks")})


def _plain(value: Any) -> Any:
    """Return a copy in which tuples are lists and enumerations strings, as JSON would give it back."""
    if isinstance(value, Mapping):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, str) else value
