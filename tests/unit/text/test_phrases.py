"""Names met in texts: any spelling, what is written onto them, several words, parts of them."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.phrases import Finder, Spelling, phrases_of


def found(text, *names, spelling=Spelling.PREFIXES, parts=False):
    return [text[one.start : one.end] for one in Finder(phrases_of(names, spelling, parts=parts))(text)]


@pytest.mark.parametrize(
    "dressed",
    ["حلب", "حَلَب", "حـلب", "وحلب", "بحلب", "لحلب", "كحلب", "فحلب", "وبحلب"],
)
def test_a_name_is_met_with_marks_and_what_is_written_before_it(dressed):
    assert found(f"جاء من {dressed} أمس", "حلب") == [dressed]


def test_the_article_is_written_before_a_word_and_never_twice():
    text = "الطاحونة وطاحونة وبالطاحونة وللطاحونة والطاحونة"

    assert found(text, "الطاحونة") == text.split()
    assert found(text, "طاحونة") == text.split()
    assert found("الالطاحونة", "الطاحونة") == []


def test_the_same_words_alone_are_met_when_that_is_asked_for():
    text = "أحمد واحمد وأحمد إحمد"

    assert found(text, "احمد", spelling=Spelling.SAME) == ["أحمد", "إحمد"]
    assert found(text, "احمد") == ["أحمد", "واحمد", "وأحمد", "إحمد"]


def test_endings_are_understood_when_they_are_asked_for():
    text = "كتاب وكتابه وكتابها"

    assert found(text, "كتاب") == ["كتاب"]
    assert found(text, "كتاب", spelling=Spelling.ENDINGS) == ["كتاب", "وكتابه", "وكتابها"]


def test_all_words_of_a_name_follow_each_other():
    text = "سيف الدولة هنا، وسيف بلا دولة، وبسيف الدولة، سيف\nالدولة"

    assert found(text, "سيف الدولة") == ["سيف الدولة", "وبسيف الدولة", "سيف\nالدولة"]


def test_parts_of_a_name_are_marked_as_such_and_the_whole_wins():
    text = "خير الدين الأسدي ثم الأسدي وحده"
    find = Finder(phrases_of(["خير الدين الأسدي"], Spelling.PREFIXES, parts=True))

    assert [(text[one.start : one.end], one.is_part) for one in find(text)] == [
        ("خير الدين الأسدي", False),
        ("الأسدي", True),
    ]


def test_english_names_are_met_whatever_their_case():
    assert found("The BRIDGE of Stone, a bridge of stone", "bridge of stone") == [
        "BRIDGE of Stone",
        "bridge of stone",
    ]


def test_nothing_is_met_for_nothing():
    assert found("كلمة", "", "،.", " ") == []


@given(st.text(alphabet="حلبوا َّـ ،\n", max_size=60))
def test_what_is_met_is_in_order_apart_and_holds_whole_letters(text):
    spans = [(one.start, one.end) for one in Finder(phrases_of(["حلب", "با"], Spelling.ENDINGS))(text)]

    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(spans))
