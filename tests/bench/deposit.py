"""A file of 4 GB through the door of deposits: how fast beside hashing and copying alone, and in how much memory."""

from __future__ import annotations

import hashlib
import http.client
import os
import resource
import secrets
import shutil
import time
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.bench.outcome import Outcome, at_least, at_most
from tests.bench.site import Site, Unavailable, prepared, serving

SIZE = int(os.environ.get("BENCH_DEPOSIT_BYTES", 4 * 1024**3))
#: As the page sends them.
PIECE = 8 * 1024**2
#: Megabytes by which the server, and then the worker, may grow.
GROWTH = 96
#: Share of the pace of hashing plus copying.
PACE = 0.2
MB = 1024**2


def run() -> Iterator[Outcome]:
    """Send one file, let it be laid down, and compare with a bare hash and a bare copy of the same bytes."""
    with prepared() as site:
        if shutil.disk_usage(site.root).free < 4 * SIZE:
            raise Unavailable("less free space than four times the file")
        source = _source(site.root)
        digest, hashing, copying = _peer(source, site.root)
        with serving(site):
            yield from _sent(site, source, hashing, copying)
        yield from _settled(digest)


def _source(root: Path) -> Path:
    """Write bytes that no file system can leave out."""
    path, block = root / "source.bin", secrets.token_bytes(PIECE)
    with path.open("wb") as file:
        for number in range(SIZE // PIECE):
            file.write(number.to_bytes(8) + block[8:])
    return path


def _peer(source: Path, root: Path) -> tuple[str, float, float]:
    began = time.perf_counter()
    with source.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    hashed = time.perf_counter()
    copy = root / "copy.bin"
    with source.open("rb") as read, copy.open("wb") as written:
        shutil.copyfileobj(read, written, PIECE)
        os.fsync(written.fileno())
    copied = time.perf_counter()
    copy.unlink()
    return digest, hashed - began, copied - hashed


def _sent(site: Site, source: Path, hashing: float, copying: float) -> Iterator[Outcome]:
    door = Door(site)
    place = door.announce(SIZE)
    before, most, began = _memory(), 0, time.perf_counter()
    with source.open("rb") as file:
        for offset in range(0, SIZE, PIECE):
            door.send(place, offset, file.read(PIECE))
            if offset % (32 * PIECE) == 0:
                most = max(most, _memory())
    seconds, most = time.perf_counter() - began, max(most, _memory())
    pace = SIZE / MB / seconds
    beside = f"{SIZE / MB / hashing:,.0f} hashing, {SIZE / MB / copying:,.0f} copying, to the disk"
    bare = SIZE / MB / (hashing + copying)
    yield at_least(f"sending a file of {SIZE / 1024**3:.1f} GB", pace, PACE * bare, "MB/s", beside=beside)
    yield at_most("growth of the server meanwhile", (most - before) / MB, GROWTH, "MB")


def _settled(digest: str) -> Iterator[Outcome]:
    from archive.actions.run_job import run_job
    from archive.models import DepositItem, Job

    before, began = _own_most(), time.perf_counter()
    run_job(Job.objects.get(kind="settle_item").pk)
    seconds = time.perf_counter() - began
    item = DepositItem.objects.select_related("arrival__stored_file").get()
    assert item.arrival is not None
    assert item.arrival.stored_file.sha256 == digest
    yield at_least("laying it down under its hash", SIZE / MB / seconds, 50, "MB/s")
    yield at_most("growth of the worker meanwhile", (_own_most() - before) / MB, GROWTH, "MB")


class Door:
    """A client of the resumable protocol with an archivist's session."""

    def __init__(self, site: Site) -> None:
        from django.conf import settings
        from django.test import Client

        from archive.actions.open_deposit import open_deposit
        from tests.factories import make_user

        by: Any = make_user("deposit-bench@example.org", "archivist")
        client, token = Client(), secrets.token_hex(16)
        client.force_login(by)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.deposit = open_deposit(note="bench", by=by).public_id
        self.site = site
        self.headers = {
            "Tus-Resumable": "1.0.0", "X-CSRFToken": token, "Host": f"127.0.0.1:{site.port}",
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={token}",
        }  # fmt: skip
        self.line = http.client.HTTPConnection("127.0.0.1", site.port)

    def announce(self, size: int) -> str:
        """Return the address of a new file."""
        words = ",".join(f"{name} {b64encode(value).decode()}" for name, value in
                         (("filename", b"film.bin"), ("key", b"film")))  # fmt: skip
        answer = self._ask(
            "POST", f"/uploads/{self.deposit}/", {"Upload-Length": str(size), "Upload-Metadata": words}
        )
        assert answer.status == 201, answer.status
        return str(answer.headers["Location"])

    def send(self, place: str, offset: int, piece: bytes) -> None:
        """Send a piece and see that it was answered for."""
        headers = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
        answer = self._ask("PATCH", place, headers, piece)
        assert answer.status == 204, answer.status
        assert answer.headers["Upload-Offset"] == str(offset + len(piece))

    def _ask(
        self, verb: str, place: str, headers: dict[str, str], body: bytes = b""
    ) -> http.client.HTTPResponse:
        self.line.request(verb, place, body, self.headers | headers)
        answer = self.line.getresponse()
        answer.read()
        return answer


def _memory() -> int:
    """Return the resident bytes of everything that this process started."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(path.parent.name)] = (int(fields[1]), int(fields[21]) * resource.getpagesize())
    ours, size = {os.getpid()}, 0
    for pid in sorted(parents):
        parent, resident = parents[pid]
        if parent in ours:
            ours.add(pid)
            size += resident
    return size


def _own_most() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
