"""JSON that came from outside, as every later part can hold it."""

from __future__ import annotations

import json
import math
import re
from typing import Any

from archive.errors import Invalid

#: Nothing that is taken here is nested nearly as deep; every later part walks what it gets.
DEEPEST = 64
#: Whole strings, so that their brackets are passed over, and brackets.
_NESTING = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)

_HALF = re.compile("[\ud800-\udfff]")


def json_object(raw: bytes, *, drop_halves: bool = False) -> dict[str, Any]:
    """Return the object that `raw` is in UTF-8; nothing at all is an empty one.

    With `drop_halves`, halves of surrogate pairs are left out: scripts that count in UTF-16 cut letters in two.

    Raises ValueError for anything else, Invalid, with the field, for text that no database can hold (NUL, half of
    a surrogate pair).
    """
    if depth(raw) > DEEPEST:
        raise ValueError("nested too deep")
    text = raw.decode("utf-8")  # `json.loads` itself would guess UTF-16 and let bare surrogates pass.
    data = json.loads(text or "{}", parse_constant=_refuse, parse_float=_finite)
    if not isinstance(data, dict):
        raise ValueError("no object")
    if "\\u" in text:
        data = _whole(data) if drop_halves else data
        for name, value in data.items():
            if _is_broken(name) or _is_broken(value):
                raise Invalid("control_character", field=name.encode("utf-8", "replace").decode())
    return data


def depth(raw: bytes) -> int:
    """Return how deep arrays and objects are nested at most; brackets in strings do not count."""
    depth = deepest = 0
    for mark in _NESTING.findall(raw):
        if mark in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        elif mark in b"]}":
            depth -= 1
    return deepest


def _refuse(name: str) -> None:
    raise ValueError(name)  # NaN and the infinities are no JSON.


def _finite(raw: str) -> float:
    value = float(raw)
    if math.isinf(value):  # 1e999 is JSON, but nothing that writes JSON again can say it.
        raise ValueError(raw)
    return value


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return _HALF.sub("", value)
    if isinstance(value, dict):
        return {_HALF.sub("", name): _whole(one) for name, one in value.items()}
    return [_whole(one) for one in value] if isinstance(value, list) else value


def _is_broken(value: Any) -> bool:
    if isinstance(value, str):
        return "\x00" in value or any("\ud800" <= letter <= "\udfff" for letter in value)
    if isinstance(value, dict):
        return any(_is_broken(name) or _is_broken(one) for name, one in value.items())
    return isinstance(value, list) and any(map(_is_broken, value))
