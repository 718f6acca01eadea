"""The days that a date can mean, in any year, for drawing it."""

from datetime import date

import pytest

from archive.text.edtf_spans import date_of, day_number, span_of


def days(first, last):
    return date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal()


@pytest.mark.parametrize(
    ("value", "first", "last", "unit"),
    [
        ("1330-11-29", "1330-11-29", "1330-11-29", "day"),
        ("2016-02", "2016-02-01", "2016-02-29", "month"),
        ("2016", "2016-01-01", "2016-12-31", "year"),
        ("199X", "1990-01-01", "1999-12-31", "vague"),
        ("2016-1X", "2016-10-01", "2016-12-31", "vague"),
        ("1937-23", "1937-09-01", "1937-11-30", "part"),
        # A winter of the north and a summer of the south end in the next year.
        ("2016-24", "2016-12-01", "2017-02-28", "part"),
        ("2016-30", "2016-12-01", "2017-02-28", "part"),
        ("2016-26", "2016-06-01", "2016-08-31", "part"),
    ],
)
def test_a_date_means_these_days(value, first, last, unit):
    span = span_of(value)

    assert (span.start.first, span.start.last) == days(first, last)
    assert span.start is span.end
    assert span.start.unit == unit


def test_ends_of_intervals_carry_their_doubts_and_say_whether_they_are_open_or_unknown():
    assert [edge.doubt for edge in (span_of("1172~/1216").start, span_of("1172~/1216?").end)] == ["~", "?"]
    assert (span_of("2016/..").end, span_of("2016/..").unknown_end) == (None, False)
    assert (span_of("2016/").end, span_of("2016/").unknown_end) == (None, True)
    assert (span_of("/2016").start, span_of("/2016").unknown_start) == (None, True)
    assert (span_of("[1916,1920]").first, span_of("{1916..1920}").last) == days("1916-01-01", "1920-12-31")


@pytest.mark.parametrize(
    "value", ["", "soon", "2015-02-30", "2016-13", "1950/1940", "XXXX", "XXXX/2016", "٢٠١٦"]
)
def test_what_names_no_days_cannot_be_drawn(value):
    assert span_of(value) is None


def test_days_are_counted_before_and_after_the_years_that_python_has():
    assert day_number(0, 12, 31) == 0
    assert span_of("-0043-03-15").first == day_number(-43, 3, 15) < 0
    assert span_of("Y12000").last == day_number(12000, 12, 31)
    for number in (-(10**7), -146_097, -366, -1, 0, 1, 146_097, 730_000, 10**7):
        assert day_number(*date_of(number)) == number
    assert date_of(730_000) == tuple(date.fromordinal(730_000).timetuple()[:3])
