"""Captions and transcripts: every word comes in, each paragraph with its time."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.enums import BlockKind
from archive.errors import ImportRefused
from archive.importers.registry import guess, importer
from archive.text import operations
from archive.text.check import check
from archive.text.serialize import from_json, to_json

VTT = """WEBVTT - A walk by the water
Kind: captions
Language: ar

NOTE made by hand,
in two evenings

STYLE
::cue { color: red }

1
00:01.000 --> 00:04.500 align:start position:10%
<v أمّ سالم>كان <i>النهر</i> قريبًا</v>

intro
00:00:05.000 --> 00:00:08.250
سطرٌ أوّل
وسطرٌ ثانٍ &amp; أخير

01:02:03.000 --> 01:02:04.000
<v.first.loud Ann Lee>Where?<v Bob>There &lt;b&gt;
"""
SRT = """1
00:00:01,000 --> 00:00:02,500
{\\an8}<font color="#fff">First <b>line</b></font>
second line

2
00:00:03,000 --> 00:00:04,000 X1:10 X2:20
a < b and 5 > 3
"""


def read(text: str, code: str = "webvtt"):
    parsed = importer(code).parse(text.encode(), language="ar", options={})
    check(parsed)
    return parsed


def words(parsed) -> list[str]:
    return [parsed.content[block.start : block.end] for block in parsed.blocks]


def times(parsed) -> list[tuple[int, int]]:
    return [(block.attrs["from_ms"], block.attrs["to_ms"]) for block in parsed.blocks]


def test_webvtt_cues_are_paragraphs_with_times():
    parsed = read(VTT)

    assert words(parsed) == ["كان النهر قريبًا", "سطرٌ أوّل\nوسطرٌ ثانٍ & أخير", "Where?", "There <b>"]
    assert times(parsed) == [(1000, 4500), (5000, 8250), (3_723_000, 3_724_000), (3_723_000, 3_724_000)]
    assert {block.kind for block in parsed.blocks} == {BlockKind.PARAGRAPH}
    assert parsed.title == "A walk by the water"


def test_speakers_are_named_beside_the_words():
    assert [block.attrs.get("speaker") for block in read(VTT).blocks] == ["أمّ سالم", None, "Ann Lee", "Bob"]


def test_emphasis_is_a_mark_and_tags_are_gone():
    parsed = read(VTT)

    marked = [(mark.kind.value, parsed.content[mark.start : mark.end]) for mark in parsed.marks]
    assert marked == [("emphasis", "النهر"), ("line_break", "\n")]


def test_comments_and_styles_are_set_aside_and_told():
    parsed = read(VTT)

    aside = [repair.before for repair in parsed.repairs if repair.kind == "caption_aside"]
    assert aside == [
        "Kind: captions\nLanguage: ar",
        "NOTE made by hand,\nin two evenings",
        "STYLE\n::cue { color: red }",
    ]


def test_subrip_is_read_with_its_own_tags():
    parsed = read(SRT, "srt")

    assert words(parsed) == ["First line\nsecond line", "a < b and 5 > 3"]
    assert times(parsed) == [(1000, 2500), (3000, 4000)]
    assert [mark.kind.value for mark in parsed.marks] == ["strong", "line_break"]


def test_cut_up_sentences_are_no_problems_of_captions():
    cues = "\n\n".join(f"00:0{n}.000 --> 00:0{n}.900\nكلامٌ مقطوع بلا نهاية" for n in range(1, 9))

    assert read(f"WEBVTT\n\n{cues}").problems == ()


def test_broken_letters_of_captions_are_told_all_the_same():
    parsed = read("WEBVTT\n\n00:01.000 --> 00:02.000\nabc \u0007 def")

    assert [problem.kind.value for problem in parsed.problems] == ["control_character"]


def test_words_without_times_are_kept_and_told():
    parsed = read("WEBVTT\n\n00:01.000 --> 00:02.000\none\n\nlost words\nof somebody\n\n00:99 -> 3\ntwo")

    assert words(parsed) == ["one", "lost words\nof somebody", "00:99 -> 3\ntwo"]
    assert [problem.kind.value for problem in parsed.problems] == ["unsupported", "unsupported"]
    assert "from_ms" not in parsed.blocks[1].attrs


@pytest.mark.parametrize(
    ("timing", "expected"),
    [
        ("00:01.5 --> 00:02.25", (1500, 2250)),
        ("0:00:01,500-->0:00:02,250", (1500, 2250)),
        ("123:00:00.000 --> 123:00:01.000", (442_800_000, 442_801_000)),
        ("00:05.000 --> 00:01.000", (5000, 5000)),
        ("\t00:01.000  -->  00:02.000  line:0", (1000, 2000)),
    ],
)
def test_times_are_read_in_each_way_of_writing_them(timing, expected):
    assert times(read(f"WEBVTT\n\n{timing}\nwords")) == [expected]


@pytest.mark.parametrize(
    "text", ["WEBVTT", "WEBVTT\n\nNOTE nothing", "only words", "1\n\n2\n\n3", "٠٠:٠١.٠٠٠ --> ٠٠:٠٢.٠٠٠\nx"]
)
@pytest.mark.parametrize("code", ["webvtt", "srt"])
def test_file_without_timed_captions_is_refused(text, code):
    with pytest.raises(ImportRefused, match="no_captions"):
        read(text, code)


def test_file_whose_cues_say_nothing_is_refused_as_empty():
    with pytest.raises(ImportRefused, match="empty_file"):
        read("WEBVTT\n\n00:01.000 --> 00:02.000\n<i></i>")


def test_header_right_above_the_first_cue_is_no_words_of_it():
    assert words(read("WEBVTT\nKind: captions\n1\n00:01.000 --> 00:02.000\none")) == ["one"]


def test_windows_line_ends_and_byte_order_mark_are_no_matter():
    assert words(read("\ufeff" + VTT.replace("\n", "\r\n"))) == words(read(VTT))


@pytest.mark.parametrize(
    ("filename", "head", "code"),
    [("a.vtt", b"", "webvtt"), ("a.SRT", b"", "srt"), ("talk", b"WEBVTT\n\n00:01.000", "webvtt")],
)
def test_format_is_known_by_name_or_first_words(filename, head, code):
    spec = guess(filename, head)

    assert spec is not None
    assert spec.code == code


@pytest.mark.parametrize(
    "tag", ["<v " + "x" * 100_000, "<" * 50_000, "<i>" * 20_000, "&" * 50_000, "<v a>" * 5_000]
)
def test_hostile_cues_are_read_in_time_and_lose_no_words(tag):
    parsed = read(f"WEBVTT\n\n00:01.000 --> 00:02.000\nbefore {tag} after")

    assert "before" in parsed.content
    assert "after" in parsed.content


@pytest.mark.parametrize("entity", ["&#0;", "&#xD800;", "&#10;", "&#99999999;", "&nope;"])
def test_letter_that_cannot_be_kept_stays_as_it_is_written(entity):
    assert words(read(f"WEBVTT\n\n00:01.000 --> 00:02.000\na{entity}b")) == [f"a{entity}b"]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.text("abc بتج >;/.:-\n", max_size=30), min_size=1, max_size=5))
def test_every_line_of_words_comes_in_as_it_is_and_in_order(cues):
    text = "WEBVTT\n\n00:00.100 --> 00:00.200\nfirst\n\n"
    text += "\n\n".join(f"00:01.000 --> 00:02.000\n{cue}" for cue in cues)

    parsed = read(text)

    lines = [line for cue in cues for line in cue.split("\n") if line.strip()]
    assert parsed.content.split("\n") == ["first", *lines]
    assert from_json(to_json(parsed)) == parsed


# --- Corrections ------------------------------------------------------------------------------------


def test_joined_cues_last_from_the_first_to_the_second():
    joined = operations.join_blocks(read(SRT, "srt"), 0, 1)

    assert (joined.blocks[0].attrs["from_ms"], joined.blocks[0].attrs["to_ms"]) == (1000, 4000)


def test_cue_that_becomes_a_quotation_keeps_its_times_and_speaker():
    changed = operations.set_kind(read(VTT), 0, BlockKind.QUOTE)

    assert changed.blocks[0].attrs == {"from_ms": 1000, "to_ms": 4500, "speaker": "أمّ سالم"}
