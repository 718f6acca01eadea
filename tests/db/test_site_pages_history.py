"""The site's own pages: looked at before they are saved, and kept as they were before."""

from __future__ import annotations

import pytest
from django.urls import reverse

from archive.models import DescriptionChange, Page

pytestmark = pytest.mark.django_db
WORDS = {"title_ar": "عن الموقع", "body_ar": "نصّ **جديد**", "title_en": "About", "body_en": "New *words*"}


@pytest.fixture
def page(db):
    return Page.objects.get(slug="about")


@pytest.fixture
def desk(client, people):
    client.force_login(people["administrator"])
    return client


def save(desk, page, **words):
    page.refresh_from_db()
    address = reverse("site_page", args=[page.slug])
    return desk.post(address, WORDS | words | {"version": page.version})


def test_a_preview_shows_both_languages_and_saves_nothing(desk, page):
    answer = desk.post(
        reverse("site_page", args=["about"]), WORDS | {"version": page.version, "preview": "1"}
    )

    assert "<strong>جديد</strong>" in answer.text
    assert "<em>words</em>" in answer.text
    page.refresh_from_db()
    assert page.body_en != WORDS["body_en"]
    assert not DescriptionChange.objects.exists()


def test_what_it_said_before_is_kept_compared_and_brought_back(desk, page):
    first = page.body_en
    save(desk, page)
    save(desk, page, body_en="Newer words")

    kept = DescriptionChange.objects.filter(kind="page", item_id=page.pk).order_by("pk")
    assert [change.was["body_en"] for change in kept] == [first, "New *words*"]
    shown = desk.get(reverse("site_page", args=["about"]), {"before": kept[1].public_id}).text
    assert "New *words*" in shown
    assert "<ins>" in shown

    save(desk, page, body_en=kept[1].was["body_en"])
    page.refresh_from_db()
    assert page.body_en == "New *words*"
    assert kept.all().count() == 3


def test_saving_the_same_words_keeps_nothing(desk, page):
    save(desk, page, body_en="One\n\nTwo")
    save(desk, page, body_en="One\r\n\r\nTwo")

    assert DescriptionChange.objects.count() == 1


def test_a_language_may_stay_empty(desk, page):
    assert save(desk, page, title_ar="", body_ar="").status_code == 302
    page.refresh_from_db()
    assert (page.title_ar, page.title_en) == ("", "About")


def test_an_unknown_moment_shows_the_page_as_it_is(desk, page):
    answer = desk.get(reverse("site_page", args=["about"]), {"before": "x"})

    assert answer.status_code == 200
    assert "Nothing is saved yet" not in answer.text


@pytest.mark.parametrize("role", ["scholar", "archivist", "editor"])
def test_only_administrators_come_in(client, people, page, role):
    client.force_login(people[role])

    assert client.get(reverse("site_page", args=["about"])).status_code == 403
