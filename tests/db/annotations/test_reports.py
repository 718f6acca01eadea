"""Readers report what is public, without an account; reviewers answer, and nobody learns who it was."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from django.core.cache import cache

from annotations.models import Report
from archive.enums import Access, RoleCode
from archive.models import AuditDetail, AuditEvent
from tests.factories_editions import Desk, make_desk, make_work

pytestmark = pytest.mark.django_db

PAGE = "/en/editions/mill-edition/1/"


@pytest.fixture
def desk(people) -> Desk:
    desk = make_desk(people)
    desk.release()
    return desk


def _about(desk: Desk, note: str = "masons") -> str:
    return f"http://localhost:8000/editions/mill-edition/1/annotations/{desk.notes[note].public_id}"


def _send(client, about: str, **more: str):
    return client.post("/en/report/", {"about": about, "reason": "wrong", "words": "It was 1891.", **more})


def test_note_is_reported_by_one_press_and_the_answer_is_read_where_the_reader_was_led(desk, client, people):
    html = client.get(PAGE).content.decode()
    link = re.search(rf'href="(/en/report/\?about=[^"]*{desk.notes["masons"].public_id})"', html)[1]
    form = client.get(unquote(link)).content.decode()
    assert "الحجّارون" in form
    assert "Note 1" in form
    assert f'value="{_about(desk)}"' in form

    sent = _send(client, _about(desk))
    waiting = client.get(sent.url).content.decode()
    assert sent.status_code == 302
    assert "Waits for a reviewer" in waiting
    assert "1891" not in waiting

    client.force_login(people["reviewer"])
    queue = client.get("/en/desk/review/reports/").content.decode()
    row = Report.objects.get()
    assert "«الحجّارون»" in queue
    assert (row.annotation, row.reason) == (desk.notes["masons"], "wrong")
    url = f"/en/desk/review/reports/{row.public_id}/"
    assert client.post(url, {"outcome": "mended", "answer": " ", "version": row.version}).status_code == 422
    assert (
        client.post(
            url, {"outcome": "will_be", "answer": "You are right.", "version": row.version}
        ).status_code
        == 302
    )
    assert client.post(url, {"outcome": "kept", "answer": "No.", "version": row.version}).status_code == 412
    assert "«الحجّارون»" not in client.get("/en/desk/review/reports/").content.decode()
    assert "«الحجّارون»" in client.get("/en/desk/review/reports/?show=closed").content.decode()

    client.logout()
    told = client.get(sent.url).content.decode()
    assert "You are right." in told
    assert people["reviewer"].display_name not in told


def test_nothing_is_kept_of_the_reader(desk, client, people):
    client.force_login(people["member"])
    _send(client, _about(desk))

    row = Report.objects.get()
    assert row.answered_by is None
    assert row.created_at
    event = AuditEvent.objects.filter(action="report.received").get()
    told = f"{vars(event)} {vars(row)} {list(AuditDetail.objects.values())}"
    assert not {"127.0.0.1", people["member"].public_id, people["member"].email} & set(
        re.split(r"['\"\s,]", told)
    )
    assert "1891" not in str(vars(event))


def test_author_of_a_note_who_reviews_neither_sees_nor_answers_what_is_reported_of_it(desk, client, people):
    scholar = people["scholar"]
    scholar.roles.add(people["reviewer"].roles.get(code=RoleCode.REVIEWER))
    _send(client, _about(desk))
    row = Report.objects.get()

    client.force_login(scholar)

    assert client.get("/en/desk/review/reports/").context["counts"] == {"open": 0, "closed": 0}
    assert client.get(f"/en/desk/review/reports/{row.public_id}/").status_code == 404
    client.force_login(people["editor"])
    assert client.get("/en/desk/review/reports/").status_code == 403


def test_hidden_and_unknown_things_are_answered_alike_and_make_no_report(desk, client):
    make_work("secret", access=Access.DRAFT)
    about = "http://localhost:8000/en/works/{}/"

    hidden, unknown = (_send(client, about.format(slug)) for slug in ("secret", "nothing"))

    assert hidden.status_code == unknown.status_code == 422
    token = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')
    assert token.sub("", hidden.content.decode()).replace("secret", "nothing") == token.sub(
        "", unknown.content.decode()
    )
    for odd in ("", "x" * 600, "javascript:alert(1)", "http://elsewhere.example/en/works/mill/", "http://["):
        assert _send(client, odd).status_code == 422
    assert not Report.objects.exists()


def test_passages_works_and_pictures_are_reported_too_and_other_reasons_need_words(desk, client, people):
    for about in (
        PAGE + "?at=0-5",
        "/en/works/mill/?at=0-5",
        "/en/works/mill/",
        f"/en/images/{desk.image.public_id}/",
    ):
        assert _send(client, f"http://localhost:8000{about}").status_code == 302, about
        assert f"{about.partition('?')[0]}"[3:] in Report.objects.first().address
    assert _send(client, _about(desk), reason="other", words="").status_code == 422

    client.force_login(people["reviewer"])
    assert client.get("/en/desk/review/reports/").context["counts"]["open"] == 4
    desk.work.access = Access.DRAFT
    desk.work.save()
    assert client.get("/en/desk/review/reports/").context["counts"]["open"] == 1


def test_one_desk_is_the_current_one_also_below_anothers_address(client, people):
    client.force_login(people["reviewer"])

    html = client.get("/en/desk/review/reports/").content.decode()

    current = re.findall(r'class="desk-nav__link" href="([^"]*)" aria-current="page"', html)
    assert current == ["/en/desk/review/reports/"]


def test_somebody_who_reports_too_often_is_told_to_wait(desk, client, settings):
    from allauth.account import app_settings

    settings.ACCOUNT_RATE_LIMITS = {"public_report": "2/h/ip"}
    cache.clear()
    assert app_settings.RATE_LIMITS["public_report"] == "2/h/ip"

    answers = [_send(client, _about(desk)).status_code for _again in range(3)]

    assert answers == [302, 302, 429]
    cache.clear()


def _browser(client, about: str) -> None:
    """Read the form as a browser does, which then has the site's cookie."""
    client.get(f"/en/report/?about={about}")
    assert client.cookies


def test_the_same_words_on_the_same_thing_from_one_browser_are_one_report(desk, client):
    _browser(client, _about(desk))
    first = _send(client, _about(desk))
    _browser(client, _about(desk))

    again = _send(client, _about(desk))

    assert again.url == first.url
    assert Report.objects.count() == 1
    assert AuditEvent.objects.filter(action="report.received").count() == 1


def test_other_words_another_thing_and_another_browser_are_other_reports(desk, client):
    _browser(client, _about(desk))
    _send(client, _about(desk))

    _send(client, _about(desk), words="It was 1892.")
    _send(client, _about(desk), reason="rights")
    _send(client, f"http://localhost:8000{PAGE}?at=0-5")
    client.cookies.clear()
    _browser(client, _about(desk))
    _send(client, _about(desk))

    assert Report.objects.count() == 5


def test_what_was_answered_can_be_reported_again(desk, client):
    _browser(client, _about(desk))
    first = _send(client, _about(desk))
    Report.objects.update(outcome="mended", answer="Mended.")

    again = _send(client, _about(desk))

    assert again.url != first.url
    assert Report.objects.filter(outcome="").count() == 1
