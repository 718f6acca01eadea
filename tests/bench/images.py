"""Photographs of 12 and 50 megapixels: their copies beside Pillow alone, their tiles, and the hash of their bytes.

Processor time is what is compared, since others may be at work on the machine; by turns, the quickest of each.
"""

from __future__ import annotations

import hashlib
import io
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from tests.bench.outcome import Outcome, at_least, at_most
from tests.bench.photographs import photograph
from tests.bench.site import Site, prepared

PHOTOGRAPHS = {"12 megapixels": (4000, 3000), "50 megapixels": (8660, 5774)}
TURNS, TILES = 5, 40
#: Times Pillow alone; megabytes; times a bare crop and encode; times a static file; percent of hashlib.
TIMES, MEMORY, FIRST_TILE, STATIC, HASHING = 1.2, 300, 1.5, 2, 80
HASHED_BYTES = 256 * 1024**2


def run() -> list[Outcome]:
    """Make copies and tiles of each photograph, ask for a tile as viewers do, and hash."""
    with prepared() as site:
        outcomes: list[Outcome] = []
        for name, size in PHOTOGRAPHS.items():
            source = site.root / f"{size[0]}.jpg"
            photograph(source, *size)
            outcomes += [*_copies(source, name), *_pyramid(source, name)]
        return [*outcomes, _kept_tile(site, source), _hashing()]


def _copies(source: Path, name: str) -> list[Outcome]:
    from archive.media.derivatives import SIZES, decode

    program = str(Path(__file__).with_name("photographs.py"))

    def peer(folder: str) -> None:
        command = [sys.executable, "-I", program, str(source), folder, *map(str, SIZES.values())]
        subprocess.run(command, check=True, env={"PATH": "/usr/bin:/bin"})

    turns = [(_child(lambda folder: decode(source, Path(folder))), _child(peer)) for _ in range(TURNS)]
    ours, alone = min(turn[0].seconds for turn in turns), min(turn[1].seconds for turn in turns)
    peak = max(turn[0].megabytes for turn in turns)
    beside = f"{ours:.2f} s beside {alone:.2f} s, {turns[0][1].megabytes:.0f} MB"
    return [
        at_most(f"copies, {name}, times Pillow alone", ours / alone, TIMES, beside=beside),
        at_most(f"copies, {name}, memory at its peak", peak, MEMORY, "MB"),
    ]


def _pyramid(source: Path, name: str) -> list[Outcome]:
    from PIL import Image

    from archive.actions.receive_file import store_bytes
    from archive.media import tiles
    from archive.media.derivatives import LARGEST_PYRAMID, tile

    spent = _child(lambda folder: tile(source, Path(folder)))
    with tempfile.TemporaryDirectory() as folder:
        made = tile(source, Path(folder))
        sha256, _size, _head = store_bytes([made.path.read_bytes()], max_bytes=LARGEST_PYRAMID)
    side = tiles.TILE
    with Image.open(source) as image:
        image.load()

        def bare() -> None:
            target = io.BytesIO()
            image.crop((side, side, 2 * side, 2 * side)).save(target, "JPEG", quality=88)

        def first() -> None:
            tiles._open.cache_clear()
            tiles.read(sha256, "1/1-1.jpg")

        peer, cold = (min(_here(act) for _ in range(TILES)) for act in (bare, first))
    return [
        at_most(f"tiles, {name}, memory at its peak", spent.megabytes, MEMORY, "MB", beside=f"{spent.seconds:.1f} s"),
        at_most(f"first tile, {name}, times crop and encode", cold / peer, FIRST_TILE,
                beside=f"{cold * 1000:.2f} ms beside {peer * 1000:.2f} ms"),
    ]  # fmt: skip


