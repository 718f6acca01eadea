"""Counts are said in the form that their number asks for, in both languages."""

from __future__ import annotations

import pytest
from django.utils.translation import ngettext, override

from archive.kinds import desk_sections
from archive.presenters.messages import sentence
from archive.presenters.moments import size_words

NUMBERS = (1, 2, 5, 11, 100)


@pytest.mark.parametrize("section", [s for s in desk_sections if s.counted], ids=lambda s: s.url_name)
def test_what_waits_at_a_desk_agrees_with_its_number(section):
    with override("ar"):
        arabic = [section.counted % {"count": n} for n in NUMBERS]
    with override("en"):
        english = [section.counted % {"count": n} for n in NUMBERS]

    assert all(arabic)
    assert all(english)
    assert len(set(english[1:])) == 1


def test_one_gap_is_one_gap():
    (figures,) = [section for section in desk_sections if section.url_name == "desk_figures"]
    with override("en"):
        assert figures.counted % {"count": 1} == "gap to fill"
        assert figures.counted % {"count": 2} == "gaps to fill"
    with override("ar"):
        assert len({str(figures.counted % {"count": n}) for n in NUMBERS}) >= 4


def test_notices_agree_with_their_numbers():
    for code in ("notes_handed_over", "notes_brought_in"):
        with override("en"):
            one, two = (sentence(code, {"giver": "Hind", "count": n}) for n in (1, 2))
            assert " is now" in one or " is yours" in one
            assert " are now" in two or " are yours" in two
        with override("ar"):
            assert len({sentence(code, {"giver": "هند", "count": n}) for n in NUMBERS}) == len(NUMBERS)


def test_a_byte_is_one():
    with override("en"):
        assert [size_words(1), size_words(2)] == ["1 byte", "2 bytes"]


def test_two_numbers_of_the_seal_cannot_be_mistaken_for_each_other():
    one, many = (
        f"Release %(number)s will hold %(count)s {note}. Once sealed, neither its text nor its notes change; "
        "corrections go into the next release."
        for note in ("note", "notes")
    )
    with override("ar"):
        for count in (0, *NUMBERS):
            said = ngettext(one, many, count) % {"number": 3, "count": count}
            assert said.startswith("الإصدار رقم 3 ")
            assert "3 5" not in said
