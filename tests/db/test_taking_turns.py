"""Two people who write at once wait for each other, and never each for the other."""

from __future__ import annotations

import sys
from collections.abc import Callable
from threading import Event, Thread
from typing import Any

import pytest
from django.db import connection, connections, transaction

from annotations.models import Annotation
from archive.actions.accept_draft import accept_draft
from archive.actions.deactivate_account import deactivate_account
from archive.actions.record_event import record_event
from archive.actions.start_correction import start_correction
from tests.factories_notes import make_note, make_text

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's writers are alone anyway."),
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

#: Longer than PostgreSQL takes to find a deadlock.
PATIENCE = 20


def _correcting(text, people) -> Callable[[], Any]:
    return lambda: start_correction(text_id=text.pk, by=people["archivist"])


def _accepting(text, people) -> Callable[[], Any]:
    draft = start_correction(text_id=text.pk, by=people["archivist"])
    return lambda: accept_draft(draft_id=draft.pk, sha256=draft.sha256, by=people["archivist"])


def _deactivating(text, people) -> Callable[[], Any]:
    return lambda: deactivate_account(user_id=people["scholar"].pk, by=people["administrator"])


@pytest.mark.parametrize("making", [_correcting, _accepting, _deactivating], ids=lambda one: one.__name__)
def test_locked_row_does_not_hold_up_a_note_that_points_at_it(people, monkeypatch, making):
    """One holds the row and wants the chain's head; the other holds the head and checks its key to the row."""
    text = make_text()
    act = making(text, people)
    row_is_locked, head_is_locked = Event(), Event()

    def recorded_once_the_head_is_taken(*args: Any, **facts: Any) -> None:
        row_is_locked.set()
        assert head_is_locked.wait(PATIENCE)
        record_event(*args, **facts)

    module = sys.modules[_ACTS[making].__module__]
    monkeypatch.setattr(module, "record_event", recorded_once_the_head_is_taken)
    failed: list[Exception] = []
    thread = Thread(target=_elsewhere, args=(act, failed))

    thread.start()
    assert row_is_locked.wait(PATIENCE)
    with transaction.atomic():
        make_note(text, by=people["scholar"])
        head_is_locked.set()
    thread.join(PATIENCE)

    assert not failed
    assert not thread.is_alive()
    assert Annotation.objects.count() == 1


_ACTS: dict[Callable[..., Any], Callable[..., Any]] = {
    _correcting: start_correction, _accepting: accept_draft, _deactivating: deactivate_account,
}  # fmt: skip


def _elsewhere(act: Callable[[], Any], failed: list[Exception]) -> None:
    """Act over a connection of this thread's own; keep what went wrong."""
    try:
        act()
    except Exception as error:
        failed.append(error)
    finally:
        connections.close_all()
