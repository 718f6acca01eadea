"""A full disk is told in words, in both languages, wherever it is noticed first; nothing is recorded."""

from __future__ import annotations

import errno
import sqlite3

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import OperationalError
from django.urls import reverse

from archive.media.space import is_full
from archive.models import Group, Work

pytestmark = pytest.mark.django_db


def sqlite_error(code: int) -> OperationalError:
    """Return Django's error as SQLite's gives rise to it."""
    cause = sqlite3.OperationalError("database or disk is full")
    cause.sqlite_errorcode = code
    error = OperationalError("database or disk is full")
    error.__cause__ = cause
    return error


class PostgresFull(Exception):
    """As psycopg says it."""

    sqlstate = "53100"


@pytest.fixture
def filling(client, people, monkeypatch):
    """An administrator's client that answers failures as the live site does; `fill(error)` fills the disk."""
    client.raise_request_exception = False
    client.force_login(people["administrator"])

    def fill(error: Exception) -> None:
        def fail(*args: object, **kwargs: object) -> None:
            raise error

        for model in (Group, Work):
            monkeypatch.setattr(model, "save", fail)

    return client, fill


@pytest.mark.parametrize(
    "error", [sqlite_error(sqlite3.SQLITE_FULL), PostgresFull(), OSError(errno.ENOSPC, "")]
)
def test_saving_on_a_full_disk_is_refused_in_both_languages(filling, error):
    client, fill = filling
    fill(error)

    answer = client.post(reverse("group_new"), {"name": "القرّاء", "description": "", "seen": ""})

    assert answer.status_code == 507
    assert "القرص ممتلئ" in answer.content.decode()
    assert "The disk is full" in answer.content.decode()
    assert not Group.objects.exists()


def test_scripts_are_told_the_same_as_json(filling):
    client, fill = filling
    fill(PostgresFull())

    answer = client.post("/api/works/", {"title_ar": "كتاب", "kind": "book"}, content_type="application/json")

    assert answer.status_code == 507
    assert answer.json()["code"] == "storage_full"


def test_a_session_that_cannot_be_kept_says_so_too(client, monkeypatch):
    def fail(self: object) -> None:
        raise sqlite_error(sqlite3.SQLITE_FULL)

    client.raise_request_exception = False
    client.cookies["hashiya_session"] = "a" * 32
    monkeypatch.setattr(SessionStore, "load", fail)

    assert client.get(reverse("desk")).status_code == 507


def test_an_input_output_error_is_a_full_disk_only_when_nothing_is_left(monkeypatch):
    error = sqlite_error(sqlite3.SQLITE_IOERR)

    assert not is_full(error)
    monkeypatch.setattr("archive.media.space._no_space", lambda: True)
    assert is_full(error)


@pytest.mark.parametrize(
    "error", [ValueError(), sqlite_error(sqlite3.SQLITE_BUSY), OSError(errno.EACCES, "")]
)
def test_other_failures_are_not_taken_for_it(filling, error):
    client, fill = filling
    fill(error)

    answer = client.post(reverse("group_new"), {"name": "القرّاء", "description": "", "seen": ""})

    assert answer.status_code == 500
