"""JSON of notes, looked through before anything acts on it."""

from __future__ import annotations

import json
from typing import Any

from archive.errors import ImportRefused
from archive.text.json_input import DEEPEST, depth


def read_json(data: bytes) -> Any:
    """Return what a file in UTF-8 (or UTF-16 with its mark) holds; nothing that it names is fetched.

    Raises ImportRefused "not_text", "rdf_deep", "json_broken" with the line.
    """
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise ImportRefused("not_text") from error
    if depth(text.encode("utf-8", "replace")) > DEEPEST:
        raise ImportRefused("rdf_deep")
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ImportRefused("json_broken", line=error.lineno) from error
    except ValueError as error:
        # A number of thousands of digits.
        raise ImportRefused("json_broken", line=1) from error
