"""The demo collection's texts are ours and whole, and every place named in them is there."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from annotations.anchoring import Span, carry_over
from annotations.enums import AnchorStatus
from archive.enums import BlockKind
from tests.corpus import article_bytes
from tests.unit.demo_material import DEMO, content_of, load, notes, parsed, place_of, places, words


@pytest.mark.parametrize(
    "path", sorted(DEMO.rglob("*.md")) + sorted(DEMO.glob("*.json")), ids=lambda p: p.name
)
def test_demo_file_is_clean_utf8(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")

    assert "\r" not in text
    assert not re.search(r"[\ufeff\ufffd\u202a-\u202e\u2066-\u2069]", text)


def test_no_demo_word_run_is_taken_from_the_corpus_article() -> None:
    article = words(article_bytes().decode("utf-8"))
    runs = {tuple(article[i : i + 8]) for i in range(len(article) - 7)}

    for path in [*DEMO.rglob("*.md"), *DEMO.glob("*.json"), *DEMO.rglob("*.svg")]:
        own = words(path.read_text(encoding="utf-8"))
        assert not [own[i : i + 8] for i in range(len(own) - 7) if tuple(own[i : i + 8]) in runs], path.name


def test_essay_has_one_of_each_blemish_and_a_title() -> None:
    text = parsed("essay", 1)

    assert text.title.startswith("الطريق إلى الماء")
    assert Counter(problem.kind.value for problem in text.problems) == {
        "heading_level": 1,
        "suspected_cut": 1,
        "missing_figure": 1,
        "dead_link": 1,
    }
    assert [repair.kind for repair in text.repairs] == ["torn_mark"]


def test_texts_are_long_enough_to_show_reading() -> None:
    assert 2500 <= len(parsed("essay", 1).content.split()) <= 4000
    assert len(parsed("letter", 1).content.split()) >= 1500


def test_every_quote_occurs_as_often_as_its_note_says() -> None:
    for key, place in places():
        if place["kind"] == "text":
            content = content_of(place)
            assert content.count(place["quote"]) >= place["occurrence"], key
            assert place["quote"] == place["quote"].strip(), key


def test_only_the_word_finger_needs_an_occurrence_to_be_found() -> None:
    several = {
        key
        for key, place in places()
        if place["kind"] == "text" and content_of(place).count(place["quote"]) > 1
    }

    assert several == {"finger"}


def test_some_notes_overlap_three_deep_and_some_cross_a_block_border() -> None:
    content = parsed("essay", 1).content
    depth: Counter[int] = Counter()
    for note in notes():
        place = note["place"]
        if place["kind"] == "text" and (place["work"], place["revision"]) == ("essay", 1):
            start = place_of(content, place["quote"], place["occurrence"])
            depth.update(range(start, start + len(place["quote"])))

    assert max(depth.values()) >= 3
    assert sum("\n" in place["quote"] for _, place in places() if place["kind"] == "text") >= 3


def test_regions_lie_within_their_images() -> None:
    sizes = {(image["key"], 1): (image["width"], image["height"]) for image in load("images")["images"]}
    for paper in load("papers")["papers"]:
        sizes |= {(paper["key"], page): tuple(size) for page, size in enumerate(paper["pages"], 1)}

    for key, place in places():
        if place["kind"] == "region":
            width, height = sizes[place["image"], place.get("page", 1)]
            points = place["region"]["points"]
            assert len(points) == 2 if place["region"]["shape"] == "rect" else len(points) >= 3, key
            assert all(0 <= x <= width and 0 <= y <= height for x, y in points), key


def test_seconds_lie_within_their_video() -> None:
    durations = {video["key"]: video["duration"] for video in load("videos")["videos"]}

    for key, place in places():
        if place["kind"] == "time":
            assert 0 <= place["start"] < place["end"] <= durations[place["video"]], key


def test_second_revision_keeps_moves_doubts_and_loses_notes() -> None:
    old, new = parsed("essay", 1).content, parsed("essay", 2).content
    spans = []
    for note in notes():
        place = note["place"]
        if note["phase"] == 1 and place.get("work") == "essay":
            start = place_of(old, place["quote"], place["occurrence"])
            spans.append(Span(note["key"], start, start + len(place["quote"])))

    became = {placement.key: placement.status for placement in carry_over(old, new, spans)}

    assert became["a-flourish"] == AnchorStatus.LOST
    assert became["water-returns"] == AnchorStatus.UNCERTAIN
    assert became["water-flatters-nobody"] == AnchorStatus.MOVED
    assert became["down-the-shafts"] == AnchorStatus.MOVED
    assert Counter(became.values())[AnchorStatus.EXACT] >= 20


def test_every_figure_but_one_has_its_picture() -> None:
    shown = [*load("images")["images"], *load("papers")["papers"]]
    filled = {(item["work"], item["caption"]) for image in shown for item in image["fills"]}
    missing = {(item["work"], item["caption"]) for item in load("images")["missing"]}

    for work, revision in [("essay", 1), ("essay", 2), ("letter", 1)]:
        text = parsed(work, revision)
        captions = {
            (work, text.content[block.start : block.end])
            for block in text.blocks
            if block.kind == BlockKind.FIGURE
        }
        assert captions == {item for item in filled if item[0] == work}
    assert [caption for _, caption in missing] == [
        problem.params["caption"]
        for problem in parsed("essay", 1).problems
        if problem.kind.value == "missing_figure"
    ]
