"""What changed since an earlier release, drawn in the text: new words in `<ins>`, a sign where others stood.

The article's text stays the release's own: what stood there is an attribute, which the style sheet shows, and stands in words
in the list below the text, to which the sign leads.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from html import escape
from typing import Any

from django.utils.translation import gettext as _

from annotations.editions.wordings import Change
from annotations.presenters.since import Since, Told
from archive.presenters.inline import Edge, tagged
from archive.text.sections import Section
from archive.text.words import shortened

#: Code points of what stood there that are shown in the text.
SHOWN = 60


def change_edges(told: Told, section: Section) -> list[Edge]:
    """Return the markup of what changed in a part of the text; signs lead to the list of it, as far as that goes."""
    since, stops = told.since, [line["stop"] for line in told.lines]
    listed = {stop.change.number for stop in stops if stop.change}
    blocks = since.issue.snapshot.text.blocks[section.first : section.last]
    draw = _Drawing(since, blocks, listed)
    return [
        edge
        for change in since.changes
        if change.after[1] >= section.start and change.after[0] <= section.end
        for edge in draw.edges(change)
    ]


class _Drawing:
    """Draws the changes of some blocks."""

    def __init__(self, since: Since, blocks: Sequence[Mapping[str, Any]], listed: Collection[int]) -> None:
        self.since, self.listed = since, listed
        self.blocks = [block for block in blocks if block["start"] < block["end"]]
        self.starts = [block["start"] for block in self.blocks]
        self.links = [(m["start"], m["end"]) for m in since.issue.snapshot.text.marks if m["kind"] == "link"]
        self.was = since.before.snapshot.text.content

    def edges(self, change: Change) -> Iterator[Edge]:
        """Yield the new words and the sign of what stood there, whichever there is; one of them has the anchor."""
        start, end = change.after
        gone = self.was[slice(*change.before)]
        anchor = f"change-{change.number}"
        near = self._near(start, end) if start < end else ()
        first = next((b for b in near if b["start"] < end and b["end"] > start), None)
        if first is None:
            yield from self._sign(start, self._link(change, gone, anchor))
            return
        attrs = {"class": "change", "data-change": str(change.number)}
        new = tagged(max(start, first["start"]), end, "ins", attrs, anchor=anchor)
        if gone.strip():
            yield from self._sign(new.start, self._link(change, gone, ""))
        yield new

    def _near(self, start: int, end: int) -> Sequence[Mapping[str, Any]]:
        first = max(bisect_right(self.starts, start) - 1, 0)
        return self.blocks[first : bisect_right(self.starts, end)]

    def _sign(self, at: int, html: str) -> Iterator[Edge]:
        """Yield the sign before the code point at a place, or after the last one of the block that ends there.

        It is a link, and stands before a link of the text that goes on there.
        """
        at = next((start for start, end in self.links if start <= at < end), at)
        block = next(iter(self._near(at, at)), None)
        if block and block["end"] <= at:
            yield Edge(block["end"] - 1, block["end"], closing=html)
        elif block:
            # To the end of the block: of all that begins there, it comes first.
            yield Edge(max(at, block["start"]), block["end"], before=html)

    def _link(self, change: Change, gone: str, anchor: str) -> str:
        """Return the way to what stood there, which is told beside it: no text of the article."""
        number = change.number
        href = f"#was-{number}" if number in self.listed else self.since.was_url(change)
        words = " ".join(gone.split())
        shown = shortened(words, SHOWN) if words else "¶"
        only_spaces = _("Only the paragraphs or the spaces changed here")
        label = _("Here stood: %(words)s") % {"words": shown} if words else only_spaces
        ident = f'id="{anchor}" ' if anchor else ""
        return (
            f'<a {ident}class="was" href="{escape(href)}" data-change="{number}" data-was="{escape(shown)}" '
            f'aria-label="{escape(label)}"></a>'
        )
