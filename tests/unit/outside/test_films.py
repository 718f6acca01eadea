"""What the answers of providers say about a film; none of an error says that it is gone."""

import json

import pytest

from archive.enums import FilmOutcome
from archive.importers.videos import recognise
from archive.outside import Answer
from archive.outside.films import judge, question_of
from archive.outside.films.finding import Finding, Known, differing
from archive.outside.films.judging import words

THERE, GONE, CHANGED, UNKNOWN = FilmOutcome.THERE, FilmOutcome.GONE, FilmOutcome.CHANGED, FilmOutcome.UNKNOWN
MP4 = b"\0\0\0\x20ftypisom"
OEMBED = {
    "title": "Bridge",
    "author_name": "A house",
    "duration": 12,
    "thumbnail_url": "https://i.example/a.jpg",
}
ITEM = {
    "metadata": {"title": "The River", "creator": ["One", "Two"]},
    "files": [
        {"name": "item.ia.mp4", "source": "derivative", "length": "9"},
        {"name": "item.mpg", "source": "original", "length": "14:28"},
        {"name": "item.txt"},
    ],
}


def said(body, status: int = 200, url: str = "https://a.example/x", **headers: str) -> Answer:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Answer(url=url, status=status, headers=headers, body=raw)


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        (
            "https://youtu.be/a1B2c3D4e-_",
            "https://www.youtube.com/oembed?url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3Da1B2c3D4e-_&format=json",
        ),
        (
            "https://vimeo.com/123456/0a1b2c",
            "https://vimeo.com/api/oembed.json?url=https%3A%2F%2Fvimeo.com%2F123456%2F0a1b2c&format=json",
        ),
        (
            "https://dai.ly/x8abcde",
            "https://www.dailymotion.com/services/oembed?url=https%3A%2F%2Fwww.dailymotion.com%2Fvideo%2Fx8abcde&format=json",
        ),
        ("https://archive.org/details/item/part%202.mp4", "https://archive.org/metadata/item"),
        (
            "http://tube.example:9000/w/kkGMgK9ZtnKfYAgnEtQxbv",
            "http://tube.example:9000/api/v1/videos/kkGMgK9ZtnKfYAgnEtQxbv",
        ),
        ("https://a.example/a%20b.mp4?x=1", "https://a.example/a%20b.mp4?x=1"),
    ],
)
def test_each_provider_is_asked_where_it_tells_of_content(address, asked):
    link = recognise(address)
    assert link is not None

    question = question_of(link.provider, link.video_id, link.url)

    assert question is not None
    assert question.url == asked


def test_of_a_film_that_is_a_file_only_the_beginning_is_asked_for():
    question = question_of("file", "a.example/a.mp4", "https://a.example/a.mp4")

    assert question is not None
    assert question.first == 1024


def test_facebook_is_asked_nothing():
    assert question_of("facebook", "1", "https://www.facebook.com/watch/?v=1") is None


@pytest.mark.parametrize("provider", ["youtube", "vimeo", "dailymotion"])
@pytest.mark.parametrize(
    ("answer", "outcome", "reason"),
    [
        (said(OEMBED), THERE, ""),
        (said(b"Not Found", 404), GONE, ""),
        (said(b"", 410), GONE, ""),
        (said(b"Unauthorized", 401), UNKNOWN, "closed"),
        (said(b"Forbidden", 403), UNKNOWN, "closed"),
        (said(b"Bad Request", 400), UNKNOWN, "other_status"),
        (said(b"", 429), UNKNOWN, "other_status"),
        (said(b"", 500), UNKNOWN, "other_status"),
        (said(b"", 503), UNKNOWN, "other_status"),
        (said(b"<html>Consent</html>"), UNKNOWN, "not_understood"),
        (said(b'{"title": "Br'), UNKNOWN, "not_understood"),
        (said(b"[" * 100_000), UNKNOWN, "not_understood"),
        (said(b"\xff\xfe"), UNKNOWN, "not_understood"),
        (said({"title": ""}), UNKNOWN, "not_understood"),
        (said({"title": ["x"] * 0}), UNKNOWN, "not_understood"),
        (said([1]), UNKNOWN, "not_understood"),
    ],
)
def test_oembed_says_there_or_gone_and_an_error_neither(provider, answer, outcome, reason):
    found = judge(provider, "x", answer)

    assert (found.outcome, found.reason) == (outcome, reason)


def test_oembed_tells_title_channel_length_and_picture():
    found = judge("vimeo", "1", said(OEMBED))

    assert (found.title, found.channel, found.duration) == ("Bridge", "A house", 12)
    assert found.thumbnail_url == "https://i.example/a.jpg"


