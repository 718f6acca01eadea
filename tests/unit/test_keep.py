"""The embedded site's worker comes back when it is killed, and goes when it is told to."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
KEEP = ROOT / "config/scripts/keep.sh"


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    """A kept command that tells its process number through a pipe each time it starts."""
    pipe = tmp_path / "starts"
    os.mkfifo(pipe)
    command = ["bash", "-c", f"echo $$ > '{pipe}'; exec sleep 600"]
    process = subprocess.Popen(["bash", KEEP, *command], env={**os.environ, "PAUSE": "0"})
    yield process, pipe
    process.terminate()
    process.wait()


def test_a_killed_command_starts_again(kept):
    _process, pipe = kept
    first = int(pipe.read_text())

    os.kill(first, signal.SIGKILL)

    assert int(pipe.read_text()) != first


def test_the_command_ends_with_its_keeper(kept):
    process, pipe = kept
    running = int(pipe.read_text())

    process.terminate()
    process.wait()

    with pytest.raises(ProcessLookupError):
        os.kill(running, 0)


def test_told_to_end_in_the_moment_of_a_start_it_ends(tmp_path):
    """The command's own first act tells its keeper to end, which hardly knows the command's number yet."""
    begins = [
        subprocess.Popen(["bash", KEEP, "bash", "-c", "kill -TERM $PPID; exec sleep 600"]) for _ in range(20)
    ]

    assert [process.wait(timeout=60) for process in begins] == [0] * 20


def test_the_embedded_worker_is_kept():
    lines = (ROOT / "config/scripts/Procfile").read_text().splitlines()
    commands = dict(line.split(": ", 1) for line in lines)

    assert commands["worker"].startswith("bash config/scripts/keep.sh ")
    assert commands["beat"].startswith("bash config/scripts/keep.sh ")
