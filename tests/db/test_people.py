"""An administrator's day: inviting, giving roles, letting people leave; and the ways in without mail."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.utils import is_mfa_enabled
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from archive.actions.accept_invitation import accept_invitation, invitation_of
from archive.actions.change_account import change_account, state_of
from archive.actions.deactivate_account import deactivate_account, reactivate_account
from archive.actions.invite import invite
from archive.actions.make_group import group_state, make_group
from archive.actions.remove_second_factor import remove_second_factor
from archive.actions.withdraw_invitation import withdraw_invitation
from archive.errors import Conflict, Invalid, NotAllowed, NotVisible
from archive.forms.people import SiteForm
from archive.models import AuditEvent, Invitation, User
from tests.factories_editions import make_image

pytestmark = pytest.mark.django_db


def test_invited_person_opens_an_account_with_the_promised_roles_once(client, people):
    client.force_login(people["administrator"])
    page = client.post("/ar/desk/people/invite/", {"email": "New@Example.org", "roles": ["scholar"]})
    path = re.search(r"/ar/join/[\w-]+/", page.content.decode()).group()
    client.logout()

    client.get(path)
    answer = client.post(path, {"display_name": "ليلى", "password": "عبارة طويلة لا تُنسى"})

    user = User.objects.get(email="new@example.org")
    assert answer.status_code == 302
    assert user.role_codes == {"scholar"}
    client.logout()
    assert client.get(path).status_code == 404


def test_an_address_invited_again_has_one_link_that_opens(client, people):
    (_first, old), (second, new) = (
        invite(email="new@example.org", roles=[role], by=people["administrator"])
        for role in ("editor", "scholar")
    )

    assert client.get(reverse("join", args=[old])).status_code == 404
    assert invitation_of(new) == second
    client.force_login(people["administrator"])
    assert client.get(reverse("people")).content.decode().count('<span class="ltr">new@example.org') == 1


@pytest.mark.parametrize(
    ("language", "said"), [("ar", "هذا الرابط لم يعد يفتح شيئًا"), ("en", "This link opens nothing any more")]
)
def test_a_used_link_and_an_invented_one_say_the_same(client, people, language, said):
    _invitation, secret = invite(email="new@example.org", roles=[], by=people["administrator"])
    accept_invitation(secret=secret, display_name="N", password="a long sentence")

    with translation.override(language):
        used, invented = (client.get(reverse("join", args=[each])) for each in (secret, "x" * len(secret)))

    assert (used.status_code, invented.status_code) == (404, 404)
    assert said in used.content.decode()
    assert used.content.decode().replace(secret, "") == invented.content.decode().replace(
        "x" * len(secret), ""
    )


def test_secret_of_an_invitation_is_kept_nowhere(client, people):
    client.force_login(people["administrator"])
    page = client.post("/en/desk/people/invite/", {"email": "new@example.org", "roles": []}).content.decode()
    secret = re.search(r"/join/([\w-]+)/", page).group(1)

    assert secret not in str(Invitation.objects.values().get())


@pytest.mark.parametrize("role", ["scholar", "reviewer", "editor", "archivist", "member"])
@pytest.mark.parametrize(
    "path", ["/en/desk/people/", "/en/desk/people/invite/", "/en/desk/groups/new/", "/en/desk/site/"]
)
def test_only_administrators_open_the_people_desk(client, people, role, path):
    client.force_login(people[role])

    assert client.get(path).status_code == 403


def test_the_last_administrator_can_neither_leave_nor_lose_the_role(client, people):
    administrator = people["administrator"]

    with pytest.raises(Invalid, match="last_administrator"):
        deactivate_account(user_id=administrator.pk, by=administrator)

    client.force_login(administrator)
    page = client.post(
        f"/en/desk/people/{administrator.public_id}/",
        {"display_name": "A", "roles": ["scholar"], "seen": state_of(administrator)},
    )
    assert "only administrator" in page.content.decode()


def test_closed_account_is_out_at_once(client, people):
    client.force_login(people["scholar"])
    assert client.get("/en/desk/").status_code == 200

    deactivate_account(user_id=people["scholar"].pk, by=people["administrator"])

    assert client.get("/en/desk/").status_code == 302


def test_session_that_lay_idle_while_the_account_was_closed_is_over(client, people):
    scholar, administrator = people["scholar"], people["administrator"]
    client.force_login(scholar)
    other = Client()
    other.force_login(people["editor"])

    deactivate_account(user_id=scholar.pk, by=administrator)
    reactivate_account(user_id=scholar.pk, by=administrator)

    assert client.get("/en/desk/").status_code == 302
    assert other.get("/en/desk/").status_code == 200
    client.force_login(User.objects.get(pk=scholar.pk))
    assert client.get("/en/desk/").status_code == 200


def test_a_site_without_mail_gives_a_link_that_sets_a_password(client, people, capsys):
    call_command("reset_link", "scholar@example.org")
    path = re.search(r"/(?:ar|en)/account/\S+", capsys.readouterr().out).group()

    answer = client.get(path, follow=True)
    assert answer.status_code == 200
    client.post(
        answer.request["PATH_INFO"], {"password1": "a new long sentence", "password2": "a new long sentence"}
    )

    people["scholar"].refresh_from_db()
    assert people["scholar"].check_password("a new long sentence")


@pytest.mark.django_db
def test_first_administrator_of_an_empty_site_comes_in(capsys):
    call_command("create_admin", "First@Example.org", "--name", "أول")

    assert User.objects.get(email="first@example.org").role_codes == {"administrator"}
    assert "/account/" in capsys.readouterr().out


def test_healthz_answers_in_two_words(client):
    assert client.get("/healthz").json() == {
        "status": "ok",
        "checks": {"database": True, "storage": True, "worker": True, "jobs": True},
    }


@pytest.mark.parametrize("language", ["ar", "en"])
def test_pages_of_the_people_desk_stand_in_both_languages(client, people, language):
    client.force_login(people["administrator"])

    for name, args in (
        ("people", []),
        ("invite", []),
        ("group_new", []),
        ("site_settings", []),
        ("site_page", ["about"]),
        ("person", [people["scholar"].public_id]),
    ):
        path = reverse(name, args=args)
        assert client.get("/" + language + path[3:]).status_code == 200


def test_form_about_a_person_that_changed_meanwhile_is_told_so_and_keeps_what_was_typed(client, people):
    scholar, administrator = people["scholar"], people["administrator"]
    client.force_login(administrator)
    before = state_of(scholar)
    change_account(
        user_id=scholar.pk, display_name="S", roles=["reviewer"], groups=[], seen=before, by=administrator
    )

    form = {"display_name": "Typed", "roles": ["editor"], "seen": before}
    stale = client.post(reverse("person", args=[scholar.public_id]), form)

    assert stale.status_code == 412
    assert "Typed" in stale.content.decode()
    assert User.objects.get(pk=scholar.pk).role_codes == {"reviewer"}
    assert f'value="{state_of(User.objects.get(pk=scholar.pk))}"' in stale.content.decode()


def test_form_about_a_group_that_changed_meanwhile_is_told_so(client, people):
    group = make_group(name="Readers", description="", by=people["administrator"])
    before = group_state(group)
    group.members.add(people["scholar"])
    client.force_login(people["administrator"])

    stale = client.post(reverse("group", args=[group.public_id]), {"name": "Readers", "description": "x", "seen": before})  # fmt: skip

    assert stale.status_code == 412
    assert set(group.members.all()) == {people["scholar"]}


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("site/", {"name_ar": "دار", "name_en": "Typed"}),
        ("site/about/", {"title_ar": "عن", "title_en": "Typed", "body_ar": "م", "body_en": "b"}),
    ],
)
def test_form_of_the_site_that_changed_meanwhile_shows_both_and_can_be_sent_again(
    client, people, path, words
):
    client.force_login(people["administrator"])
    first = client.post(f"/en/desk/{path}", {**words, next(iter(words)): "الأول", "version": 1})
    assert first.status_code == 302

    stale = client.post(f"/en/desk/{path}", {**words, "version": 1})

    assert stale.status_code == 412
    assert "Typed" in stale.content.decode()
    assert "الأول" in {now for _label, now, _sent in stale.context["differing"]}
    assert stale.context["form"]["version"].value() == "2"
    assert client.post(f"/en/desk/{path}", {**words, "version": 2}).status_code == 302


def test_withdrawn_invitation_opens_nothing(client, people):
    invitation, secret = invite(email="new@example.org", roles=["administrator"], by=people["administrator"])
    path = reverse("join", args=[secret])
    client.force_login(people["administrator"])
    assert "new@example.org" in client.get(reverse("people")).content.decode()

    client.post(reverse("person_act", args=[invitation.public_id, "uninvite"]))

    assert "new@example.org" not in client.get(reverse("people")).content.decode()
    client.logout()
    assert client.get(path).status_code == 404
    assert AuditEvent.objects.filter(action="person.uninvited", target_id=invitation.public_id).exists()


@pytest.mark.parametrize("role", ["scholar", "reviewer", "editor", "archivist"])
def test_only_administrators_withdraw_invitations(client, people, role):
    invitation, secret = invite(email="new@example.org", roles=[], by=people["administrator"])
    client.force_login(people[role])

    assert client.post(reverse("person_act", args=[invitation.public_id, "uninvite"])).status_code == 404
    assert invitation_of(secret) == invitation


def test_used_invitation_cannot_be_withdrawn(people):
    invitation, secret = invite(email="new@example.org", roles=[], by=people["administrator"])
    accept_invitation(secret=secret, display_name="N", password="a long sentence")

    with pytest.raises(Conflict, match="invitation_used"):
        withdraw_invitation(invitation_id=invitation.pk, by=people["administrator"])


def test_lost_second_factor_is_removed_by_an_administrator_and_recorded(client, people):
    editor = people["editor"]
    activate_totp(editor)
    client.force_login(people["administrator"])

    client.post(reverse("person_act", args=[editor.public_id, "remove-second-factor"]))

    assert not is_mfa_enabled(editor)
    assert AuditEvent.objects.filter(
        action="person.second_factor_removed", target_id=editor.public_id
    ).exists()


@pytest.mark.parametrize("role", ["scholar", "editor", "archivist", "reviewer"])
def test_nobody_else_removes_a_second_factor(people, role):
    activate_totp(people["administrator"])

    with pytest.raises(NotVisible):
        remove_second_factor(user=people["administrator"], by=people[role])

    assert is_mfa_enabled(people["administrator"])


def test_nobody_removes_their_own_that_way(people):
    activate_totp(people["administrator"])

    with pytest.raises(NotAllowed):
        remove_second_factor(user=people["administrator"], by=people["administrator"])


def test_the_server_lets_the_only_administrator_in_again(people, capsys):
    activate_totp(people["administrator"])

    call_command("reset_link", people["administrator"].email, "--remove-second-factor")

    assert not is_mfa_enabled(people["administrator"])
    assert "/account/" in capsys.readouterr().out


def activate_totp(user: User) -> None:
    """Give an account a second factor."""
    TOTP.activate(user, generate_totp_secret())


def test_the_sign_in_page_offers_a_new_password_once(client):
    page = client.get("/en/account/login/").content.decode()

    assert page.count(f'href="{reverse("account_reset_password").replace("/ar/", "/en/")}"') == 1


def test_closed_accounts_stay_in_their_groups(client, people):
    group = make_group(name="Readers", description="", by=people["administrator"])
    group.members.set([people["scholar"], people["member"]])
    deactivate_account(user_id=people["scholar"].pk, by=people["administrator"])
    client.force_login(people["administrator"])
    members = [people["scholar"].pk, people["member"].pk]

    answer = client.post(
        reverse("group", args=[group.public_id]),
        {"name": "Readers", "description": "x", "members": members, "seen": group_state(group)},
    )

    assert answer.status_code == 302
    assert set(group.members.all()) == {people["scholar"], people["member"]}


@pytest.mark.parametrize(
    ("access", "embargo", "offered"),
    [("public", None, True), ("public", timedelta(days=1), False), ("draft", None, False)],
)
def test_the_logo_is_one_of_the_images_that_everybody_sees(people, access, embargo, offered):
    until = timezone.now() + embargo if embargo else None
    image = make_image(by=people["archivist"], access=access, embargo_until=until)

    assert (image in SiteForm().fields["logo"].queryset) is offered
