"""One run of pandoc: sandboxed, with limits on time and memory."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from functools import cache
from typing import Any

import pypandoc

from archive.errors import ImportRefused
from archive.importers.limits import MAX_NESTING, PARSER_MEMORY_MB, PARSER_SECONDS

HEAP_EXHAUSTED = 251


@cache
def _binary() -> str:
    return str(pypandoc.get_pandoc_path())


@cache
def version() -> str:
    """Return the version of pandoc, a part of every importer's version."""
    return str(pypandoc.get_pandoc_version())


def read(data: bytes, *, reader: str, after: Callable[[str], str] | None = None) -> dict[str, Any]:
    """Return pandoc's syntax tree of `data`, read as `reader` (a format with its extensions).

    `after` is given the tree as JSON text, before it is parsed.

    Raises ImportRefused: `parser_timeout`, `too_complex` (memory), `too_deep`, `parser_failed`.
    """
    limits = ("+RTS", f"-M{PARSER_MEMORY_MB}m", "-RTS")
    command = [_binary(), *limits, "--sandbox", "--from", reader, "--to", "json"]
    try:
        # A fixed program without a shell; the data go in by standard input.
        done = subprocess.run(  # noqa: S603
            command, input=data, capture_output=True, timeout=PARSER_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise ImportRefused("parser_timeout", seconds=PARSER_SECONDS) from error
    if done.returncode == HEAP_EXHAUSTED:
        raise ImportRefused("too_complex")
    if done.returncode != 0:
        detail = done.stderr.decode("utf-8", "replace").strip()[:300]
        raise ImportRefused("parser_failed", detail=detail)
    return _tree(after(done.stdout.decode()) if after else done.stdout)


def _tree(output: str | bytes) -> dict[str, Any]:
    try:
        tree: dict[str, Any] = json.loads(output)
    except RecursionError as error:
        raise ImportRefused("too_deep", limit=MAX_NESTING) from error
    return tree
