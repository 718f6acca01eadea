"""Times as people say them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.template import Context, Template
from django.utils import timezone
from django.utils.translation import override

from archive.presenters.moments import MONTHS, ago_words, day_words, moment_words, month_name

LEVANTINE = [
    "كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول", "تشرين الأول",
    "تشرين الثاني", "كانون الأول",
]  # fmt: skip


@pytest.mark.parametrize("month", range(1, 13))
def test_arabic_months_are_levantine_also_where_django_writes_them(month):
    day = date(2026, month, 5)

    with override("ar"):
        said = month_name(month)
        by_django = Template('{{ day|date:"F" }}').render(Context({"day": day}))

    assert said == by_django == LEVANTINE[month - 1]
    assert len(MONTHS) == 12


def test_a_moment_is_said_in_the_site_s_time_zone(settings):
    settings.TIME_ZONE = "Asia/Damascus"
    with timezone.override("Asia/Damascus"):
        late = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)
        with override("ar"):
            assert moment_words(late) == "23 تشرين الثاني 2026، 01:30"
            assert day_words(late) == "23 تشرين الثاني 2026"
        with override("en"):
            assert moment_words(late) == "23 November 2026, 01:30"


def test_a_recent_time_is_told_by_its_distance_and_an_old_one_by_its_date():
    now = timezone.now()
    with override("ar"):
        assert ago_words(now) == "الآن"
        assert ago_words(now - timedelta(hours=2, minutes=1)).startswith("قبل ")
        assert ago_words(now - timedelta(days=9)) == moment_words(now - timedelta(days=9))
    with override("en"):
        assert ago_words(now - timedelta(hours=3, minutes=1)) == "3\xa0hours ago"


@pytest.mark.parametrize("filter_name", ["moment", "day", "ago", "edtf"])
def test_every_template_knows_the_filters_and_says_nothing_of_nothing(filter_name):
    assert Template("{{ nothing|" + filter_name + " }}").render(Context({"nothing": ""})) == ""
