"""Places as annotation clients in a browser name them: UTF-16 units of a page's text, quotes, elements of the page.

Such a client looks at the whole page, so its positions mean something only where a page begins with the text; its
quotes and their surroundings may reach beyond the text, and hold a space where the page breaks a line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from archive.text.offsets import Utf16Map

#: More places than these are not told apart from each other.
MOST = 50
#: An element that no page has: what is to sit nowhere names it, since a quote would be sought for a likeness.
NOWHERE = '//*[@id="b0"]'


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a client says of a selection; `start` is in UTF-16 units of the page, None when it is not to be trusted."""

    exact: str
    prefix: str = ""
    suffix: str = ""
    start: int | None = None


def places(content: str, chosen: Chosen, *, first: int, last: int) -> list[int]:
    """Return where in `[first, last)` of the text, in code points, the chosen words stand in these surroundings.

    One place only when the page's own position confirms it; none when the words do not stand there at all.
    """
    for exact, prefix, suffix in _readings(chosen):
        found = list(_standing(content, exact, prefix, suffix, first, last))
        if chosen.start is not None and len(found) > 1:
            start = Utf16Map(content).from_utf16(chosen.start)
            found = [start] if start in found else found
        if found:
            return found
    return []


def width(content: str, chosen: Chosen, start: int) -> int:
    """Return how many code points the chosen words take at a place that `places` found."""
    return next(
        len(exact) for exact, _p, _s in _readings(chosen) if content.startswith(exact, start)
    )  # fmt: skip


def _readings(chosen: Chosen) -> Iterator[tuple[str, str, str]]:
    """Yield the words as they were sent, then without the spaces that stand for broken lines."""
    sent = (chosen.exact, chosen.prefix, chosen.suffix)
    yield sent
    mended = tuple(one.replace(" \n", "\n") for one in sent)
    if mended != sent:
        yield mended[0], mended[1], mended[2]


def _standing(content: str, exact: str, prefix: str, suffix: str, first: int, last: int) -> Iterator[int]:
    at = content.find(exact, first, last) if exact else -1
    count = 0
    while at >= 0 and count <= MOST:
        if _fits(content[first:at], prefix, content[at + len(exact) : last], suffix):
            count += 1
            yield at
        at = content.find(exact, at + 1, last)


def _fits(before: str, prefix: str, after: str, suffix: str) -> bool:
    """Whether the surroundings are those that were sent, as far as the text reaches."""
    left, right = before[-len(prefix) :] if prefix else "", after[: len(suffix)]
    return prefix.endswith(left) and suffix.startswith(right)


def elements(
    content: str, blocks: Sequence[Mapping[str, Any]], start: int, end: int, *, ident: str = "b"
) -> dict[str, Any] | None:
    """Return a span as a client's RangeSelector: blocks by their ids, UTF-16 units within each; None outside of any."""
    ends = [_block_at(blocks, start, of_end=False), _block_at(blocks, end, of_end=True)]
    if ends[0] is None or ends[1] is None:
        return None
    places_in = [
        (f'//*[@id="{ident}{index + 1}"]', Utf16Map(content[blocks[index]["start"] : at]).to_utf16(at - blocks[index]["start"]))
        for index, at in zip(ends, (start, end), strict=True)
        if index is not None
    ]  # fmt: skip
    (first, begins), (last, stops) = places_in
    return {
        "type": "RangeSelector", "startContainer": first, "startOffset": begins,
        "endContainer": last, "endOffset": stops,
    }  # fmt: skip


def nowhere() -> dict[str, Any]:
    """Return a selector that no page fulfils: the client lists the note as one that lost its place."""
    return {
        "type": "RangeSelector", "startContainer": NOWHERE, "startOffset": 0,
        "endContainer": NOWHERE, "endOffset": 0,
    }  # fmt: skip


def _block_at(blocks: Sequence[Mapping[str, Any]], place: int, *, of_end: bool) -> int | None:
    for index, block in enumerate(blocks):
        if block["start"] <= place < block["end"] or (of_end and block["start"] < place <= block["end"]):
            return index
    return None
