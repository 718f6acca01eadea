"""Times in a film, as a page of either direction says them."""

import pytest

from annotations.presenters.clock import seconds_words


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [(65, 80, "1:05–1:20"), (3725.4, 3730, "1:02:05–1:02:10"), (65, 65.5, "1:05"), (65, None, "1:05")],
)
def test_seconds_are_told_and_kept_from_turning_round(start, end, words):
    assert seconds_words(start, end) == f"\u2066{words}\u2069"


def test_a_whole_film_has_no_seconds():
    assert seconds_words(None, None) == ""
