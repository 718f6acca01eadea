"""The words of a text as lines with times, and as WebVTT for a player."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

Block = Mapping[str, Any]
_BREAKS = re.compile(r"[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Line:
    """What is said at one time; times in milliseconds, None: the text does not say."""

    words: str
    #: Number of its block, from 1.
    number: int
    start: int | None = None
    end: int | None = None
    speaker: str = ""


def has_times(blocks: Iterable[Block]) -> bool:
    """Whether any paragraph says when it is said."""
    return any(block["attrs"].get("from_ms") is not None for block in blocks)


def lines_of(content: str, blocks: Sequence[Block]) -> list[Line]:
    """Return the paragraphs of a text that hold words, in their order."""
    found = []
    for number, block in enumerate(blocks, start=1):
        words, attrs = content[block["start"] : block["end"]].strip(), block["attrs"]
        if words:
            start = attrs.get("from_ms")
            end = attrs.get("to_ms", start)
            found.append(Line(words, number, start, end, str(attrs.get("speaker", ""))))
    return found


def webvtt(content: str, blocks: Sequence[Block]) -> str:
    """Return the lines that have times as a WebVTT file."""
    cues = [_cue(line) for line in lines_of(content, blocks) if line.start is not None]
    return "\n".join(["WEBVTT\n", *cues])


def _cue(line: Line) -> str:
    start, end = line.start or 0, line.end or 0
    # An empty line ends a cue, whatever letter made it.
    words = escape(_BREAKS.sub("\n", line.words), quote=False)
    speaker = escape(_BREAKS.sub(" ", line.speaker), quote=False)
    voice = f"<v {speaker}>" if speaker else ""
    return f"{_time(start)} --> {_time(max(end, start + 1))}\n{voice}{words}\n"


def _time(milliseconds: int) -> str:
    seconds, thousandths = divmod(int(milliseconds), 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{thousandths:03}"
