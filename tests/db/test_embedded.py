"""The embedded site starts in silence, and finds what was built after its start."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path

from kombu import Connection

from config import broker

ROOT = Path(__file__).parents[2]


def test_the_broker_of_folders_warns_of_no_missing_host(caplog, tmp_path):
    broker.install()
    folders = {name: str(tmp_path) for name in ("data_folder_in", "data_folder_out", "control_folder")}

    with (
        caplog.at_level(logging.WARNING, "kombu"),
        Connection("filesystem://", transport_options=folders) as link,
    ):
        link.default_channel.queue_declare("work")

    assert caplog.records == []


def test_pages_are_served_without_a_warning_and_new_static_files_without_a_restart(tmp_path):
    """In a process of its own: these settings are not those of the tests."""
    script = """
import django, warnings
warnings.simplefilter("error", UserWarning)
django.setup()
from django.conf import settings
from pathlib import Path
from django.test import Client
dist = Path(settings.STATE_ROOT) / "dist"
dist.mkdir(parents=True)
settings.STATICFILES_DIRS = [dist]
client = Client(headers={"host": "localhost"})
(dist / "old-12345678.js").write_text("old")
assert client.get("/static/old-12345678.js").status_code == 200
(dist / "new-12345678.js").write_text("new")
answer = client.get("/static/new-12345678.js")
assert answer.status_code == 200, answer.status_code
assert b"".join(answer.streaming_content) == b"new"
"""
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings.dev", "STATE_ROOT": str(tmp_path / "state")}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env={**os.environ, **settings}, capture_output=True, text=True,
        timeout=120, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr[-2000:]
