"""A real worker on every broker: what a change promises gets done, whoever carries the nudge."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests import migrated

pytestmark = pytest.mark.broker

BROKERS = {
    "filesystem": "filesystem://",
    "rabbitmq": os.environ.get("TEST_RABBITMQ_URL", "amqp://guest:guest@127.0.0.1:5672//"),
    "redis": os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/9"),
}

PROMISE = """
from archive.actions.create_work import create_work
from archive.models import Job, User
by = User.objects.get(email="admin@example.org")
create_work(values={"title_en": "A promise", "title_ar": "وعد"}, slug="promise", by=by)
print("JOB", Job.objects.latest("pk").pk)
"""
LOOK = "SELECT (SELECT state FROM archive_job ORDER BY id DESC LIMIT 1), (SELECT COUNT(*) FROM archive_searchentry)"


class Site:
    """An embedded site in a folder of its own, with a worker beside it."""

    def __init__(self, folder: Path, broker: str) -> None:
        self.folder = folder
        self.environment = {
            **os.environ, "STATE_ROOT": str(folder), "MEDIA_ROOT": str(folder / "media"), "BROKER_URL": broker,
            "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}", "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "SECRET_KEY": "x" * 60,
        }  # fmt: skip

    def prepare(self) -> None:
        """Make its database, with somebody who may do everything."""
        if not migrated.copied(self.folder / "site.sqlite3"):
            self.manage("migrate", "--verbosity", "0")
        self.manage("create_admin", "admin@example.org")

    def manage(self, *arguments: str) -> str:
        """Run a management command; return what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def look(self) -> str:
        """Return the state of the newest job, and how much is found by searching."""
        with closing(sqlite3.connect(self.folder / "site.sqlite3")) as database:
            state, entries = database.execute(LOOK).fetchone()
        return f"{state} {entries}"

    def worker(self) -> subprocess.Popen[bytes]:
        """Start the worker that `make demo` starts."""
        command = [sys.executable, "-m", "celery", "-A", "config", "worker", "--pool", "prefork", "--concurrency", "1",
                   "--loglevel", "WARNING", "--without-gossip", "--without-mingle", "-n", f"test-{os.getpid()}@localhost"]  # fmt: skip
        return subprocess.Popen(command, env=self.environment)


def eventually(look, *, seconds: float = 60) -> str:
    """Return what `look` gives once it is done, or what it last gave."""
    deadline, pause, seen = time.monotonic() + seconds, threading.Event(), ""
    while time.monotonic() < deadline:
        seen = look()
        if seen.startswith("done"):
            break
        pause.wait(0.2)
    return seen


@pytest.fixture(scope="module")
def prepared(tmp_path_factory) -> Path:
    """Return the folder of a site that nothing has happened on; migrating takes longer than all else here."""
    folder: Path = tmp_path_factory.mktemp("prepared")
    Site(folder, BROKERS["filesystem"]).prepare()
    return folder


@pytest.fixture(params=BROKERS)
def site(request, prepared, tmp_path) -> Site:
    folder = shutil.copytree(prepared, tmp_path / "site")
    return Site(folder, BROKERS[request.param])


def test_promise_is_kept_by_a_real_worker(site):
    worker = site.worker()
    try:
        site.manage("shell", "--no-imports", "-c", PROMISE)

        seen = eventually(site.look)
    finally:
        worker.terminate()
        worker.wait(30)

    assert seen.split() == ["done", "1"]


def test_promise_made_while_no_worker_runs_is_kept_by_the_next(site):
    site.manage("shell", "--no-imports", "-c", PROMISE)
    worker = site.worker()
    try:
        seen = eventually(site.look)
    finally:
        worker.terminate()
        worker.wait(30)

    assert seen.split() == ["done", "1"]
