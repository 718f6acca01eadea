"""What all tests share: an own media folder, an emptied page cache, guards that survive emptied tables."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db.backends.sqlite3.base import DatabaseOperations
from django.template import Context, Template
from django.test.signals import template_rendered
from django.utils import translation
from django.utils.safestring import SafeString

from archive.models import guards
from tests import migrated

pytest_plugins = ["tests.turns"]
migrated.remember()
# Half a million objects live as long as the run; looking for garbage among them each time takes a twelfth of it.
gc.set_threshold(100_000, 50, 100)


def _render_told_once(self: Template, context: Context) -> SafeString:
    """Tell the test client of a page as a whole, not of each of the hundred pieces it includes, for which all is copied."""
    if not vars(context).get("_is_told"):
        context._is_told = True  # type: ignore[attr-defined]
        template_rendered.send(sender=self, template=self, context=context)
    return self.nodelist.render(context)


@pytest.fixture(autouse=True, scope="session")
def _pages_are_told_once(django_test_environment: None) -> None:
    Template._render = _render_told_once  # type: ignore[method-assign]


_flush = DatabaseOperations.sql_flush


def _flush_guarded(self: DatabaseOperations, style, tables, **options):  # type: ignore[no-untyped-def]
    """Let a transactional test empty insert-only tables on SQLite, and put the guards back."""
    with self.connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_no_delete'"
        )
        guarded = [name for (name,) in cursor.fetchall()]
    drop = [s for table in guarded for s in guards.drop_statements("sqlite", table)]
    create = [s for table in guarded for s in guards.create_statements("sqlite", table)]
    return [*drop, *_flush(self, style, tables, **options), *create]


DatabaseOperations.sql_flush = _flush_guarded  # type: ignore[method-assign]


def _flush_postgresql(self, style, tables, **options):  # type: ignore[no-untyped-def]
    """Do the same on PostgreSQL, where emptying is TRUNCATE."""
    with self.connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
            "WHERE tgname LIKE '%\\_no\\_truncate'"
        )
        guarded = cursor.fetchall()
    off = [f"ALTER TABLE {table} DISABLE TRIGGER {name}" for table, name in guarded]
    on = [f"ALTER TABLE {table} ENABLE TRIGGER {name}" for table, name in guarded]
    return [*off, *_truncate(self, style, tables, **options), *on]


try:
    from django.db.backends.postgresql.operations import DatabaseOperations as PostgreSQL
except ImportError:  # The embedded default needs no driver of PostgreSQL.
    pass
else:
    _truncate = PostgreSQL.sql_flush
    PostgreSQL.sql_flush = _flush_postgresql  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    settings.MEDIA_ROOT = str(tmp_path / "media")


@pytest.fixture(autouse=True)
def _fresh_page_cache() -> Iterator[None]:
    from annotations.views import spans
    from archive.views import shared

    shared.forget()
    spans.forget()
    yield
    shared.forget()


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    """Begin in the site's first language; a page that a test before asked for leaves its own behind."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def people(db):  # type: ignore[no-untyped-def]
    """One account per role, by role code; and "member" without any."""
    from tests.factories import make_people

    return make_people()


@pytest.fixture
def archivist(people):  # type: ignore[no-untyped-def]
    """Who keeps the archive."""
    return people["archivist"]
