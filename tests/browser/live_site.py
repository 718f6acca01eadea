"""A whole site for the browser tests: own state, the demonstration, and the processes of the Procfile."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from tests import migrated

ROOT = Path(__file__).parents[2]
PROCFILE = ROOT / "config/scripts/Procfile"
#: The Hypothesis client, which development installs and the site only names.
CLIENT = ROOT / "frontend/node_modules/hypothesis/build"
#: Starting takes seconds; a machine that needs longer than this has another trouble.
PATIENCE = 90


def free_port() -> int:
    """Return a port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class LiveSite:
    """A site that runs as `make demo` runs it, with everything it writes under `root`."""

    root: Path
    port: int = field(default_factory=free_port)
    _running: list[subprocess.Popen[bytes]] = field(default_factory=list)
    _log: IO[bytes] | None = None

    @property
    def url(self) -> str:
        """Its address, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        """What its processes print."""
        return self.root / "site.log"

    @property
    def environment(self) -> dict[str, str]:
        """Return the settings of the embedded default, on own folders."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        return {
            **kept,
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "STATE_ROOT": str(self.root / "var"),
            "MEDIA_ROOT": str(self.root / "media"),
            "DATABASE_URL": f"sqlite:///{self.root / 'var/site.sqlite3'}",
            "PUBLIC_URL": self.url,
            "DEMO": "yes",
            "PORT": str(self.port),
            "LOG_LEVEL": "WARNING",
            "HYPOTHESIS_CLIENT": str(CLIENT) if CLIENT.is_dir() else "",
        }

    def manage(self, *arguments: str) -> str:
        """Run a command of the site and return what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"manage.py {' '.join(arguments)} failed:\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def prepare(self) -> None:
        """Make the database, by a copy of a migrated one where there is one, and fill it with the demonstration."""
        (self.root / "var").mkdir(parents=True, exist_ok=True)
        if not migrated.copied(self.root / "var/site.sqlite3"):
            self.manage("migrate", "--verbosity", "0")
        self.manage("demo_data")

    def start(self) -> None:
        """Start every process of the Procfile and wait until the site answers."""
        self._log = self.log.open("ab")
        for line in PROCFILE.read_text().splitlines():
            _, command = line.split(":", 1)
            self._running.append(
                subprocess.Popen(
                    command.strip(),
                    shell=True,
                    cwd=ROOT,
                    env=self.environment,
                    start_new_session=True,
                    stdout=self._log,
                    stderr=subprocess.STDOUT,
                    stdin=subprocess.DEVNULL,
                )
            )
        self._wait_until_it_answers()

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if any(process.poll() is not None for process in self._running):
                break
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=5):
                    return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.2)
        self.stop()
        raise RuntimeError(f"The site did not start:\n{self.log.read_text()[-4000:]}")

    def get_json(self, path: str) -> Any:
        """Return what the site answers to anybody at `path`, as JSON."""
        with urllib.request.urlopen(self.url + path, timeout=10) as answer:
            return json.load(answer)

    def stop(self) -> None:
        """Stop what was started, and only that; kill what does not go."""
        for process in self._running:
            _signal(process, signal.SIGTERM)
        for process in self._running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=10)
            _signal(process, signal.SIGKILL)  # Also what the group left behind.
            process.wait()
        self._running.clear()
        if self._log:
            self._log.close()
            self._log = None


def _signal(process: subprocess.Popen[bytes], number: int) -> None:
    """Signal the process group; it may be gone already."""
    try:
        os.killpg(process.pid, number)
    except ProcessLookupError:
        return


def most_noted(site: LiveSite, kind: str) -> str:
    """Return the public id of the `image` or `video` of the demonstration that bears most notes."""
    notes = site.get_json("/api/annotations/?page_size=100")["results"]
    ids = [str(note["place"][kind]) for note in notes if kind in note["place"]]
    return max(set(ids), key=ids.count)
