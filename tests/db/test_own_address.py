"""The address with which one signs in: changed by a mail's link or an administrator, recorded, and telling of nobody else."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import NoReverseMatch, reverse

from archive.actions.change_address import change_address
from archive.errors import Invalid
from archive.models import AuditEvent, User

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"
PAGE = "/en/account/email/"


@pytest.fixture
def sends_mail(settings):
    settings.SENDS_MAIL = True


@pytest.fixture
def scholar(client, people):
    client.force_login(people["scholar"])
    return client


def ask(client, email, password=PASSWORD):
    return client.post(PAGE, {"email": email, "password": password}, follow=True)


def link_in(message) -> str:
    return re.search(r"/(?:ar|en)/account/email/\S+", message.body).group()


def test_address_is_changed_by_opening_the_link_that_was_sent_to_it(scholar, people, sends_mail):
    ask(scholar, "New@Example.org")
    (message,) = mail.outbox
    assert message.to == ["new@example.org"]
    assert User.objects.get(pk=people["scholar"].pk).email == "scholar@example.org"

    page = scholar.get(link_in(message))
    assert User.objects.get(pk=people["scholar"].pk).email == "scholar@example.org"
    scholar.post(link_in(message))

    assert "new@example.org" in page.content.decode()
    assert [told.to for told in mail.outbox[1:]] == [["scholar@example.org"]]
    assert User.objects.get(pk=people["scholar"].pk).email == "new@example.org"
    assert EmailAddress.objects.get(user=people["scholar"]).email == "new@example.org"
    events = AuditEvent.objects.filter(target_id=people["scholar"].public_id, actor_id=people["scholar"].pk)
    assert list(events.order_by("sequence").values_list("action", flat=True)) == [
        "person.address_asked", "person.address_changed",
    ]  # fmt: skip
    assert scholar.get(link_in(message)).status_code == 404


def test_one_signs_in_with_the_new_address_and_no_longer_with_the_old(client, scholar, sends_mail):
    ask(scholar, "new@example.org")
    scholar.post(link_in(mail.outbox[0]))
    client.logout()

    old = client.post("/en/account/login/", {"login": "scholar@example.org", "password": PASSWORD})
    new = client.post("/en/account/login/", {"login": "new@example.org", "password": PASSWORD})

    assert (old.status_code, new.status_code) == (200, 302)


def test_wrong_password_changes_and_sends_nothing(scholar, sends_mail):
    answer = ask(scholar, "new@example.org", password="not that one")

    assert "This is not your password" in answer.content.decode()
    assert not mail.outbox


def test_page_answers_alike_whether_another_account_has_the_address(scholar, people, sends_mail):
    free, taken = ask(scholar, "free@example.org"), ask(scholar, "editor@example.org")

    assert plain(taken) == plain(free)
    assert [message.to for message in mail.outbox] == [["free@example.org"], ["editor@example.org"]]
    assert "/account/email/" not in mail.outbox[1].body


def plain(answer) -> str:
    return re.sub(r'(name="csrfmiddlewaretoken" value|nonce)="[^"]+"', "", answer.content.decode())


def test_link_opens_nothing_once_another_account_has_the_address(scholar, people, sends_mail):
    ask(scholar, "new@example.org")
    User.objects.filter(pk=people["editor"].pk).update(email="new@example.org")

    assert scholar.post(link_in(mail.outbox[0])).status_code == 404
    assert User.objects.get(pk=people["scholar"].pk).email == "scholar@example.org"


def test_link_opens_nothing_for_another_account(client, scholar, people, sends_mail):
    ask(scholar, "new@example.org")
    client.force_login(people["editor"])

    assert client.post(link_in(mail.outbox[0])).status_code == 404


def test_link_is_good_for_a_day(scholar, sends_mail):
    ask(scholar, "new@example.org")

    with time_machine.travel(datetime.now(UTC) + timedelta(hours=25)):
        assert scholar.get(link_in(mail.outbox[0])).status_code == 404


def test_site_without_mail_sends_to_an_administrator_and_takes_no_address(scholar, people):
    page = scholar.get(PAGE).content.decode()
    answer = ask(scholar, "new@example.org")

    assert "Ask an administrator" in page
    assert answer.status_code == 403
    assert not EmailAddress.objects.filter(email="new@example.org").exists()


def test_administrator_changes_an_address_with_their_own_password(client, people):
    client.force_login(people["administrator"])
    path = reverse("person_address", args=[people["scholar"].public_id])

    refused = client.post(path, {"email": "new@example.org", "password": "not that one"})
    taken = client.post(path, {"email": "Editor@example.org", "password": PASSWORD})
    assert (refused.status_code, taken.status_code) == (200, 200)
    assert User.objects.get(pk=people["scholar"].pk).email == "scholar@example.org"
    done = client.post(path, {"email": "New@example.org", "password": PASSWORD})

    assert done.status_code == 302
    assert User.objects.get(pk=people["scholar"].pk).email == "new@example.org"
    assert AuditEvent.objects.get(action="person.address_changed").actor_id == people["administrator"].pk


def test_address_taken_at_the_same_moment_is_refused_in_words(people, monkeypatch):
    monkeypatch.setattr("archive.actions.change_address._is_taken", lambda wanted, of: False)

    with pytest.raises(Invalid, match="account_exists"):
        change_address(
            user_id=people["scholar"].pk, email="editor@example.org", password=PASSWORD,
            by=people["administrator"],
        )  # fmt: skip

    assert User.objects.get(pk=people["scholar"].pk).email == "scholar@example.org"


@pytest.mark.parametrize("role", ["scholar", "editor", "archivist", "reviewer"])
def test_nobody_else_changes_the_address_of_another(client, people, role):
    client.force_login(people[role])
    path = reverse("person_address", args=[people["member"].public_id])

    answer = client.post(path, {"email": "new@example.org", "password": PASSWORD})

    assert answer.status_code == 403
    assert User.objects.get(pk=people["member"].pk).email == "member@example.org"


def test_reserved_address_goes_to_the_account_that_it_is_given_to(client, people):
    EmailAddress.objects.create(user=people["member"], email="new@example.org", verified=False)
    client.force_login(people["administrator"])

    client.post(
        reverse("person_address", args=[people["scholar"].public_id]),
        {"email": "new@example.org", "password": PASSWORD},
    )

    assert EmailAddress.objects.get(email="new@example.org").user == people["scholar"]


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("mailing", [True, False])
def test_page_stands_in_both_languages(scholar, settings, language, mailing):
    settings.SENDS_MAIL = mailing

    assert scholar.get(f"/{language}/account/email/").status_code == 200


@pytest.mark.parametrize("mailing", [True, False])
def test_sign_up_opens_only_on_a_site_that_sends_mail(client, people, settings, mailing):
    settings.SIGNUP, settings.SENDS_MAIL = "open", mailing
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory" if mailing else "none"

    words = {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}
    client.post("/en/account/signup/", words)

    assert User.objects.filter(email="new@example.org").exists() is mailing
    login = client.get("/en/account/login/").content.decode()
    assert ("open one" in login) is mailing


@pytest.mark.parametrize("name", ["account_confirm_login_code", "account_request_login_code"])
def test_views_that_the_site_does_not_need_have_no_address(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)
