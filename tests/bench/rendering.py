"""The first rendering of a text of 100,000 words with 10,000 notes as real marks, against a bare sweep-line join.

The join is the least that makes the same bytes: it knows paragraphs and marks and nothing else.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from html import escape
from operator import itemgetter
from typing import Any

from tests.bench.material import blocks_of, content, new_ids, spans
from tests.bench.outcome import Outcome, at_most

NOTES, TIMES, LIMIT = 10_000, 9, 1.3

#: Start, end, id.
Span = tuple[int, int, str]


def run() -> list[Outcome]:
    """Render both ways by turns; the quickest of each counts."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    import django

    django.setup()
    from archive.presenters.article import Extras, Marked, render_article

    text = content()
    blocks = blocks_of(text)
    places = spans(text, NOTES)
    ids = new_ids(NOTES, seed="rendering")
    chosen = [(start, end, ident) for (start, end), ident in zip(places, ids, strict=True)]
    marked = [Marked(start, end, {"class": "n", "data-note": ident}) for start, end, ident in chosen]

    def ours() -> str:
        return str(render_article(content=text, blocks=blocks, marks=[], extras=Extras(marked=list(marked))))

    def bare() -> str:
        return joined(text, blocks, chosen)

    if ours() != bare():
        raise AssertionError("The bare join makes other bytes than the renderer.")
    mine, its = by_turns(ours, bare)
    beside = f"{mine:.0f} ms beside {its:.0f} ms for the same {len(bare().encode()) / 1e6:.1f} MB"
    return [at_most("first rendering, times a bare sweep-line join", mine / its, LIMIT, beside=beside)]


def by_turns(*tasks: Callable[[], object]) -> list[float]:
    """Return the quickest run of each task in milliseconds of processor time, each run after the other."""
    best = [float("inf")] * len(tasks)
    for _ in range(TIMES):
        for place, task in enumerate(tasks):
            begun = time.process_time()
            task()
            best[place] = min(best[place], (time.process_time() - begun) * 1000)
    return best


def joined(text: str, blocks: Sequence[dict[str, Any]], chosen: Sequence[Span]) -> str:
    """Return the paragraphs with a mark for each span, properly nested."""
    parts: list[str] = []
    waiting = sorted(chosen, key=lambda span: (span[0], -span[1]))
    following, going_on = 0, list[Span]()
    for number, block in enumerate(blocks, start=1):
        at, end = block["start"], block["end"]
        if number > 1:
            parts.append("\n")
        parts.append(f'<p id="b{number}" data-start="{at}" class="block block--paragraph">')
        while following < len(waiting) and waiting[following][0] == at:
            going_on.append(waiting[following])
            following += 1
        opened = sorted(going_on, key=lambda span: -min(span[1], end))
        parts.extend(_opening(span) for span in opened)
        while True:
            opens = waiting[following][0] if following < len(waiting) else end
            closes = min(map(itemgetter(1), opened), default=end)
            place = min(opens, closes, end)
            parts.append(escape(text[at:place], quote=False))
            at = place
            if place == end:
                break
            if closes == place:
                first = next(n for n, span in enumerate(opened) if span[1] == place)
                again = [span for span in opened[first:] if span[1] != place]
                parts.append("</mark>" * (len(opened) - first))
                parts.extend(_opening(span) for span in again)
                opened[first:] = again
            while following < len(waiting) and waiting[following][0] == place:
                parts.append(_opening(waiting[following]))
                opened.append(waiting[following])
                following += 1
        parts.append("</mark>" * len(opened) + "</p>")
        going_on = sorted((span for span in opened if span[1] > end + 1), key=itemgetter(0))
    return "".join(parts)


def _opening(span: Span) -> str:
    return f'<mark class="n" data-note="{span[2]}">'
