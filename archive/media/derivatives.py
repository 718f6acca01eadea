"""Runs the decoder in a process of its own, with limits on memory, time, file size and what it may open."""

from __future__ import annotations

import functools
import json
import resource
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archive.errors import Invalid
from archive.media.limits import IMAGE_PAGES, IMAGE_PIXELS
from archive.media.tiles import TILE

#: Longest edge of each copy, in pixels; no copy is larger than the picture.
SIZES = {"thumb": 320, "small": 640, "medium": 1280, "large": 2560}
MEMORY_BYTES = 2 * 1024**3
SECONDS = 120
LARGEST_COPY = 64 * 1024**2
LARGEST_PYRAMID = 1024**3


@dataclass(frozen=True, slots=True)
class Copy:
    """One fresh copy of a picture, waiting in a folder."""

    name: str
    path: Path
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Decoded:
    """What the decoder made of a picture."""

    width: int
    height: int
    #: How many pictures the file holds that are pages of their own.
    pages: int
    copies: tuple[Copy, ...]
    embedded: dict[str, Any]


#: Parts that are painted over: x, y, width, height in pixels of the upright page.
Covered = Sequence[tuple[int, int, int, int]]


def decode(source: Path, folder: Path, *, page: int = 1, covered: Covered = ()) -> Decoded:
    """Decode a page of the picture at `source` and leave its copies in `folder`, without what of it is `covered`.

    Raises Invalid: `not_an_image`, `too_many_pixels`, `too_many_pages`, `image_broken`, `image_too_dear`,
    `pdf_locked`.
    """
    wanted = {"source": str(source), "folder": str(folder), "sizes": SIZES, "page": page, "covered": covered}
    answer = _ask(wanted, folder, LARGEST_COPY)
    copies = tuple(
        Copy(each["name"], Path(each["path"]), each["width"], each["height"]) for each in answer["copies"]
    )
    return Decoded(answer["width"], answer["height"], answer["pages"], copies, answer["embedded"])


@dataclass(frozen=True, slots=True)
class Tiles:
    """A page's pyramid, waiting in a folder."""

    path: Path
    width: int
    height: int
    #: The words of a page of a PDF, line by line, each `[x, y, width, height, word]` in pixels of the page.
    lines: list[list[Any]] = field(default_factory=list)


def tile(source: Path, folder: Path, *, page: int = 1, covered: Covered = ()) -> Tiles:
    """Decode a page of the picture at `source` whole and leave its pyramid in `folder`; raises Invalid as `decode` does."""
    wanted = {"source": str(source), "folder": str(folder), "tile": TILE, "page": page, "covered": covered}
    answer = _ask(wanted, folder, LARGEST_PYRAMID)
    return Tiles(Path(answer["tiles"]), answer["width"], answer["height"], answer.get("lines", []))


def _ask(request: dict[str, Any], folder: Path, largest: int) -> dict[str, Any]:
    """Run the decoder; return its answer."""
    request = {"page": 1, **request, "max_pixels": IMAGE_PIXELS, "max_pages": IMAGE_PAGES}
    program = Path(__file__).with_name("decoder") / "__main__.py"
    answer = run_limited(program, request, folder, largest=largest, seconds=SECONDS)
    if answer is None:
        raise Invalid("image_too_dear")
    if "error" in answer:
        raise Invalid(answer["error"], limit_mp=IMAGE_PIXELS // 1_000_000, limit=IMAGE_PAGES)
    return answer


def run_limited(
    program: Path, request: dict[str, Any], folder: Path, *, largest: int, seconds: int
) -> dict[str, Any] | None:
    """Run one of our programs for untrusted files; return its answer, None when it took too much.

    A program that breaks answers `{"error": "image_broken"}`.
    """
    command = [sys.executable, "-I", str(program), json.dumps(request)]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program; the file's name is our own hash.
            command, capture_output=True, timeout=seconds, check=False, cwd=folder,
            env={"PATH": "/usr/bin:/bin"},
            preexec_fn=functools.partial(_limit, largest, seconds), stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return None
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        stopped = done.returncode < 0 or b"Memory" in done.stderr
        return None if stopped else {"error": "image_broken"}
    return answer


def _limit(largest: int, seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
