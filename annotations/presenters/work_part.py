"""Which part of a text an address asks for, and the lasting address of that part."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from annotations.presenters.release import Asked
from archive.models import TextRevision
from archive.presenters.kept_back import Wording
from archive.text.sections import Section


def passage_of(
    query: Mapping[str, str], revision: TextRevision | Wording, at: tuple[int, int] | None
) -> tuple[int, int] | None:
    """Return where the asked passage is in the current wording; it may have been asked for in an older one."""
    if at is None:
        return None
    named = query.get("revision", "")
    if not named.isdecimal() or len(named) > 6 or int(named) == revision.number:
        return at if at[1] <= revision.length else None
    older = TextRevision.objects.filter(text=revision.text_id, number=int(named)).first()
    words = older.content[at[0] : at[1]] if older else ""
    start = revision.content.find(words) if words else -1
    return (start, start + len(words)) if start >= 0 else None


def section_number(parts: tuple[Section, ...], asked: Asked, at: tuple[int, int] | None) -> int:
    """Return which section is shown, from one; 0 for the whole text."""
    if asked.whole or len(parts) == 1:
        return 0
    if at:
        return next((n for n, part in enumerate(parts, 1) if part.start <= at[0] < part.end + 1), 1)
    return asked.section if 1 <= asked.section <= len(parts) else 1


def part_query(*, text: str, number: int, sections: int) -> str:
    """Return the query of a part's lasting address: nothing for what the bare address shows, and no passage.

    `text` is the public id of a text that is not the first of its work, else empty.
    """
    part = {"section": number} if number > 1 else {"whole": 1} if not number and sections > 1 else {}
    query = urlencode({"text": text} if text else {}) + ("&" if text and part else "") + urlencode(part)
    return f"?{query}" if query else ""
