"""Invisible characters that change how a text shows or travels: they are the source, so kept and reported."""

from __future__ import annotations

import re
import unicodedata

from archive.enums import ProblemKind
from archive.text.context import context_of
from archive.text.types import ParsedText, Problem

#: Embeddings, overrides and isolates; lone direction marks (LRM, RLM, ALM) are ordinary in such prose.
BIDI = "\u202a-\u202e\u2066-\u2069"
CONTROLS = re.compile(rf"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff{BIDI}]+")


def find(parsed: ParsedText) -> list[Problem]:
    """Return a problem for each run of control characters, proposing to take it out."""
    problems = []
    for found in CONTROLS.finditer(parsed.content):
        start, end = found.span()
        problems.append(
            Problem(
                ProblemKind.CONTROL_CHARACTER,
                start,
                end,
                context_of(parsed.content, start, end),
                proposal={"op": "replace_span", "text": ""},
                params={"characters": [_name(letter) for letter in found.group()[:20]]},
            )
        )
    return problems


def _name(letter: str) -> str:
    return f"U+{ord(letter):04X} {unicodedata.name(letter, '')}".strip()
