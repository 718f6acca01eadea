"""Blocks as they were typed in Markdown, drawn before and after; what nobody touched stays as it was."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.enums import BlockKind, MarkKind, ProblemKind
from archive.errors import OperationRefused
from archive.text import operations
from archive.text.markdown import changed, shown
from archive.text.operations import check
from archive.text.types import Mark, ParsedText, Problem
from tests.unit.text.drawn import drawn
from tests.unit.text.drawn import shown as picture
from tests.unit.text.test_block_markdown import letters, texts

#: The module; its function bears the same name.
rewriting = sys.modules[operations.rewrite.__module__]


def rewritten(text: ParsedText, typed: dict[int, str]) -> ParsedText:
    result = operations.rewrite(text, changed(text, typed))
    check(result)
    return result


def marked(text: ParsedText, kind: MarkKind, words: str, **attrs: str) -> ParsedText:
    start = text.content.index(words)
    mark = Mark(kind, start, start + len(words), attrs)
    return replace(text, marks=tuple(sorted([*text.marks, mark], key=lambda each: (each.start, -each.end))))


def words_of(text: ParsedText, kind: MarkKind) -> list[str]:
    return [text.content[mark.start : mark.end] for mark in text.marks if mark.kind == kind]


@pytest.mark.parametrize(
    ("before", "typed", "after"),
    [
        ("# T\nبُني الجسر\nend", {1: "بُني *الجسر*"}, "# T\nبُني *الجسر*\nend"),
        ("one *two* three", {0: "one two *three*"}, "one two *three*"),
        ("[a](#) b", {0: "[a](https://example.org) b"}, "[a](https://example.org) b"),
        ("[a](#) b", {0: "a b"}, "a b"),
        # The sign says what a block is.
        ("one\ntwo", {0: "## one"}, "# one\ntwo"),
        ("# one\ntwo", {0: "one"}, "one\ntwo"),
        ("one\ntwo", {0: "- one", 1: "- two"}, "- one\n- two"),
        ("- one\n- two\n- three", {1: "two"}, "- one\ntwo\n- three"),
        ("> one\n> two", {1: "two"}, "> one\ntwo"),
        ("> one\ntwo", {1: "> two"}, "> one\n> two"),
        ("- one", {0: "> one"}, "> one"),
        # An empty line splits, what is emptied goes.
        ("one two\nthree", {0: "one\n\ntwo"}, "one\ntwo\nthree"),
        ("# one two", {0: "## one\n\ntwo"}, "# one\ntwo"),
        ("- one two\n- three", {0: "- one\n- two"}, "- one\n- two\n- three"),
        ("> one two", {0: "> one\n>\n> two"}, "> one\n> two"),
        ("one\ntwo\nthree", {1: ""}, "one\nthree"),
        ("one\ntwo\nthree", {0: "one two", 1: " "}, "one two\nthree"),
        ("! caption\none", {0: ""}, "! \none"),
        ("! caption", {0: "# caption"}, "! # caption"),
        ("! caption", {0: "caption\n\n## next"}, "! caption\n# next"),
    ],
)
def test_block_becomes_what_was_typed(before, typed, after):
    assert picture(rewritten(drawn(before), typed)) == after


def test_points_typed_in_a_row_are_one_list_and_its_numbers_count():
    text = rewritten(drawn("one\n- two\n- three\nfour"), {0: "1. one", 1: "2. two", 2: "3. three"})

    assert [shown(text, index).markdown for index in range(4)] == ["1. one", "2. two", "3. three", "four"]
    assert {block.attrs["container"][0][1] for block in text.blocks[:3]} == {"1"}


def test_heading_within_a_quotation_becomes_words_of_it():
    text = drawn("> one\n> two")
    text = operations.set_kind(text, 0, BlockKind.HEADING)

    result = rewritten(text, {0: "> one"})

    assert picture(result) == "> one\n> two"
    assert [block.path for block in result.blocks] == ["1.1", "1.2"]


def test_link_under_another_that_is_not_shown_is_kept():
    text = marked(drawn("[one](https://example.org) two"), MarkKind.LINK, "one", href="#hidden")

    result = rewritten(text, {0: "[one](https://example.net) two"})

    assert [mark.attrs["href"] for mark in result.marks] == ["#hidden", "https://example.net"]


def test_paragraph_of_a_point_becomes_the_next_point():
    text = drawn("- one\n- two")
    second = replace(text.blocks[1], kind=BlockKind.PARAGRAPH, path="1.1.2", attrs=text.blocks[0].attrs)
    text = replace(text, blocks=(text.blocks[0], second))
    check(text)

    result = rewritten(text, {1: "- two"})

    assert [block.path for block in result.blocks] == ["1.1.1", "1.2.1"]


def test_marks_that_markdown_does_not_show_stay_on_their_words():
    text = marked(drawn("one two three four"), MarkKind.PAGE_BREAK, "three", unit="page", n="7")
    text = marked(text, MarkKind.NAME, "two three", type="person")

    result = rewritten(text, {0: "*one* 2 three four and more"})

    assert words_of(result, MarkKind.PAGE_BREAK) == ["three"]
    assert words_of(result, MarkKind.NAME) == ["2 three"]
    assert words_of(result, MarkKind.EMPHASIS) == ["one"]


def test_marks_follow_words_into_the_block_that_they_were_joined_to_or_split_off():
    text = marked(drawn("# one\ntwo three\nfour"), MarkKind.PAGE_BREAK, "three", unit="page", n="7")

    joined = rewritten(text, {0: "# one two three", 1: ""})
    split = rewritten(joined, {0: "# one two\n\nthree"})

    assert picture(joined) == "# one two three\nfour"
    assert words_of(joined, MarkKind.PAGE_BREAK) == ["three"]
    assert picture(split) == "# one two\nthree\nfour"
    assert split.blocks[1].start <= split.marks[0].start < split.blocks[1].end


def test_joined_words_of_a_film_are_said_in_the_time_of_both():
    text = drawn("one\ntwo")
    times = [{"from_ms": 0, "to_ms": 10}, {"from_ms": 10, "to_ms": 30}]
    blocks = tuple(replace(block, attrs=attrs) for block, attrs in zip(text.blocks, times, strict=True))

    result = rewritten(replace(text, blocks=blocks), {0: "one two", 1: ""})

    assert [block.attrs for block in result.blocks] == [{"from_ms": 0, "to_ms": 30}]


def test_problem_goes_with_what_it_was_about():
    text = drawn("# one\n[two](#) three", problems=(
        Problem(ProblemKind.HEADING_LEVEL, 0, 3, "", params={"level": 2}),
        Problem(ProblemKind.DEAD_LINK, 4, 7, "", params={"href": "#"}),
    ))  # fmt: skip

    other = rewritten(text, {1: "[two](#) and three"})
    level = rewritten(text, {0: "### one"})
    link = rewritten(text, {1: "[two](https://example.org) three"})

    assert [problem.kind for problem in other.problems] == [ProblemKind.HEADING_LEVEL, ProblemKind.DEAD_LINK]
    assert [problem.kind for problem in level.problems] == [ProblemKind.DEAD_LINK]
    assert [problem.kind for problem in link.problems] == [ProblemKind.HEADING_LEVEL]


@pytest.mark.parametrize(
    ("typed", "code", "index"),
    [
        ({1: "two\0"}, "unstorable", 1),
        ({0: "[one]()"}, "no_link", 0),
        ({0: "[one](<a b>)"}, "no_link", 0),
        ({0: "", 1: ""}, "empty_text", None),
    ],
)
def test_what_cannot_be_kept_is_refused_and_its_block_named(typed, code, index):
    text = drawn("one\ntwo")

    with pytest.raises(OperationRefused) as refused:
        operations.rewrite(text, changed(text, typed))

    assert (refused.value.code, refused.value.params.get("index")) == (code, index)


def test_dead_link_that_was_there_may_stay():
    text = drawn("[one]() two")

    assert picture(rewritten(text, {0: "[one]() three"})) == "[one]() three"


@settings(max_examples=120, deadline=None)
@given(texts(), st.data())
def test_blocks_that_were_not_typed_are_the_same_to_the_letter(text, data):
    typed = {
        index: data.draw(st.one_of(letters, st.just(shown(text, index).markdown), st.just("")))
        for index in data.draw(st.sets(st.integers(0, len(text.blocks) - 1)))
    }
    new = changed(text, typed)

    try:
        result = operations.rewrite(text, new)
    except OperationRefused:
        return

    check(result)
    kept = [index for index in range(len(text.blocks)) if index not in new]
    expected = [index for index in range(len(text.blocks)) for _ in new.get(index, [0])]
    places = [place for place, index in enumerate(expected) if index not in new]
    assert [_as_it_stands(text, index) for index in kept] == [
        _as_it_stands(result, place) for place in places
    ]


def _as_it_stands(text: ParsedText, index: int) -> tuple[object, ...]:
    block = text.blocks[index]
    marks = [
        (mark.kind, mark.start - block.start, mark.end - block.start, mark.attrs)
        for mark in text.marks
        if block.start <= mark.start and mark.end <= block.end
    ]
    names = [name for name, _path, _attrs in block.attrs.get("container", ())]
    return text.content[block.start : block.end], block.kind, block.level, names, sorted(marks, key=repr)


@settings(max_examples=80, deadline=None)
@given(texts(), st.data())
def test_what_was_typed_is_what_stands_there(text, data):
    index = data.draw(st.integers(0, len(text.blocks) - 1))
    new = changed(text, {index: data.draw(letters)})

    try:
        result = operations.rewrite(text, new)
    except OperationRefused:
        return

    for place, typed in enumerate(new.get(index, ()), start=index):
        block = result.blocks[place]
        assert result.content[block.start : block.end] == typed.words.text
        marks = {(mark.kind, mark.start - block.start, mark.end - block.start) for mark in result.marks}
        assert {(mark.kind, mark.start, mark.end) for mark in typed.words.marks} <= marks
        assert typed.kind in {None, block.kind} or block.kind in {BlockKind.TABLE}


def test_rewriting_nothing_is_nothing():
    text = drawn("one\n*two*")

    assert operations.rewrite(text, {}) is text


def test_page_of_a_long_text_is_rewritten_in_a_moment():
    text = drawn("\n".join(["كلام *طويل* في وصف القنطرة والطريق إليها من السوق " * 8] * 4_000))
    typed = {
        index: shown(text, index).markdown.replace("القنطرة", "القناطر") for index in range(1_000, 1_050)
    }

    result = rewritten(text, typed)

    # With the whole text gone through for each block, this would take minutes.
    assert result.content.count("القناطر") == 400


def test_block_is_shown_as_often_for_one_typed_in_its_place_as_for_many(monkeypatch):
    text, counts = drawn("one *two*"), []
    for number in (1, 60):
        typed, asked = changed(text, {0: "\n\n".join(["*one* more"] * number)}), list[int]()
        monkeypatch.setattr(
            rewriting, "shown", lambda parsed, index, to=asked: to.append(index) or shown(parsed, index)
        )
        operations.rewrite(text, typed)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_mark_is_compared_with_those_on_the_same_words_alone(monkeypatch):
    text = drawn("*a* b " * 200)
    typed, compared = changed(text, {0: "*b* a " * 200}), list[Mark]()
    plain = Mark.__eq__
    monkeypatch.setattr(Mark, "__eq__", lambda self, other: compared.append(self) or plain(self, other))

    operations.rewrite(text, typed)

    assert len(compared) <= 4 * len(text.marks)
