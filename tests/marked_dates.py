"""The sentences in which dates were marked by hand (`tests/vectors/dates.json`), and how well the code finds them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from annotations.suggesting.dates import find_dates

_MARK = re.compile(r"\[(?P<words>[^\]|]+)\|(?P<edtf>[^\]]+)\]")


class Dated(NamedTuple):
    """A date in a sentence, in code points."""

    start: int
    end: int
    edtf: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, its dates as a person marked them, and whether the code was tuned without it."""

    language: str
    held: bool
    text: str
    dates: frozenset[Dated]

    def found(self) -> frozenset[Dated]:
        """Return the dates that the code finds."""
        return frozenset(Dated(one.start, one.end, one.edtf) for one in find_dates(self.text))


def sentences() -> list[Sentence]:
    """Return all of them."""
    rows = json.loads((Path(__file__).parent / "vectors" / "dates.json").read_text(encoding="utf-8"))
    return [_read(row["language"], row["held"], row["marked"]) for row in rows["sentences"]]


def _read(language: str, held: bool, marked: str) -> Sentence:
    text, dates, done = "", set(), 0
    for mark in _MARK.finditer(marked):
        text += marked[done : mark.start()]
        dates.add(Dated(len(text), len(text) + len(mark["words"]), mark["edtf"]))
        text += mark["words"]
        done = mark.end()
    return Sentence(language, held, text + marked[done:], frozenset(dates))


class Score(NamedTuple):
    """Shares of what was found that is marked, and of what is marked that was found; and how much was marked."""

    precision: float
    recall: float
    marked: int


def score(rows: list[Sentence]) -> Score:
    """Return how well the dates of these sentences are found: words and EDTF both right."""
    right = sum(len(row.dates & row.found()) for row in rows)
    marked, found = sum(len(row.dates) for row in rows), sum(len(row.found()) for row in rows)
    return Score(right / found, right / marked, marked)
