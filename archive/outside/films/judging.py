"""What an answer says: a film is called gone only where its provider says so, never because of an error."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote, urlsplit

from archive.enums import FilmOutcome
from archive.outside.fetching import Answer
from archive.outside.films.finding import Finding

LONGEST = 300
NOT_THERE = frozenset({404, 410})
#: Private, or not to be shown on other sites: the provider tells neither.
CLOSED = frozenset({401, 403})
FILM_ENDINGS = (".mp4", ".m4v", ".webm", ".ogv", ".mov", ".avi", ".mpg", ".mpeg", ".mkv")
CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:\.\d+)?\Z", re.ASCII)
TOTAL = re.compile(r"bytes \d+-\d+/(\d{1,18})\Z", re.ASCII)


def judge(provider: str, external_id: str, answer: Answer) -> Finding:
    """Return what an answer to `question_of` says of the film; an answer that says nothing is no judgement."""
    if provider == "file":
        return _file(answer)
    facts = _json(answer)
    if answer.status in NOT_THERE and (facts is not None or provider != "peertube"):
        return Finding(FilmOutcome.GONE, status=answer.status)
    if answer.status in CLOSED:
        return Finding(FilmOutcome.UNKNOWN, "closed", answer.status)
    if answer.status != 200:
        return Finding(FilmOutcome.UNKNOWN, "other_status", answer.status)
    if facts is None:
        return Finding(FilmOutcome.UNKNOWN, "not_understood", answer.status)
    return _JUDGES.get(provider, _oembed)(facts, external_id, answer)


def _json(answer: Answer) -> Mapping[str, Any] | None:
    try:
        facts = json.loads(answer.body)
    except (ValueError, RecursionError):
        return None
    return facts if isinstance(facts, dict) else None


def _oembed(facts: Mapping[str, Any], _external_id: str, answer: Answer) -> Finding:
    title = words(facts.get("title"))
    if not title:
        return Finding(FilmOutcome.UNKNOWN, "not_understood", answer.status)
    return Finding(
        FilmOutcome.THERE, status=answer.status, title=title, channel=words(facts.get("author_name")),
        duration=_number(facts.get("duration")), thumbnail_url=_web(facts.get("thumbnail_url")),
    )  # fmt: skip


def _peertube(facts: Mapping[str, Any], _external_id: str, answer: Answer) -> Finding:
    title, channel = words(facts.get("name")), facts.get("channel")
    if not title:
        return Finding(FilmOutcome.UNKNOWN, "not_understood", answer.status)
    site, picture = urlsplit(answer.url), facts.get("previewPath")
    shown = isinstance(picture, str) and picture.startswith("/") and not picture.startswith("//")
    return Finding(
        FilmOutcome.THERE, status=answer.status, title=title,
        channel=words(channel.get("displayName")) if isinstance(channel, dict) else "",
        duration=_number(facts.get("duration")),
        thumbnail_url=f"{site.scheme}://{site.netloc}{picture}" if shown else "",
    )  # fmt: skip


def _archive_item(facts: Mapping[str, Any], external_id: str, answer: Answer) -> Finding:
    """Judge an item: an unknown one is an empty answer, one that was taken down is dark."""
    if not facts or facts.get("is_dark") is True:
        return Finding(FilmOutcome.GONE, "taken_down" if facts else "", answer.status)
    listed, about = facts.get("files"), facts.get("metadata")
    if not isinstance(listed, list) or not isinstance(about, dict):
        return Finding(FilmOutcome.UNKNOWN, "not_understood", answer.status)
    item, _, name = external_id.partition("/")
    films = [file for file in listed if isinstance(file, dict) and _is_film(file)]
    if name:
        films = [file for file in films if file.get("name") == name]
    if not films:
        return Finding(FilmOutcome.GONE, "no_film_in_item", answer.status)
    originals = [file for file in films if file.get("source") == "original"] or films
    return Finding(
        FilmOutcome.THERE, status=answer.status, title=words(about.get("title")) or item,
        channel=words(about.get("creator")), duration=_number(originals[0].get("length")),
        thumbnail_url=f"https://archive.org/services/img/{quote(item, safe='')}",
    )  # fmt: skip


def _is_film(file: Mapping[str, Any]) -> bool:
    return str(file.get("name", "")).lower().endswith(FILM_ENDINGS)


def _file(answer: Answer) -> Finding:
    if answer.status in NOT_THERE:
        return Finding(FilmOutcome.GONE, status=answer.status)
    if answer.status not in {200, 206}:
        reason = "closed" if answer.status in CLOSED else "other_status"
        return Finding(FilmOutcome.UNKNOWN, reason, answer.status)
    if not _begins_like_a_film(answer.body):
        return Finding(FilmOutcome.CHANGED, "not_a_film", answer.status)
    return Finding(FilmOutcome.THERE, status=answer.status, size=_size(answer))


def _begins_like_a_film(head: bytes) -> bool:
    """Whether bytes begin like MP4 or QuickTime, WebM or Matroska, Ogg, MPEG."""
    boxes = {b"ftyp", b"moov", b"mdat", b"free", b"wide", b"skip"}
    return head[4:8] in boxes or head.startswith((b"\x1aE\xdf\xa3", b"OggS", b"\0\0\1\xba", b"\0\0\1\xb3"))


def _size(answer: Answer) -> int | None:
    found = TOTAL.match(answer.headers.get("content-range", ""))
    text = found.group(1) if found else answer.headers.get("content-length", "")
    if answer.status == 206 and not found:
        return None
    return int(text) if re.fullmatch(r"\d{1,18}", text, re.ASCII) else None


def words(value: Any) -> str:
    """Return what a provider calls something, as one printable line; of a list, its entries."""
    if isinstance(value, list):
        value = ", ".join(str(each) for each in value[:20])
    if not isinstance(value, str):
        return ""
    shown = "".join(letter if letter.isprintable() else " " for letter in value[: LONGEST * 4])
    return " ".join(shown.split())[:LONGEST]


def _number(value: Any) -> float | None:
    """Return seconds: a number, digits, or "14:28"; None for anything else and for what no film lasts."""
    if isinstance(value, str) and (clock := CLOCK.match(value)):
        hours, minutes, rest = (int(part or 0) for part in clock.groups())
        value = hours * 3600 + minutes * 60 + rest
    try:
        seconds = float(value) if not isinstance(value, bool) else 0.0
    except (TypeError, ValueError, OverflowError):
        return None
    return seconds if 0 < seconds < 1_000_000 else None


def _web(value: Any) -> str:
    return (
        value
        if isinstance(value, str) and value.startswith(("https://", "http://")) and len(value) < 2000
        else ""
    )


_JUDGES: dict[str, Callable[[Mapping[str, Any], str, Answer], Finding]] = {
    "internet_archive": _archive_item,
    "peertube": _peertube,
}
