"""Dates in texts: found where they stand, read as they are meant, and nothing else."""

from __future__ import annotations

import pytest

from annotations.suggesting import calendars
from annotations.suggesting.dates import NEAR, REACH, find_dates
from annotations.suggesting.types import Calendar, Reason
from archive.text.edtf import is_edtf
from tests.marked_dates import score, sentences


def read(text):
    return [(text[one.start : one.end], one.edtf) for one in find_dates(text)]


def only(text):
    (found,) = find_dates(text)
    return found


@pytest.mark.parametrize("held", [False, True])
def test_dates_marked_by_hand_are_found_and_hardly_anything_else(held):
    rows = [row for row in sentences() if row.held == held]

    found = score(rows)

    assert found.marked > 40
    assert found.precision >= 0.95
    assert found.recall >= 0.95


def test_the_set_is_large_varied_and_sound():
    rows = sentences()

    assert sum(row.language == "ar" for row in rows) >= 120
    assert sum(row.language == "en" for row in rows) >= 30
    assert sum(not row.dates for row in rows) >= 30
    assert all(is_edtf(date.edtf) for row in rows for date in row.dates)


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("في السّابعَ عشَرَ من تمّوز ٢٠١٦", "2016-07-17"),  # marks do not matter
        ("في 17 تمـوز 2016", "2016-07-17"),  # nor does a tatweel
        ("فجر الجمعة الثامن والعشرين من تشرين الأول 2016", "2016-10-28"),  # nor the day of the week
        ("في العشر الأول من أيار 1950", "1950-05"),  # the first ten days are no first day
        ("في ٣ آبٍ ٢٠١٢.", "2012-08-03"),
        ("في ١٧‏/٧‏/٢٠١٦", "2016-07-17"),  # nor marks of direction
    ],
)
def test_spelling_does_not_matter(text, edtf):
    assert [found for _words, found in read(text)] == [edtf]


def test_places_are_told_in_code_points_of_the_text():
    text = "كتبها في ٣ آبٍ سنةَ ٢٠١٢، ثم نسيها."

    found = only(text)

    assert text[found.start : found.end] == "٣ آبٍ سنةَ ٢٠١٢"


@pytest.mark.parametrize("month", ["كانون الثاني", "يناير", "جانفي", "January", "Jan."])
def test_months_have_the_names_of_every_region(month):
    assert only(f"في 5 {month} 1978").edtf == "1978-01-05"


def test_the_year_is_that_of_the_nearest_date_before_it_and_said_to_be_so():
    text = "في 3 نيسان 1948 جاؤوا. وفي عام 1950 عادوا. ثم خرجوا في 7 أيار."

    found = find_dates(text)[-1]

    assert (found.edtf, found.reasons, found.year_from) == ("1950-05-07", (Reason.YEAR_BEFORE,), "عام 1950")


def test_a_year_too_far_before_counts_no_more():
    near, far = "عام 1950 " + "كلمة " * 100, "عام 1950 " + "كلمة " * (REACH // 5 + 10)

    assert find_dates(near + "في 7 أيار")[-1].edtf == "1950-05-07"
    assert find_dates(far + "في 7 أيار")[-1].edtf == "XXXX-05-07"


def test_a_day_with_no_year_at_all_says_so_and_a_bare_month_is_nothing():
    found = only("حدث ذلك في العاشر من أيلول")

    assert (found.edtf, found.reasons) == ("XXXX-09-10", (Reason.YEAR_UNKNOWN,))
    assert not find_dates("حدث ذلك في أيلول")


def test_a_bare_month_is_that_of_a_year_nearby_or_of_every_year():
    far = "عام 1950 فاض النهر. " + "كلمة " * (NEAR // 5) + "ويفيض في أيار كل سنة."

    assert read("عام 1950 فاض النهر في أيار.") == [("عام 1950", "1950"), ("أيار", "1950-05")]
    assert read(far) == [("عام 1950", "1950")]


def test_a_year_without_an_era_is_read_in_the_calendar_that_is_nearer_to_the_date_before():
    assert [edtf for _words, edtf in read("سنة 605هـ، أو سنة 1207")] == ["1208/1209", "1207"]
    assert [edtf for _words, edtf in read("سنة 1290هـ، ثم سنة 1300")] == ["1873/1874", "1882/1883"]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("يوم الأربعاء تاسع صفر سنة إحدى وثلاثين وسبعمئة", [("تاسع صفر سنة إحدى وثلاثين وسبعمئة", "1330-11-30~")]),
        ("من سنة 582 إلى سنة 613هـ (1186–1216م)", [("582 إلى سنة 613هـ", "1186/1217"), ("1186–1216م", "1186/1216")]),
        ("(65–86هـ / 685–705م)", [("65–86هـ", "0684/0705")]),
        ("(ت 1951م)", [("1951م", "1951")]),
        ("على علوّ 1951م", []),
    ],
)  # fmt: skip
def test_years_are_read_as_historians_write_them(text, dates):
    assert read(text) == dates


def test_a_hijri_month_takes_no_gregorian_year():
    assert read("عام 1950 كان ذلك. وفي 5 رمضان صام.") == [("عام 1950", "1950")]


@pytest.mark.parametrize(
    ("text", "edtf", "reason"),
    [
        ("في 12 شوال 1437 هـ", "2016-07-17", Reason.HIJRI_KNOWN),
        ("في 25 ربيع الآخر 583 هـ", "1187-07-11~", Reason.HIJRI_TABULAR),
        ("سنة 605", "1208/1209", Reason.HIJRI_SUPPOSED),
    ],
)
def test_hijri_dates_are_intervals_of_days_and_say_how_sure_they_are(text, edtf, reason):
    found = only(text)

    assert (found.edtf, found.calendar) == (edtf, Calendar.HIJRI)
    assert reason in found.reasons


@pytest.mark.parametrize(
    "text",
    [
        "في 31 شباط 2016", "في 30 شباط 2016", "32/7/2016", "17/13/2016", "في 30 صفر 1300 هـ",
        "الإصدار 3.10.2016.4", "من 10:30 إلى 11:45", "عام الفيل", "سنة ونصف", "192.168.2016.1",
        "Version 2.10.1999.3", "It may rain; they march on.", "he was second", "in 1500 houses",
    ],
)  # fmt: skip
def test_what_is_no_date_is_not_suggested(text):
    assert not find_dates(text)


def test_months_and_years_of_the_tabular_calendar_are_whole():
    days = [sum(calendars.length(year, month) for month in range(1, 13)) for year in range(1, 31)]

    assert sum(days) == 10_631
    assert {year for year, length in enumerate(days, 1) if length == 355} == {
        2,
        5,
        7,
        10,
        13,
        16,
        18,
        21,
        24,
        26,
        29,
    }


def test_hijri_days_of_the_known_years_follow_each_other():
    for year in (1343, 1437, 1499):
        for month in range(1, 12):
            last = calendars.hijri_edtf(year, month, calendars.length(year, month))
            assert last < calendars.hijri_edtf(year, month + 1, 1)
            assert calendars.hijri_edtf(year, month).endswith(f"/{last}")
