"""A release that waits for its day: the day is changed and called off until it comes, and is never told as if it had been."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from annotations.actions.cancel_schedule import cancel_schedule
from annotations.actions.publish import FARTHEST, publish
from annotations.actions.withdraw_release import withdraw_release
from annotations.editions.reading import public_releases, releases, scheduled_for, status_of, tombstones
from annotations.exports.edition_lines import _past
from annotations.models import ReleaseEvent
from archive.actions.run_job import run_job
from archive.errors import Invalid, InvalidTransition, Stale
from archive.models import AuditEvent, Job
from archive.models.base import InsertOnlyError
from tests.factories_editions import Desk, make_desk

pytestmark = pytest.mark.django_db
SOON, LATER = timedelta(days=2), timedelta(days=9)


@pytest.fixture
def desk(people, settings) -> Desk:
    settings.REQUIRE_MFA = False
    return make_desk(people)


@pytest.fixture
def editor(client, desk):
    client.force_login(desk.people["editor"])
    return client


def scheduled(desk, distance=SOON):
    release = desk.seal()
    publish(release=release.public_id, at=timezone.now() + distance, by=desk.people["editor"])
    return release


def row(release):
    return releases().get(pk=release.pk)


def state(release) -> str:
    return status_of(row(release), timezone.now())


def planned(release):
    return scheduled_for(row(release))


def test_the_day_is_changed_and_only_the_new_one_counts(desk):
    release = scheduled(desk)
    before, new = planned(release), timezone.now() + LATER

    publish(release=release.public_id, at=new, was=before, by=desk.people["editor"])

    assert planned(release) == new
    assert status_of(row(release), before) == "scheduled"
    assert status_of(row(release), new) == "published"


def test_a_cancelled_schedule_leaves_it_sealed_and_it_can_be_scheduled_again_and_again(desk):
    release = scheduled(desk)
    for _turn in range(3):
        cancel_schedule(release=release.public_id, was=planned(release), by=desk.people["editor"])
        assert state(release) == "sealed"
        publish(release=release.public_id, at=timezone.now() + LATER, by=desk.people["editor"])

    publish(release=release.public_id, was=planned(release), by=desk.people["editor"])

    assert state(release) == "published"
    assert list(public_releases().values_list("pk", flat=True)) == [release.pk]
    assert ReleaseEvent.objects.standing().filter(release=release).count() == 1


def test_the_promise_of_a_cancelled_day_publishes_nothing(desk):
    release = scheduled(desk)
    cancel_schedule(release=release.public_id, was=planned(release), by=desk.people["editor"])
    job = Job.objects.get(kind="release_settled")
    Job.objects.filter(pk=job.pk).update(not_before=None)

    run_job(job_id=job.pk)

    assert not public_releases().exists()
    assert state(release) == "sealed"


def test_a_cancelled_day_that_has_come_is_public_nowhere_and_told_in_no_package(desk):
    release = desk.seal()
    over = timezone.now() - timedelta(days=1)
    first = ReleaseEvent.objects.create(release=release, kind="published", effective_at=over)
    ReleaseEvent.objects.create(release=release, kind="cancelled", effective_at=over - SOON, after=first)

    withdraw_release(release=release.public_id, reason="لا حاجة إليها", by=None)

    assert not public_releases().exists()
    assert not tombstones().exists()
    assert [one["what"] for one in _past(release)] == ["withdrawn"]


@pytest.mark.parametrize("act", ["now", "change", "cancel"])
def test_whoever_read_another_day_changes_nothing(desk, act):
    release = scheduled(desk)
    read, mine = planned(release), timezone.now() + LATER
    publish(release=release.public_id, at=mine, was=read, by=desk.people["administrator"])
    given = {"release": release.public_id, "was": read, "by": desk.people["editor"]}
    if act == "change":
        given["at"] = timezone.now() + SOON

    with pytest.raises(Stale, match="release_moved"):
        (cancel_schedule if act == "cancel" else publish)(**given)

    assert planned(release) == mine


def test_whoever_read_it_scheduled_does_not_publish_what_was_cancelled_meanwhile(desk):
    release = scheduled(desk)
    read = planned(release)
    cancel_schedule(release=release.public_id, was=read, by=desk.people["administrator"])

    with pytest.raises(Stale, match="release_moved"):
        publish(release=release.public_id, was=read, by=desk.people["editor"])
    with pytest.raises(InvalidTransition):
        cancel_schedule(release=release.public_id, was=read, by=desk.people["editor"])

    assert state(release) == "sealed"


@pytest.mark.parametrize("is_scheduled", [False, True])
@pytest.mark.parametrize("beyond", [timedelta(minutes=5), timedelta(days=2_900_000)])
def test_a_day_more_than_two_years_ahead_is_refused(desk, is_scheduled, beyond):
    release = scheduled(desk) if is_scheduled else desk.seal()
    was, at = planned(release), timezone.now() + FARTHEST + beyond

    with pytest.raises(Invalid, match="time_far"):
        publish(release=release.public_id, at=at, was=was, by=desk.people["editor"])

    assert planned(release) == was


@pytest.mark.parametrize("was", ["published", "cancelled"])
def test_the_database_keeps_one_standing_publication(desk, was):
    release = scheduled(desk)
    first = release.events.get()
    if was == "cancelled":
        cancel_schedule(release=release.public_id, was=first.effective_at, by=None)
        first = ReleaseEvent.objects.get(kind="cancelled")
        publish(release=release.public_id, was=None, at=timezone.now() + SOON, by=None)
    after = first if was == "cancelled" else None

    with pytest.raises(IntegrityError), transaction.atomic():
        ReleaseEvent.objects.create(
            release=release, kind="published", effective_at=timezone.now(), after=after
        )


def test_the_database_lets_nothing_be_called_off_by_a_row_that_names_nothing_and_no_event_be_rewritten(desk):
    release = scheduled(desk)

    with pytest.raises(IntegrityError), transaction.atomic():
        ReleaseEvent.objects.create(release=release, kind="cancelled", effective_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        ReleaseEvent.objects.update(effective_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        ReleaseEvent.objects.all()._raw_delete("default")
    with pytest.raises((InsertOnlyError, ValidationError)):
        release.events.get().delete()


class Killed(BaseException):
    """The process is gone; nothing in it can answer."""


def die(*_args, **_more):
    raise Killed


@pytest.mark.parametrize("station", ["take_step", "called_off", "record_event"])
def test_cancelling_that_is_killed_leaves_the_day_and_is_done_once_afterwards(desk, monkeypatch, station):
    release = scheduled(desk)
    day = planned(release)
    with monkeypatch.context() as patched:
        patched.setattr(f"annotations.actions.cancel_schedule.{station}", die)
        with pytest.raises(Killed):
            cancel_schedule(release=release.public_id, was=day, by=desk.people["editor"])
    left = planned(release)

    cancel_schedule(release=release.public_id, was=day, by=desk.people["editor"])

    assert left == day
    assert state(release) == "sealed"
    assert AuditEvent.objects.filter(action="release.unscheduled").count() == 1


@pytest.mark.parametrize("station", ["ReleaseEvent.objects.create", "enqueue", "record_event"])
def test_changing_the_day_that_is_killed_leaves_the_day_before(desk, monkeypatch, station):
    release = scheduled(desk)
    day = planned(release)
    with monkeypatch.context() as patched:
        patched.setattr(f"annotations.actions.publish.{station}", die)
        with pytest.raises(Killed):
            publish(release=release.public_id, at=day + LATER, was=day, by=desk.people["editor"])
    left = planned(release)

    publish(release=release.public_id, at=day + LATER, was=day, by=desk.people["editor"])

    assert left == day
    assert planned(release) == day + LATER


def address(release, act: str = "", language: str = "en") -> str:
    return f"/{language}/desk/editions/releases/{release.public_id}/{act}"


def form_of(editor, release) -> str:
    """Return what the form of the desk says that it read."""
    return re.search(r'name="was" value="([^"]+)"', editor.get(address(release)).content.decode()).group(1)


def test_the_desk_offers_another_day_now_and_none(editor, desk):
    release = scheduled(desk)
    day = timezone.localtime(timezone.now() + LATER).replace(second=0, microsecond=0)

    editor.post(
        address(release, "publish/"), {"was": form_of(editor, release), "at": f"{day:%Y-%m-%dT%H:%M}"}
    )
    changed = planned(release)
    editor.post(address(release, "cancel/"), {"was": form_of(editor, release), "at": ""})
    cancelled = state(release)
    editor.post(address(release, "publish/"), {"at": f"{day:%Y-%m-%dT%H:%M}"})
    editor.post(
        address(release, "publish/"), {"was": form_of(editor, release), "at": "9998-01-01T00:00", "now": "1"}
    )

    assert changed == day
    assert cancelled == "sealed"
    assert state(release) == "published"


@pytest.mark.parametrize("is_scheduled", [False, True])
@pytest.mark.parametrize(
    ("language", "words"), [("en", "more than two years ahead"), ("ar", "بعد أكثر من سنتين")]
)
def test_the_desk_refuses_the_year_9998_in_words_and_keeps_what_was_typed(
    editor, desk, language, words, is_scheduled
):
    release = scheduled(desk) if is_scheduled else desk.seal()
    given = {"was": form_of(editor, release)} if is_scheduled else {}
    before = planned(release)

    page = editor.post(address(release, "publish/", language), {**given, "at": "9998-01-01T00:00"})

    html = page.content.decode()
    assert words in html
    assert 'value="9998-01-01T00:00"' in html
    assert planned(release) == before


@pytest.mark.parametrize("typed", ["0001-01-01T00:00", "9999-12-31T23:59", "0000-00-00T00:00", "x"])
def test_the_ends_of_the_calendar_are_refused_beside_the_field(editor, desk, typed):
    release = desk.seal()

    page = editor.post(address(release, "publish/"), {"at": typed})

    assert page.context["publish_form"].errors["at"]
    assert not release.events.exists()


def test_an_empty_day_does_not_publish_what_was_to_wait(editor, desk):
    release = scheduled(desk)

    page = editor.post(address(release, "publish/"), {"was": form_of(editor, release), "at": ""})

    assert page.context["publish_form"].errors["at"]
    assert state(release) == "scheduled"


@pytest.mark.parametrize(
    ("language", "planned_words", "past_words", "never"),
    [
        ("en", "Will be public on", "Published on", "was never public"),
        ("ar", "سيُنشَر في", "نُشر في", "ولم يُنشَر قطّ"),
    ],
)
def test_a_day_that_is_to_come_is_told_with_its_zone_and_not_as_if_it_had_been(
    editor, desk, settings, language, planned_words, past_words, never
):
    settings.TIME_ZONE = "Asia/Damascus"
    release = scheduled(desk)

    waiting = editor.get(address(release, "", language)).content.decode()
    withdraw_release(release=release.public_id, reason="خطأ في القراءة", by=None)
    gone = editor.get(address(release, "", language)).content.decode()

    assert planned_words in waiting
    assert past_words not in waiting
    assert "Asia/Damascus" in waiting
    assert never in gone
    assert past_words not in gone


def test_the_field_names_its_time_zone_where_it_is_asked_first(editor, desk, settings):
    settings.TIME_ZONE = "Asia/Damascus"

    page = editor.get(address(desk.seal())).content.decode()

    assert "Asia/Damascus" in page


@pytest.mark.parametrize("act", ["publish/", "cancel/", "withdraw/"])
@pytest.mark.parametrize("stands", ["published", "withdrawn"])
def test_what_somebody_did_meanwhile_is_told_at_the_top(editor, desk, act, stands):
    release = scheduled(desk)
    read = form_of(editor, release)
    if stands == "published":
        publish(release=release.public_id, was=planned(release), by=None)
    else:
        withdraw_release(release=release.public_id, reason="خطأ في القراءة", by=None)
    if act == "withdraw/" and stands == "published":
        return  # What became public is withdrawn all the same.

    page = editor.post(address(release, act), {"was": read, "reason": "سبب", "now": "1"}, follow=True)

    assert f"release 1 {'became public' if stands == 'published' else 'was withdrawn'} meanwhile" in (
        " ".join(str(one) for one in page.context["messages"])
    )
    assert state(release) == stands


def test_the_sealed_page_of_before_is_told_that_somebody_scheduled_it(editor, desk):
    release = scheduled(desk)

    page = editor.post(address(release, "publish/"), {"at": ""}, follow=True)

    assert "release 1 was scheduled meanwhile" in " ".join(str(one) for one in page.context["messages"])
    assert state(release) == "scheduled"
