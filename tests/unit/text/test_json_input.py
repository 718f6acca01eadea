"""JSON from outside is one object that every database can hold, or it is refused."""

from __future__ import annotations

import pytest

from archive.errors import Invalid
from archive.text.json_input import json_object


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (b"", {}),
        (b"{}", {}),
        ('{"نص": "حاشية"}'.encode(), {"نص": "حاشية"}),
        (b'{"a": "\\u0627"}', {"a": "ا"}),
        (b'{"a": "\\ud83d\\ude00"}', {"a": "😀"}),
        (b'{"a": [1, 2.5, null]}', {"a": [1, 2.5, None]}),
        (b'{"a": "' + b"[" * 1_000 + b'\\"{"}', {"a": "[" * 1_000 + '"{'}),
    ],
)
def test_an_object_in_utf8_is_read(raw, value):
    assert json_object(raw) == value


@pytest.mark.parametrize(
    "raw",
    [
        b"{",
        b"[]",
        b'"a"',
        b"\xff\xfe",
        b'{"a": "\xed\xa0\x80"}',  # Half of a surrogate pair, bare.
        '{"a": "\\u0000"}'.encode("utf-16"),
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b'{"a": 1e999}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"[" * 700 + b'"\\u0627"' + b"]" * 700,
        b'{"a": ' + b"[" * 64 + b"]" * 64 + b"}",
    ],
)
def test_anything_else_is_refused(raw):
    with pytest.raises(ValueError):
        json_object(raw)


@pytest.mark.parametrize("broken", ["\\u0000", "\\ud800", "x\\udfffx"])
@pytest.mark.parametrize("shape", ['"{}"', '["{}"]', '{{"b": "{}"}}', '{{"{}": 1}}', '[[{{"c": ["{}"]}}]]'])
def test_text_that_no_database_holds_is_refused_with_its_field(broken, shape):
    with pytest.raises(Invalid, match="control_character") as refused:
        json_object(b'{"ok": 1, "field": ' + shape.format(broken).encode() + b"}")

    assert refused.value.params["field"] == "field"
