"""Dates of catalogues."""

import pytest

from archive.text.edtf import is_edtf


@pytest.mark.parametrize(
    "value",
    ["2016", "2016-07", "2016-07-17", "2016-07~", "2016?", "1931%", "19XX", "201X", "2016-XX", "1184/1950",
    "2016/..",
     "../2016", "2016/", "2016-21", "-0044", "Y17000", "2016-02-29", "[1916,1920]", "{1916..1920}",
     "2016-07-17T12:30:00Z"],
)  # fmt: skip
def test_dates_of_edtf_are_taken(value):
    assert is_edtf(value)


@pytest.mark.parametrize(
    "value",
    ["", "صيف 2016", "2016-13", "2016-00", "2016-02-30", "2015-02-29", "17/7/2016", "16", "2016-7", "/",
    "..", "2016-07-17-1",
     "[1916", "2016/2017/2018", "2016-21-05", "٢٠١٦"],
)  # fmt: skip
def test_other_dates_are_not(value):
    assert not is_edtf(value)
