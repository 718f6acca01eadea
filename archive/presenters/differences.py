"""What changed between two wordings, word by word, paragraph by paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from rapidfuzz.distance import Indel, Levenshtein

#: White space, words with their vowel marks, or one sign of punctuation.
_SIGNS = r".,;:!?()\[\]{}«»\"'…،؛؟“”‘’–—/-"
WORDS = re.compile(rf"\s+|[^\s{_SIGNS}]+|[{_SIGNS}]")
#: Words kept on each side of a change; what lies farther is cut.
AROUND = 12
#: Where less than one part in so many of the shorter wording stays, the whole old and the whole new one are read.
LEAST_STAYS = 3


@dataclass(frozen=True, slots=True)
class Part:
    """A run of words that stayed ("same"), came ("ins") or went ("del"); "cut" stands for words left out."""

    kind: str
    text: str = ""


@dataclass(slots=True)
class Hunk:
    """Paragraphs that changed, or ("skip") how many between them did not."""

    kind: str
    count: int = 0
    #: Number of the first paragraph in the new text.
    number: int = 0
    parts: list[Part] = field(default_factory=list)
    #: What the blocks were and are, when that changed too: ("heading 1", "heading 2").
    kinds: tuple[str, str] = ("", "")


def changes(
    before: tuple[str, Sequence[Mapping[str, Any]]], after: tuple[str, Sequence[Mapping[str, Any]]]
) -> list[Hunk]:
    """Return the hunks from one (content, blocks) to another."""
    old, new = list(_paragraphs(*before)), list(_paragraphs(*after))
    hunks: list[Hunk] = []
    for same, left, right, number in _runs(old, new):
        if same:
            hunks.append(Hunk("skip", count=len(left)))
            continue
        words = words_diff("\n".join(text for _, text in left), "\n".join(text for _, text in right))
        kinds = (
            (left[0][0], right[0][0])
            if len(left) == len(right) == 1 and left[0][0] != right[0][0]
            else ("", "")
        )
        hunks.append(Hunk("change", number=number, parts=shortened(words), kinds=kinds))
    return hunks if any(hunk.kind == "change" for hunk in hunks) else []


_Paragraphs = list[tuple[str, str]]


def _runs(old: _Paragraphs, new: _Paragraphs) -> Iterator[tuple[bool, _Paragraphs, _Paragraphs, int]]:
    """Yield (unchanged, before, after, number) of runs of paragraphs; neighboring changes are one run."""
    steps = Levenshtein.opcodes(old, new)
    for same, group in groupby(steps, key=lambda step: step.tag == "equal"):
        found = list(group)
        first, last = found[0], found[-1]
        left, right = old[first.src_start : last.src_end], new[first.dest_start : last.dest_end]
        yield same, left, right, first.dest_start + 1


def _paragraphs(content: str, blocks: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for block in blocks:
        level = f" {block['level']}" if block.get("level") else ""
        yield f"{block['kind']}{level}", content[block["start"] : block["end"]]


def words_diff(before: str, after: str) -> list[Part]:
    """Return the runs of words of two strings; a line end is shown as a sign, so that joins can be seen.

    What changed is read as one deletion and one insertion: a word or two that stayed between changes are told with them.
    """
    parts: list[Part] = []
    for run in word_runs(before, after):
        if run.is_same:
            parts.append(Part("same", run.went))
            continue
        parts += [Part("del", _visible(run.went))] if run.went else []
        parts += [Part("ins", _visible(run.came))] if run.came else []
    return parts


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stayed, or those that went with those that came in their place."""

    is_same: bool
    went: str
    came: str

    def __add__(self, other: Run) -> Run:
        return Run(False, self.went + other.went, self.came + other.came)

    @property
    def letters(self) -> int:
        """How much is read of it."""
        return max(_letters(self.went), _letters(self.came))


def word_runs(before: str, after: str) -> list[Run]:
    """Return two strings as the runs of which they are made, one after the other, code point for code point."""
    return _readable(_without_islands(_words(before, after)), before, after)


def _letters(words: str) -> int:
    return sum(map(str.isalnum, words))


def _words(before: str, after: str) -> Iterator[Run]:
    """Yield runs that stayed and runs that changed, one after the other."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    # Insertions and deletions alone: a word never "becomes" the one that happens to stand at its number.
    for same, group in groupby(Indel.opcodes(old, new), key=lambda step: step.tag == "equal"):
        steps = list(group)
        went, came = (
            old[steps[0].src_start : steps[-1].src_end],
            new[steps[0].dest_start : steps[-1].dest_end],
        )
        yield Run(same, "".join(went), "".join(came))


def _without_islands(runs: Iterable[Run]) -> list[Run]:
    """Return the runs, those that stayed joined to the changes around them when both are longer."""
    found: list[Run] = []
    for run in runs:
        found.append(run)
        while len(found) > 2 and not found[-1].is_same and _is_island(*found[-3:]):
            found[-3:] = [found[-3] + found[-2] + found[-1]]
    return found


def _is_island(left: Run, middle: Run, right: Run) -> bool:
    letters = middle.letters
    return not letters or letters < min(left.letters, right.letters)


def _readable(runs: list[Run], before: str, after: str) -> list[Run]:
    """Return the runs, or one of all that was and all that is when hardly anything stayed."""
    stays = sum(run.letters for run in runs if run.is_same)
    replaced = any(_letters(run.went) for run in runs if not run.is_same) and any(
        _letters(run.came) for run in runs if not run.is_same
    )
    if replaced and stays * LEAST_STAYS < min(_letters(before), _letters(after)):
        return [Run(False, before, after)]
    return runs


def _visible(text: str) -> str:
    return text.replace("\n", "⏎ ") if text.strip() or "\n" in text else text


def shortened(parts: list[Part]) -> list[Part]:
    """Return the runs with long unchanged ones cut to the words around the changes."""
    result: list[Part] = []
    for index, part in enumerate(parts):
        words = WORDS.findall(part.text) if part.kind == "same" else []
        if len(words) <= 4 * AROUND:
            result.append(part)
            continue
        if index:
            result.append(Part("same", "".join(words[: 2 * AROUND])))
        result.append(Part("cut"))
        if index < len(parts) - 1:
            result.append(Part("same", "".join(words[-2 * AROUND :])))
    return result
