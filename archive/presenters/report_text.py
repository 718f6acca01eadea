"""An import's report for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

LISTS = {
    "headings": "headings", "notes": "footnotes (drafts of notes, once accepted)", "missing_figures": "missing figures", "videos": "videos",
    "dead_links": "dead links",
    "stray_backslashes": "addresses with a stray backslash",
    "torn_marks": "torn marks", "suspected_cuts": "suspected cuts", "divided_words": "divided words", "broken_encoding": "broken letters",
    "control_characters": "invisible characters", "unsupported": "not understood", "repairs": "repairs",
}  # fmt: skip


def report_lines(found: Mapping[str, Any]) -> Iterator[str]:
    """Yield the report line by line."""
    yield f"{found['title'] or '(no title)'} [{found['language']}, {found['direction']}]"
    yield f"{found['code_points']} code points in {found['blocks']} blocks"
    for name, words in LISTS.items():
        entries = found.get(name, [])
        questioned = sum(bool(entry.get("questioned")) for entry in entries)
        yield ""
        yield f"{len(entries)} {words}" + (f", {questioned} questioned" if questioned else "")
        for entry in entries:
            yield f"  {entry['start']:>7}–{entry['end']:<7} {_line(name, entry)}"
    yield ""
    for kind, number in found.get("applied", {}).items():
        yield f"Applied: {number} × {kind}"
    if "revision" in found:
        revision = found["revision"]
        yield f"Accepted as revision {revision['number']} of {revision['work']} ({revision['gaps']} gaps)."
    else:
        yield f"The draft {found['draft']['id']} waits at the desk."


def _line(name: str, entry: Mapping[str, Any]) -> str:
    if name == "headings":
        proposed = f" (proposed: {entry['proposed_level']})" if entry.get("questioned") else ""
        return f"{'#' * entry['level']} {entry['text']}{proposed}"
    if name == "videos":
        return f"{entry['provider']} {entry['id']} ({entry['spelling']})"
    if name == "notes":
        return f"{entry['label']}: {entry['body'][:160]}".replace("\n", " ⏎ ")
    if name == "repairs":
        return f"{entry['kind']}: {entry['before']!r} → {entry['after']!r}"
    return str(entry["context"]).replace("\n", " ⏎ ")
