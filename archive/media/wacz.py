"""What a recorded page (WACZ) holds, and whether its parts are those that it lists; nothing of it is run or replayed."""

from __future__ import annotations

import contextlib
import hashlib
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

#: Parts that are looked at, and how many times larger than the file they may be together.
MOST_PARTS, MOST_TIMES = 10_000, 50
#: Largest description, and longest line of the list of pages, in bytes.
LARGEST_WORDS, LONGEST_LINE = 16 * 1024**2, 256 * 1024
#: Pages, and damaged parts, that are named.
NAMED_PAGES, NAMED_PARTS = 200, 20
LONGEST = 500
CHUNK = 1 << 20
DESCRIPTION, DIGEST, PAGES = "datapackage.json", "datapackage-digest.json", "pages/pages.jsonl"
#: What reading the parts may show: they are those that are listed; some are not; the list gives no hashes to go by.
INTACT: Final = "intact"
DAMAGED: Final = "damaged"
UNPROVED: Final = "unproved"
_ALGORITHMS = {"sha256": hashlib.sha256, "sha512": hashlib.sha512, "md5": hashlib.md5}
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, OSError, RuntimeError)


def facts_of(source: Path, *, alive: Callable[[int], object] = lambda percent: None) -> dict[str, Any]:
    """Return what the WACZ at `source` says of itself, its pages, and how its parts compare with its own list.

    `alive` is told how far it is, in percent. A file that is no ZIP any more is damaged.
    """
    facts: dict[str, Any] = {"format": "WACZ"}
    try:
        with zipfile.ZipFile(source) as package:
            facts |= _described(package)
            members = {info.filename: info for info in package.infolist() if not info.is_dir()}
            whole = sum(info.file_size for info in members.values())
            if len(members) > MOST_PARTS or whole > MOST_TIMES * source.stat().st_size + CHUNK:
                return facts | {"integrity": UNPROVED, "parts": len(members), "why": "too_large"}
            facts |= _pages(package)
            facts |= _compared(package, members, alive)
    except _BROKEN:
        facts |= {"integrity": DAMAGED, "damaged": [], "parts": facts.get("parts", 0)}
    return facts


def _described(package: zipfile.ZipFile) -> dict[str, Any]:
    told = _json(package, DESCRIPTION)
    names = {
        "version": "wacz_version", "title": "title", "description": "description", "software": "software",
        "created": "created", "main_page": "mainPageUrl", "main_page_at": "mainPageDate",
    }  # fmt: skip
    return {name: _plain(told[key]) for name, key in names.items() if isinstance(told.get(key), str)}


def _json(package: zipfile.ZipFile, name: str) -> dict[str, Any]:
    """Return what a part says as JSON; nothing of one that is missing, too large or no JSON."""
    with contextlib.suppress(KeyError, *_BROKEN, RecursionError):
        with package.open(name) as part:
            data = part.read(LARGEST_WORDS + 1)
        told = json.loads(data) if len(data) <= LARGEST_WORDS else {}
        return told if isinstance(told, dict) else {}
    return {}


def _pages(package: zipfile.ZipFile) -> dict[str, Any]:
    """Return how many pages are listed, and the first of them."""
    count, named = 0, []
    for page in _lines(package):
        count += 1
        if len(named) < NAMED_PAGES:
            said = {
                key: _plain(page[key]) for key in ("url", "title", "ts") if isinstance(page.get(key), str)
            }
            named.append(said)
    return {"page_count": count, "pages": named}


def _lines(package: zipfile.ZipFile) -> Iterator[dict[str, Any]]:
    with contextlib.suppress(KeyError, *_BROKEN), package.open(PAGES) as part:
        while line := part.readline(LONGEST_LINE):
            page: Any = None
            with contextlib.suppress(ValueError, RecursionError):
                page = json.loads(line)
            # The first line is the list's own head.
            if isinstance(page, dict) and isinstance(page.get("url"), str):
                yield page


def _plain(words: str) -> str:
    return "".join(letter for letter in words[:LONGEST] if letter.isprintable())


def _compared(
    package: zipfile.ZipFile, members: Mapping[str, zipfile.ZipInfo], alive: Callable[[int], object]
) -> dict[str, Any]:
    """Return how the parts compare with the list of them."""
    whole = sum(info.file_size for info in members.values())
    listed = _listed(_json(package, DESCRIPTION), _json(package, DIGEST))
    if not listed:
        return {"integrity": UNPROVED, "parts": len(members), "why": "no_hashes"}
    damaged, read = [], 0
    for name, (expected, length) in listed.items():
        info = members.get(name)
        is_same = info is not None and length in (None, info.file_size) and _hash_is(package, name, expected)
        if not is_same:
            damaged.append(_plain(name))
        read += info.file_size if info else 0
        alive(min(99, read * 100 // max(1, whole)))
    if not damaged and listed.keys() == {DESCRIPTION}:
        return {"integrity": UNPROVED, "parts": len(members), "why": "no_hashes"}
    unlisted = members.keys() - listed.keys() - {DESCRIPTION, DIGEST}
    return {
        "integrity": DAMAGED if damaged else INTACT, "parts": len(members), "checked": len(listed),
        "damaged": damaged[:NAMED_PARTS], "damaged_count": len(damaged), "unlisted": len(unlisted),
        "signed": "signedData" in _json(package, DIGEST),
    }  # fmt: skip


def _listed(told: dict[str, Any], digest: dict[str, Any]) -> dict[str, tuple[str, int | None]]:
    """Return the hash and the length of each part that names a hash."""
    rows = told.get("resources")
    rows = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    listed = {}
    for row in (*rows[:MOST_PARTS], {**digest, "path": DESCRIPTION}):
        name, expected, length = row.get("path"), row.get("hash"), row.get("bytes")
        if isinstance(name, str) and isinstance(expected, str) and expected.partition(":")[0] in _ALGORITHMS:
            listed[name] = (expected.lower(), length if isinstance(length, int) else None)
    return listed


def _hash_is(package: zipfile.ZipFile, name: str, expected: str) -> bool:
    algorithm, _colon, value = expected.partition(":")
    digest = _ALGORITHMS[algorithm]()
    try:
        with package.open(name) as part:
            while piece := part.read(CHUNK):
                digest.update(piece)
    except _BROKEN:
        return False
    return digest.hexdigest() == value
