"""Code points and UTF-16 units name the same places, in Python as in the browser."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text import offsets

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "offsets.json").read_text(encoding="utf-8"))
TEXTS = st.text(alphabet=st.sampled_from(list("aحَ\n😀𝒜")), max_size=30)


@pytest.mark.parametrize("row", [pytest.param(row, id=row["name"]) for row in VECTORS["offsets"]])
def test_code_points_and_units_are_the_same_places(row):
    places = offsets.Utf16Map(row["text"])

    assert [places.to_utf16(place) for place in range(len(row["text"]) + 1)] == row["utf16"]
    assert [places.from_utf16(unit) for unit in row["utf16"]] == list(range(len(row["text"]) + 1))


@pytest.mark.parametrize("row", [pytest.param(row, id=row["name"]) for row in VECTORS["quotes"]])
def test_quote_holds_the_words_and_their_context(row):
    found = offsets.quote(row["text"], row["start"], row["end"], context=row["context"])

    assert found == (row["exact"], row["prefix"], row["suffix"])


def test_unit_within_a_surrogate_pair_is_the_place_of_the_pair():
    assert offsets.from_utf16("a😀b", 2) == 1


@given(TEXTS)
def test_units_are_those_of_the_encoded_text(text):
    for place in range(len(text) + 1):
        unit = len(text[:place].encode("utf-16-le")) // 2

        assert offsets.to_utf16(text, place) == unit
        assert offsets.from_utf16(text, unit) == place
