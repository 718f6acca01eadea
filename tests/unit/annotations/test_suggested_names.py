"""Known names in texts: by every variant, behind what Arabic writes before a word, and no word that is none."""

from __future__ import annotations

from annotations.suggesting.names import NameFinder


def found(text, *names):
    finder = NameFinder([(name, number) for number, name in enumerate(names, 1)])
    return [(text[one.start : one.end], one.terms) for one in finder(text)]


def test_a_name_is_met_behind_prefixes_and_in_any_spelling():
    assert [words for words, _terms in found("من حلبَ إلى بحلب ولحلب ثم حلبي", "حلب")] == [
        "حلبَ",
        "بحلب",
        "ولحلب",
    ]


def test_a_name_keeps_its_article_and_is_given_none():
    assert [words for words, _terms in found("الحسن وحسن وللحسن وبالحسن", "الحسن")] == [
        "الحسن",
        "وللحسن",
        "وبالحسن",
    ]
    assert [words for words, _terms in found("الحسن وحسن", "حسن")] == ["وحسن"]


def test_the_longer_name_wins():
    assert found("في وادي الريحان", "وادي", "وادي الريحان") == [("وادي الريحان", (2,))]


def test_one_name_of_several_terms_has_all_of_them():
    assert found("جاء سعيد", "سعيد", "سَعِيد") == [("سعيد", (1, 2))]


def test_short_words_numbers_and_words_of_every_sentence_are_no_names():
    assert not found("على من في 2016 ثم قم", "علي", "من", "في", "2016", "ثم", "قم")


def test_english_names_are_whole_words():
    assert found("The mill and millers at The Mill.", "The mill") == [("The mill", (1,)), ("The Mill", (1,))]
