"""Where a long book is cut into the parts that are set one after the other."""

from __future__ import annotations

import json
from typing import Any

import pytest

from annotations.exports.books.pdf_parts import Part, cut

Json = dict[str, Any]


def block(words: str) -> Json:
    """Return a heading of the level that the word begins with, else a paragraph."""
    if words[0].isdigit():
        return {"k": "heading", "level": int(words[0]), "r": [{"t": words}]}
    return {"k": "p", "r": [{"t": words}]}


def as_long(node: Json, letters: int) -> Json:
    """Return a block with more words, so that it is so long as JSON."""
    return {**node, "r": [{"t": node["r"][0]["t"] + "x" * (letters - len(json.dumps(node)))}]}


def said(part: Part) -> str:
    return " ".join(run["t"][0] for node in part.nodes for run in node["r"])


@pytest.mark.parametrize(
    ("blocks", "parts"),
    [
        ("2 a b 2 c d e f", ["2 a b", "2 c d e f"]),  # At a chapter, though there is room for more.
        ("2 a b 3 c 2 d e f", ["2 a b 3 c", "2 d e f"]),  # At the higher of two.
        ("2 a b c 3 d e f", ["2 a b c", "3 d e f"]),  # At a lower one, when the latter half has no other.
        ("2 a b 2 3 c d e", ["2 a b", "2 3 c d e"]),  # A heading stays with the heading that it is over.
        ("2 2 a b c d e f", ["2 2 a b c", "d e f"]),  # Without one, at what has no room.
        ("a b c d e 2 f", ["a b c d e", "2 f"]),  # Before what has no room, when that is a heading.
        ("a b c d 2 e", ["a b c d", "2 e"]),  # Never between a heading and what it is over.
        ("a", ["a"]),
        ("", [""]),
    ],
)
def test_book_is_cut_before_a_heading_of_its_latter_half(blocks, parts):
    nodes = [as_long(block(word), 100) for word in blocks.split()]

    cuts = cut(nodes, {}, 500)

    assert [said(part) for part in cuts] == parts


def test_block_that_is_too_long_by_itself_is_set_with_its_heading():
    nodes = [block("2"), block("a" * 5_000), block("b")]

    assert [said(part) for part in cut(nodes, {}, 100)] == ["2 a", "b"]


def test_part_has_the_notes_of_its_own_blocks_and_no_other():
    nodes = [
        {"k": "p", "r": [{"t": "a"}, {"n": 1}]},
        {"k": "list", "c": [[{"k": "p", "r": [{"n": 3}]}], [{"k": "p", "r": [{"n": 2}]}]]},
    ]
    notes = {str(number): {"body": "x" * 100} for number in (1, 2, 3)}

    first, second = cut(nodes, notes, 200)

    assert (list(first.notes), list(second.notes)) == (["1"], ["3", "2"])


def test_part_knows_under_which_heading_it_goes_on():
    quoted = {"k": "quote", "c": [block("3 q")]}
    nodes = [block("2 a"), block("b" * 90), quoted, block("c" * 90), block("d" * 90)]

    assert [part.above for part in cut(nodes, {}, 150)] == [1, 2, 3, 3]
