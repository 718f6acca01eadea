"""Asking a server as quickly as it answers, with `wrk`."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

_UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}


@dataclass(frozen=True, slots=True)
class Asked:
    """How a server answered."""

    #: Answers a second.
    rate: float
    #: Milliseconds under which 99 of 100 answers came.
    p99: float
    #: Answers that were no success.
    errors: int
    count: int


def ask(url: str, *, connections: int, seconds: int, script: Path | None = None, headers: tuple[str, ...] = ()) -> Asked:  # fmt: skip
    """Ask `url` for some seconds over that many connections.

    Raises RuntimeError when wrk cannot.
    """
    command = ["wrk", "--threads", "1", "--connections", str(connections), "--duration", f"{seconds}s",
               "--latency", "--timeout", "10s"]  # fmt: skip
    for header in headers:
        command += ["--header", header]
    if script:
        command += ["--script", str(script)]
    done = subprocess.run([*command, url], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"wrk: {done.stderr or done.stdout}")
    return _read(done.stdout)


def _read(told: str) -> Asked:
    p99 = re.search(r"99%\s+([\d.]+)(us|ms|s|m)\b", told)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", told)
    count = re.search(r"(\d+) requests in", told)
    if not (p99 and rate and count):
        raise RuntimeError(f"wrk said something else:\n{told}")
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", told)
    broken = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", told)
    errors = (int(refused[1]) if refused else 0) + (sum(map(int, broken.groups())) if broken else 0)
    return Asked(float(rate[1]), float(p99[1]) * _UNITS[p99[2]], errors, int(count[1]))
