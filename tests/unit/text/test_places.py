"""Where each of a sequence is after it was changed: drawn before and after, a letter an item."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.places import aligned

letters = st.text(alphabet="abc", max_size=8)


def drawn(places: list[int | None]) -> str:
    return "".join("-" if place is None else str(place) for place in places)


@pytest.mark.parametrize(
    ("before", "after", "places"),
    [
        ("abc", "abc", "012"),
        ("", "abc", ""),
        ("abc", "", "---"),
        # One that came in moves those behind it, one that went is gone.
        ("abc", "nabc", "123"),
        ("abc", "anbc", "023"),
        ("abc", "abnc", "013"),
        ("abc", "ac", "0-1"),
        # What was replaced stays at its place, whatever others say the same.
        ("xsysz", "xtysz", "01234"),
        ("xsss", "xtss", "0123"),
        ("sssx", "ssux", "0123"),
        ("ss", "ts", "01"),
        ("xsysz", "xtyz", "012-3"),
        ("abc", "uvw", "012"),
        # Many at once.
        ("abcdef", "abnnnnnnncdef", "019101112"),
        ("abcdefg", "afg", "0----12"),
    ],
)
def test_each_is_where_it_went(before, after, places):
    assert drawn(aligned(before, after)) == places


def test_stretch_is_found_in_more_than_it_was_and_its_home_decides_among_equals():
    around = "s" * 9

    assert aligned("asb", f"{around}asb{around}", home=9) == [9, 10, 11]
    assert aligned("asb", f"{around}usv{around}", home=9) == [9, 10, 11]
    assert aligned("asb", f"{around}asb{around}", home=4) == [9, 10, 11]
    assert aligned("abs", f"abus{around}", end=3) == [0, 1, 2]
    assert aligned("abs", f"abus{around}", end=4) == [0, 1, 3]


@given(letters, letters, st.integers(0, 8))
def test_places_are_in_order_and_within(before, after, home):
    places = [place for place in aligned(before, after, home=home) if place is not None]

    assert places == sorted(set(places))
    assert all(0 <= place < len(after) for place in places)


@given(letters)
def test_what_nobody_changed_stays(words):
    assert aligned(words, words) == list(range(len(words)))
