"""Keys by which a text's figures stay the same figures through all its revisions."""

from __future__ import annotations

from typing import Any

from rapidfuzz import fuzz

from archive.enums import BlockKind
from archive.models import Text, TextDraft

#: Captions at least so alike, in percent, name the same figure.
ALIKE = 80


def with_figure_keys(draft: TextDraft, text: Text) -> list[dict[str, Any]]:
    """Return the draft's blocks, figures with their keys: their own, that of the caption before, or new."""
    figures = [block for block in draft.blocks if block["kind"] == BlockKind.FIGURE]
    own = {block["attrs"]["figure"] for block in figures if block["attrs"].get("figure")}
    known = set(text.figures.values_list("key", flat=True)) | own
    free = {key: caption for key, caption in _captions_before(text).items() if key not in own}
    keys: dict[int, str] = {}
    for block in figures:
        if block["attrs"].get("figure"):
            continue
        key = _alike(draft.content[block["start"] : block["end"]], free) or _new(known)
        free.pop(key, None)
        known.add(key)
        keys[block["start"]] = key
    return [
        {**block, "attrs": {**block["attrs"], "figure": keys[block["start"]]}}
        if block["kind"] == BlockKind.FIGURE and not block["attrs"].get("figure")
        else block
        for block in draft.blocks
    ]


def _captions_before(text: Text) -> dict[str, str]:
    revision = text.current_revision
    if revision is None:
        return {}
    return {
        block["attrs"]["figure"]: revision.content[block["start"] : block["end"]]
        for block in revision.blocks
        if block["kind"] == BlockKind.FIGURE and block["attrs"].get("figure")
    }


def _alike(caption: str, free: dict[str, str]) -> str:
    scored = ((fuzz.ratio(caption, other), key) for key, other in free.items())
    score, key = max(scored, default=(0.0, ""))
    return key if score >= ALIKE else ""


def _new(known: set[str]) -> str:
    number = len(known) + 1
    while f"f{number}" in known:
        number += 1
    return f"f{number}"
