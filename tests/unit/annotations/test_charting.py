"""Lines of time and maps: bars in lanes that never overlap, circles that never do, whatever comes."""

from __future__ import annotations

import random
from itertools import combinations, pairwise

import pytest

from annotations.charting.axis import above, beside, chosen, cut
from annotations.charting.clusters import NEAR, Dot, clusters, named
from annotations.charting.lanes import LEAST, Scale, bars, pieces_of, touches
from annotations.charting.outlines import BEYOND, paths
from annotations.charting.view import CLOSE, FARTHEST, HEIGHT, LIMIT, WIDTH, View, fitted
from archive.text.edtf_spans import day_number, span_of

DATES = (
    "1330-11-29", "1172~/1216", "1950~", "1822?", "03XX%", "2016/..", "2016/", "/1216", "../1950~", "[1916,1920]",
    "1937-23", "199X", "0246~/0330~", "-0043", "Y12000", "1849-05-09/1849-05-19", "1208-07/1209-07",
)  # fmt: skip


def scale(first=1100, last=2020, width=960.0):
    return Scale(day_number(first, 1, 1), day_number(last, 12, 31), width)


# --- time --------------------------------------------------------------------------------------------------


def test_bars_with_their_labels_never_overlap_in_a_lane_and_stay_inside():
    drawn = random.Random(7)
    spans = [(span_of(drawn.choice(DATES)), drawn.uniform(20, 260)) for _ in range(400)]
    spans.sort(key=lambda one: one[0].first or 0)

    found = bars(spans, scale())

    by_lane: dict[int, list[tuple[float, float]]] = {}
    for bar in found:
        label = spans[bar.key][1]
        left, right = min(bar.x, bar.label_x), max(bar.end, bar.label_x + label)
        assert 0 <= left < right <= 960 + 1e-6
        assert bar.end - bar.x >= LEAST - 1e-6
        by_lane.setdefault(bar.lane, []).append((left, right))
    for lane in by_lane.values():
        for (_left, right), (left, _right) in zip(sorted(lane), sorted(lane)[1:], strict=False):
            assert right <= left
    assert [bar.lane for bar in bars(spans, scale())] == [bar.lane for bar in found]


def test_what_goes_on_beyond_the_line_says_so():
    [inside, over] = bars([(span_of("1200/1300"), 10), (span_of("0900/3000"), 10)], scale())

    assert (inside.before, inside.after) == (False, False)
    assert (over.before, over.after) == (True, True)


@pytest.mark.parametrize(
    ("value", "styles"),
    [
        ("1330-11-29", ["sure"]),
        ("1330-11-01/1430-11-29", ["sure"]),
        ("1330", ["within"]),
        ("12XX", ["within"]),
        ("1950~", ["about"]),
        ("1822?", ["perhaps"]),
        ("13XX%", ["both"]),
        ("1172~/1216-01-01", ["about", "sure"]),
        ("1116-01-01/1216?", ["sure", "perhaps"]),
        ("1316/..", ["within", "open"]),
        ("../1316-01-01", ["open"]),
        ("1316-01-01/", ["sure", "unknown"]),
        ("/1316-01-01", ["unknown", "sure"]),
        ("[1316,1420]", ["within"]),
    ],
)
def test_doubts_are_drawn_differently(value, styles):
    assert [piece.style for piece in pieces_of(span_of(value), scale())] == styles


def test_a_chosen_stretch_has_those_around_it_and_beside_it():
    decade = chosen("133X")

    assert [one.value for one in above(decade)] == ["1XXX", "13XX"]
    assert [one.value for one in above(chosen("1330-11"))] == ["1XXX", "13XX", "133X", "1330"]
    assert [one.value for one in beside(decade)] == ["132X", "134X"]
    assert [one.value for one in beside(chosen("000X"))] == ["-000X", "001X"]
    assert [one.unit for one in cut(*_days("1330-11"))] == ["day"] * 30
    assert [one.value for one in cut(*_days("1330"))][:2] == ["1330-01", "1330-02"]
    assert [one.value for one in cut(*_days("133X"))][:2] == ["1330", "1331"]


def _days(value):
    stretch = chosen(value)
    return stretch.first, stretch.last


@pytest.mark.parametrize(
    "value", ["", "1330-11-29", "XXXX", "1330~", "13X0", "soon", "1330-13", "9" * 99, "1330/1340"]
)
def test_other_words_choose_no_stretch(value):
    assert chosen(value) is None


@pytest.mark.parametrize(
    ("first", "last"), [(-(10**9), 10**9), (-4000, 4000), (0, 30_000), (1, 1), (365, 10**6)]
)
def test_a_line_is_cut_into_few_stretches_without_a_gap(first, last):
    found = cut(first, last)

    assert 1 <= len(found) <= 31
    assert found[0].first <= first
    assert found[-1].last >= last
    assert all(after.first == before.last + 1 for before, after in pairwise(found))


