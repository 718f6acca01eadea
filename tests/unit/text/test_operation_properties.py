"""Whatever is done to a text, in whatever order: it stays a text, and what nobody touched stays as it was."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from archive.enums import BlockKind, MarkKind, ProblemKind
from archive.errors import OperationRefused
from archive.text import operations
from archive.text.serialize import from_json, to_json
from archive.text.types import Mark, ParsedText, Problem
from tests.unit.text.drawn import drawn

WORDS = ["قال", "الشيخُ", "mill", "two", "ب", "😀", "x-y", "كتابٌ"]
words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
lines = st.tuples(st.sampled_from(["", "# ", "- ", "> ", "! "]), words).map("".join)
KINDS = st.sampled_from([kind for kind in BlockKind if kind not in {BlockKind.TABLE, BlockKind.VIDEO}])


@st.composite
def texts(draw: st.DrawFn) -> ParsedText:
    text = drawn("\n".join(draw(st.lists(lines, min_size=1, max_size=7))))
    marks, problems = [], []
    for block in text.blocks:
        if draw(st.booleans()):
            start = draw(st.integers(block.start, block.end - 1))
            end = draw(st.integers(start + 1, block.end))
            marks.append(Mark(MarkKind.LINK, start, end, {"href": "#"}))
            problems.append(Problem(ProblemKind.DEAD_LINK, start, end, "", params={"href": "#"}))
    return ParsedText(text.content, text.blocks, tuple(marks), tuple(problems))


Change = Callable[[ParsedText], ParsedText]


@st.composite
def changes(draw: st.DrawFn) -> Change:
    first, second = draw(st.integers(0, 8)), draw(st.integers(0, 8))
    offset, other = draw(st.integers(0, 120)), draw(st.integers(0, 12))
    new = draw(st.one_of(words, st.just(""), st.just("a\nb"), st.text(max_size=5)))
    kind = draw(KINDS)
    return draw(
        st.sampled_from(
            [
                lambda text: operations.replace_span(text, offset, offset + other, new),
                lambda text: operations.edit_block(text, first, new),
                lambda text: operations.set_kind(text, first, kind),
                lambda text: operations.set_level(text, first, second),
                lambda text: operations.join_blocks(text, first, first + 1 + second % 3),
                lambda text: operations.split_block(text, offset),
                lambda text: operations.delete_block(text, first),
                lambda text: operations.insert_block(text, first, kind, new),
                lambda text: operations.make_missing_figure(text, first),
                lambda text: operations.remove_mark(text, first),
                lambda text: operations.set_link(text, first, "https://example.org"),
                lambda text: operations.add_mark(text, MarkKind.STRONG, offset, offset + other),
            ]
        )
    )


@settings(max_examples=150, deadline=None)
@given(texts(), st.lists(changes(), max_size=8))
def test_any_sequence_of_operations_keeps_the_invariants(text, steps):
    for step in steps:
        try:
            text = step(text)
        except OperationRefused:
            continue
        operations.check(text)

    assert from_json(to_json(text)) == text


@settings(max_examples=120, deadline=None)
@given(texts(), st.data())
def test_replacing_touches_nothing_outside_the_span(text, data):
    block = data.draw(st.sampled_from(text.blocks))
    start = data.draw(st.integers(block.start, block.end))
    end = data.draw(st.integers(start, block.end))
    new = data.draw(st.text(alphabet="ab جـٌ😀", max_size=12))

    result = operations.replace_span(text, start, end, new)

    shift = len(new) - (end - start)
    assert result.content == text.content[:start] + new + text.content[end:]
    before = [mark for mark in text.marks if mark.end <= start]
    after = [(mark.start + shift, mark.end + shift) for mark in text.marks if mark.start >= end]
    spans = [(mark.start, mark.end) for mark in result.marks if mark.kind == MarkKind.LINK]
    assert [mark for mark in before if mark not in result.marks] == []
    assert [span for span in after if span not in spans] == []


@settings(max_examples=80, deadline=None)
@given(texts(), st.data())
def test_words_of_a_mark_that_was_not_touched_are_the_same_after_any_operation(text, data):
    step = data.draw(changes())
    linked = [text.content[mark.start : mark.end] for mark in text.marks]

    try:
        result = step(text)
    except OperationRefused:
        return

    left = [result.content[mark.start : mark.end] for mark in result.marks if mark.kind == MarkKind.LINK]
    assert len([words for words in left if words not in linked]) <= 2
