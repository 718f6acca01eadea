"""Who may take a release from where to where; and whoever is killed on the way leaves nothing or all of it."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from django.utils import timezone

from annotations.actions.cancel_schedule import cancel_schedule
from annotations.actions.publish import publish
from annotations.actions.withdraw_release import withdraw_release
from annotations.editions.reading import releases, scheduled_for, status_of
from annotations.enums import ReleaseStatus
from annotations.models import Release, ReleaseEvent, ReleaseFile, ReleaseNote, Term
from annotations.transitions import RELEASE, ReleaseAct
from archive.errors import Invalid, InvalidTransition, NotAllowed, NotVisible
from archive.models import AuditEvent, Job
from tests.factories_editions import Desk, make_desk

pytestmark = pytest.mark.django_db

ROLES = ("member", "archivist", "scholar", "reviewer", "editor", "administrator")
MAY = {"editor", "administrator"}
#: Written out by hand, as the specification has it: "" is no step.
EXPECTED = {
    #                     sealed       scheduled    published    withdrawn
    ReleaseAct.PUBLISH:  ("published", "published", "",          ""),
    ReleaseAct.SCHEDULE: ("scheduled", "scheduled", "",          ""),
    ReleaseAct.CANCEL:   ("",          "sealed",    "",          ""),
    ReleaseAct.WITHDRAW: ("withdrawn", "withdrawn", "withdrawn", ""),
}  # fmt: skip


@pytest.fixture
def desk(people, settings) -> Desk:
    settings.REQUIRE_MFA = False
    return make_desk(people)


def take(release: Release, act: str, by) -> None:
    if act == ReleaseAct.WITHDRAW:
        withdraw_release(release=release.public_id, reason="خطأ في القراءة", by=by)
    elif act == ReleaseAct.CANCEL:
        cancel_schedule(release=release.public_id, was=planned(release), by=by)
    else:
        at = timezone.now() + timedelta(days=2) if act == ReleaseAct.SCHEDULE else None
        publish(release=release.public_id, at=at, was=planned(release), by=by)


def planned(release: Release):
    """Return the moment for which a release is scheduled, as somebody reads it who acts on it next."""
    return scheduled_for(releases().get(pk=release.pk))


def state(release: Release) -> str:
    return status_of(releases().get(pk=release.pk), timezone.now())


def standing(desk: Desk, at: str) -> Release:
    """Return a release that stands there."""
    release = desk.seal()
    act = {"scheduled": "schedule", "published": "publish", "withdrawn": "withdraw"}.get(at)
    if act:
        take(release, act, None)
    assert state(release) == at
    return release


@pytest.mark.parametrize(("act", "at"), list(itertools.product(ReleaseAct, ReleaseStatus)))
def test_every_step_from_every_state_by_every_role(desk, act, at):
    expected = EXPECTED[act][list(ReleaseStatus).index(at)]
    assert (RELEASE.steps[at].get(act) or "") == expected
    release = standing(desk, at)

    for role in ROLES:
        if role in MAY and expected:
            continue
        refusals = (InvalidTransition,) if role in MAY else (NotAllowed, NotVisible)
        with pytest.raises(refusals):
            take(release, act, desk.people[role])
        assert state(release) == at, role

    if expected:
        take(release, act, desk.people["editor"])
        assert state(release) == expected


@pytest.mark.parametrize("at", [ReleaseStatus.SEALED, ReleaseStatus.PUBLISHED])
def test_administrators_take_the_steps_of_editors(desk, at):
    release = standing(desk, at)

    for act in RELEASE.steps[at]:
        if act != ReleaseAct.WITHDRAW:
            take(release, act, desk.people["administrator"])
            break
    take(release, ReleaseAct.WITHDRAW, desk.people["administrator"])

    assert state(release) == ReleaseStatus.WITHDRAWN


def test_a_scheduled_release_is_public_when_its_moment_came_by_the_clock_alone(desk):
    release = standing(desk, "scheduled")

    row = releases().get(pk=release.pk)

    assert status_of(row, row.published_at - timedelta(seconds=1)) == ReleaseStatus.SCHEDULED
    assert status_of(row, row.published_at) == ReleaseStatus.PUBLISHED


@pytest.mark.parametrize("ago", [timedelta(0), timedelta(seconds=1), timedelta(days=400)])
def test_a_moment_that_is_over_is_refused_and_nothing_is_scheduled(desk, ago):
    release = desk.seal()

    with pytest.raises(Invalid, match="time_past"):
        publish(release=release.public_id, at=timezone.now() - ago, by=desk.people["editor"])

    assert state(release) == ReleaseStatus.SEALED


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "This moment is over. Choose a later one"), ("ar", "فات هذا الوقت. اختر وقتًا لاحقًا")],
)
def test_the_desk_says_so_beside_the_field_and_keeps_what_was_typed(desk, client, language, words):
    release = desk.seal()
    client.force_login(desk.people["editor"])
    address = f"/{language}/desk/editions/releases/{release.public_id}/publish/"

    page = client.post(address, {"at": "2001-02-03T04:05"}).content.decode()

    assert words in page
    assert 'value="2001-02-03T04:05"' in page
    assert not release.events.exists()


class Killed(BaseException):
    """The process is gone; nothing in it can answer."""


def die(*_args, **_more):
    raise Killed


SEALING = (
    "lock_texts", "gather", "build_snapshot", "Release.objects.create", "_pin", "_pin_files", "save", "record_event",
)  # fmt: skip
PUBLISHING = (
    "take_step", "called_off", "_require_public_members", "ReleaseEvent.objects.create", "establish_terms", "bump_epoch", "enqueue",
    "record_event",
)  # fmt: skip


@pytest.mark.parametrize("station", SEALING)
def test_sealing_that_is_killed_leaves_no_release_and_is_done_once_afterwards(desk, monkeypatch, station):
    with monkeypatch.context() as patched:
        patched.setattr(f"annotations.actions.seal.{station}", die)
        with pytest.raises(Killed):
            desk.seal()
    left = [model.objects.count() for model in (Release, ReleaseNote, ReleaseFile)]

    release = desk.seal()

    assert left == [0, 0, 0]
    assert [row.pk for row in Release.objects.all()] == [release.pk]
    assert AuditEvent.objects.filter(action="release.sealed").count() == 1


@pytest.mark.parametrize("station", PUBLISHING)
def test_publishing_that_is_killed_leaves_it_sealed_and_is_done_once_afterwards(desk, monkeypatch, station):
    release, jobs = desk.seal(), Job.objects.count()
    proposed = Term.objects.filter(status="proposed").count()
    with monkeypatch.context() as patched:
        patched.setattr(f"annotations.actions.publish.{station}", die)
        with pytest.raises(Killed):
            publish(release=release.public_id, by=desk.people["editor"])
    left = (state(release), Job.objects.count(), Term.objects.filter(status="proposed").count())

    publish(release=release.public_id, by=desk.people["editor"])

    assert left == ("sealed", jobs, proposed)
    assert state(release) == ReleaseStatus.PUBLISHED
    assert ReleaseEvent.objects.filter(release=release).count() == 1
    assert AuditEvent.objects.filter(action="release.published").count() == 1
