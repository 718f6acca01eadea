"""Tokens: how one gets them, what they open, how they end."""

from __future__ import annotations

import pytest
import time_machine
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils import timezone
from knox.models import AuthToken
from rest_framework.test import APIClient

from archive.actions.deactivate_account import deactivate_account
from archive.actions.make_reset_link import make_reset_link
from archive.api import throttles
from archive.models import AuditEvent, User

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"


def ask(client, **given):
    return client.post("/api/tokens/", given, format="json")


def test_token_is_got_by_address_and_password_and_opens_the_account(anybody, people):
    answer = ask(anybody, email="Scholar@example.org", password=PASSWORD)

    assert answer.status_code == 201
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {answer.json()['token']}")
    me = client.get("/api/me/").json()
    assert (me["email"], me["roles"]) == ("scholar@example.org", ["scholar"])


def test_wrong_password_and_unknown_account_get_the_same_answer(anybody, people):
    wrong = ask(anybody, email="scholar@example.org", password="not that one")
    unknown = ask(anybody, email="nobody@example.org", password="not that one")
    nothing = ask(anybody)

    assert wrong.status_code == unknown.status_code == nothing.status_code == 401
    assert wrong.content == unknown.content == nothing.content


def test_account_with_a_second_factor_needs_it_here_too(anybody, people):
    TOTP.activate(people["editor"], generate_totp_secret())
    codes = RecoveryCodes.activate(people["editor"]).get_unused_codes()

    without = ask(anybody, email="editor@example.org", password=PASSWORD)
    wrong = ask(anybody, email="editor@example.org", password=PASSWORD, code="000000")
    right = ask(anybody, email="editor@example.org", password=PASSWORD, code=codes[0])

    assert (without.status_code, wrong.status_code, right.status_code) == (401, 401, 201)


def test_tokens_are_listed_without_their_secret_and_ended(anybody, people, client_of):
    client = client_of(people["scholar"])
    secret = ask(anybody, email="scholar@example.org", password=PASSWORD).json()["token"]

    rows = client.get("/api/tokens/").json()
    assert secret not in str(rows)
    assert {row["id"] for row in rows} >= {secret[:15]}
    assert client.delete(f"/api/tokens/{secret[:15]}/").status_code == 204

    other = APIClient()
    other.credentials(HTTP_AUTHORIZATION=f"Token {secret}")
    assert other.get("/api/me/").status_code == 401


def test_nobody_ends_the_token_of_another(people, client_of):
    client_of(people["editor"])
    key = AuthToken.objects.get(user=people["editor"]).token_key

    assert client_of(people["scholar"]).delete(f"/api/tokens/{key}/").status_code == 404
    assert AuthToken.objects.filter(token_key=key).exists()


def test_expired_token_and_token_of_a_closed_account_open_nothing(people, client_of):
    scholar, editor = client_of(people["scholar"]), client_of(people["editor"])
    AuthToken.objects.filter(user=people["scholar"]).update(expiry=timezone.now())
    deactivate_account(user_id=people["editor"].pk, by=people["administrator"])

    assert scholar.get("/api/works/").status_code == 401
    assert editor.get("/api/works/").status_code == 401


@pytest.mark.parametrize("header", ["Token", "Token a b", "Token nonsense", "Token \u00e9", "token zz"])
def test_broken_token_is_refused_even_where_reading_is_free(header, people):
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=header)

    assert client.get("/api/works/").status_code == 401


def test_attempts_on_one_account_are_counted(anybody, people, monkeypatch):
    monkeypatch.setattr(throttles.SignInOf, "rate", "3/min")

    with time_machine.travel("2026-07-17 10:00", tick=False):
        statuses = [
            ask(anybody, email="scholar@example.org", password="guess").status_code for _n in range(4)
        ]

    assert statuses == [401, 401, 401, 429]


def test_token_makes_no_other_token(people, client_of):
    client = client_of(people["scholar"])

    answer = ask(client, days=366)

    assert (answer.status_code, answer.json()["code"]) == (403, "token_by_token")
    assert AuthToken.objects.count() == 1
    assert ask(client, email="scholar@example.org", password=PASSWORD).status_code == 201


def test_session_makes_a_token(people, client):
    client.force_login(people["scholar"])

    assert client.post("/api/tokens/", {"days": 1}, content_type="application/json").status_code == 201


def test_tokens_end_when_the_password_is_changed(people, client_of, client):
    scholar, editor = client_of(people["scholar"]), client_of(people["editor"])
    client.force_login(people["scholar"])

    client.post(
        "/en/account/password/change/",
        {"oldpassword": PASSWORD, "password1": "a new long sentence", "password2": "a new long sentence"},
    )

    assert scholar.get("/api/me/").status_code == 401
    assert editor.get("/api/me/").status_code == 200


def test_tokens_end_when_a_link_of_an_administrator_sets_the_password(people, client_of, client):
    scholar = client_of(people["scholar"])
    page = client.get(make_reset_link(user=people["scholar"], by=people["administrator"]), follow=True)

    client.post(
        page.request["PATH_INFO"], {"password1": "a new long sentence", "password2": "a new long sentence"}
    )

    assert User.objects.get(pk=people["scholar"].pk).check_password("a new long sentence")
    assert scholar.get("/api/me/").status_code == 401


def test_making_and_ending_tokens_is_recorded(people, client_of):
    client = client_of(people["scholar"])
    key = AuthToken.objects.get(user=people["scholar"]).token_key
    client.delete(f"/api/tokens/{key}/")

    actions = list(AuditEvent.objects.filter(target_kind="user").values_list("action", flat=True))
    assert actions == ["token.made", "token.revoked"]


def test_anonymous_has_no_account_to_read(anybody):
    assert anybody.get("/api/me/").status_code == 401
    assert anybody.get("/api/tokens/").status_code == 401
