"""A note's words and tags as an annotation client has them, and back.

The client's tags are free words. Those that name a term are that term; all others stay with the note, in a last line
of its own, and are nobody else's: `#حصار #خط_الجبهة`. A highlight says nothing, and a note here says one thing at
least: it is a private note whose words are that it is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

#: What a highlight says, in the language of who made it.
HIGHLIGHTS = {"ar": "#تظليل", "en": "#highlight"}
_LINE = re.compile(r"(?:\A|\n\s*\n)(#[^\s#]+(?:[ ]#[^\s#]+)*)\s*\Z")


def split(body: str) -> tuple[str, list[str]]:
    """Return a note's words without its last line of free tags, and these."""
    found = _LINE.search(body)
    if not found:
        return body, []
    return body[: found.start()], [one[1:].replace("_", " ") for one in found[1].split(" ")]


def joined(text: str, free: Iterable[str]) -> str:
    """Return the words of a note with a last line of these free tags."""
    line = " ".join(f"#{tag}" for tag in map(free_tag, free) if tag)
    return "\n\n".join(part for part in (text.rstrip(), line) if part)


def highlight(language: str) -> str:
    """Return what a highlight says."""
    return HIGHLIGHTS.get(language, HIGHLIGHTS["en"])


def is_highlight(body: str, tags: Sequence[object]) -> bool:
    """Whether a note says nothing but that it is a highlight."""
    return not tags and body.strip() in HIGHLIGHTS.values()


def free_tag(words: str) -> str:
    """Return a free tag as one word."""
    return re.sub(r"[\s_]+", "_", words.replace("#", " ").strip())
