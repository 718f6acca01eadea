"""Quotation marks and numbers are those of the page's language, in one way everywhere."""

from __future__ import annotations

import pytest
from django.utils.formats import number_format
from django.utils.translation import override

from annotations.presenters.quoting import in_quotes


@pytest.mark.parametrize(
    ("language", "words", "quoted"),
    [
        ("en", "The mill", "“The mill”"),
        ("en", "1891, the mill", "“1891, the mill”"),
        ("en", "الطاحونة", "«الطاحونة»"),
        ("ar", "الطاحونة", "«الطاحونة»"),
        ("ar", "The mill", "«The mill»"),
    ],
)
def test_quoted_words_wear_the_marks_of_the_page_as_far_as_their_script_has_them(language, words, quoted):
    with override(language):
        assert in_quotes(words) == quoted


@pytest.mark.parametrize("language", ["ar", "en"])
def test_fractions_are_written_as_sizes_are(language):
    with override(language):
        assert number_format(4.4, 1) == "4.4"
