"""A vowel mark that has lost its letter is shown on a carrier, never on whatever stands before it."""

import pytest

from archive.importers.registry import importer
from archive.presenters.import_report import carried, excerpt, found_lists


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("كتاباً", "كتاباً"),
        (" ً", " ◌ً"),
        ("ًا", "◌ًا"),
        ("«ً»", "«◌ً»"),
        ("رأى ًّ شيئًا", "رأى ◌ًّ شيئًا"),
    ],
)
def test_mark_without_a_letter_sits_on_a_circle(words, shown):
    assert carried(words) == shown


def test_mark_at_the_beginning_of_a_place_keeps_the_letter_before_it():
    content = "رأى كتاباً قديما"
    at = content.index("ً")

    assert excerpt(content, at, at + 1).marked == "ً"


def test_repair_shows_the_whole_word_before_and_after():
    parsed = importer("markdown").parse(
        "سيطروا بريا<sup>ً</sup> على الطريق".encode(), language="ar", options={}
    )

    (repair,) = [each for each in found_lists(parsed)["repairs"] if each["kind"] == "torn_mark"]

    assert repair["after"] == "برياً"
    assert repair["before"] == "بريا ◌ً"
