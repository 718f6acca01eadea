"""The back office shows and never changes, has no sign-in of its own, and opens nobody's private papers."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from annotations.actions.revise_annotation import revise_annotation
from annotations.actions.save_draft import save_draft
from annotations.values import NoteInput
from archive.admin.office import back_office
from tests.factories_notes import make_accepted, make_note, make_text

pytestmark = pytest.mark.django_db


def test_its_sign_in_is_the_sites_own_with_second_factor_and_limits(client, people):
    answer = client.post(
        reverse("admin:login"), {"username": people["administrator"].email, "password": "anything"}
    )

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("account_login"))
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("role", ["scholar", "reviewer", "editor", "archivist", "member"])
def test_only_administrators_enter(client, people, role):
    client.force_login(people[role])

    assert client.get(reverse("admin:index"), follow=True).status_code == 403


@pytest.mark.parametrize("door", ["add", "change", "delete"])
def test_nothing_can_be_changed_there(rf, people, door):
    request = rf.get("/")
    request.user = people["administrator"]

    allowed = {
        str(model.__name__)
        for model, page in back_office._registry.items()
        if getattr(page, f"has_{door}_permission")(request)
    }

    assert not allowed


def test_it_holds_our_own_tables_and_no_librarys(client, people):
    client.force_login(people["administrator"])

    page = client.get(reverse("admin:index")).content.decode()

    assert reverse("admin:archive_work_changelist") in page
    assert {model._meta.app_label for model in back_office._registry} == {"archive", "annotations"}


def test_what_somebody_types_is_not_shown_to_an_administrator(client, people):
    draft = save_draft(key="k", data={"body": "unfinished thought"}, by=people["scholar"])
    client.force_login(people["administrator"])

    listed = client.get(reverse("admin:annotations_notedraft_changelist"))
    opened = client.get(reverse("admin:annotations_notedraft_change", args=[draft.pk]))

    assert listed.status_code == 200
    assert f"/{draft.pk}/change/" not in listed.content.decode()
    assert opened.status_code == 302  # Django's admin says so of what does not exist.


def test_places_of_private_notes_are_not_shown_to_an_administrator(client, people):
    text = make_text()
    note = make_note(text, "السوق", by=people["scholar"], visibility="private")
    locus = note.newest_version.locus
    client.force_login(people["administrator"])

    opened = [
        client.get(reverse(f"admin:annotations_{place._meta.model_name}_change", args=[place.pk]))
        for place in (locus, locus.anchors.get())
    ]

    assert [answer.status_code for answer in opened] == [302, 302]


def test_note_that_is_being_written_anew_stands_as_it_was_accepted(client, people):
    note = make_accepted(make_text(), "السوق", author=people["scholar"], reviewer=people["reviewer"])
    standing = note.accepted_version
    client.force_login(people["administrator"])
    address = reverse("admin:annotations_annotation_change", args=[note.pk])

    revise_annotation(
        annotation=note.public_id,
        version_id=standing.public_id,
        note=NoteInput(body="أجد"),
        by=people["scholar"],
    )

    page = client.get(address).content.decode()
    shown = re.findall(r'class="readonly">([^<]+)', page)
    assert "accepted" in shown
    assert "draft" not in shown


@pytest.mark.parametrize(
    ("table", "column"), [("archive_user", "password"), ("annotations_annotation", "status")]
)
def test_lists_are_not_narrowed_by_a_column_that_is_not_shown(client, people, table, column):
    client.force_login(people["administrator"])

    answer = client.get(reverse(f"admin:{table}_changelist"), {f"{column}__startswith": "a"})

    assert answer.status_code == 400


def test_the_record_of_acts_can_be_read(client, people, django_user_model):
    from archive.actions.record_event import record_event

    record_event("work.described", target=people["archivist"], by=people["archivist"])
    client.force_login(people["administrator"])

    page = client.get(reverse("admin:archive_auditevent_changelist")).content.decode()

    assert "work.described" in page
