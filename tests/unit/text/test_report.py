"""The report tells everything that was found, with its place."""

from __future__ import annotations

import json

from archive.importers.registry import importer
from archive.text.operations import apply_proposal
from archive.text.report import report

SOURCE = """## كتاب الدروب

قال الراوي كلاما<sup>ً</sup> عن [الدرب](#) القديم الذي سار فيه الناس\u202e وعاد <b>.

<https://youtu.be/a1B2c3D4e-_>

## أول

نص\ufffd.

# ثان

نص ً.

## ثالث

[x]: https://example.org/unused
"""


def parsed():
    return importer("markdown").parse(SOURCE.encode() + b"\r\n", language="ar", options={})


def test_every_entry_has_its_place_and_its_words():
    text = parsed()
    found = report(text)

    for name, entries in found.items():
        for entry in entries if isinstance(entries, list) else ():
            assert entry["text"] == text.content[entry["start"] : entry["end"]], name
            assert "context" in entry


def test_report_lists_each_kind_of_finding():
    found = report(parsed())

    assert [heading["questioned"] for heading in found["headings"]] == [False, False, True, False]
    assert [(video["provider"], video["id"], video["spelling"]) for video in found["videos"]] == [
        ("youtube", "a1B2c3D4e-_", "autolink")
    ]
    assert [link["params"]["href"] for link in found["dead_links"]] == ["#"]
    assert [mark["repaired"] for mark in found["torn_marks"]] == [True, False]
    assert len(found["broken_encoding"]) == 1
    assert len(found["control_characters"]) == 1
    assert [each["params"]["reason"] for each in found["unsupported"]] == ["raw"]
    assert {repair["kind"] for repair in found["repairs"]} == {"torn_mark", "line_endings", "definition"}
    assert json.loads(json.dumps(found)) == found


def test_settled_problems_leave_the_report():
    text = parsed()
    link = next(problem for problem in text.problems if problem.kind == "dead_link")

    text = apply_proposal(text, link, values={"href": "https://example.org"})

    assert report(text)["dead_links"] == []
