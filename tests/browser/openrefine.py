"""A real OpenRefine without its window: started for a test, asked by its own HTTP interface."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from tests.browser.live_site import PATIENCE, free_port

#: Debian's package has it there; null where it is not installed.
PROGRAM = shutil.which("openrefine")
_ALL_ROWS = json.dumps({"facets": [], "mode": "row-based"})


@dataclass
class OpenRefine:
    """The program, with its projects under `root`."""

    root: Path
    port: int = field(default_factory=free_port)
    _running: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Its address, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        assert PROGRAM, "OpenRefine is not installed"
        self._running = subprocess.Popen(
            [PROGRAM, "-i", "127.0.0.1", "-p", str(self.port), "-m", "500M", "-d", str(self.root), "-x", "refine.headless=true"],
            env={"PATH": os.environ["PATH"], "HOME": str(self.root), "REFINE_MIN_MEMORY": "100M"},
            start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                self._token()
                return
            except (requests.ConnectionError, ValueError):
                time.sleep(0.2)
        self.stop()
        raise RuntimeError("OpenRefine did not start.")

    def stop(self) -> None:
        """Stop it, with the Java that it started."""
        if self._running:
            os.killpg(self._running.pid, signal.SIGKILL)
            self._running.wait()

    def project(self, table: str) -> str:
        """Make a project of a table with commas, and return its number."""
        answer = requests.post(
            f"{self.url}/command/core/create-project-from-upload", params={"csrf_token": self._token()},
            data={"project-name": "Places", "format": "text/line-based/*sv", "options": json.dumps({"encoding": "UTF-8", "separator": ",", "headerLines": 1})},
            files={"project-file": ("places.csv", table.encode())}, allow_redirects=False, timeout=PATIENCE,
        )  # fmt: skip
        return answer.headers["Location"].rpartition("=")[2]

    def command(self, name: str, project: str, **data: Any) -> Any:
        """Give a command, wait until what it began is over, and return the answer."""
        forms = {key: value if isinstance(value, str) else json.dumps(value) for key, value in data.items()}
        answer = requests.post(
            f"{self.url}/command/core/{name}", params={"project": project, "csrf_token": self._token()},
            data={"engine": _ALL_ROWS, **forms}, timeout=PATIENCE,
        )  # fmt: skip
        self._wait(project)
        return answer.json()

    def reconcile(self, project: str, column: str, service: str, **more: Any) -> None:
        """Reconcile a column with a service, as its dialog does."""
        spaces = self.spaces(service)
        rules = {
            "mode": "standard-service",
            "service": service,
            "autoMatch": True,
            "limit": 3,
            "columnDetails": [],
        }
        self.command("reconcile", project, columnName=column, config={**rules, **spaces, **more})

    def spaces(self, service: str) -> Mapping[str, str]:
        """Return how a service calls the names of its entries and of its types."""
        manifest = requests.get(service, timeout=PATIENCE).json()
        return {name: manifest[name] for name in ("identifierSpace", "schemaSpace")}

    def rows(self, project: str) -> list[list[Any]]:
        """Return the cells, each with what it was reconciled with as `recon`."""
        answer = self.command("get-rows", project, start="0", limit="100")
        known = answer.get("pool", {}).get("recons", {})
        return [
            [cell and {**cell, "recon": known.get(str(cell.get("r")))} for cell in row["cells"]]
            for row in answer["rows"]
        ]

    def _token(self) -> str:
        answer = requests.get(f"{self.url}/command/core/get-csrf-token", timeout=5)
        return str(answer.json()["token"])

    def _wait(self, project: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            asked = requests.get(
                f"{self.url}/command/core/get-processes", params={"project": project}, timeout=5
            )
            if not asked.json()["processes"]:
                return
            time.sleep(0.1)
        raise RuntimeError("OpenRefine did not finish.")
