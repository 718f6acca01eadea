"""Arabic pages are read by where their letters stand, since programs name them in any order."""

from __future__ import annotations

import random

import pytest

from archive.media.decoder.right_to_left import is_right_to_left, lines_of
from archive.media.fresh_pdf import in_drawing_order


def drawn(
    *lines: str, wide: float = 10, high: float = 20
) -> list[tuple[str, tuple[float, float, float, float]]]:
    """Return the letters of lines as they stand from left to right, in no order."""
    letters = [
        (letter, (n * wide, y * 30.0, (n + 1) * wide, y * 30.0 + high))
        for y, line in enumerate(lines)
        for n, letter in enumerate(line)
    ]
    random.Random(4).shuffle(letters)
    return letters


def read(letters) -> list[str]:
    return [
        " ".join("".join(letter for letter, _place in word) for word in line) for line in lines_of(letters)
    ]


@pytest.mark.parametrize(
    ("seen", "said"),
    [
        ("ءاملا قيرط", "طريق الماء"),
        ("1184 ةنس", "سنة 1184"),
        ("km 12 قيرطلا", "الطريق 12 km"),
        ("new canal ةانقلا", "القناة new canal"),
        # Signs at the edge of a number or of Latin words are drawn where the line goes on.
        ("تبتك .2026 ماع", "عام 2026. كتبت"),
        (".Bab al-Qanah ىلإ قيرطلا", "الطريق إلى Bab al-Qanah."),
        ("(1184) ةنس", "سنة (1184)"),
        (")1184( ةنس", "سنة (1184)"),
        ("12.5 ةرتم", "مترة 12.5"),
        ("– 1184 ةنس", "سنة 1184 –"),
    ],
)
def test_words_come_from_the_right_and_numbers_stay(seen, said):
    assert read(drawn(seen)) == [said]


def test_lines_come_from_above_and_columns_apart():
    assert read(drawn("ب      ا", "د")) == ["ب", "ا", "د"]


def test_a_letter_that_stands_a_little_lower_is_of_its_line():
    letters = drawn("راد")
    lowered = [(letter, (a, b + (4 if letter == "ا" else 0), c, d + 4)) for letter, (a, b, c, d) in letters]

    assert read(lowered) == ["دار"]


@pytest.mark.parametrize(
    ("words", "turned"), [("كتاب", True), ("book", False), ("12 - 4", False), ("كتاب book", True)]
)
def test_a_third_of_the_letters_decides(words, turned):
    assert is_right_to_left(drawn(words)) is turned


@pytest.mark.parametrize(
    ("word", "drawn_so"), [("canal", "canal"), ("قناة", "ةانق"), ("سنة1184", "1184ةنس"), ("(قناة)", ")ةانق(")]
)
def test_a_word_is_drawn_from_the_left(word, drawn_so):
    assert in_drawing_order(word) == drawn_so


def test_nothing_has_no_lines():
    assert read([]) == read([("ا", (0, 0, 0, 0))]) == []
