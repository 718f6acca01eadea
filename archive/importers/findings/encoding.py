"""Letters that a wrong encoding left behind."""

from __future__ import annotations

import re

from archive.enums import ProblemKind
from archive.text.context import context_of
from archive.text.types import ParsedText, Problem

#: Continuation bytes of UTF-8 as windows-1252 shows them.
CONTINUATION = (
    "\u0080-\u00bf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d\u2018\u2019\u201c"
    "\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178"
)
LETTER = rf"(?:[\u00c2-\u00df][{CONTINUATION}]|[\u00e0-\u00ef][{CONTINUATION}]{{2}})"
#: Two letters on end, or one that is common in Latin script: Ã© (é), Â« («), â€™ (’).
MOJIBAKE = re.compile(
    rf"{LETTER}(?:[ .,:/-]{{0,2}}{LETTER})+"
    rf"|\u00c3[\u0080-\u00bf]|\u00c2[\u00a0-\u00bf]|\u00e2\u20ac[{CONTINUATION}]"
)
REPLACEMENT = re.compile("\ufffd+")


def find(parsed: ParsedText) -> list[Problem]:
    """Return a problem for each run of letters that stand for lost or misread bytes."""
    problems = []
    for found in REPLACEMENT.finditer(parsed.content):
        problems.append(_problem(parsed, *found.span(), {}, "replacement"))
    for found in MOJIBAKE.finditer(parsed.content):
        meant = _meant(found.group())
        if meant:
            proposal = {"op": "replace_span", "text": meant}
            problems.append(_problem(parsed, *found.span(), proposal, "mojibake"))
    return problems


def _problem(parsed: ParsedText, start: int, end: int, proposal: dict[str, str], reason: str) -> Problem:
    context = context_of(parsed.content, start, end)
    return Problem(
        ProblemKind.BROKEN_ENCODING, start, end, context, proposal=proposal, params={"reason": reason}
    )


def _meant(text: str) -> str:
    """Return what the bytes meant, "" when they cannot be brought back."""
    raw = bytearray()
    for letter in text:
        try:
            raw += letter.encode("cp1252")
        except UnicodeEncodeError:
            if ord(letter) > 0xFF:
                return ""
            raw.append(ord(letter))
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return ""
