"""Links that lead nowhere: the words that were linked are known, the target is lost."""

from __future__ import annotations

import re

from archive.enums import MarkKind, ProblemKind
from archive.text.context import context_of
from archive.text.types import ParsedText, Problem

DEAD = re.compile(
    r"(?:#!?|about:\w+|javascript:.*|void\(0\);?|https?:/{0,2}|\?|/+#)?\Z", re.IGNORECASE | re.DOTALL
)


def is_dead(href: str) -> bool:
    """Whether a target cannot lead anywhere, whatever the network says."""
    return bool(DEAD.match(href.strip()))


def find(parsed: ParsedText) -> list[Problem]:
    """Return a problem for each link without a target; the target is for a person to give."""
    return [
        Problem(
            ProblemKind.DEAD_LINK,
            mark.start,
            mark.end,
            context_of(parsed.content, mark.start, mark.end),
            proposal={"op": "set_link", "needs": ["href"]},
            params={"href": str(mark.attrs.get("href", ""))},
        )
        for mark in parsed.marks
        if mark.kind == MarkKind.LINK
        and not mark.attrs.get("image")
        and is_dead(str(mark.attrs.get("href", "")))
    ]
