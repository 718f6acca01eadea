"""A sealed release keeps its bytes: what reads and writes snapshots of today gives those of before again."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from annotations.anchoring.lanes import lanes_of
from annotations.editions.canonical import dumps, loads, manifest_hash
from annotations.editions.values import FORMAT, FORMAT_WITH_MORE, FORMAT_WITH_PLACES, FilmFacts, MediaPlace

VECTORS = Path(__file__).parents[1] / "vectors"
#: Written by the code of before notes on pictures and films could be released.
FIRST = (VECTORS / "snapshot_1.json").read_text(encoding="utf-8")
NAME = "ff7c7637bf641db951e75d9a406707d9b81d9ca40ccd5522dee44e103a9d4294"


#: A release of each format, as it was sealed when the format was made, and its name for ever.
SEALED = {
    "hashiya-snapshot/1": ("snapshot_1.json", NAME),
    "hashiya-snapshot/2": (
        "snapshot_2.json",
        "c100c481424ec6699f9972b6169cc550ab1d75c22ba5d2296ec8fcf0e8f0573e",
    ),
    "hashiya-snapshot/3": (
        "snapshot_3.json",
        "bf9d2114f9afbae954ef5dcfb066e6e7535beb2cce96d747ba3b39030a6134a4",
    ),
}


@pytest.mark.parametrize("form", [FORMAT, FORMAT_WITH_PLACES, FORMAT_WITH_MORE])
def test_a_release_of_before_keeps_its_bytes_and_its_name(form):
    file, name = SEALED[form]
    sealed = (VECTORS / file).read_text(encoding="utf-8")

    assert loads(sealed).format == form
    assert manifest_hash(sealed) == name
    assert dumps(loads(sealed)) == sealed


def test_what_has_places_comes_back_as_it_went():
    old = loads(FIRST)
    region = MediaPlace(
        "region", ("image", "i1"), 1, "3" * 64, "image/webp",
        region={"shape": "polygon", "points": [[1, 2.5], [30, 4], [9, 40]]}, page=2, width=1200, height=900,
    )  # fmt: skip
    seconds = MediaPlace("time", ("video", "x1"), None, "", "", start_time=65, end_time=80.5)
    empty = {"ar": "", "en": ""}
    film = FilmFacts("x1", "youtube", "abcdefghijk", "https://example.org/", empty, empty, "gone", None, None)
    notes = tuple(
        replace(old.notes[0], id=ident, place=place) for ident, place in (("n2", region), ("n3", seconds))
    )
    snapshot = replace(
        old, format=FORMAT_WITH_PLACES, notes=(*old.notes, *notes), films=(film,),
        pictures=(replace(old.figures[0].image, id="i2"),),
    )  # fmt: skip

    canonical = dumps(snapshot)

    assert loads(canonical) == snapshot
    assert dumps(loads(canonical)) == canonical
    assert [("place" in note) for note in json.loads(canonical)["notes"]] == [False, True, True]


@pytest.mark.parametrize(
    ("parts", "rows"),
    [
        ([(0, 10), (10, 20)], [0, 0]),  # one after the other
        ([(0, 10), (5, 20), (10, 12)], [0, 1, 0]),  # over each other
        ([(0, 0), (0, 0), (0.5, 1)], [0, 1, 2]),  # moments are drawn a second wide
        ([(0, 9), (0, 9), (0, 9)], [0, 1, 2]),
        ([(0, 9)] * 5, [0, 1, 2, 3, 3]),  # the rest share the last row
    ],
)
def test_bars_share_a_row_where_none_lies_over_another(parts, rows):
    assert lanes_of(parts, 1, 4) == rows


def test_what_has_a_cover_and_an_order_comes_back_as_it_went():
    old = loads(FIRST)
    snapshot = replace(
        old, format=FORMAT_WITH_MORE, order="kind", cover=replace(old.figures[0].image, id="i9")
    )

    canonical = dumps(snapshot)

    assert loads(canonical) == snapshot
    assert dumps(loads(canonical)) == canonical
    assert {"cover", "order"} <= set(json.loads(canonical))
    assert not {"cover", "order"} & set(json.loads(FIRST))