@pytest.mark.parametrize(
    ("body", "external_id", "outcome", "reason"),
    [
        (ITEM, "item", THERE, ""),
        (ITEM, "item/item.mpg", THERE, ""),
        (ITEM, "item/part2.mp4", GONE, "no_film_in_item"),
        ({**ITEM, "files": [{"name": "item.txt"}]}, "item", GONE, "no_film_in_item"),
        ({}, "item", GONE, ""),
        ({"is_dark": True, "metadata": {}}, "item", GONE, "taken_down"),
        ({"files": 3}, "item", UNKNOWN, "not_understood"),
        ({"files": [7, None, {"name": 3}], "metadata": {}}, "item", GONE, "no_film_in_item"),
        ({"error": "busy"}, "item", UNKNOWN, "not_understood"),
    ],
)
def test_internet_archive_tells_by_its_list_of_files(body, external_id, outcome, reason):
    found = judge("internet_archive", external_id, said(body))

    assert (found.outcome, found.reason) == (outcome, reason)


def test_internet_archive_tells_title_creators_and_length_of_the_original():
    found = judge("internet_archive", "item", said(ITEM))

    assert (found.title, found.channel, found.duration) == ("The River", "One, Two", 868)
    assert found.thumbnail_url == "https://archive.org/services/img/item"


def test_peertube_tells_its_facts():
    body = {"name": "A film", "channel": {"displayName": "C"}, "duration": 7, "previewPath": "/lazy/p.jpg"}

    found = judge("peertube", "x", said(body, url="https://tube.example/api/v1/videos/x"))

    assert (found.outcome, found.title, found.channel, found.duration) == (THERE, "A film", "C", 7)
    assert found.thumbnail_url == "https://tube.example/lazy/p.jpg"


@pytest.mark.parametrize("path", ["//evil.example/p.jpg", "https://evil.example/", 3, None])
def test_picture_of_peertube_is_on_its_own_site(path):
    assert judge("peertube", "x", said({"name": "A", "previewPath": path})).thumbnail_url == ""


def test_host_that_is_no_peertube_any_more_does_not_make_a_film_gone():
    assert judge("peertube", "x", said(b"<h1>404</h1>", 404)).outcome == UNKNOWN
    assert judge("peertube", "x", said({"status": 404}, 404)).outcome == GONE


@pytest.mark.parametrize(
    ("answer", "outcome", "reason", "size"),
    [
        (said(MP4, 206, **{"content-range": "bytes 0-1023/5000"}), THERE, "", 5000),
        (said(MP4, 200, **{"content-length": "77"}), THERE, "", 77),
        (said(MP4, 206, **{"content-length": "12"}), THERE, "", None),
        (said(MP4, 206, **{"content-range": "bytes 0-9/*"}), THERE, "", None),
        (said(MP4, 206, **{"content-range": "bytes 0-9/" + "9" * 400}), THERE, "", None),
        (said(b"\x1aE\xdf\xa3"), THERE, "", None),
        (said(b"OggS"), THERE, "", None),
        (said(b"<!doctype html><title>Not found</title>"), CHANGED, "not_a_film", None),
        (said(b""), CHANGED, "not_a_film", None),
        (said(b"", 404), GONE, "", None),
        (said(b"", 410), GONE, "", None),
        (said(b"", 403), UNKNOWN, "closed", None),
        (said(b"", 416), UNKNOWN, "other_status", None),
        (said(MP4, 503), UNKNOWN, "other_status", None),
    ],
)
def test_file_is_judged_by_its_first_bytes(answer, outcome, reason, size):
    found = judge("file", "x", answer)

    assert (found.outcome, found.reason, found.size) == (outcome, reason, size)


@pytest.mark.parametrize(
    ("known", "found", "names"),
    [
        (Known("A", "C", 10.0, 5), Finding(THERE, title="A", channel="C", duration=11.0, size=5), []),
        (
            Known("A", "C", 10.0),
            Finding(THERE, title="B", channel="D", duration=20.0),
            ["title", "channel", "duration"],
        ),
        (Known("A", "C", 10.0, 5), Finding(THERE, title="A"), []),
        (Known(), Finding(THERE, title="A", size=9), []),
        (Known(size=5), Finding(THERE, size=6), ["size"]),
    ],
)
def test_only_facts_that_both_sides_tell_can_differ(known, found, names):
    assert differing(known, found) == names


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("  a\n\tb ", "a b"),
        ("a\u202eb\0", "a b"),
        (None, ""),
        (3, ""),
        ("x" * 5000, "x" * 300),
        (["a", 2], "a, 2"),
    ],
)
def test_words_of_a_provider_are_one_printable_line(told, kept):
    assert words(told) == kept


@pytest.mark.parametrize("told", [True, -1, 0, "x", float("inf"), float("nan"), 10**400, [], "99999999"])
def test_length_that_no_film_has_is_not_kept(told):
    body = (
        json.dumps({"title": "A", "duration": told}).encode()
        if told == told
        else b'{"title":"A","duration":NaN}'
    )

    assert judge("vimeo", "1", said(body)).duration is None
