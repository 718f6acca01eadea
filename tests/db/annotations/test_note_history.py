"""Every version of a note with what changed in it: told to those who may see the versions, and to nobody else."""

from __future__ import annotations

import pytest
from django.test import Client

from annotations.access.note_history import history_of
from annotations.actions.hand_over import hand_over
from annotations.actions.revise_annotation import revise_annotation
from annotations.enums import Category, Outcome, Visibility
from annotations.models import Annotation
from annotations.values import NoteInput
from archive.models import Group, User
from tests.factories_notes import decide_note, make_note, make_text, place_of, submit_note

pytestmark = pytest.mark.django_db


@pytest.fixture
def text():
    return make_text()


def revise(note: Annotation, body: str, **more: object) -> Annotation:
    note.refresh_from_db()
    place = more.pop("place", None)
    said = NoteInput(body=body, language="ar", **more)  # type: ignore[arg-type]
    version = note.newest_version
    assert version is not None
    return revise_annotation(
        annotation=note.public_id, version_id=version.public_id, note=said, place=place, by=note.author  # type: ignore[arg-type]
    )  # fmt: skip


def page_of(user: User, note: Annotation) -> str:
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    answer = client.get(f"/en/desk/notes/{note.public_id}/history/")
    return answer.content.decode() if answer.status_code == 200 else ""


def test_history_shows_words_kind_and_place_that_changed_and_decisions_between(people, text):
    note = make_note(text, "جسرًا", by=people["scholar"], body="جسر قديم")
    submit_note(note)
    decide_note(note, Outcome.RETURN, by=people["reviewer"], reason="اذكر المصدر.")
    revise(note, "جسر قديم من حجر", category=Category.PLACE, place=place_of(text, "الطاحونة"))

    page = page_of(people["scholar"], note)

    assert "<ins> من حجر</ins>" in page
    assert ("Kind of note" in page, "الطاحونة" in page) == (True, True)
    assert page.index("Version 2") < page.index("اذكر المصدر.") < page.index("Version 1, written by")
    assert "was handed in by" in page


def test_reviewers_see_what_was_handed_in_and_members_what_was_accepted(people, text):
    note = make_note(text, "جسرًا", by=people["scholar"], body="مسودّة لا يراها أحد")
    revise(note, "ما قُدّم")
    submit_note(note)

    assert "مسودّة" not in page_of(people["reviewer"], note)
    assert "ما قُدّم" in page_of(people["reviewer"], note)
    assert page_of(people["member"], note) == ""
    decide_note(note, Outcome.ACCEPT, by=people["reviewer"])
    revise(note, "صيغة جديدة لم تُقدَّم")
    member = page_of(people["member"], note)
    assert ("ما قُدّم" in member, "مسودّة" in member, "صيغة جديدة" in member) == (True, False, False)
    numbers = [one.version.number for one in history_of(people["scholar"], note).versions]
    assert numbers == [1, 2, 3]


def test_who_could_see_it_when_is_told_to_its_author_alone(people, text):
    group = Group.objects.create(name="قرّاء")
    people["scholar"].groups.add(group)
    people["member"].groups.add(group)
    scholar = User.objects.get(pk=people["scholar"].pk)
    note = make_note(text, "جسرًا", by=scholar, visibility=Visibility.PRIVATE)
    note = Annotation.objects.get(pk=note.pk)
    revise(note, "للمجموعة", visibility=Visibility.GROUP, group=group.public_id)

    assert "could see it" in page_of(scholar, note)
    assert "للمجموعة" in page_of(people["member"], note)
    assert "could see it" not in page_of(people["member"], note)


def test_who_brought_a_note_in_is_told_to_nobody_after_it_was_handed_over(client, people):
    User.objects.filter(pk=people["scholar"].pk).update(display_name="من أدخلها")
    giver = User.objects.get(pk=people["scholar"].pk)
    note = make_note(make_text(), "جسرًا", by=giver)
    Annotation.objects.filter(pk=note.pk).update(credited="سلمى")
    User.objects.filter(pk=giver.pk).update(is_active=False)
    hand_over(giver=User.objects.get(pk=giver.pk), taker=people["editor"], by=people["administrator"])
    note.refresh_from_db()
    submit_note(note)
    decide_note(note, Outcome.ACCEPT, by=people["reviewer"])
    client.force_login(people["member"])

    page = client.get(f"/en/desk/notes/{note.public_id}/history/").content.decode()

    assert ("سلمى" in page, "من أدخلها" in page) == (True, False)
