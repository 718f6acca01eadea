"""Runs the typesetter in a process of its own, with limits on memory, time, file size and what it may open.

Templates stand beside this file (`NAME.typ`); each begins with `page.typ`: paper, fonts, direction, numbers of pages.
What they show comes as JSON, so no word of it is ever read as markup.
"""

from __future__ import annotations

import functools
import json
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from bisect import bisect_right
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from archive.errors import HashiyaError
from archive.media import paths

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
#: The typesetter reserves much more than it uses.
MEMORY_BYTES = 4 * 1024**3
SECONDS = 240
LARGEST = 256 * 1024**2
#: Joiners between letters, which are no letters and must not be lost; and ends of lines.
_KEPT = "\u200c\u200d\n"
#: So many letters in a row have no place to be broken.
_LONG = re.compile(r"\S{20}")


def typeset(
    template: str | Path, data: Mapping[str, Any], *, at: datetime, files: Mapping[str, bytes] | None = None
) -> bytes:
    """Return the PDF (PDF/UA-1) that `template` makes of `data`, dated `at`; the same bytes for the same values.

    A template is named by its name here, or by its path. `files` are pictures, by the names under which it asks for them.
    `data` holds `language` and `title`; its words went through `printable`.
    Raises HashiyaError("not_printed") when it takes too much time or memory.
    """
    paths.staging().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=paths.staging()) as folder:
        root = Path(folder)
        place = template if isinstance(template, Path) else HERE / f"{template}.typ"
        shutil.copyfile(place, root / "main.typ")
        for name, picture in (files or {}).items():
            (root / name).write_bytes(picture)
        shutil.copyfile(HERE / "page.typ", root / "page.typ")
        (root / "data.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
        _run({"root": folder, "fonts": str(FONTS), "at": str(int(at.timestamp()))}, root)
        return (root / "out.pdf").read_bytes()


def _run(request: dict[str, str], root: Path) -> None:
    command = [sys.executable, "-I", str(HERE / "setter.py"), json.dumps(request)]
    # Nobody answers there: whatever would be fetched is not.
    nowhere = {
        "PATH": "/usr/bin:/bin",
        "HTTPS_PROXY": "http://127.0.0.1:9",
        "HTTP_PROXY": "http://127.0.0.1:9",
    }
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program and a folder of our own.
            command, capture_output=True, timeout=SECONDS, check=False, cwd=root, env=nowhere,
            preexec_fn=functools.partial(_limit), stdin=subprocess.DEVNULL,
        )  # fmt: skip
        answer = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError) as error:
        raise HashiyaError("not_printed") from error
    if "error" in answer:
        # A fault of the template, not of what it shows: the log must say which.
        raise RuntimeError(answer["error"])


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST, LARGEST))
    resource.setrlimit(resource.RLIMIT_NOFILE, (128, 128))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def printable(words: str) -> str:
    """Return words that the fonts can show whole: what they cannot, and what is invisible, stands as its number.

    Controls that turn the direction of what follows are among these.
    """
    if words.isascii() and words.isprintable():
        return words
    return "".join(_shown(letter) for letter in words.replace("\r\n", "\n"))


def breakable(words: str) -> str:
    """Return words as `printable` does, with places at which the longest of them may go on in the next line."""
    return _LONG.sub(lambda run: f"{run[0]}\u200b", printable(words))


@functools.lru_cache(maxsize=4096)
def _shown(letter: str) -> str:
    if letter in _KEPT:
        return letter
    lows, highs = _coverage()
    number = ord(letter)
    place = bisect_right(lows, number) - 1
    known = place >= 0 and number <= highs[place]
    return letter if known and letter.isprintable() else f"[U+{number:04X}]"


@functools.cache
def _coverage() -> tuple[list[int], list[int]]:
    lines = (FONTS / "coverage.txt").read_text("ascii").split()
    pairs = [line.split("-") for line in lines]
    return [int(low, 16) for low, _high in pairs], [int(high, 16) for _low, high in pairs]
