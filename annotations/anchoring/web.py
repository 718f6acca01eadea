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
    for one in target if isinstance(target, list) else [target]:
        selectors = one.get("selector", []) if isinstance(one, dict) else []
        for selector in selectors if isinstance(selectors, list) else [selectors]:
            exact = selector.get("exact") if isinstance(selector, dict) else None
            if isinstance(exact, str) and exact.strip():
                yield exact
