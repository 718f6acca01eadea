"""The founding document, read in place: what a good import must find in it, counted by hand."""

import json

import pytest

from archive.importers.registry import importer
from archive.text.report import report
from archive.text.types import ParsedText
from tests.corpus import article_bytes


@pytest.fixture(scope="module")
def article() -> ParsedText:
    return importer("markdown").parse(article_bytes(), language="ar", options={})


@pytest.fixture(scope="module")
def found(article: ParsedText) -> dict:
    return report(article)


def test_input_is_counted_in_code_points(found):
    assert found["source"]["code_points"] == 20_732
    assert found["direction"] == "rtl"


def test_one_heading_of_nine_is_questioned(found):
    questioned = [heading for heading in found["headings"] if heading["questioned"]]

    assert len(found["headings"]) == 9
    assert [(each["level"], each["proposed_level"]) for each in questioned] == [(1, 2)]
    assert found["title"] == found["headings"][0]["text"]


def test_seven_figures_are_missing_and_each_caption_names_its_year(found):
    assert len(found["missing_figures"]) == 7
    assert all("2016" in caption["text"] for caption in found["missing_figures"])


def test_four_videos_are_found_in_two_spellings(found):
    assert [video["spelling"] for video in found["videos"]] == ["link", "autolink", "autolink", "link"]
    assert [video["provider"] for video in found["videos"]] == ["youtube"] * 4
    assert all("\\" not in video["url"] for video in found["videos"])


def test_thirteen_links_are_dead(found):
    assert len(found["dead_links"]) == 13


def test_two_torn_vowel_marks_are_repaired_and_told(found):
    assert [mark["repaired"] for mark in found["torn_marks"]] == [True, True]
    assert all(mark["text"] == "اً" for mark in found["torn_marks"])


def test_two_addresses_show_the_backslash_of_an_escape(found):
    assert [each["proposal"]["text"] for each in found["stray_backslashes"]] == [
        each["text"].replace("\\", "") for each in found["stray_backslashes"]
    ]
    assert len(found["stray_backslashes"]) == 2


def test_nine_cuts_are_suspected(found):
    cuts = [cut["params"] for cut in found["suspected_cuts"]]

    assert len(cuts) == 9
    assert sum(cut["in_list_item"] for cut in cuts) == 1
    assert sum(cut["figure_between"] for cut in cuts) == 1


def test_list_has_six_points(article):
    assert sum(block.kind == "list_item" for block in article.blocks) == 6


def test_nothing_else_is_found(found):
    assert [found["broken_encoding"], found["control_characters"], found["unsupported"]] == [[], [], []]


def test_report_is_json(found):
    assert json.loads(json.dumps(found)) == found
