"""A site for the benches: production settings, an own PostgreSQL database, granian; all of it thrown away after."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
#: Where the benches make their databases.
SERVER = os.environ.get("BENCH_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432")
PATIENCE = 60


class Unavailable(Exception):
    """This machine has not what a bench needs; the words say what."""


@dataclass(frozen=True, slots=True)
class Site:
    """A running site whose database this process is connected to as well."""

    root: Path
    port: int

    @property
    def url(self) -> str:
        """Its address, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"


def need(*programs: str) -> None:
    """Stop a bench unless these programs are installed.

    Raises Unavailable.
    """
    missing = [name for name in programs if shutil.which(name) is None]
    if missing:
        raise Unavailable(f"not installed: {', '.join(missing)}")


def free_port() -> int:
    """Return a port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def prepared() -> Iterator[Site]:
    """Set this process up as production is, on an empty database; nothing serves yet."""
    with contextlib.ExitStack() as after:
        root = Path(tempfile.mkdtemp(prefix="hashiya-bench-"))
        after.callback(shutil.rmtree, root, ignore_errors=True)
        after.enter_context(_database(f"hashiya_bench_{os.getpid()}"))
        site = Site(root, free_port())
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "config.settings.production",
            "SECRET_KEY": secrets.token_urlsafe(50),
            "DATABASE_URL": f"{SERVER}/hashiya_bench_{os.getpid()}",
            "PUBLIC_URL": site.url,
            "STATE_ROOT": str(root / "var"),
            "MEDIA_ROOT": str(root / "media"),
            "LOG_LEVEL": "WARNING",
        }
        _manage("migrate", "--verbosity", "0")
        _manage("collectstatic", "--no-input", "--verbosity", "0")
        import django
        from django.db import connections

        django.setup()
        after.callback(connections.close_all)
        after.callback(_close_pools)
        yield site


def _close_pools() -> None:
    from django.db import connection

    close: Any = getattr(connection, "close_pool", None)
    if close:
        connection.close()
        close()


@contextlib.contextmanager
def _database(name: str) -> Iterator[None]:
    import psycopg

    try:
        server = psycopg.connect(f"{SERVER}/postgres", autocommit=True)
    except psycopg.OperationalError as error:
        raise Unavailable(f"no PostgreSQL at {SERVER}: {str(error).splitlines()[0]}") from None
    with server:
        server.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type]
        try:
            yield
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')  # type: ignore[arg-type]


def _manage(*arguments: str) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, check=True)


@contextlib.contextmanager
def serving(
    site: Site, *, workers: int = 2, threads: int = 2, application: str = "config.wsgi:application"
) -> Iterator[None]:
    """Serve the site, or a peer in its place, as docs/production.md does."""
    command = [
        str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--host", "127.0.0.1",
        "--port", str(site.port), "--workers", str(workers), "--blocking-threads", str(threads),
        "--log-level", "warning", application,
    ]  # fmt: skip
    with running(command, cwd=ROOT):
        answers(f"{site.url}/en/")
        yield


@contextlib.contextmanager
def running(command: list[str], *, cwd: Path = ROOT) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program and all that it starts, until the end of the block."""
    process = subprocess.Popen(command, cwd=cwd, start_new_session=True, stdin=subprocess.DEVNULL)
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=10)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def answers(url: str) -> None:
    """Return when the address answers.

    Raises RuntimeError when it does not in a minute.
    """
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"Nothing answers at {url}.")
