"""Dates beside their own calendar: Hijri ones as exactly as the date is known, Julian days of before the reform."""

from __future__ import annotations

import random

import pytest
from django.utils.translation import override

from annotations.presenters.other_calendars import hijri_words, julian_words
from annotations.suggesting.calendars import hijri_edtf, hijri_of
from archive.text.edtf_spans import span_of


@pytest.mark.parametrize(
    ("value", "hijri", "julian"),
    [
        ("2016-07-17", "12 Shawwal 1437 AH", ""),
        # Before 1343 AH nobody knows which evening the moon was seen.
        ("1330-11-29", "about 8 Safar 731 AH", "21 November 1330"),
        ("2016-07", "Ramadan 1437–Shawwal 1437 AH", ""),
        ("1354", "754–755 AH", ""),
        ("1950~", "about 1369–1370 AH", ""),
        ("2016?", "perhaps 1437–1438 AH", ""),
        ("2016%", "perhaps about 1437–1438 AH", ""),
        ("1217/1285", "from 613–614 to 683–684 AH", ""),
        ("2016/..", "since 1437–1438 AH", ""),
        ("2016/", "from 1437–1438 AH, end unknown", ""),
        ("1300-01-01/1300-02-01", "from about 30 Rabi I 699 to about 2 Jumada I 699 AH", "from 25 December 1299 to 25 January 1300"),
        ("/1950", "until 1369–1370 AH, beginning unknown", ""),
        ("0600/0650", "until 29–30 AH", ""),
        ("0246~/0330~", "", ""),
        ("1066-10-20", "about 21 Dhu al-Qada 458 AH", "14 October 1066"),
        ("-0043-03-13", "", ""),
        ("9999", "", ""),
    ],
)  # fmt: skip
def test_a_date_in_other_calendars(value, hijri, julian):
    with override("en"):
        assert hijri_words(span_of(value)) == hijri
        assert julian_words(span_of(value)) == julian


def test_arabic_says_its_own_months():
    with override("ar"):
        assert hijri_words(span_of("2016-07-17")) == "12 شوّال 1437 هـ"


def test_days_go_there_and_back():
    drawn = random.Random(1)
    for number in [
        227_015,
        702_573,
        702_574,
        758_564,
        758_565,
        935_747,
        *(drawn.randint(227_015, 935_747) for _time in range(3000)),
    ]:
        day = hijri_of(number)
        edge = span_of(hijri_edtf(day.year, day.month, day.day)).start
        assert edge.first == edge.last == number
    assert hijri_of(227_014) is None
    assert hijri_of(935_748) is None
