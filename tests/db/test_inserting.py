"""Rows inserted by hand-made SQL are what Django would have inserted."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from archive.actions.check_chain import check_chain
from archive.enums import JobState
from archive.models import AuditEvent, Collection, Job, SearchEntry, SiteSettings, Text, Work
from archive.models.inserting import insert, number
from tests.factories_notes import make_note, make_text

pytestmark = pytest.mark.django_db


def test_numbered_rows_name_each_other_and_keys_go_on_after_them() -> None:
    work = Work(slug="bridges", title_ar="الجسور")

    with transaction.atomic():
        number([work, text := Text(work=work, language="ar")])
        text.work = work
        insert([work, text])
    later = Work.objects.create(slug="later", title_ar="بعد")

    assert Text.objects.get().work == work
    assert Work.objects.get(slug="bridges").pk == work.pk
    assert later.pk > work.pk


def test_two_rows_of_one_model_get_two_keys() -> None:
    rows = [Work(slug="one", title_ar="واحد"), Work(slug="two", title_ar="اثنان")]

    with transaction.atomic():
        number(rows)
        insert(rows)

    assert [Work.objects.get(slug=slug).pk for slug in ("one", "two")] == [row.pk for row in rows]


def test_rows_of_several_models_and_one_more_statement_are_one_step() -> None:
    entry = SearchEntry(kind="work", owner_id=1, object_id=1, title="عنوان")

    with transaction.atomic():
        insert(
            [entry, Job(kind="refresh_search", payload={"object_id": 1})],
            then=[("UPDATE archive_sitesettings SET epoch = %s", [77])],
        )

    assert SiteSettings.objects.get(pk=1).epoch == 77
    assert SearchEntry.objects.get().title == "عنوان"
    assert Job.objects.get().payload == {"object_id": 1}


def test_what_is_there_already_is_refused_and_nothing_of_the_step_stays() -> None:
    Work.objects.create(slug="same", title_ar="هو")

    with pytest.raises(IntegrityError), transaction.atomic():
        insert([Collection(slug="new", title_ar="جديدة"), Work(slug="same", title_ar="هو")])

    assert not Collection.objects.exists()


def test_new_note_has_its_event_its_entry_and_its_job_that_is_done(people) -> None:  # type: ignore[no-untyped-def]
    note = make_note(make_text(), by=people["scholar"])

    event = AuditEvent.objects.get(action="annotation.written")
    job = Job.objects.get(kind="refresh_search", payload__object_id=note.pk)
    assert event.target_id == note.public_id
    assert SearchEntry.objects.get(kind="annotation").object_id == note.pk
    assert (job.state, job.progress, job.created_by) == (JobState.DONE, 100, people["scholar"])
    assert not list(check_chain())
