"""Lines that are written against the direction of their text."""

import pytest

from archive.text.directions import contrary


@pytest.mark.parametrize(
    ("words", "direction", "other"),
    [
        ("كان الدلو من جلد، والحبل من ليف.", "ltr", "rtl"),
        ("Then the noria stopped.", "rtl", "ltr"),
        ("Then the noria stopped.", "ltr", ""),
        ("BBC قالت ذلك.", "rtl", ""),  # one letter of its own is enough
        ("The word is ناعورة.", "ltr", ""),
        ("1931 …", "rtl", ""),  # digits have no way of their own
        ("", "ltr", ""),
    ],
)
def test_a_line_goes_the_other_way_when_all_its_letters_do(words, direction, other):
    assert contrary(words, direction) == other
