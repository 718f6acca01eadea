"""Dates of EDTF as a reader meets them, in both languages of the interface."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from archive.presenters.edtf_words import edtf_words
from archive.text.edtf import is_edtf

SAID = [
    ("2016", "2016", "2016"),
    ("0246", "246", "246"),
    ("-0043", "44 BC", "44 ق.م"),
    ("0000", "1 BC", "1 ق.م"),
    ("Y12345", "12345", "12345"),
    ("2016-07", "July 2016", "تموز 2016"),
    ("2016-07-17", "17 July 2016", "17 تموز 2016"),
    ("1921-01-04", "4 January 1921", "4 كانون الثاني 1921"),
    ("2016-07?", "perhaps July 2016", "ربما تموز 2016"),
    ("1950~", "about 1950", "نحو 1950"),
    ("1950%", "perhaps about 1950", "ربما نحو 1950"),
    ("2016-21", "spring 2016", "ربيع 2016"),
    ("2016-34", "second quarter of 2016", "الربع الثاني من 2016"),
    ("1184/1950", "from 1184 to 1950", "من 1184 إلى 1950"),
    ("1715~/1768", "from about 1715 to 1768", "من نحو 1715 إلى 1768"),
    ("1208-07/1209-07", "from July 1208 to July 1209", "من تموز 1208 إلى تموز 1209"),
    ("2016/..", "since 2016", "منذ 2016"),
    ("../2016", "until 2016", "حتى 2016"),
    ("1184/", "from 1184, end unknown", "من 1184، ونهايته مجهولة"),
    ("/1950", "until 1950, beginning unknown", "حتى 1950، وبدايته مجهولة"),
    ("19XX", "some year from 1900 to 1999", "سنة ما بين 1900 و1999"),
    ("XXXX", "year unknown", "سنة مجهولة"),
    ("2016-XX", "some month of 2016", "شهر ما من 2016"),
    ("2016-07-XX", "some day of July 2016", "يوم ما من تموز 2016"),
    ("2016-XX-XX", "some day of 2016", "يوم ما من 2016"),
    ("156X-12-25", "25 December, some year from 1560 to 1569", "25 كانون الأول، سنة ما بين 1560 و1569"),
    ("[1916,1920]", "1916 or 1920", "1916 أو 1920"),
    ("{1916,1918,1920}", "1916 and 1918 and 1920", "1916 و1918 و1920"),
    ("[..1920]", "until 1920", "حتى 1920"),
    ("[1916..1920]", "from 1916 to 1920", "من 1916 إلى 1920"),
    ("2016-07-17T12:30Z", "17 July 2016, \u206612:30 UTC\u2069", "17 تموز 2016، \u206612:30 UTC\u2069"),
]


@pytest.mark.parametrize(("value", "english", "arabic"), SAID)
def test_a_date_is_said_in_the_language_of_the_interface(value, english, arabic):
    assert is_edtf(value)

    with override("en"):
        assert edtf_words(value) == english
    with override("ar"):
        assert edtf_words(value) == arabic


@pytest.mark.parametrize("value", ["", "in the year of the flood", "2016-13", "2016-02-30"])
def test_what_is_no_date_stays_as_it_was_written(value):
    assert edtf_words(value) == value
