"""Two editors at one plan or one release: one of them is first, the other is told, and a release is of one plan alone."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import timedelta
from threading import Event, Thread
from typing import Any

import pytest
from django.db import connection, connections
from django.utils import timezone

from annotations.actions import publish as publish_action
from annotations.actions import seal as seal_action
from annotations.actions.cancel_schedule import cancel_schedule
from annotations.actions.change_edition import change_edition
from annotations.actions.publish import publish
from annotations.actions.seal import seal
from annotations.editions.reading import read_snapshot
from annotations.models import Release, ReleaseEvent
from archive.errors import InvalidTransition, Stale
from tests.factories_parts import Parted, chapters_plan, make_parted

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's writers are alone anyway."),
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

PATIENCE = 20


@pytest.fixture
def parted(people) -> Parted:
    return make_parted(people)


def together(
    first: Callable[[], Any],
    second: Callable[[], Any],
    monkeypatch,
    station: tuple[Any, str] = (seal_action, "gather"),
) -> tuple[list[Any], list[Any]]:
    """Begin the second while the first has come past its `station`, and not to its end; return what each gave, or raised."""
    read, other_began = Event(), Event()
    step = getattr(*station)

    def taken(*args: Any) -> Any:
        answer = step(*args)
        if not read.is_set():
            read.set()
            assert other_began.wait(PATIENCE)
        return answer

    monkeypatch.setattr(*station, taken)
    came: tuple[list[Any], list[Any]] = ([], [])

    def run(act: Callable[[], Any], into: list[Any], before: Callable[[], Any]) -> None:
        try:
            before()
            into.append(act())
        except Exception:
            into.append(sys.exc_info()[1])
        finally:
            connections.close_all()

    def begun() -> None:
        assert read.wait(PATIENCE)
        other_began.set()

    threads = [
        Thread(target=run, args=(first, came[0], lambda: None)),
        Thread(target=run, args=(second, came[1], begun)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(2 * PATIENCE)
    return came


def sealing(parted: Parted) -> Callable[[], Any]:
    edition, by = parted.edition, parted.people["editor"]
    return lambda: seal(edition=edition.public_id, version=edition.version, by=by)


def test_two_who_seal_the_same_plan_make_one_release(parted, monkeypatch):
    first, second = together(sealing(parted), sealing(parted), monkeypatch)

    assert [release.number for release in first] == [1]
    assert [type(error) for error in second] == [Stale]
    assert Release.objects.get().parts.count() == 2


def test_parts_that_are_reordered_while_a_release_is_sealed_are_those_of_the_next(parted, monkeypatch):
    ids = [parted.second.public_id, parted.first.public_id]
    edition, by = parted.edition, parted.people["editor"]

    def reorder() -> Any:
        return change_edition(
            edition=edition.public_id, version=edition.version, plan=chapters_plan(parts=ids), by=by
        )

    first, second = together(sealing(parted), reorder, monkeypatch)

    assert [release.number for release in first] == [1]
    assert [type(error) for error in second] == [Stale]
    release = Release.objects.get()
    assert [part.id for part in read_snapshot(release).parts] == ids[::-1]
    assert list(release.parts.values_list("revision__text__public_id", flat=True)) == ids[::-1]


def test_two_who_publish_the_same_release_publish_it_once(parted, monkeypatch, settings):
    settings.REQUIRE_MFA = False
    release = sealing(parted)()
    people = parted.people

    first, second = together(
        lambda: publish(release=release.public_id, by=people["editor"]),
        lambda: publish(release=release.public_id, by=people["administrator"]),
        monkeypatch, (publish_action, "take_step"),
    )  # fmt: skip

    assert [event.kind for event in first] == ["published"]
    assert [type(error) for error in second] == [InvalidTransition]
    assert ReleaseEvent.objects.get(release=release).created_by == people["editor"]


@pytest.mark.parametrize("act", ["cancel", "change"])
def test_two_who_read_one_day_do_not_both_change_it(parted, monkeypatch, settings, act):
    settings.REQUIRE_MFA = False
    release, people = sealing(parted)(), parted.people
    day = timezone.now() + timedelta(days=3)
    publish(release=release.public_id, at=day, by=people["editor"])
    later = {"release": release.public_id, "was": day, "by": people["administrator"]}

    first, second = together(
        lambda: publish(release=release.public_id, at=day + timedelta(days=1), was=day, by=people["editor"]),
        lambda: cancel_schedule(**later) if act == "cancel" else publish(**later),
        monkeypatch, (publish_action, "take_step"),
    )  # fmt: skip

    assert [event.kind for event in first] == ["published"]
    assert [type(error) for error in second] == [Stale]
    standing = ReleaseEvent.objects.standing().get(release=release)
    assert standing.effective_at == day + timedelta(days=1)
