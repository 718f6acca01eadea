"""`make bench`: what is promised of speed, each beside a peer or a limit measured in the same run.

`make bench ONLY=reading` runs one of them. Each runs in a process of its own. The exit code is 1 when a limit
was missed, or could not be measured.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import traceback
from importlib import import_module

from tests.bench.outcome import Outcome
from tests.bench.site import Unavailable

BENCHES = (
    "rendering",
    "reading",
    "writing",
    "browser",
    "demo",
    "anchoring",
    "images",
    "csv",
    "import",
    "deposit",
    "others",
    "search",
    "suggestions",
    "exports",
    "releases",
    "phone",
)


def main() -> int:
    """Run what was asked for, by default everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("only", nargs="?", choices=BENCHES, help="the one bench to run")
    only = parser.parse_args().only
    return _one(only) if only else _all()


def _all() -> int:
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}", flush=True)
    missed = [name for name in BENCHES if subprocess.call([sys.executable, "-m", "tests.bench", name])]
    print(f"\nMissed: {', '.join(missed) or 'nothing'}.")
    return 1 if missed else 0


def _one(name: str) -> int:
    """Run a bench, print its figures and return 1 if one of them missed its limit."""
    print(f"\n{name} (load {os.getloadavg()[0]:.1f})", flush=True)
    if name == "anchoring":
        return subprocess.call([sys.executable, "-m", "tests.bench.anchoring", "--quick"])
    try:
        missed = [outcome for outcome in import_module(f"tests.bench.{name}").run() if not _told(outcome)]
    except Unavailable as error:
        print(f"FAIL  not measured: {error}")
        return 1
    except Exception:
        traceback.print_exc()
        return 1
    print(f"(load {os.getloadavg()[0]:.1f})")
    return 1 if missed else 0


def _told(outcome: Outcome) -> bool:
    """Print a figure and return whether it keeps its limit."""
    print(outcome, flush=True)
    return outcome.met


if __name__ == "__main__":
    sys.exit(main())
