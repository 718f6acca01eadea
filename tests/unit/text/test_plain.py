"""Markdown without its marks."""

from __future__ import annotations

import pytest

from archive.text.plain import plain_words


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("the *castellum aquae* is a **tank**", "the castellum aquae is a tank"),
        ("see [the map](https://example.org/a_b_c)", "see the map"),
        ("# Heading\n\nwords", "Heading\nwords"),
        ("- one\n- two", "one\ntwo"),
        ("> quoted `code`", "quoted code"),
        ("first line\nsecond line", "first line\nsecond line"),
        ("<b>as written</b>", "<b>as written</b>"),
        ("a \\* star &amp; more", "a * star & more"),
        ("| a | b |\n|---|---|\n| c | d |", "a\nb\nc\nd"),
        ("", ""),
    ],
)
def test_only_the_words_are_left(source, words):
    assert plain_words(source) == words


def test_deep_nesting_is_cut_short_and_breaks_nothing():
    assert isinstance(plain_words("> " * 10_000 + "word"), str)
