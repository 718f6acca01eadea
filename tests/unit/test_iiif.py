"""What an address of the IIIF Image API asks for: https://iiif.io/api/image/3.0/, sections 4.1 to 4.7."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import Invalid
from archive.media.iiif import MAX_AREA, wanted

FULL = (1000, 600)


def ask(region="full", size="max", rotation="0", quality="default", extension="jpg", full=FULL):
    return wanted(region, size, rotation, quality, extension, full=full)


@pytest.mark.parametrize(
    ("region", "box"),
    [
        ("full", (0, 0, 1000, 600)),
        ("square", (200, 0, 600, 600)),
        ("10,20,30,40", (10, 20, 30, 40)),
        ("900,500,400,400", (900, 500, 100, 100)),  # What reaches over the edge is cut there.
        ("pct:10,10,50,50", (100, 60, 500, 300)),
        ("pct:41.6,7.5,40,70", (416, 45, 400, 420)),
    ],
)
def test_regions(region, box):
    found = ask(region).region

    assert (found.x, found.y, found.width, found.height) == box


@pytest.mark.parametrize(
    ("size", "pixels"),
    [
        ("max", (1000, 600)), ("500,", (500, 300)), (",300", (500, 300)), ("pct:50", (500, 300)),
        ("200,500", (200, 500)), ("!200,500", (200, 120)), ("!5000,5000", (1000, 600)),
    ],
)  # fmt: skip
def test_sizes(size, pixels):
    found = ask(size=size)

    assert (found.width, found.height) == pixels


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("region", value)
        for value in ("", "all", "1,2,3", "-1,0,10,10", "0,0,0,10", "1000,0,10,10", "pct:101,0,10,10", "1e3,0,1,1", "٠,٠,١,١")
    ]
    + [
        ("size", value)
        for value in ("", "full", ",", "0,", "1001,", "^2000,", "pct:0", "pct:101", "!5,", "10", "5,5,5", "99999999,")
    ]
    + [("rotation", value) for value in ("", "45", "-90", "!!90", "400", "90.5", "!")]
    + [("quality", value) for value in ("", "native", "BITONAL")]
    + [("extension", value) for value in ("tif", "svg", "pdf", "")],
)  # fmt: skip
def test_what_is_no_request_is_refused_by_its_part(part, value):
    with pytest.raises(Invalid) as refused:
        ask(**{part: value})

    assert refused.value.params["part"] == ("format" if part == "extension" else part)


def test_no_answer_is_larger_than_what_is_announced():
    huge = ask(full=(20_000, 20_000))

    assert huge.width * huge.height <= MAX_AREA
    with pytest.raises(Invalid):
        ask(size="20000,20000", full=(20_000, 20_000))


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        ({}, "full/max/0/default.jpg"),
        ({"region": "0,0,1000,600", "size": "500,"}, "full/500,300/0/default.jpg"),
        ({"region": "pct:0,0,50,50", "size": "max", "rotation": "!360"}, "0,0,500,300/max/!0/default.jpg"),
    ],
)
def test_one_answer_has_one_address(asked, canonical):
    assert ask(**asked).canonical(FULL) == canonical


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=6))
def test_any_text_is_answered_or_refused(region, size, rotation):
    try:
        found = ask(region, size, rotation)
    except Invalid:
        return
    assert 0 < found.width <= 1000
    assert 0 < found.height <= 600
