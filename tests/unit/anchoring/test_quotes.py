"""A quote from elsewhere is placed by its words and its context, and never where another place is as good."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.anchoring import place_quote, reanchor
from annotations.enums import AnchorStatus
from archive.text.offsets import quote
from tests.unit.anchoring.drawn import draw

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "anchoring.json").read_text(encoding="utf-8"))
TEXTS = st.lists(
    st.sampled_from(["من", "في", "كتاب", "كِتاب", "دار", "😀", "نهر"]), min_size=1, max_size=30
).map(" ".join)


@pytest.mark.parametrize("row", [pytest.param(row, id=row["name"]) for row in VECTORS["quoted"]])
def test_quote_is_placed(row):
    text = row["text"].replace("[", "").replace("]", "")

    placement = place_quote(text, row["exact"], row["prefix"], row["suffix"])

    assert draw(text, placement) == row["text"]
    assert placement.status == row["status"]


def test_places_come_with_scores_the_likeliest_first():
    text = "كان السوق عامرا ثم خلا السوق عند المساء"

    places = reanchor(text, "السوق", "خلا ", " عند")

    assert [text[place.start : place.end] for place in places] == ["السوق", "السوق"]
    assert places[0].start == text.rindex("السوق")
    assert 1.0 == places[0].score > places[1].score


@given(TEXTS, st.data())
def test_quote_of_the_text_itself_is_among_its_places(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    exact, prefix, suffix = quote(text, start, end)

    placement = place_quote(text, exact, prefix, suffix)

    if not exact.strip():
        assert placement.status is AnchorStatus.LOST
    elif placement.status is AnchorStatus.EXACT:
        assert text[placement.start : placement.end] == exact
        assert quote(text, placement.start, placement.end).exact == exact
    else:
        assert placement.status is AnchorStatus.UNCERTAIN
