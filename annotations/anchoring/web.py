"""Targets outside of this archive, as Web Annotations name them (https://www.w3.org/TR/annotation-model/#targets)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

#: An address that a reader's browser can open.
_ADDRESS = re.compile(
    r"https?://[^\s\x00-\x20<>\"{}|\\^`/]+(/[^\s\x00-\x20<>\"{}|\\^`]*)?([?#][^\s\x00-\x20<>\"]*)?\Z",
    re.IGNORECASE,
)


#: What a selector of each kind cannot be without (Web Annotation Data Model, 4.2). A RangeSelector is taken as it comes:
#: clients that are older than the standard write others under this name.
_NEEDED = {
    "FragmentSelector": ("value",), "CssSelector": ("value",), "XPathSelector": ("value",), "SvgSelector": ("value",),
    "TextQuoteSelector": ("exact",), "TextPositionSelector": ("start", "end"), "DataPositionSelector": ("start", "end"),
}  # fmt: skip


def addresses(target: Any) -> list[str]:
    """Return the addresses that a target names, in their order.

    Raises ValueError for what names none that can be opened.
    """
    found = [_address(one) for one in (target if isinstance(target, list) else [target])]
    if not found:
        raise ValueError("no target")
    return found


def _address(target: Any) -> str:
    if isinstance(target, dict):
        target = target.get("source", target.get("id"))
    if isinstance(target, dict):
        target = target.get("id")
    if not isinstance(target, str) or len(target) > 2_000 or not _ADDRESS.match(target):
        raise ValueError("no address")
    return target


def size(target: Any) -> int:
    """Return how many bytes a target is as JSON."""
    return len(json.dumps(target, ensure_ascii=False).encode())


def quotes(target: Any) -> Iterator[str]:
    """Yield the words that a target's selectors quote."""
    for selector in _selectors(target):
        exact = selector.get("exact")
        if isinstance(exact, str) and exact.strip():
            yield exact


def lacking(target: Any) -> tuple[str, str] | None:
    """Return the kind of the first selector that is not whole, and the key that it lacks or has with no fit value."""
    for selector in _selectors(target):
        kind = str(selector.get("type"))
        if kind == "SvgSelector" and isinstance(selector.get("id"), str):
            continue
        for key in _NEEDED.get(kind, ()):
            if not _fits(selector.get(key), is_position=kind.endswith("PositionSelector")):
                return kind, key
    return None


def _fits(value: Any, *, is_position: bool) -> bool:
    if is_position:
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return isinstance(value, str)


def _selectors(target: Any) -> Iterator[dict[str, Any]]:
    for one in target if isinstance(target, list) else [target]:
        selectors = one.get("selector", []) if isinstance(one, dict) else []
        listed = selectors if isinstance(selectors, list) else [selectors]
        yield from (selector for selector in listed if isinstance(selector, dict))
