"""Addresses made of titles."""

import pytest

from archive.presenters.slugs import slug_of


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("The Road to the Water: the Haylan Canal", "the-road-to-the-water-the-haylan-canal"),
        ("Café à la crème", "cafe-a-la-creme"),
        ("الجسرُ القديم", "al-jsr-al-qdym"),
        ("قال ابنُ خلدون", "qal-abn-khldwn"),
        ("Ὀδύσσεια", "odysseia"),
        ("שלום עולם", "shlvm-avlm"),
        ("Война и мир", "voyna-i-mir"),
        ("日本", ""),
        ("", ""),
        ("ﻻ إله", "la-ilh"),
    ],
)
def test_titles_become_plain_words(title, slug):
    assert slug_of(title) == slug


def test_long_titles_are_cut_between_words():
    slug = slug_of("word " * 50)

    assert len(slug) <= 60
    assert slug.endswith("word")
