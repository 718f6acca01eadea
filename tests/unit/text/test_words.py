"""Words are found in any script, with their places, and spans snap to them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text import words

TEXTS = st.text(
    alphabet=st.one_of(st.sampled_from(list("حَلب ,.\n\u200f\u200cكـa-'漢字٣")), st.characters()), max_size=40
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("كان الجسرُ، قديماً.", ["كان", "الجسرُ", "قديماً"]),
        ("طـــويل", ["طـــويل"]),  # tatweel does not part a word
        ("می\u200cروم", ["می\u200cروم"]),  # nor does a joiner
        ("\u200fنهر\u200f بردى", ["نهر", "بردى"]),  # direction marks at the edge are left out
        ("أب\u200fجد", ["أب\u200fجد"]),  # inside they stay
        ("عام ١٩٧٣م", ["عام", "١٩٧٣م"]),
        ("well-read l'eau", ["well", "read", "l", "eau"]),
        ("cafe\u0301 noir", ["cafe\u0301", "noir"]),
        ("漢字とかな", ["漢", "字", "とかな"]),
        ("हिन्दी भाषा", ["हिन्दी", "भाषा"]),
        ("…—!", []),
        ("", []),
    ],
)
def test_text_is_split_into_words(text, expected):
    found = words.split(text)

    assert found.texts == expected
    assert [text[start:end] for start, end in zip(found.starts, found.ends, strict=True)] == expected


def _span(drawn: str) -> tuple[str, int, int]:
    start, end = drawn.index("["), drawn.index("]") - 1
    return drawn.replace("[", "").replace("]", ""), start, end


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        ("في سو[ق المدي]نة القديمة", "في [سوق المدينة] القديمة"),  # cut words are completed
        ("في[ سوق ]المدينة", "في [سوق] المدينة"),  # space at the edges is left out
        ("في [سوق] المدينة", "في [سوق] المدينة"),
        ("قال[: ن]عم", "قال[: نعم]"),  # a point that was selected stays
        ("نص[ ]آخر", "نص[ ]آخر"),  # a blank selection is left alone
        ("س[]طر", "س[]طر"),
    ],
)
def test_span_snaps_to_words(drawn, expected):
    text, start, end = _span(drawn)

    start, end = words.snap(text, start, end)

    assert text[:start] + "[" + text[start:end] + "]" + text[end:] == expected


@given(TEXTS)
def test_every_word_stands_where_it_is_said_to(text):
    found = words.split(text)

    assert [text[start:end] for start, end in zip(found.starts, found.ends, strict=True)] == found.texts
    assert all(end <= start for end, start in zip(found.ends, found.starts[1:], strict=False))


@given(TEXTS, st.data())
def test_snapped_span_keeps_what_was_selected_but_space(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))

    first, last = words.snap(text, start, end)

    assert text[start:end].strip() in text[first:last]
    assert words.snap(text, first, last) == (first, last)


@pytest.mark.parametrize(
    ("text", "letters", "expected"),
    [
        ("خافت في ليالي الصيف", 13, "خافت في…"),  # «لي» would be another word.
        ("one two three", 13, "one two three"),
        ("one two three", 8, "one two…"),
        ("one  two\nthree", 12, "one two…"),
        ("a" * 30, 10, "a" * 9 + "…"),
        ("be " + "a" * 30, 10, "be aaaaaa…"),  # Next to nothing would be left.
    ],
)
def test_words_are_cut_between_two_of_them(text, letters, expected):
    assert words.shortened(text, letters) == expected
