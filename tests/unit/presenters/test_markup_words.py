"""The words of a note, shortened: as its reader sees them."""

import pytest

from archive.presenters.markup import plain_excerpt


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("**قوي** و*مائل*", "قوي ومائل"),
        ("[words](https://example.org/a-long-address)", "words"),
        ("# A heading\n\nand more", "A heading and more"),
        ("a < b & c", "a < b & c"),
    ],
)
def test_markup_is_left_out(source, words):
    assert plain_excerpt(source) == words


def test_an_address_longer_than_the_excerpt_does_not_show_the_markup_that_it_cuts():
    source = f"see [the source](https://example.org/{'x' * 900}) for the rest"

    assert plain_excerpt(source, length=100) == "see the source for the rest"