def test_what_has_no_known_end_is_told_of_where_its_other_end_is():
    first, last = _days("13XX")

    assert not touches(span_of("1216/"), first, last)
    assert touches(span_of("1216/.."), first, last)
    assert touches(span_of("/1316"), first, last)
    assert not touches(span_of("/1416"), first, last)
    assert touches(span_of("../1416"), first, last)


# --- places ------------------------------------------------------------------------------------------------


def test_circles_never_overlap_and_hold_every_place_once_in_whatever_order_they_come():
    drawn = random.Random(3)
    dots = [
        Dot(f"{i}", drawn.uniform(0, WIDTH), drawn.uniform(0, HEIGHT), drawn.randint(1, 90))
        for i in range(800)
    ]
    dots += [Dot("twin", dots[0].x, dots[0].y, 1)]

    found = clusters(dots)

    assert sorted(dot.key for one in found for dot in one.members) == sorted(dot.key for dot in dots)
    for one, other in combinations(found, 2):
        distance = ((one.x - other.x) ** 2 + (one.y - other.y) ** 2) ** 0.5
        assert distance >= NEAR > one.radius + other.radius
    drawn.shuffle(dots)
    assert clusters(dots) == found


def test_names_lie_over_no_circle_and_no_other_name():
    drawn = random.Random(5)
    found = clusters(
        Dot(f"{i}", drawn.uniform(0, WIDTH), drawn.uniform(0, HEIGHT), i % 9) for i in range(120)
    )

    placed = named(found, [12] * len(found), width=WIDTH, height=HEIGHT, leftward=True)

    boxes = [box for _circle, box in placed if box]
    assert boxes
    assert not any(one.meets(other) for one, other in combinations(boxes, 2))
    for box in boxes:
        for circle in found:
            r = circle.radius
            assert (
                box.right <= circle.x - r
                or box.left >= circle.x + r
                or box.bottom <= circle.y - r
                or box.top >= circle.y + r
            )


def test_a_window_shows_all_places_as_near_as_it_can():
    near = [(36.2, 37.1), (36.3, 37.2)]
    far = [*near, (29.95, -90.07)]

    assert fitted(near).zoom > fitted(far).zoom
    for places in (near, far):
        assert all(fitted(places).shows(*place) for place in places)
    assert fitted([(36.2, 37.1)]).zoom == CLOSE
    assert fitted([]).zoom == FARTHEST


def test_places_on_either_side_of_the_date_line_are_neighbors():
    window = fitted([(-17.0, 179.5), (-17.5, -179.5)])

    assert abs(window.longitude) > 179
    assert window.zoom >= 8
    (west, _y), (east, _other) = window.place(-17.0, 179.5), window.place(-17.5, -179.5)
    assert 0 < west < east < WIDTH
    assert fitted([(0, 180.0), (0, -180.0)]).zoom == CLOSE


def test_the_poles_stand_at_the_edge_of_the_map():
    window = fitted([(90.0, 0.0), (-90.0, 0.0)])

    assert window.place(90.0, 0.0) == window.place(LIMIT, 0.0)
    assert all(window.shows(latitude, 0.0) for latitude in (90.0, -90.0))
    assert window.moved(0, -5).latitude <= LIMIT


@pytest.mark.parametrize(
    "window", [fitted([]), View(36.2, 37.1, 7), View(36.2, 37.1, 12), View(-85, 180, 1), View(10, -179.9, 4)]
)
def test_outlines_stay_near_the_window_and_are_light(window):
    found = paths(window)

    assert sum(map(len, found.values())) < 60_000
    for path in (found["land"], found["lake"]):
        for part in filter(None, path.split("M")):
            x, y = map(int, part.split("l")[0].rstrip("Z").split())
            assert -BEYOND - 1 <= x <= WIDTH + BEYOND + 1
            assert -BEYOND - 1 <= y <= HEIGHT + BEYOND + 1


def test_no_outline_jumps_over_the_map_at_the_date_line():
    for part in filter(None, paths(View(0, 0, FARTHEST))["land"].split("M")):
        start, _l, steps = part.rstrip("Z").partition("l")
        y = int(start.split()[1])
        numbers = list(map(int, steps.split()))
        for right, down in zip(numbers[::2], numbers[1::2], strict=True):
            y += down
            # Antarctica ends at the pole, which is a line here.
            assert abs(right) < 200 or y > HEIGHT - 60


def test_the_land_of_aleppo_is_land_and_the_sea_beside_it_is_not():
    assert paths(View(36.2, 37.1, 10))["land"].count("M") == 1
    assert not paths(View(34.0, 31.0, 10))["land"]
