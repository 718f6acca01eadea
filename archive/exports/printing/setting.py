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
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

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
    with Press.opened(template, at=at, files=files) as press:
        press.set(data, "out.pdf")
        return press.read("out.pdf")


class Sheets(NamedTuple):
    """A part of a book that is set: how many pages it has, and on which of them each heading is, from 0."""

    pages: int
    places: Mapping[str, int]


class Bound(NamedTuple):
    """A part of a book, of which the first pages and the first blocks of the structure are left out."""

    file: str
    pages: int = 0
    blocks: int = 0


@dataclass(frozen=True)
class Press:
    """A folder in which documents of one template are set, one after the other, and bound."""

    root: Path
    at: datetime

    @classmethod
    @contextmanager
    def opened(
        cls, template: str | Path, *, at: datetime, files: Mapping[str, bytes] | None = None
    ) -> Iterator[Press]:
        """Yield a press that knows a template and the pictures that it asks for; the folder is gone afterwards."""
        paths.staging().mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=paths.staging()) as folder:
            root = Path(folder)
            place = template if isinstance(template, Path) else HERE / f"{template}.typ"
            shutil.copyfile(place, root / "main.typ")
            for name, picture in (files or {}).items():
                (root / name).write_bytes(picture)
            shutil.copyfile(HERE / "page.typ", root / "page.typ")
            yield cls(root, at)

    def set(self, data: Mapping[str, Any], out: str) -> None:
        """Write the document that the template makes of these values."""
        (self.root / "data.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
        at = str(int(self.at.timestamp()))
        self._run("setter.py", {"out": out, "fonts": str(FONTS), "at": at})

    def look(self, file: str) -> Sheets:
        """Return what a document says of its pages."""
        answer = self._run("binder.py", {"look": file})
        return Sheets(answer["pages"], answer["places"])

    def bind(self, parts: Sequence[Bound], headings: Sequence[tuple[str, int, str]], out: str) -> None:
        """Write one document of several, with bookmarks of its headings: name, level, words."""
        self._run(
            "binder.py", {"parts": [part._asdict() for part in parts], "headings": headings, "out": out}
        )

    def read(self, file: str) -> bytes:
        """Return a document."""
        return (self.root / file).read_bytes()

    def _run(self, program: str, request: Mapping[str, Any]) -> Any:
        command = [sys.executable, "-I", str(HERE / program)]
        # Nobody answers there: whatever would be fetched is not.
        nowhere = {
            "PATH": "/usr/bin:/bin",
            "HTTPS_PROXY": "http://127.0.0.1:9",
            "HTTP_PROXY": "http://127.0.0.1:9",
        }
        try:
            done = subprocess.run(  # noqa: S603 - a fixed program and a folder of our own.
                command, capture_output=True, timeout=SECONDS, check=False, cwd=self.root, env=nowhere,
                preexec_fn=functools.partial(_limit), input=json.dumps({"root": str(self.root), **request}).encode(),
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise HashiyaError("not_printed") from error
        return _answer(done)


def _answer(done: subprocess.CompletedProcess[bytes]) -> Any:
    """Return what a program says; a fault of it or of its template is no fault of what it shows: the log must say which."""
    said = done.stderr.decode(errors="replace")
    if "Traceback" in said and "MemoryError" not in said:
        raise RuntimeError(said[-2000:])
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:
        raise HashiyaError("not_printed") from error
    if "error" in answer:
        raise RuntimeError(answer["error"])
    return answer


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
