"""A text survives being written down."""

import json

from archive.enums import BlockKind, MarkKind, ProblemKind
from archive.text.serialize import from_json, text_bytes, to_json
from archive.text.types import Block, Mark, ParsedText, Problem, Repair

TEXT = ParsedText(
    content="عنوان\nنصّ 😀",
    blocks=(
        Block(BlockKind.HEADING, 0, 5, "1", level=2),
        Block(
            BlockKind.LIST_ITEM, 6, 11, "2.1.1", attrs={"container": [["list", "2", {}], ["item", "2.1", {}]]}
        ),
    ),
    marks=(Mark(MarkKind.LINK, 6, 9, {"href": "#"}),),
    problems=(
        Problem(ProblemKind.DEAD_LINK, 6, 9, "نصّ", {"op": "set_link", "needs": ["href"]}, {"href": "#"}),
    ),
    repairs=(Repair("line_endings", 0, 0, "\\r", "\\n", count=3),),
    title="عنوان",
    source={"importer": "markdown", "code_points": 12},
)


def test_text_comes_back_from_json_unchanged():
    assert from_json(json.loads(json.dumps(to_json(TEXT)))) == TEXT


def test_json_holds_plain_values_only():
    assert type(to_json(TEXT)["blocks"][0]["kind"]) is str


def test_hash_is_of_what_a_revision_is_and_not_of_its_report():
    unreported = ParsedText(TEXT.content, TEXT.blocks, TEXT.marks)

    assert text_bytes(unreported) == text_bytes(TEXT)
    assert text_bytes(ParsedText(TEXT.content, TEXT.blocks)) != text_bytes(TEXT)


def test_canonical_bytes_do_not_depend_on_the_order_of_keys():
    turned = Mark(MarkKind.LINK, 0, 1, {"title": "t", "href": "h"})
    straight = Mark(MarkKind.LINK, 0, 1, {"href": "h", "title": "t"})
    blocks = (Block(BlockKind.PARAGRAPH, 0, 1, "1"),)

    assert text_bytes(ParsedText("x", blocks, (turned,))) == text_bytes(ParsedText("x", blocks, (straight,)))
