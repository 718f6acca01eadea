"""A run of blocks that is kept from readers is found again, wider, or not at all; never too narrow."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from archive.text.cutting import Gap, cut
from archive.text.kept_runs import followed

A, B, C, D = "مقدّمة الكتاب كلّه", "شهد فلان على ما جرى", "وكان ذلك ليلًا عند السدّ", "خاتمة الكتاب كلّه"


@pytest.mark.parametrize(
    ("after", "run", "fit"),
    [
        ([A, B, C, D], (1, 3), "same"),
        (["سطر جديد", A, B, C, D], (2, 4), "same"),  # Something before it: it moves.
        ([f"{A} مصحّحة", B, C, D], (1, 3), "same"),  # A neighbor was corrected: the blocks themselves are known.
        ([A, f"{B} أمس", C, D], (1, 3), "between"),  # Its own words were corrected: the neighbors hold it.
        ([A, B, "سطر في وسطه", C, D], (1, 4), "between"),  # What is put into it is kept too.
        ([f"{A} مصحّحة", f"{B} أمس", C, D], (0, 3), "wider"),  # Both: as far as the next sure block.
        ([A, B, D, C], (1, 4), "wider"),  # What was beside it stands within it now.
        ([A, D, B, C], (2, 4), "same"),  # It was moved whole.
        ([f"{A} {B}", C, D], (0, 2), "wider"),  # Joined with what is open.
        ([B, A, C, D], (None, None), "lost"),  # A part of it stands before its neighbor now.
        ([A, C, D, f"{B} قديمًا"], (None, None), "lost"),  # A part of it stands elsewhere now.
        ([A, D], (None, None), "lost"),  # Taken out: a person says so.
        ([A, B, C, D, f"قيل إنّ فلانًا شهد على ما جرى: {B}"], (None, None), "lost"),  # Quoted elsewhere.
        ([A, B, C, D, B, C], (None, None), "lost"),  # Twice.
        ([], (None, None), "lost"),
    ],
)  # fmt: skip
def test_where_a_kept_run_has_gone(after, run, fit):
    found = followed([A, B, C, D], after, 1, 3)

    assert (found.first, found.last, str(found.fit)) == (*run, fit)


def test_a_neighbor_that_stands_twice_is_no_neighbor_to_go_by():
    before = ["باب", "***", "سرّ أوّل من الأسرار", "سرّ ثان من الأسرار", "***", "خاتمة"]
    after = ["باب", "سرّ أوّل من الأسرار ليلًا", "***", "سرّ ثان من الأسرار نهارًا", "***", "خاتمة"]

    found = followed(before, after, 2, 4)

    assert (found.first, found.last) == (1, 5)


words = st.text(st.sampled_from("ابتثجحخدذر"), min_size=2, max_size=6)
block = st.lists(words, min_size=1, max_size=8).map(" ".join)


@given(st.lists(block, min_size=1, max_size=9), st.data())
def test_of_any_text_and_any_section_no_word_of_it_is_left_in_what_is_read(lines, data):
    content, blocks = _text(lines)
    first = data.draw(st.integers(0, len(lines) - 1))
    last = data.draw(st.integers(first + 1, len(lines)))
    marks = [
        {"kind": "strong", "start": start, "end": end, "attrs": {}}
        for start, end in data.draw(
            st.lists(st.tuples(*[st.integers(0, len(content))] * 2).map(sorted), max_size=4)
        )
    ]

    left = cut(content, blocks, marks, [Gap(first, last, "kept")])

    others = [*lines[:first], *lines[last:]]
    assert left.content == "\n".join(others)
    assert [left.content[b["start"] : b["end"]] for b in left.blocks] == others
    assert left.numbers == [*range(first), *range(last, len(lines))]
    assert list(left.labels) == [first]
    spoken = [content[m["start"] : m["end"]] for m in marks]
    assert all(left.content[m["start"] : m["end"]] in spoken for m in left.marks)


@given(st.lists(block, min_size=3, max_size=9, unique=True), st.data())
def test_whatever_is_done_to_a_text_no_three_words_of_a_section_are_ever_left_outside_of_it(lines, data):
    first = data.draw(st.integers(0, len(lines) - 1))
    last = data.draw(st.integers(first + 1, len(lines)))
    after = list(lines)
    for _change in range(data.draw(st.integers(1, 4))):
        assume(after)
        at = data.draw(st.integers(0, len(after) - 1))
        match data.draw(st.sampled_from(["edit", "drop", "join", "move", "add"])):
            case "edit":
                after[at] = f"{after[at]} {data.draw(words)}"
            case "drop":
                del after[at]
            case "join" if at:
                after[at - 1 : at + 1] = [f"{after[at - 1]} {after[at]}"]
            case "move":
                after.insert(data.draw(st.integers(0, len(after) - 1)), after.pop(at))
            case "add":
                after.insert(at, data.draw(block))

    found = followed(lines, after, first, last)

    told = _threes(lines[first:last]) - _threes([*lines[:first], *lines[last:]])
    if found.first is not None and found.last is not None:
        open_ = [*after[: found.first], *after[found.last :]]
        assert told.isdisjoint(_threes(open_)), (lines, after, first, last, found)


def _threes(lines):
    return {
        tuple(split[at : at + 3])
        for line in lines
        for split in [line.split()]
        for at in range(len(split) - 2)
    }


def _text(lines):
    blocks, at = [], 0
    for line in lines:
        blocks.append({"kind": "paragraph", "start": at, "end": at + len(line), "attrs": {}})
        at += len(line) + 1
    return "\n".join(lines), blocks
