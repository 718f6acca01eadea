"""Where notes of other systems belong: right only on evidence, and never on an offset alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.anchoring.arrivals import Sought, place_all

TEXT = (
    "كتاب الجسور\nبنى أهل القرية جسرًا من حجر أبيض قرب الطاحونة.\n"
    "ثم عبر القادمون من السوق إلى الضفة الأخرى، وبقي الجسر زمنًا طويلًا.\n"
    "ولمّا فاض النهر سقط الجسر، فبنوا جسرًا غيره من خشب، ثم سقط الجسر.\n"
)


def placed(*sought, text=TEXT, **more):
    return place_all(text, sought, **more)


def words(arrived, text=TEXT):
    return text[arrived.start : arrived.end] if arrived.start is not None else None


@pytest.mark.parametrize(
    ("sought", "how", "reason"),
    [
        (Sought(TEXT.index("حجر أبيض"), TEXT.index("حجر أبيض") + 8, "حجر أبيض"), "exact", ""),
        (Sought(900, 908, "حجر أبيض"), "found", ""),
        (Sought(None, None, "حجر  ابيض\n قرب الطاحونه"), "found", ""),
        (Sought(None, None, "الجسر", "النهر سقط ", "، فبنوا"), "found", ""),
        (Sought(None, None, "الجسر"), "several", "several_places"),
        (Sought(None, None, "خشب"), "uncertain", "short_quote"),
        (Sought(None, None, "حجر أبيض", "something else ", " entirely other"), "uncertain", "other_context"),
        (Sought(5, 12), "uncertain", "offset_only"),
        (Sought(5, 10**9), "none", "past_end"),
        (Sought(9, 9), "none", "no_words"),
        (Sought(None, None), "none", "no_place"),
        (Sought(3, 20, "nothing of this stands here at all"), "none", "quote_missing"),
        (Sought(None, None, "أهل القرية جسرًا من طين أبيض قرب الطاحونة"), "uncertain", "words_differ"),
        (Sought(None, None, "ا" * 10_001), "none", "place_too_long"),
        (Sought(None, None, "عبر القادمون", until="وبقي"), "uncertain", "range_by_ends"),
    ],
)
def test_a_place_is_called_right_only_where_its_words_prove_it(sought, how, reason):
    (arrived,) = placed(sought)

    assert (arrived.how, arrived.reason) == (how, reason)
    assert (arrived.start is None) == (how not in ("exact", "found"))
    assert bool(arrived.candidates) == (how in ("several", "uncertain"))


def test_words_in_several_places_are_told_apart_by_the_offsets_of_the_notes_around_them():
    shift = 40
    sure = [
        Sought(TEXT.index(one) + shift, None, one) for one in ("حجر أبيض قرب", "فاض النهر سقط", "غيره من خشب")
    ]
    first = TEXT.index("الجسر", TEXT.index("سقط"))
    doubtful = Sought(first + shift, None, "الجسر")

    *_others, arrived = placed(*sure, doubtful)

    assert (arrived.how, arrived.start) == ("found", first)
    # The notes around it disagree: nobody can say.
    *_others, arrived = placed(sure[0], sure[1]._replace(start=(sure[1].start or 0) + 3), doubtful)
    assert arrived.how == "several"


def test_five_places_and_an_offset_past_the_end_are_for_a_person():
    text = "جسر و" * 5
    (arrived,) = placed(Sought(10**6, 10**6 + 3, "جسر"), text=text)

    assert (arrived.how, len(arrived.candidates)) == ("several", 5)


def test_offsets_alone_are_right_in_the_very_text_that_the_file_names_by_its_hash():
    (arrived,) = placed(Sought(0, 4), same_text=True)

    assert (arrived.how, words(arrived)) == ("exact", "كتاب")


def test_a_letter_is_never_cut_from_its_marks():
    (arrived,) = placed(Sought(None, None, "حجر", "من ", ""), text="بنوا جسرًا من حجرٍ أبيض")

    assert words(arrived, "بنوا جسرًا من حجرٍ أبيض") == "حجرٍ"


@given(
    st.text(alphabet="ابجد \nسش😀e\u0301", min_size=1, max_size=120),
    st.lists(
        st.tuples(st.integers(-5, 200), st.integers(-5, 200), st.text(alphabet="ابجد س😀", max_size=6)),
        max_size=8,
    ),
)
def test_whatever_a_file_says_what_is_sure_has_the_words_of_the_file(text, told):
    sought = [Sought(max(start, 0), max(end, 0), exact) for start, end, exact in told]

    for one, arrived in zip(sought, place_all(text, sought), strict=True):
        assert (arrived.how in ("exact", "found")) == (arrived.start is not None)
        if arrived.start is not None:
            assert one.exact
            assert one.exact.strip() in text[arrived.start : arrived.end]
        for candidate in arrived.candidates:
            assert 0 <= candidate.start < candidate.end <= len(text)
