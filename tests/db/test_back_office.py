"""The back office shows and never changes, has no sign-in of its own, and opens nobody's private papers."""

from __future__ import annotations

import pytest
from django.urls import reverse

from annotations.actions.save_draft import save_draft
from archive.admin.office import back_office

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


def test_the_record_of_acts_can_be_read(client, people, django_user_model):
    from archive.actions.record_event import record_event

    record_event("work.described", target=people["archivist"], by=people["archivist"])
    client.force_login(people["administrator"])

    page = client.get(reverse("admin:archive_auditevent_changelist")).content.decode()

    assert "work.described" in page
