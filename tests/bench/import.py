"""A text of 10 MB: from its bytes to its report, how long it takes and how much memory, beside pandoc alone."""

# ruff: noqa: N999 - benches are named after what they measure.

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.outcome import Outcome, at_least, at_most
from tests.bench.site import ROOT, prepared

BYTES, SECONDS, MEMORY_MB = 10_000_000, 60, 1024
#: Seconds between two looks at the memory.
PACE = 0.05
_SENTENCE = "بُني الجسر القديم من حجرٍ **أبيض** قرب الطاحونة، ثم عبر [القادمون](https://example.org/) من السوق إلى الضفة الأخرى. "


def run() -> list[Outcome]:
    """Import a long text by the command, which runs the very job of the worker, and parse it by pandoc alone."""
    with prepared(), tempfile.TemporaryDirectory() as folder:
        from tests.factories import make_user

        by = make_user("import-bench@example.org", "archivist")
        path = Path(folder) / "long.md"
        path.write_bytes(_text())
        command = [
            sys.executable,
            "manage.py",
            "import_text",
            str(path),
            "--language",
            "ar",
            "--report",
            "json",
            "--by",
            by.email,
        ]
        seconds, memory, told = _measured(command)
        alone, alone_memory, _none = _measured([*_pandoc(), str(path)])
        beside = f"pandoc alone {alone:.0f} s, {alone_memory:,.0f} MB"
        return [
            at_most("import of a text of 10 MB", seconds, SECONDS, "s", beside=beside),
            at_most("memory of the worker and its children", memory, MEMORY_MB, "MB", beside=beside),
            at_least("steps of progress that were told", told, 3),
        ]


def _text() -> bytes:
    part = "## فصل {n}\n\n" + (_SENTENCE * 4 + "\n\n") * 12
    parts, size = [], 0
    while size < BYTES - 20_000:
        parts.append(part.format(n=len(parts) + 1).encode())
        size += len(parts[-1])
    return b"".join(parts)


def _pandoc() -> list[str]:
    from archive.importers.pandoc import _binary

    return [_binary(), "--from", "markdown", "--to", "json", "--output", os.devnull]


def _measured(command: list[str]) -> tuple[float, float, int]:
    """Return the seconds, the most memory of the process with its children at one moment in MB, and the steps told."""
    from archive.models import Job

    began, most, told = time.perf_counter(), 0.0, set()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as running:
        while running.poll() is None:
            most = max(most, _memory(running.pid))
            told |= set(Job.objects.filter(kind="parse_import").values_list("progress", flat=True))
            time.sleep(PACE)
    assert running.returncode == 0, running.returncode
    return time.perf_counter() - began, most, len(told)


def _memory(pid: int) -> float:
    """Return the resident memory of a process and all below it, in MB."""
    total = 0.0
    try:
        status = Path(f"/proc/{pid}/status").read_text()
        total += (
            next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")), 0) / 1024
        )
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except (FileNotFoundError, ProcessLookupError):
        return total
    return total + sum(_memory(int(child)) for child in children)
