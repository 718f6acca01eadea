"""What a leaving scholar's notes become."""

from __future__ import annotations

import pytest

from annotations.actions.hand_over import hand_over
from annotations.models import Annotation
from archive.actions.deactivate_account import deactivate_account
from archive.errors import NotAllowed
from archive.models import Group
from tests.factories_notes import make_note, make_text, submit_note

pytestmark = pytest.mark.django_db


def test_unfinished_notes_go_to_a_colleague_and_the_rest_stays(people):
    scholar, editor, administrator = people["scholar"], people["editor"], people["administrator"]
    for status, visibility in (
        ("draft", "open"),
        ("returned", "open"),
        ("accepted", "open"),
        ("draft", "private"),
    ):
        Annotation.objects.create(author=scholar, status=status, visibility=visibility)

    with pytest.raises(NotAllowed):
        hand_over(giver=scholar, taker=editor, by=administrator)
    deactivate_account(user_id=scholar.pk, by=administrator)
    scholar.refresh_from_db()
    count = hand_over(giver=scholar, taker=editor, by=administrator)

    assert count == 2
    assert set(Annotation.objects.filter(author=editor).values_list("status", flat=True)) == {
        "draft",
        "returned",
    }
    assert set(Annotation.objects.filter(author=scholar).values_list("visibility", flat=True)) == {
        "open",
        "private",
    }


def test_note_of_a_group_goes_to_no_colleague_and_is_not_counted(client, people):
    scholar, administrator = people["scholar"], people["administrator"]
    group = Group.objects.create(name="القرّاء")
    Annotation.objects.create(author=scholar)
    Annotation.objects.create(author=scholar, visibility="group", group=group)
    deactivate_account(user_id=scholar.pk, by=administrator)
    scholar.refresh_from_db()
    client.force_login(administrator)

    page = client.get(f"/en/desk/people/{scholar.public_id}/").content.decode()
    count = hand_over(giver=scholar, taker=people["editor"], by=administrator)

    assert "<p>Drafts: 1 ·" in page
    assert count == 1
    assert Annotation.objects.get(visibility="group").author == scholar


def test_page_of_a_closed_account_offers_it(client, people):
    Annotation.objects.create(author=people["scholar"])
    deactivate_account(user_id=people["scholar"].pk, by=people["administrator"])
    client.force_login(people["administrator"])

    page = client.get(f"/en/desk/people/{people['scholar'].public_id}/").content.decode()

    assert "Hand over" in page
    answer = client.post(
        f"/en/desk/people/{people['scholar'].public_id}/notes/hand-over/",
        {"taker": people["editor"].public_id},
    )
    assert answer.status_code == 302
    assert Annotation.objects.get().author == people["editor"]


def test_page_of_an_open_account_counts_what_its_reader_knows_and_of_a_closed_one_no_private_notes(
    client, people
):
    text, scholar = make_text(), people["scholar"]
    make_note(text, "السوق", by=scholar)
    make_note(text, "النهر", by=scholar, visibility="private")
    submit_note(make_note(text, "من خشب", by=scholar))
    client.force_login(people["administrator"])
    address = f"/en/desk/people/{scholar.public_id}/"

    while_open = client.get(address).content.decode()
    deactivate_account(user_id=scholar.pk, by=people["administrator"])
    once_closed = client.get(address).content.decode()

    assert "<p>Returned: 0 · waiting for review: 1 · accepted: 0</p>" in while_open
    assert "<p>Drafts: 1 · returned: 0 · waiting for review: 1 · accepted: 0</p>" in once_closed
