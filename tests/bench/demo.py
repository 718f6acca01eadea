"""From a fresh clone to the first page: what a newcomer waits for after `make demo`."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

from tests.bench.outcome import Outcome, at_most
from tests.bench.site import ROOT, free_port, running

SECONDS, PATIENCE = 90, 600


def run() -> list[Outcome]:
    """Clone what is committed, run `make demo` and wait for the Arabic home page; setting up counts."""
    folder = Path(tempfile.mkdtemp(prefix="hashiya-demo-"))
    try:
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder / "site")], check=True)
        port = free_port()
        begun = time.monotonic()
        with running(["make", "demo", f"PORT={port}"], cwd=folder / "site") as process:
            took = _first_page(f"http://127.0.0.1:{port}/ar/", process, begun)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return [at_most("make demo, from a clone to the first page", took, SECONDS, "s")]


def _first_page(url: str, process: subprocess.Popen[bytes], begun: float) -> float:
    """Return the seconds until the page came whole.

    Raises RuntimeError when `make demo` ends before, or takes too long.
    """
    while time.monotonic() < begun + PATIENCE:
        if process.poll() is not None:
            raise RuntimeError("make demo ended by itself.")
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                if b"</html>" in answer.read():
                    return time.monotonic() - begun
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"No page in {PATIENCE} seconds.")
