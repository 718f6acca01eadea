"""What stands around a passage in a list: whole words of its line, and marks only where something is left out."""

from __future__ import annotations

import pytest

from archive.text.context import words_after, words_before

AROUND = 90
LONG = "كلمات كثيرة متتالية " * 20


@pytest.mark.parametrize("shift", range(12))
def test_excerpt_never_starts_or_ends_within_a_word(shift):
    content = LONG[shift:] + "[هنا]" + LONG
    start, end = content.index("["), content.index("]") + 1

    before, after = words_before(content, start, AROUND), words_after(content, end, AROUND)

    assert before[0] == after[-1] == "…"
    assert set(before[1:].split()) <= set(LONG.split())
    assert set(after[:-1].split()) <= set(LONG.split())
    assert len(before) <= AROUND + 1
    assert len(after) <= AROUND + 1
    assert content[:start].endswith(before[1:])
    assert content[end:].startswith(after[:-1])


def test_line_that_fits_is_shown_whole_and_without_marks_of_omission():
    content = "قبل\nفي [الطاحونة] القديمة\nبعد"

    assert words_before(content, content.index("["), AROUND) == "في "
    assert words_after(content, content.index("]") + 1, AROUND) == " القديمة"


def test_word_longer_than_the_excerpt_is_left_out():
    content = "ا" * 200 + "[هنا]" + "ب" * 200

    assert words_before(content, 200, AROUND) == "…"
    assert words_after(content, 205, AROUND) == "…"
