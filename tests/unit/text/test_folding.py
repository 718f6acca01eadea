"""Spellings that readers take for one fold to one; every match leads back to its exact code points."""

import json
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.fold_tables import CONTROLS
from archive.text.folding import fold, fold_key, match_forms, variants

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "folding.json").read_text(encoding="utf-8"))

#: Letters, marks, ligatures, controls and scripts that make folding stumble.
ALPHABET = st.sampled_from(
    list("ابتةىيأإآءؤئلم ه\n") + list("ًَُِّْٰـ") + list("ﷺﻻﷲ١۲") + list("\u200c\u200f\u2067éßİ😀ا\u0654")
)
TEXTS = st.text(alphabet=st.one_of(ALPHABET, st.characters(exclude_categories=["Cs"])), max_size=40)


def _named(rows: list[dict]) -> list:
    return [pytest.param(row, id=row.get("name", row.get("word"))) for row in rows]


@pytest.mark.parametrize("row", _named(VECTORS["folds"]))
def test_text_is_folded_with_the_way_back(row):
    folded = fold(row["text"])

    assert folded.text == row["folded"]
    assert list(folded.starts) == row["starts"]
    assert fold_key(row["text"]) == row["folded"]


@pytest.mark.parametrize("row", _named(VECTORS["spans"]))
def test_match_in_folded_text_covers_the_written_word(row):
    folded = fold(row["text"])
    start = folded.text.index(row["find"])

    found = folded.span(start, start + len(row["find"]))

    assert found == (row["start"], row["end"])
    assert row["text"][slice(*found)] == row["found"]


@pytest.mark.parametrize("row", _named(VECTORS["forms"]))
def test_word_is_met_in_its_dresses_and_not_in_lookalikes(row):
    forms = dict(match_forms(row["word"]))

    assert [word for word in row["finds"] if fold_key(word) not in forms] == []
    assert [word for word in row["leaves"] if fold_key(word) in forms] == []


def test_word_itself_is_the_cheapest_form():
    forms = match_forms("المدينة")

    assert forms[0] == ("المدينه", 0.0)
    assert all(0 < penalty <= 0.5 for _, penalty in forms[1:])
    assert [penalty for _, penalty in forms] == sorted(penalty for _, penalty in forms)


def test_readings_keep_a_word_whole_when_its_article_is_none():
    assert [stem for stem, _ in variants("الذي")] == ["الذي"]
    assert ("الله", 0.1) in variants("والله")


def test_stricter_limit_leaves_the_farther_forms():
    assert dict(match_forms("بحلب", max_penalty=0.0)) == {"بحلب": 0.0}


@given(TEXTS)
def test_folding_twice_changes_nothing(text):
    once = fold_key(text)

    assert fold_key(once) == once


@given(TEXTS)
def test_every_folded_character_names_the_character_it_came_from(text):
    folded = fold(text)

    assert len(folded.starts) == len(folded.text)
    assert list(folded.starts) == sorted(folded.starts)
    for place, start in enumerate(folded.starts):
        assert folded.text[place] in fold_key(text[start])


@given(TEXTS, TEXTS, TEXTS)
def test_folding_does_not_depend_on_neighbours(before, word, after):
    assert fold_key(before + word + after) == fold_key(before) + fold_key(word) + fold_key(after)


@given(TEXTS, st.data())
def test_span_of_a_match_folds_to_the_match(text, data):
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))

    first, last = folded.span(start, end)

    assert 0 <= first <= last <= len(text)
    assert folded.text[start:end] in fold_key(text[first:last])
    assert not (
        end > start and text[last - 1] in CONTROLS and fold_key(text[last - 1]) == "" and last - first > 1
    )


def test_every_character_folds_to_something_stable():
    unstable = [
        hex(code)
        for code in range(sys.maxunicode + 1)
        if not 0xD800 <= code <= 0xDFFF and fold_key(fold_key(chr(code))) != fold_key(chr(code))
    ]

    assert unstable == []
