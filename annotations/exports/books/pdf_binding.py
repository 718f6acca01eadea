"""Sets a book that is longer than the typesetter may hold at once: its beginning, then part by part, then bound."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from annotations.exports.books.pdf_parts import Part
from archive.exports.printing import Bound, Press

Json = dict[str, Any]


def set_in_parts(press: Press, data: Json, parts: Sequence[Part], progress: Callable[[float], None]) -> bytes:
    """Return the book; the contents come last, when it is known on which page everything is.

    `progress` is told how much of it is done, from 0 to 1. Raises HashiyaError("not_printed").
    """
    front = {**data, "part": "front", "nodes": [], "notes": {}}
    press.set({**front, "contents": [{**row, "page": ""} for row in data["contents"]]}, "front.pdf")
    # The numbers of pages have a place of their own in its lines: it is as long with them.
    start = press.look("front.pdf").pages + 1
    found, bound = dict[str, int](), [Bound("front.pdf")]
    for number, part in enumerate(parts, start=1):
        file, start, places = _set_part(press, data, part, number, start)
        found |= places
        bound.append(file)
        progress(number / (len(parts) + 1))
    press.set(
        {**front, "contents": [{**row, "page": str(found[row["id"]])} for row in data["contents"]]},
        "front.pdf",
    )
    press.bind(
        bound,
        [("title", 1, data["title"]), *((one["id"], one["level"], one["words"]) for one in data["headings"])],
        "book.pdf",
    )
    return press.read("book.pdf")


def _set_part(
    press: Press, data: Json, part: Part, number: int, start: int
) -> tuple[Bound, int, dict[str, int]]:
    """Return how it is bound, the number of the page after it, and on which page each heading is."""
    name = f"part-{number}.pdf"
    press.set(
        {
            **data,
            "part": "body",
            "start": start,
            "above": part.above,
            "nodes": part.nodes,
            "notes": part.notes,
        },
        name,
    )
    sheets = press.look(name)
    # What the template runs up with: to a right page when the first is one, else one page less.
    run_up = 2 if start % 2 else 1
    places = {ident: start + page - run_up for ident, page in sheets.places.items()}
    return Bound(name, pages=run_up, blocks=part.above), start + sheets.pages - run_up, places
