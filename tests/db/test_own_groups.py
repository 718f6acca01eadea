"""Groups that their members keep: made, joined, left and handed over by them; they share notes and open nothing else."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import Client
from rest_framework.test import APIClient

from annotations.access.notes import shown_to
from annotations.enums import Visibility
from annotations.models import Annotation
from archive.access import visible_to
from archive.actions import invite_to_group as inviting
from archive.actions.begin_group import begin_group
from archive.actions.erase_account import erase_rows
from archive.actions.invite_to_group import (
    answer_group_invitation,
    invite_to_group,
    withdraw_group_invitation,
)
from archive.actions.keep_group import hand_over_group, leave_group, name_group, remove_member
from archive.actions.make_group import group_state, make_group
from archive.enums import Access
from archive.errors import Conflict, Invalid, NotAllowed, NotVisible, Stale
from archive.forms.works import DescribeWorkForm
from archive.models import Group, GroupInvitation, Notice, User, Work
from tests.factories import make_user
from tests.factories_notes import make_note, make_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def layla():
    return make_user("layla@example.org", "scholar", name="Layla")


@pytest.fixture
def group(people) -> Group:
    made: Group = begin_group(name="حلقة الجسور", by=people["scholar"])
    return made


def fresh(user: User) -> User:
    found: User = User.objects.get(pk=user.pk)
    return found


def join(group: Group, user: User) -> User:
    invitation = invite_to_group(group=group.public_id, email=user.email, by=fresh(group.keeper))
    answer_group_invitation(invitation=invitation.public_id, accept=True, by=fresh(user))
    return fresh(user)


def test_a_scholar_begins_a_group_and_notes_in_it_are_seen_by_members_only(people, group, layla):
    scholar, layla = fresh(people["scholar"]), join(group, layla)
    note = make_note(make_text(), "جسرًا", by=scholar, visibility=Visibility.GROUP, group=group.public_id)

    seen = {
        name for name, user in {**people, "layla": layla}.items()
        if shown_to(fresh(user)).filter(pk=note.pk).exists()
    }  # fmt: skip
    assert seen == {"scholar", "layla"}
    leave_group(group=group.public_id, by=layla)
    assert not visible_to(Annotation, fresh(layla)).exists()
    with pytest.raises(NotAllowed):
        begin_group(name="x", by=people["member"])


def test_whether_an_account_has_the_address_is_never_told(people, group, layla):
    client = Client()
    client.force_login(people["scholar"])
    url = f"/en/desk/my-groups/{group.public_id}/"
    pages = []
    for address in ("Layla@Example.org", "nobody@example.org"):
        answer = client.post(url, {"act": "invite", "email": address}, follow=True)
        pages.append(answer.content.decode().replace(address.casefold(), "ADDRESS"))
        GroupInvitation.objects.all().delete()

    assert pages[0].split("</header>")[1].split("csrf")[0] == pages[1].split("</header>")[1].split("csrf")[0]
    assert {one.user for one in Notice.objects.filter(code="group_invitation")} == {layla}
    assert client.post(url, {"act": "invite", "email": "no address"}).status_code == 422


def test_an_invitation_is_answered_by_whoever_has_the_address(people, group, layla):
    invitation = invite_to_group(group=group.public_id, email="LAYLA@example.org", by=people["scholar"])
    client = Client()
    client.force_login(layla)

    with pytest.raises(NotVisible):
        answer_group_invitation(invitation=invitation.public_id, accept=True, by=people["editor"])
    with pytest.raises(NotVisible):  # Who keeps the group sees it, and cannot answer for another.
        answer_group_invitation(invitation=invitation.public_id, accept=True, by=people["scholar"])
    assert "حلقة الجسور" in client.get("/en/desk/my-groups/").content.decode()
    client.post("/en/desk/my-groups/", {"act": "join", "invitation": invitation.public_id})
    assert "Layla" in client.get(f"/en/desk/my-groups/{group.public_id}/").content.decode()
    assert not GroupInvitation.objects.exists()
    again = invite_to_group(group=group.public_id, email="other@example.org", by=people["scholar"])
    withdraw_group_invitation(invitation=again.public_id, by=people["scholar"])
    assert not GroupInvitation.objects.exists()


def test_only_who_keeps_it_changes_it_and_hands_it_over_before_leaving(people, group, layla):
    layla = join(group, layla)
    name = group.public_id

    with pytest.raises(NotAllowed):
        invite_to_group(group=name, email="x@example.org", by=layla)
    with pytest.raises(NotVisible):
        remove_member(group=name, member=layla.public_id, by=people["editor"])
    with pytest.raises(Conflict, match="keeper_stays"):
        leave_group(group=name, by=fresh(people["scholar"]))
    with pytest.raises(Invalid, match="not_a_member"):
        hand_over_group(group=name, member=people["editor"].public_id, by=fresh(people["scholar"]))
    hand_over_group(group=name, member=layla.public_id, by=fresh(people["scholar"]))
    leave_group(group=name, by=fresh(people["scholar"]))
    with pytest.raises(Stale):
        name_group(group=name, name="y", description="", seen="old", by=fresh(layla))
    group.refresh_from_db()
    name_group(group=name, name="y", description="", seen=group_state(group), by=fresh(layla))
    assert list(group.members.all()) == [layla]


def test_a_kept_group_opens_no_restricted_item(people, group, layla):
    layla = join(group, layla)
    work = make_text(access=Access.RESTRICTED).work
    work.groups.add(group)

    assert not visible_to(Work, layla).filter(pk=work.pk).exists()
    assert not visible_to(Group, people["archivist"]).filter(pk=group.pk).exists()
    form = DescribeWorkForm(viewer=fresh(people["administrator"]))
    assert group not in form.fields["groups"].queryset
    kept_by_all = make_group(name="قرّاء", description="", by=people["administrator"])
    kept_by_all.members.add(layla)
    work.groups.add(kept_by_all)
    assert visible_to(Work, fresh(layla)).filter(pk=work.pk).exists()


def test_names_may_be_alike_so_that_trying_tells_nothing(people, group, layla):
    assert begin_group(name=group.name, by=layla).name == group.name
    with pytest.raises(Invalid, match="required"):
        begin_group(name="  ", by=layla)
    with pytest.raises(Invalid, match="text_too_long"):
        begin_group(name="x" * 121, by=layla)


def test_programs_open_no_item_to_a_group_of_members(people, group):
    archivist = join(group, people["archivist"])
    work = make_text().work
    client = APIClient()
    client.force_authenticate(archivist)

    answer = client.patch(
        f"/api/works/{work.public_id}/", {"access": "restricted", "groups": [group.public_id]}, format="json",
        headers={"If-Match": client.get(f"/api/works/{work.public_id}/").headers["ETag"]},
    )  # fmt: skip

    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["groups.0"])
    assert not work.groups.exists()


def test_nobody_joins_by_an_invitation_of_an_erased_keeper_to_what_administrators_keep_now(
    people, group, layla
):
    invitation = invite_to_group(group=group.public_id, email=layla.email, by=people["scholar"])
    with transaction.atomic():
        erase_rows(fresh(people["scholar"]))
    group.refresh_from_db()

    assert group.keeper is None  # From now on it may open restricted items.
    with pytest.raises(NotVisible):
        answer_group_invitation(invitation=invitation.public_id, accept=True, by=layla)
    assert not group.members.exists()


def test_an_invitation_that_is_taken_back_while_it_is_accepted_lets_nobody_in(
    people, group, layla, monkeypatch
):
    invitation = invite_to_group(group=group.public_id, email=layla.email, by=people["scholar"])
    find = inviting._found

    def late(*args):
        row = find(*args)
        GroupInvitation.objects.filter(pk=row.pk).delete()
        return row

    monkeypatch.setattr(inviting, "_found", late)

    with pytest.raises(NotVisible):
        answer_group_invitation(invitation=invitation.public_id, accept=True, by=layla)
    assert list(group.members.all()) == [people["scholar"]]
