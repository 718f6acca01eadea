"""Captions and transcripts in WebVTT and SubRip: each cue is a paragraph that knows its time in the film."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from archive.enums import BlockKind, MarkKind, ProblemKind
from archive.errors import ImportRefused
from archive.importers.ast.builder import Layout, Run, TextBuilder
from archive.importers.cue_words import voices
from archive.importers.pipeline import Draft
from archive.text.types import Repair

_TIME = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
TIMING = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?\Z", re.ASCII)
HEADER = re.compile(r"WEBVTT(?:[ \t]+-?[ \t]*(.*))?\Z")
#: Chunks of WebVTT that say nothing to a reader.
ASIDE = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|\Z)")
LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class Chunk:
    """The lines between two empty lines of the file."""

    lines: tuple[str, ...]
    #: Of its first line, from 1.
    line: int


@dataclass(frozen=True, slots=True)
class Cue:
    """Words and when they are said, in milliseconds; times of None: the file does not say."""

    lines: tuple[str, ...]
    line: int
    times: tuple[int, int] | None = None


@dataclass(slots=True)
class Captions:
    """What a file of captions holds."""

    title: str = ""
    cues: list[Cue] = field(default_factory=list)
    #: Comments, styles and headers, which no reader sees.
    aside: list[str] = field(default_factory=list)


def read_webvtt(text: str) -> Draft:
    """Return the cues of a WebVTT file.

    Raises ImportRefused("no_captions").
    """
    captions, chunks = Captions(), list(_chunks(text))
    header = HEADER.match(chunks[0].lines[0].strip()) if chunks else None
    if chunks and header:
        captions.title = (header.group(1) or "").strip()[:LONGEST_TITLE]
        rest = chunks[0].lines[1:]
        # Some writers leave no empty line below the header.
        timed = next((place for place, line in enumerate(rest) if TIMING.match(line)), None)
        metadata = rest if timed is None else rest[: max(0, timed - 1)]
        captions.aside += ["\n".join(metadata)] if metadata else []
        chunks[0] = Chunk(rest[len(metadata) :], chunks[0].line + 1 + len(metadata))
    for chunk in chunks:
        if chunk.lines and ASIDE.match(chunk.lines[0]) and not any("-->" in line for line in chunk.lines[:2]):
            captions.aside.append("\n".join(chunk.lines))
        elif chunk.lines:
            captions.cues.append(_cue(chunk))
    return _draft(captions)


def read_srt(text: str) -> Draft:
    """Return the cues of a SubRip file.

    Raises ImportRefused("no_captions").
    """
    return _draft(Captions(cues=[_cue(chunk) for chunk in _chunks(text)]))


def _chunks(text: str) -> Iterator[Chunk]:
    held: list[str] = []
    number = 0
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            held.append(line)
        elif held:
            yield Chunk(tuple(held), number - len(held))
            held = []
    if held:
        yield Chunk(tuple(held), number + 1 - len(held))


def _cue(chunk: Chunk) -> Cue:
    """Return a cue: its name or number, if it has one, stands above the times and is no words of it."""
    for place, line in enumerate(chunk.lines[:2]):
        if found := TIMING.match(line):
            parts = [int(part or 0) for part in found.groups()]
            fractions = found.group(4), found.group(8)
            times = _milliseconds(parts[:3], fractions[0]), _milliseconds(parts[4:7], fractions[1])
            return Cue(chunk.lines[place + 1 :], chunk.line, times)
    return Cue(chunk.lines, chunk.line)


def _milliseconds(parts: list[int], fraction: str) -> int:
    hours, minutes, seconds = parts
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + int(fraction.ljust(3, "0"))


def _draft(captions: Captions) -> Draft:
    if not any(cue.times for cue in captions.cues):
        raise ImportRefused("no_captions")
    builder = TextBuilder()
    for cue in captions.cues:
        _write(builder, cue)
    if not builder.blocks:
        raise ImportRefused("empty_file")
    for words in captions.aside:
        builder.repairs.append(Repair("caption_aside", 0, 0, before=words[:500], after=""))
    return Draft(builder, title=captions.title, prose=False)


def _write(builder: TextBuilder, cue: Cue) -> None:
    """Write one paragraph for each voice of a cue; words without times are kept, and told."""
    attrs: dict[str, Any] = {}
    if cue.times:
        attrs = {"from_ms": cue.times[0], "to_ms": max(cue.times)}
    for speaker, spans in voices("\n".join(cue.lines)):
        run = Run()
        for kind, words in spans:
            _write_span(run, kind, words)
        if not run.text.strip():
            continue
        if not cue.times:
            run.problems.append((ProblemKind.UNSUPPORTED, 0, run.length, {"what": "cue without times"}))
        named: dict[str, Any] = {"speaker": speaker} if speaker else {}
        path, layout = str(len(builder.blocks) + 1), Layout(None, cue.line)
        builder.add(BlockKind.PARAGRAPH, run, path=path, layout=layout, **attrs, **named)


def _write_span(run: Run, kind: MarkKind | None, words: str) -> None:
    begin = run.length
    for place, line in enumerate(words.split("\n")):
        if place:
            at = run.length
            run.write("\n")
            run.mark(MarkKind.LINE_BREAK, at)
        run.write(line)
    if kind is not None:
        run.mark(kind, begin)
