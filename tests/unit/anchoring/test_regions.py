"""Shapes over pictures, and times in films: the same in Python as in the browser."""

import json
import math
from pathlib import Path

import pytest

from annotations.anchoring import regions, times
from annotations.enums import AnchorStatus

FOLDER = Path(__file__).parents[2] / "vectors"
REGIONS = json.loads((FOLDER / "regions.json").read_text(encoding="utf-8"))
TIMES = json.loads((FOLDER / "times.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", [pytest.param(row, id=row["say"]) for row in REGIONS["problems"]])
def test_what_is_wrong_with_a_shape(row):
    points = [tuple(point) for point in row["points"]]

    assert regions.problem(row["shape"], points, tuple(REGIONS["size"])) == row["problem"]


@pytest.mark.parametrize("odd", [math.nan, math.inf, -math.inf])
def test_number_that_is_none_makes_no_shape(odd):
    assert regions.problem("rect", [(0, 0), (odd, 5)], (100, 80)) == "bad_region"


@pytest.mark.parametrize("row", REGIONS["extents"])
def test_extent_of_a_shape(row):
    assert list(regions.extent(row["shape"], row["points"])) == row["extent"]


@pytest.mark.parametrize(
    ("points", "status"),
    [
        ([(0, 0), (100, 80)], AnchorStatus.EXACT),
        ([(90, 70), (110, 90)], AnchorStatus.UNCERTAIN),
        ([(100, 0), (110, 90)], AnchorStatus.LOST),
    ],
)
def test_shape_stands_on_its_picture_or_leaves_it(points, status):
    assert regions.standing("rect", points, (100, 80)) == status


@pytest.mark.parametrize(("typed", "seconds"), TIMES["read"])
def test_typed_time(typed, seconds):
    assert times.seconds_of(typed) == seconds


@pytest.mark.parametrize(("seconds", "words"), TIMES["written"])
def test_time_is_written_as_it_is_typed(seconds, words):
    assert times.written(seconds) == words
