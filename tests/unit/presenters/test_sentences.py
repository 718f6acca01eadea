"""Every refusal in the code has a sentence, and brings the facts that the sentence names."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive import errors
from archive.presenters import messages

ROOT = Path(__file__).parents[3]
NAMES = {
    name
    for name, one in vars(errors).items()
    if isinstance(one, type) and issubclass(one, errors.HashiyaError)
} | {"QuoteMismatch", "PreflightFailed"}
#: What `sentence()` makes of another fact.
MADE = {"limit": {"limit_mb"}}


def refusals() -> Iterator[tuple[str, str, set[str] | None]]:
    """Yield place, code and facts of each refusal that names its code; None for facts that are handed through."""
    for path in sorted([*ROOT.glob("archive/**/*.py"), *ROOT.glob("annotations/**/*.py")]):
        for node in ast.walk(ast.parse(path.read_text())):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in NAMES):
                continue
            if node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str):
                facts = {keyword.arg for keyword in node.keywords}
                known = None if None in facts else {fact for fact in facts if fact}
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node.args[0].value, known


def test_every_refusal_has_a_sentence():
    found = list(refusals())

    assert len(found) > 200
    assert [(place, code) for place, code, _facts in found if code not in messages.SENTENCES] == []


def test_every_refusal_brings_what_its_sentence_names():
    lacking = []
    for place, code, facts in refusals():
        named = set(re.findall(r"%\((\w+)\)s", str(messages.SENTENCES.get(code, ""))))
        given = (facts or set()).union(*(MADE.get(fact, set()) for fact in facts or ()))
        if facts is not None and named - given:
            lacking.append((place, code, sorted(named - given)))

    assert lacking == []


def test_a_code_has_one_sentence():
    with pytest.raises(ValueError, match="stale"):
        messages.add({"stale": "Twice."})
