"""Doing what a problem proposes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from archive.enums import MarkKind
from archive.errors import OperationRefused
from archive.text.operations.blocks import join_blocks, make_missing_figure, set_level
from archive.text.operations.marks import set_link
from archive.text.operations.replace import replace_span
from archive.text.operations.rope import block_at
from archive.text.types import ParsedText, Problem

Values = Mapping[str, Any]


def apply_proposal(parsed: ParsedText, problem: Problem, *, values: Values | None = None) -> ParsedText:
    """Do what the problem proposes, at its place; `values` are those that the proposal says it `needs`.

    `problem` must have the offsets of `parsed`: take it from `parsed.problems`. Raises OperationRefused
    `nothing_proposed`, `values_missing`, or what the operation raises.
    """
    proposal = {**problem.proposal, **(values or {})}
    handler = HANDLERS.get(proposal.get("op", ""))
    if handler is None:
        raise OperationRefused("nothing_proposed", kind=str(problem.kind))
    missing = [name for name in proposal.get("needs", ()) if not proposal.get(name)]
    if missing:
        raise OperationRefused("values_missing", names=missing)
    return handler(parsed, problem, proposal)


def _set_level(parsed: ParsedText, problem: Problem, proposal: Values) -> ParsedText:
    return set_level(parsed, block_at(parsed, problem.start), int(proposal["level"]))


def _make_missing_figure(parsed: ParsedText, problem: Problem, _: Values) -> ParsedText:
    return make_missing_figure(parsed, block_at(parsed, problem.start))


def _join_blocks(parsed: ParsedText, problem: Problem, proposal: Values) -> ParsedText:
    first, second = block_at(parsed, problem.start), block_at(parsed, problem.end - 1)
    return join_blocks(parsed, first, second, separator=str(proposal.get("separator", " ")))


def _replace_span(parsed: ParsedText, problem: Problem, proposal: Values) -> ParsedText:
    return replace_span(parsed, problem.start, problem.end, str(proposal["text"]))


def _set_link(parsed: ParsedText, problem: Problem, proposal: Values) -> ParsedText:
    found = [
        index
        for index, mark in enumerate(parsed.marks)
        if mark.kind == MarkKind.LINK
        and mark.start < problem.end
        and problem.start < mark.end
        and mark.attrs.get("href", "") == problem.params.get("href", "")
    ]
    if not found:
        raise OperationRefused("no_link", href=str(problem.params.get("href", "")))
    return set_link(parsed, found[0], str(proposal["href"]))


HANDLERS: dict[str, Callable[[ParsedText, Problem, Values], ParsedText]] = {
    "set_level": _set_level,
    "make_missing_figure": _make_missing_figure,
    "join_blocks": _join_blocks,
    "replace_span": _replace_span,
    "set_link": _set_link,
}
