"""Guides: pages of the site that administrators add, in both languages, and show to everybody or not yet."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils.translation import override

from archive.models import AuditEvent, DescriptionChange, Page

pytestmark = pytest.mark.django_db
WORDS = {
    "slug": "writing-notes", "title_ar": "كتابة الحواشي", "body_ar": "اختر **موضعًا**.", "title_en": "Writing notes",
    "body_en": "Choose a *place*.", "order": "2", "is_shown": "on",
}  # fmt: skip


@pytest.fixture
def desk(client, people):
    client.force_login(people["administrator"])
    return client


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


def add(desk, **words):
    sent = {name: value for name, value in (WORDS | words).items() if value is not None}
    return desk.post(reverse("site_page_new"), sent)


def test_a_guide_is_added_and_read_by_everybody_in_their_language(desk):
    answer = add(desk)

    assert answer.url == reverse("site_page", args=["writing-notes"])
    desk.logout()
    assert "<em>place</em>" in desk.get("/en/pages/writing-notes/").text
    assert "<strong>موضعًا</strong>" in desk.get("/ar/pages/writing-notes/").text
    assert "Writing notes" in desk.get("/en/pages/").text
    assert "كتابة الحواشي" in desk.get("/ar/pages/").text
    assert "/en/pages/writing-notes/" in desk.get("/sitemap-pages.xml").text
    assert AuditEvent.objects.filter(action="page.added").count() == 1


def test_a_preview_adds_nothing(desk):
    answer = add(desk, preview="1")

    assert "<em>place</em>" in answer.text
    assert not Page.objects.filter(slug="writing-notes").exists()


def test_a_guide_that_is_not_shown_is_seen_at_the_desk_alone(desk, client):
    add(desk, is_shown=None)

    assert "Writing notes" in desk.get(reverse("site_settings")).text
    client.logout()
    assert client.get("/en/pages/writing-notes/").status_code == 404
    assert "Writing notes" not in client.get("/en/pages/").text
    assert "writing-notes" not in client.get("/sitemap-pages.xml").text


def test_guides_stand_in_the_order_that_was_given_them(desk):
    add(desk)
    add(desk, slug="reading", title_en="Reading", order="1")

    page = desk.get("/en/pages/").text

    assert page.index("Reading") < page.index("Writing notes")


@pytest.mark.parametrize("slug", ["about", "new", "Writing Notes", "حاشية", ""])
def test_an_address_that_no_guide_can_have_is_refused_and_the_words_are_kept(desk, slug):
    answer = add(desk, slug=slug)

    assert answer.status_code == 422
    assert "Choose a *place*." in answer.text
    assert Page.objects.count() == 3


def test_an_address_that_is_taken_is_refused(desk):
    add(desk)

    answer = add(desk, title_en="Another")

    assert answer.status_code in (409, 422)
    assert "This address is taken" in answer.text
    assert Page.objects.get(slug="writing-notes").title_en == "Writing notes"


def test_a_guide_without_a_title_is_refused(desk):
    assert add(desk, title_ar="", title_en="").status_code == 422


def test_a_guide_is_changed_hidden_and_compared_with_what_it_said(desk):
    add(desk)
    page = Page.objects.get(slug="writing-notes")
    sent = {name: value for name, value in WORDS.items() if name not in ("slug", "is_shown")}

    desk.post(
        reverse("site_page", args=["writing-notes"]), sent | {"body_en": "Newer.", "version": page.version}
    )

    page.refresh_from_db()
    assert (page.body_en, page.is_shown, page.order) == ("Newer.", False, 2)
    assert DescriptionChange.objects.get(kind="page").was["body_en"] == "Choose a *place*."


def test_the_pages_that_every_site_has_cannot_be_hidden(desk):
    page = Page.objects.get(slug="about")

    desk.post(
        reverse("site_page", args=["about"]), {"title_ar": "عن", "title_en": "About", "version": page.version}
    )

    page.refresh_from_db()
    assert page.is_shown


def test_a_guide_that_is_sent_after_the_session_ended_gives_its_words_back(desk):
    desk.logout()
    words = "How passages are chosen, and what is kept while one types."

    answer = add(desk, body_en=words)

    assert answer.status_code == 403
    assert words in answer.text


@pytest.mark.parametrize("role", ["archivist", "editor", "member"])
def test_only_administrators_add_guides(client, people, role):
    client.force_login(people[role])

    assert add(client).status_code == 403
    assert Page.objects.count() == 3
