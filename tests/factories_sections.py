"""Short ways to sections of texts that are kept from readers, in a test."""

from __future__ import annotations

from typing import Any

from archive.actions.keep_section import keep_section
from archive.models import Text, TextSection, User


def keep(
    text: Text, words: str, *, by: User, to: str = "", reason: str = "سبب", **values: Any
) -> TextSection:
    """Keep the block that holds `words`, as far as the one that holds `to`; for the keepers alone by default."""
    revision = text.current_revision
    assert revision is not None
    first = block_of(text, words)
    last = block_of(text, to or words) + 1
    return keep_section(
        text_id=text.pk, revision=revision.number, first=first, last=last, values=values, reason=reason, by=by
    )


def block_of(text: Text, words: str) -> int:
    """Return the place of the block that holds these words."""
    revision = text.current_revision
    assert revision is not None
    at = revision.content.index(words)
    return next(n for n, block in enumerate(revision.blocks) if block["start"] <= at < block["end"])
