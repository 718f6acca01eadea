"""The first and last day that a date can mean."""

from datetime import date

import pytest

from archive.text.edtf_bounds import bounds


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2016", date(2016, 1, 1), date(2016, 12, 31)),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29)),
        ("2016-07-17", date(2016, 7, 17), date(2016, 7, 17)),
        ("1172~/1216", date(1172, 1, 1), date(1216, 12, 31)),
        ("1208-07/1209-07", date(1208, 7, 1), date(1209, 7, 31)),
        ("2016/..", date(2016, 1, 1), None),
        ("../2016", None, date(2016, 12, 31)),
        ("198X", date(1980, 1, 1), date(1989, 12, 31)),
        ("2016-XX", date(2016, 1, 1), date(2016, 12, 31)),
        ("2016-1X", date(2016, 10, 1), date(2016, 12, 31)),
        ("2016-22", date(2016, 6, 1), date(2016, 8, 31)),
        ("[1916,1920]", date(1916, 1, 1), date(1920, 12, 31)),
        ("0246~/0330~", date(246, 1, 1), date(330, 12, 31)),
        ("-0300", None, None),
        ("Y-17000", None, None),
        ("soon", None, None),
        ("", None, None),
    ],
)
def test_bounds(value, first, last):
    assert bounds(value) == (first, last)