def _kept_tile(site: Site, source: Path) -> Outcome:
    """Ask the whole of Django for a tile, and for a file of the same size that it sends as it lies there."""
    from archive.actions.make_tiles import make_tiles
    from archive.actions.receive_file import receive_file
    from archive.enums import Access, ImageState
    from archive.media import tiles
    from archive.models import Image

    with source.open("rb") as file:
        arrival = receive_file(source=file, filename="p.jpg", max_bytes=10**9, by=None, check=False)
    image = Image.objects.create(arrival=arrival, access=Access.PUBLIC, state=ImageState.READY)
    (row,) = make_tiles(image_id=image.pk)
    entry = tiles.read(row.stored_file.sha256, "1/1-1.jpg")
    from django.conf import settings

    still = Path(settings.STATIC_ROOT) / "bench.jpg"
    still.write_bytes(entry)
    try:
        ask = _asker(site)
        addresses = (
            f"/iiif/3/{image.public_id}/{tiles.TILE},{tiles.TILE},{tiles.TILE},{tiles.TILE}/512,512/0/default.jpg",
            f"{settings.STATIC_URL}{still.name}",
        )
        for address in addresses:
            assert ask(address) == entry, address
        tile, static = (
            min(_here(lambda a=address: ask(a)) for _ in range(TILES * 5)) for address in addresses
        )
    finally:
        still.unlink()
    beside = f"{tile * 1000:.2f} ms beside {static * 1000:.2f} ms, through all of Django"
    return at_most("kept tile, times a static file", tile / static, STATIC, beside=beside)


def _asker(site: Site) -> Callable[[str], bytes]:
    """Return a way to ask the application without a network."""
    from django.core.wsgi import get_wsgi_application
    from django.test import RequestFactory

    application, factory = get_wsgi_application(), RequestFactory()

    def ask(address: str) -> bytes:
        environment = factory._base_environ(
            PATH_INFO=address, HTTP_HOST=f"127.0.0.1:{site.port}", HTTP_X_FORWARDED_PROTO="https"
        )
        told: list[str] = []
        answer = application(environment, lambda status, headers, *_rest: told.append(status))
        body = b"".join(answer)
        answer.close()
        assert told[0].startswith("200"), (address, told)
        return body

    return ask


def _hashing() -> Outcome:
    from archive.actions import check_file
    from archive.media import paths

    data = os.urandom(1024**2) * (HASHED_BYTES // 1024**2)
    digest = hashlib.sha256(data).hexdigest()
    place = paths.of_sha256(digest)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)
    stored: Any = SimpleNamespace(sha256=digest, size=len(data))

    def ours() -> None:
        assert check_file._outcome(stored, lambda: None) == "intact"

    turns = [(_here(ours), _here(lambda: hashlib.sha256(data).digest())) for _ in range(TURNS)]
    mine, bare = min(turn[0] for turn in turns), min(turn[1] for turn in turns)
    beside = f"{HASHED_BYTES / mine / 1e6:,.0f} beside {HASHED_BYTES / bare / 1e6:,.0f} MB a second"
    return at_least(
        "a file's check, share of hashlib's own speed", 100 * bare / mine, HASHING, "%", beside=beside
    )


def _here(act: Callable[[], object]) -> float:
    """Return the seconds of processor time that something takes in this process."""
    before = time.process_time()
    act()
    return time.process_time() - before


def _child(act: Callable[[str], object]) -> SimpleNamespace:
    """Return the processor time of the programs that something starts, and the greatest memory of one of them."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        # A process between, whose children are these alone: the greatest memory is kept for all children together.
        status = 1
        try:
            with tempfile.TemporaryDirectory() as folder:
                act(folder)
            used = resource.getrusage(resource.RUSAGE_CHILDREN)
            os.write(writing, f"{used.ru_utime + used.ru_stime} {used.ru_maxrss / 1024}".encode())
            status = 0
        finally:
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading) as told:
        words = told.read().split()
    if os.waitpid(child, 0)[1] or len(words) != 2:
        raise RuntimeError("The programs failed.")
    return SimpleNamespace(seconds=float(words[0]), megabytes=float(words[1]))
