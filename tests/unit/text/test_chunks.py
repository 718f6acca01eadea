"""A long text changed piece by piece is what it would be changed as a whole."""

from __future__ import annotations

import random

import pytest

from archive.importers.registry import importer
from archive.text import operations
from archive.text.check import check
from archive.text.chunks import changed_by_pieces
from archive.text.types import ParsedText

WORDS = "كان الماء يجري في القناة من العيون إلى المدينة فيشرب منه الناس والدواب ويسقون به البساتين حول السور".split()  # noqa: SIM905 - a list of words is harder to read.


def long_text(seed: int) -> ParsedText:
    """Return some hundred blocks with cuts, dead links, lists and quotes."""
    chance = random.Random(seed)
    parts = ["# عنوان"]
    for number in range(260):
        words = " ".join(chance.choice(WORDS) for _ in range(40))
        kind = chance.random()
        if kind < 0.1:
            parts.append(f"- {words}.\n- {words} إلى\n- {words}.")
        elif kind < 0.15:
            parts.append(f"> {words}.\n>\n> {words}.")
        elif kind < 0.2:
            parts.append(f"## قسم {number}")
        elif kind < 0.4:
            parts.append(f"{words} إلى\n\n{words}.")
        else:
            parts.append(f"{words} [رابط](#) {words}.")
    return importer("markdown").parse("\n\n".join(parts).encode(), language="ar", options={})


def apply_all(parsed: ParsedText) -> ParsedText:
    while ready := [p for p in parsed.problems if p.proposal.get("op") == "join_blocks"]:
        parsed = operations.apply_proposal(parsed, ready[0])
    return parsed


@pytest.mark.parametrize("seed", range(3))
def test_pieces_give_the_same_text_as_the_whole(seed):
    parsed = long_text(seed)
    assert len([p for p in parsed.problems if p.kind == "suspected_cut"]) > 20

    by_pieces = changed_by_pieces(parsed, apply_all)

    check(by_pieces)
    assert by_pieces == apply_all(parsed)


def test_nothing_changes_when_nothing_is_asked():
    parsed = long_text(9)

    assert changed_by_pieces(parsed, lambda piece: piece) == parsed
