"""What the desk's front page tells a person, and how they put it away."""

from __future__ import annotations

import pytest
from django.test import Client

from archive.actions.notify import notify
from archive.actions.read_notices import read_notices
from archive.models import Notice, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def scholar(people: dict[str, User]) -> Client:
    client = Client()
    client.force_login(people["scholar"])
    return client


def _told(user: User, count: int = 1, **params: int) -> list[Notice]:
    said = {"accepted": 1, "returned": 0, "declined": 0} | params
    return [
        notify("notes_decided", user=user, url=f"/ar/desk/notes/?submission={number}", **said)
        for number in range(count)
    ]


def _seen(page: str) -> list[str]:
    return [part.split('"')[0] for part in page.split('name="seen" value="')[1:]]


def test_news_that_were_read_go_away_and_older_ones_follow(scholar, people):
    _told(people["scholar"], 12)
    first = scholar.get("/en/desk/").content.decode()
    assert (len(_seen(first)), "2 older ones follow" in first) == (10, True)

    scholar.post("/en/desk/news/read/", {"seen": _seen(first)})

    second = scholar.get("/en/desk/").content.decode()
    assert (len(_seen(second)), "follow when you have read" in second) == (2, False)
    assert Notice.objects.filter(user=people["scholar"], read_at=None).count() == 2


def test_news_of_somebody_else_stay_unread(people):
    (notice,) = _told(people["editor"])

    assert read_notices(seen=[notice.as_read], by=people["scholar"]) == 0

    notice.refresh_from_db()
    assert notice.read_at is None


def test_news_that_counted_up_since_stay_unread(people):
    (notice,) = _told(people["scholar"])
    seen = notice.as_read
    notice.params = notice.params | {"returned": 1}
    notice.save()

    assert read_notices(seen=[seen], by=people["scholar"]) == 0


def test_news_say_what_happened_and_lead_to_the_page_in_this_language(scholar, people):
    _told(people["scholar"], accepted=2, declined=1)

    page = scholar.get("/en/desk/").content.decode()

    assert "Your notes were read: 2 accepted · 1 declined" in page
    assert 'href="/en/desk/notes/?submission=0"' in page


def test_account_pages_are_one_click_from_every_page(scholar):
    assert 'href="/en/account/email/"' in scholar.get("/en/account-corner/").content.decode()


def test_a_desk_says_whose_it_is_and_lets_them_out_without_a_script(scholar, people):
    page = scholar.get("/en/desk/").content.decode()

    assert people["scholar"].display_name in page.split("</header>")[0]
    assert 'action="/en/account/logout/"' in page
    assert ">Sign in<" not in page
