"""Capture a linked film by yt-dlp: a program of others, that asks other sites itself, held on a short leash.

Its first address is checked like every other; but it resolves names by itself and goes on to addresses that the
provider names, so what keeps it from the network of the house is a proxy or a firewall (docs/production.md).
"""

from __future__ import annotations

import contextlib
import functools
import os
import re
import resource
import signal
import stat
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from archive.outside import addresses, wire
from archive.outside.errors import OutsideError
from archive.outside.fetching import Way, is_allowed

#: Bytes of one capture with all that lies beside it while it is written.
MAX_BYTES = 4 * 1024 * 1024 * 1024
#: Seconds of one capture, and of one question for the version; a job ends within half an hour.
SECONDS, VERSION_SECONDS = 20 * 60.0, 20.0
#: Seconds between two looks at what was written.
PACE = 0.2
_NAME = re.compile(r"film\.[a-z0-9]{1,5}", re.ASCII)
_VERSION = re.compile(rb"[0-9][0-9a-zA-Z.@/-]{3,39}")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one capture may take."""

    max_bytes: int = MAX_BYTES
    seconds: float = SECONDS


@dataclass(frozen=True, slots=True)
class Captured:
    """What was captured: one file in the folder, and by which program."""

    path: Path
    tool: str


def is_able() -> bool:
    """Whether this installation may capture films at all."""
    return is_allowed() and bool(settings.YT_DLP)


def capture(url: str, folder: Path, *, limits: Limits = Limits(), way: Way | None = None) -> Captured:
    """Leave the film at a provider's address as one file in `folder`, which is empty.

    Raises OutsideError: "network_off", "capture_off", those of an address that may not be asked, and
    "capture_failed", "capture_too_slow", "capture_too_large", "capture_odd".
    """
    limits = limits or Limits()
    if not is_allowed():
        raise OutsideError("network_off")
    if not settings.YT_DLP:
        raise OutsideError("capture_off")
    _require_public(url, way or Way())
    tool = f"yt-dlp {_version(folder)}".strip()
    _run(_command(url, folder, limits), folder, limits)
    return Captured(_only_file(folder, limits), tool)


def _require_public(url: str, way: Way) -> None:
    """Refuse an address that is not TLS, or whose name leads to a machine that is not public."""
    parts = addresses.read_url(url)
    if parts.scheme != "https":
        raise OutsideError("not_a_web_address")
    host, port = (parts.hostname or "").removesuffix("."), addresses.port_of(parts)
    found = wire.all_of(way.resolve(host, port, wire.Clock(VERSION_SECONDS)))
    if not found:
        raise OutsideError("name_unknown")
    for address in found:
        addresses.require_public(address, port)


def _command(url: str, folder: Path, limits: Limits) -> list[str]:
    """Return the call: no settings of a person, no cookies, no plugins, one film, one file, https only."""
    proxy = ["--proxy", settings.YT_DLP_PROXY] if settings.YT_DLP_PROXY else []
    return [
        settings.YT_DLP, "--ignore-config", "--no-cookies", "--no-cookies-from-browser", "--no-cache-dir", "--no-plugin-dirs",
        "--no-playlist", "--max-downloads", "1", "--no-live-from-start", "--no-warnings", "--no-progress", "--quiet",
        "--no-mtime", "--no-part", "--no-continue", "--socket-timeout", "20", "--retries", "2", "--fragment-retries", "2",
        "--max-filesize", str(limits.max_bytes), "--format", "b[protocol=https]/b[protocol^=m3u8]", "--fixup", "never",
        "--no-write-comments", "--no-write-thumbnail", "--output", "film.%(ext)s", "--paths", str(folder), *proxy, "--", url,
    ]  # fmt: skip


def _environment(folder: Path) -> dict[str, str]:
    return {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "TMPDIR": str(folder),
    }


def _version(folder: Path) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - the administrator names the program.
            [settings.YT_DLP, "--ignore-config", "--version"], capture_output=True, timeout=VERSION_SECONDS, check=False,
            cwd=folder, env=_environment(folder), stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        raise OutsideError("capture_failed") from None
    said = done.stdout.strip()
    return said.decode() if _VERSION.fullmatch(said) else ""


def _run(command: list[str], folder: Path, limits: Limits) -> None:
    """Run the program until it ends, or ends it and all that it began when it takes too much."""
    try:
        running = subprocess.Popen(  # noqa: S603 - the administrator names the program; the address is checked.
            command, cwd=folder, env=_environment(folder), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True, preexec_fn=functools.partial(_limit, limits),
        )  # fmt: skip
    except OSError:
        raise OutsideError("capture_failed") from None
    try:
        code = _watched(running, folder, limits)
    finally:
        _end(running)
    # 101: it stopped after the one film that it was told to take.
    if code not in (0, 101):
        raise OutsideError("capture_too_large" if code == -signal.SIGXFSZ else "capture_failed")


def _watched(running: subprocess.Popen[bytes], folder: Path, limits: Limits) -> int:
    until = time.monotonic() + limits.seconds
    while True:
        try:
            return running.wait(PACE)
        except subprocess.TimeoutExpired:
            if time.monotonic() > until:
                raise OutsideError("capture_too_slow") from None
            if _size_of(folder) > limits.max_bytes:
                raise OutsideError("capture_too_large") from None


def _end(running: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(running.pid, signal.SIGKILL)
    running.wait()


def _size_of(folder: Path) -> int:
    total = 0
    for around, _folders, names in os.walk(folder, followlinks=False):
        for name in names:
            try:
                total += (Path(around) / name).lstat().st_size
            except FileNotFoundError:  # It is being renamed.
                continue
    return total


def _limit(limits: Limits) -> None:
    seconds = int(limits.seconds) + 1
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.max_bytes, limits.max_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (128, 128))


def _only_file(folder: Path, limits: Limits) -> Path:
    """Return the one plain file that was written under the name that was asked for."""
    found = [path for path in folder.iterdir() if _NAME.fullmatch(path.name)]
    if len(found) != 1 or not stat.S_ISREG(found[0].lstat().st_mode):
        raise OutsideError("capture_odd")
    size = found[0].lstat().st_size
    if size > limits.max_bytes:
        raise OutsideError("capture_too_large")
    if not size:
        raise OutsideError("capture_failed")
    return found[0]
