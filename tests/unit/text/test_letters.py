"""What of some words can be seen."""

from __future__ import annotations

import pytest

from archive.text.letters import is_visible


@pytest.mark.parametrize(
    "words", ["", " \n\t", "\u202e\u2066\u2069", "\u200b\u200f", "\ufeff", "\u00ad", "\u00a0\u2003\u2028"]
)
def test_spaces_and_signs_without_a_form_are_not_seen(words):
    assert not is_visible(words)


@pytest.mark.parametrize("words", ["ا", ".", "؟", "🙂", "\u202eب", "\u064e", "١"])
def test_anything_else_is(words):
    assert is_visible(words)
