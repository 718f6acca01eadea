"""Two people who write at once wait for each other, and never each for the other."""

from __future__ import annotations

import sys
from collections.abc import Callable
from threading import Event, Thread
from typing import Any

import pytest
from django.db import connection, connections, transaction

from annotations.actions.write_annotation import write_annotation
from annotations.models import Annotation
from annotations.values import NoteInput, RegionPlace
from archive.actions.accept_draft import accept_draft
from archive.actions.deactivate_account import deactivate_account
from archive.actions.open_deposit import open_deposit
from archive.actions.record_event import record_event
from archive.actions.start_correction import start_correction
from archive.actions.undo_deposit import undo_deposit
from archive.errors import Invalid, NotVisible
from archive.models import Image, User
from tests.db.archive.deposited import keep
from tests.factories import make_user
from tests.factories_archive import png
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


def test_two_administrators_who_close_each_others_accounts_leave_one(people, monkeypatch):
    """The first has looked and not yet finished when the second looks."""
    first, second = people["administrator"], make_user("second@example.org", "administrator")
    first_has_looked, second_begins = Event(), Event()
    module = sys.modules[deactivate_account.__module__]
    refuse = module.refuse_last_administrator

    def looking(user):
        if user == first:
            second_begins.set()
            return refuse(user)
        refuse(user)
        first_has_looked.set()
        assert second_begins.wait(PATIENCE)
        return None

    monkeypatch.setattr(module, "refuse_last_administrator", looking)
    failed: list[Exception] = []
    thread = Thread(target=_elsewhere, args=(lambda: deactivate_account(user_id=second.pk, by=first), failed))

    thread.start()
    assert first_has_looked.wait(PATIENCE)
    with pytest.raises(Invalid, match="last_administrator"):
        deactivate_account(user_id=first.pk, by=second)
    thread.join(PATIENCE)

    assert not failed
    assert User.objects.get(is_active=True, roles__code="administrator") == first


def test_note_on_an_image_that_is_just_being_undone_waits_and_is_refused(people, monkeypatch):
    """The undoer has looked that nothing stands on the image, and has not yet finished, when the note is written."""
    by = people["archivist"]
    deposit = open_deposit(note="", by=by)
    image = keep(deposit, by, png(20, 10), "a.png").image
    Image.objects.filter(pk=image.pk).update(access="members")
    has_looked, note_begins = Event(), Event()
    module = sys.modules[undo_deposit.__module__]
    look = module.standing_on

    def looking(row):
        found = look(row)
        has_looked.set()
        assert note_begins.wait(PATIENCE)
        return found

    monkeypatch.setattr(module, "standing_on", looking)
    undone: list[Exception] = []
    refused: list[Exception] = []
    undoing = Thread(target=_elsewhere, args=(lambda: undo_deposit(deposit_id=deposit.pk, by=by), undone))
    place = RegionPlace(image.public_id, "rect", [(1, 1), (4, 4)])

    def write() -> None:
        note_begins.set()
        write_annotation(place=place, note=NoteInput(body="هنا"), by=people["scholar"])

    writing = Thread(target=_elsewhere, args=(write, refused))
    undoing.start()
    assert has_looked.wait(PATIENCE)
    writing.start()
    undoing.join(PATIENCE)
    writing.join(PATIENCE)

    assert not undone
    assert [type(error) for error in refused] == [NotVisible]
    assert not Annotation.objects.exists()
