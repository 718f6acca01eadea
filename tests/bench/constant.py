"""A peer of the published page: the app server with nothing behind it but the same bytes in memory."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

_bytes = Path(os.environ["BENCH_BYTES"]).read_bytes()
_headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "br")]


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer everything with the bytes (granian serves this)."""
    start_response("200 OK", _headers)
    return [_bytes]
