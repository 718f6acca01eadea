"""No span parts a letter from its marks."""

import json
from pathlib import Path

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from archive.text import graphemes

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "graphemes.json").read_text(encoding="utf-8"))
AWKWARD = list("حَلِّبe\u0301 \r\n🇸🇾👍🏽👨\u200d👩☎\ufe0f\u1112\u1161\u11ab\u0600\u0915\u094d\u200c\u200f")
TEXTS = st.text(alphabet=st.sampled_from(AWKWARD), max_size=30)


@pytest.mark.parametrize("row", [pytest.param(row, id=row["name"]) for row in VECTORS["snaps"]])
def test_span_grows_to_whole_letters(row):
    snapped = graphemes.snap(row["text"], row["start"], row["end"])

    assert list(snapped) == row["snapped"]
    assert row["text"][slice(*snapped)] == row["found"]


@given(TEXTS)
def test_boundaries_are_those_of_the_unicode_clusters(text):
    expected = {0, len(text), *(match.start() for match in regex.finditer(r"\X", text))}

    assert {place for place in range(len(text) + 1) if graphemes.is_boundary(text, place)} == expected


@given(TEXTS, st.data())
def test_snapped_span_holds_the_span_and_is_settled(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))

    first, last = graphemes.snap(text, start, end)

    assert first <= start <= end <= last
    assert graphemes.snap(text, first, last) == (first, last)
