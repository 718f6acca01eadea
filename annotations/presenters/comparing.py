"""Two releases compared as their readers may know them now, and the comparison as lines of a file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from annotations.editions.compare import Comparison, Piece, compare
from annotations.editions.values import Note
from annotations.presenters.compared import compared
from annotations.presenters.covers import cover_of
from annotations.presenters.issue import Issue
from annotations.presenters.placed import label_of
from archive.presenters.cells import row

COLUMNS = ("what", "change", "number_before", "number_after", "note", "place", "before", "after")


def comparison_of(before: Issue, after: Issue) -> Comparison:
    """Return what differs, without notes and covers that may not be shown in one of the two."""
    return compare(
        before.snapshot, after.snapshot, hidden=before.hidden | after.hidden,
        covers=(cover_of(before) is not None, cover_of(after) is not None), runs=compared(before, after).runs,
    )  # fmt: skip


def changes(found: Comparison, before: Issue, after: Issue) -> Iterator[dict[str, Any]]:
    """Yield each difference, with `COLUMNS` as keys: the text first, then the notes, then what stands around them."""
    for run in found.text:
        yield _line("text", "changed", before=_words(run.pieces, "gone"), after=_words(run.pieces, "new"))
    for note in found.added:
        yield _line("note", "added", new=note, place=label_of(after, note).text, after=note.body)
    for note in found.removed:
        yield _line("note", "left_out", old=note, place=label_of(before, note).text, before=note.body)
    for old, new in found.changed:
        place = label_of(after, new).text
        yield _line("note", "changed", old=old, new=new, place=place, before=old.body, after=new.body)
    for old, new in found.moved:
        place = label_of(after, new).text
        yield _line(
            "note", "on_other_words", old=old, new=new, place=place, before=old.exact, after=new.exact
        )
    for old, new in found.shown_otherwise:
        yield _line("note", "kept_in_other_bytes", old=old, new=new, place=label_of(after, new).text)
    for name in found.front:
        yield _line(name, "changed")


def _line(
    what: str, change: str, *, old: Note | None = None, new: Note | None = None, **words: str
) -> dict[str, Any]:
    note = new or old
    return {
        "what": what, "change": change, "number_before": old.number if old else None,
        "number_after": new.number if new else None, "note": note.id if note else "",
        "place": words.get("place", ""), "before": words.get("before", ""), "after": words.get("after", ""),
    }  # fmt: skip


def _words(pieces: tuple[Piece, ...], kind: str) -> str:
    """Return the wording of one side: what is the same, and what is `kind`."""
    return "".join(words for one, words in pieces if one in ("same", kind))


def changes_csv(found: Comparison, before: Issue, after: Issue) -> str:
    """Return the differences as a table."""
    lines = (row(line.values()) for line in changes(found, before, after))
    return "".join([row(COLUMNS), *lines])


def changes_json(found: Comparison, before: Issue, after: Issue) -> str:
    """Return the differences as JSON, with the address and the hash of each release."""
    value = {
        "from": _release(before), "to": _release(after),
        "changes": [
            {name: words for name, words in line.items() if words not in ("", None)}
            for line in changes(found, before, after)
        ],
    }  # fmt: skip
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _release(issue: Issue) -> dict[str, Any]:
    return {"number": issue.snapshot.number, "address": issue.permalink, "sha256": issue.manifest_hash}
