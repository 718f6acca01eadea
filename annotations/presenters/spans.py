"""Where a text's notes lie, in the compact form that the browser paints from."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from operator import itemgetter

from django.db.models import F

from annotations.access.arrivals import ArrivalPlace
from annotations.access.narrowed import ALL, Narrowed, narrow
from annotations.access.notes import shown_to
from annotations.access.places import span_table
from annotations.enums import Category
from archive.access import Viewer

Row = tuple[int, int, str, int]

_INDEX: Mapping[str, int] = {category.value: index for index, category in enumerate(Category)}


def spans_json(
    viewer: Viewer,
    *,
    text_id: int,
    revision_id: int,
    number: int,
    arrivals: Sequence[ArrivalPlace] = (),
    narrowed: Narrowed = ALL,
) -> bytes:
    """Return `{"revision", "carrying", "ids", "spans": [[Δstart, length, category], …]}` as JSON.

    Ids stand in the order of the spans; each start is the distance from the start before it.
    `carrying` counts the notes that were not carried over to this revision yet. What points here from elsewhere
    (`arrivals`) is a span too, by the reference's id.
    """
    rows, carrying = span_rows(viewer, text_id=text_id, revision_id=revision_id, narrowed=narrowed)
    return _compact(with_arrivals(rows, arrivals), number, carrying)


def with_arrivals(rows: list[Row], arrivals: Sequence[ArrivalPlace]) -> list[Row]:
    """Return the rows with those of the references that arrive in the text, by place."""
    if not arrivals:
        return rows
    link = _INDEX[Category.LINK]
    return sorted([*rows, *((one.start, -one.end, one.id, link) for one in arrivals)])


def span_rows(
    viewer: Viewer, *, text_id: int, revision_id: int, narrowed: Narrowed = ALL
) -> tuple[list[Row], int]:
    """Return (start, minus end, note, category) of the visible notes by place, and how many have none yet."""
    notes = narrow(shown_to(viewer).filter(text_id=text_id), narrowed, viewer).order_by()
    # The version that is shown is joined to its note, so that the database sends a row for each note and no more.
    shown = notes.filter(versions=F("shown_id")).values_list(
        "public_id", "versions__locus_id", "versions__category"
    )
    places = span_table(revision_id)
    rows: list[Row] = []
    carrying = 0
    for note, locus, category in shown:
        place = places.get(locus)
        if place is None:
            carrying += 1
        elif (start := place[0]) is not None:
            rows.append((start, -place[1], note, _INDEX[category]))
    rows.sort(key=itemgetter(0, 1, 2))
    return rows, carrying


def _compact(rows: list[Row], number: int, carrying: int) -> bytes:
    before, spans = 0, []
    for start, minus_end, _note, category in rows:
        spans.append((start - before, -minus_end - start, category))
        before = start
    value = {"revision": number, "carrying": carrying, "ids": [row[2] for row in rows], "spans": spans}
    return json.dumps(value, separators=(",", ":"), check_circular=False).encode()
