"""Every visible character of the input is in the content, in order, or in the report."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.importers.markdown import read_markdown
from archive.importers.registry import importer
from archive.text.check import check
from archive.text.types import ParsedText
from tests.corpus import article_bytes


def parsed(text: str, code: str = "markdown") -> ParsedText:
    result = importer(code).parse(text.encode(), language="ar", options={})
    check(result)
    return result


def letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalpha())


def visible(text: str) -> str:
    return "".join(text.split())


#: Letters of several scripts with their marks, punctuation that no Markdown knows, spaces that are no ASCII.
PROSE = (
    "اأبةتىيكی ًَّـٱلا،؛؟«»٣۴ éßŒ ﻻﷲ א֑ב ΑαΣς xyz '\"“”‘’–—… .,;? $%@/ \u00a0\u2003\u200c\u200f\u202b\u202c 😀𐎀 "
)
prose = st.text(alphabet=PROSE, min_size=1, max_size=40)


@settings(max_examples=40, deadline=None)
@given(st.lists(prose, min_size=1, max_size=5).filter(lambda lines: "".join(lines).strip()))
def test_prose_comes_through_character_by_character(paragraphs):
    text = "\n\n".join(paragraphs)

    assert visible(parsed(text).content) == visible(text)


@pytest.mark.parametrize(
    "text",
    [
        "two  spaces   three\u00a0\u00a0nbsp\ttab \t both",
        'straight "quotes" and -- dashes --- and ... dots',
        ":smile: :+1: $x$ $$y$$ H~2~O x^2^ ~home ^up {.class} [x]{.y} @cite",
        "(1) point\n\n(أ) نقطة\n\na. letter\n\nA.  Capital\n\ni. roman\n\n#. any",
        ": definition\n\nterm\n: text",
        "::: div\ntext\n:::",
        "\u202bembedded\u202c \u2067isolate\u2069 \u200f \u200e",
        "e\u0301 and é, ﻼ and لا, ك and ک",
    ],
)
def test_signs_of_dialects_are_prose(text):
    assert visible(parsed(text).content) == visible(text)


def test_white_space_inside_a_line_is_kept_as_written():
    text = "one  two\tthree   *four  five*  six"

    assert parsed(text).content == "one  two\tthree   four  five  six"


@settings(max_examples=40, deadline=None)
@given(
    st.text(alphabet="شab e\u0301\u0323\u064b\u064e\u0651\u05b0\u05bcב\u212b\u2126\u1100\u1161*_", min_size=1)
)
def test_marks_keep_their_order(text):
    if not letters(text):
        return

    signs = str.maketrans("", "", "*_")
    assert visible(parsed(text).content).translate(signs) == visible(text).translate(signs)


@pytest.mark.parametrize("written", ["e\u0301", "a\u2126"])
def test_address_is_not_normalized_either(written):
    result = parsed(f"[{written}](https://example.org/{written})")

    assert result.content == written
    assert result.marks[0].attrs["href"] == f"https://example.org/{written}"


@pytest.mark.parametrize("sign", ["\u037e", "\u2329", "\u1fef", "\u2000"])
def test_sign_that_normalization_replaces_is_read_as_a_sign(sign):
    result = parsed(f"_word_{sign} e\u0301")

    assert result.content == f"word{sign} e\u0301"
    assert [mark.kind.value for mark in result.marks] == ["emphasis"]


def test_no_normalization_form_is_applied():
    text = "e\u0301é \u0644\u0627\ufefb شّ شّ"

    assert parsed(text).content == text


MARKUP = "abcدهو *_#>-+~^$`!(){}|:\\/ \n\n\n\t\"'="


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=MARKUP, min_size=1, max_size=120).filter(lambda text: letters(text)))
def test_no_letter_is_lost_whatever_the_markup(text):
    result = parsed(text)
    told = "".join(
        str(block.attrs.get("info") or block.attrs.get("language") or "") for block in result.blocks
    )
    told += "".join(str(problem.params.get("text", "")) for problem in result.problems)

    assert sorted(letters(result.content + told)) == sorted(letters(text))
    if not told:
        assert letters(result.content) == letters(text)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60).filter(lambda text: visible(text.replace("\0", ""))))
def test_plain_text_comes_through_whole(text):
    try:
        text.encode()
    except UnicodeEncodeError:
        return
    controls = sum(ord(letter) < 32 for letter in text)
    if controls > 8:
        return

    result = parsed(text, "plain")

    assert visible(result.content) == visible(text.replace("\0", "").removeprefix("\ufeff"))


def test_table_cells_beyond_the_columns_are_told():
    result = parsed("| a | b |\n|---|---|\n| c | d | extra words |\n")

    assert [problem.params["text"] for problem in result.problems] == ["| extra words |"]


def test_definitions_of_links_are_told():
    result = parsed("see [one]\n\n[one]: https://example.org/1 'first'\n[two]: https://example.org/2\n")

    assert [repair.before for repair in result.repairs] == [
        "[one]: https://example.org/1 'first'",
        "[two]: https://example.org/2",
    ]
    assert result.marks[0].attrs == {"href": "https://example.org/1", "title": "first"}


def test_notes_follow_the_text_and_keep_their_labels():
    result = parsed(
        "word[^a] and[^2]\n\n[^2]: second\n\n[^a]: first\n\n    goes on\n\n[^lost]: nobody asks\n"
    )
    notes = [
        (b.attrs["container"][0][2]["label"], result.content[b.start : b.end]) for b in result.blocks[1:]
    ]

    assert result.content.startswith("worda and2\n")
    assert notes == [("a", "first"), ("a", "goes on"), ("2", "second"), ("lost", "nobody asks")]
    assert [mark.attrs["note"] for mark in result.marks] == ["a", "2"]


def test_note_inside_a_note_keeps_its_reference():
    result = parsed("word[^a]\n\n[^a]: see[^b] there\n\n[^b]: the other\n")

    assert result.content == "worda\nseeb there\nthe other"
    assert [(mark.kind.value, mark.attrs["note"]) for mark in result.marks] == [
        ("note_reference", "a"),
        ("note_reference", "b"),
    ]


def test_html_and_scripts_stay_visible_and_are_told():
    text = (
        'a <b>bold</b> <br> <img src=x onerror="alert(1)">\n\n<script>\nalert("x")\n</script>\n\n<!-- c -->'
    )

    result = parsed(text)

    assert visible(result.content) == visible(text)
    assert {problem.params["reason"] for problem in result.problems} == {"raw"}


def test_raised_and_lowered_pairs_become_marks():
    result = parsed("m<sup>2</sup> H<SUB>2</SUB>O <sup>open")

    assert result.content == "m2 H2O <sup>open"
    assert [(m.kind.value, result.content[m.start : m.end]) for m in result.marks] == [
        ("superscript", "2"),
        ("subscript", "2"),
    ]


def test_front_matter_is_told_and_gives_the_title():
    result = parsed("---\ntitle: 'كتاب'\ntags: [a, b]\n---\n\n# One\n\ntext")

    assert result.title == "كتاب"
    assert result.content == "One\ntext"
    assert [repair.kind for repair in result.repairs] == ["front_matter"]


def test_rule_at_the_top_is_no_front_matter():
    assert parsed("---\n\nOne: two three\nfour\n\n---\n\nfive").content == "One: two three four\nfive"


def test_points_keep_their_numbers_as_written():
    result = parsed("3. c\n7. g\n\n* x\n")
    markers = [block.attrs["container"][-1][2]["marker"] for block in result.blocks]

    assert markers == ["3.", "7.", "*"]


@pytest.mark.parametrize("markup", ["line  \nbreak", "line\\\nbreak"])
def test_meant_line_break_is_a_marked_newline(markup):
    result = parsed(markup)

    assert result.content == "line\nbreak"
    assert [mark.kind.value for mark in result.marks] == ["line_break"]


def test_wrapped_line_is_one_space():
    assert parsed("wrapped\n  line").content == "wrapped line"


def test_article_keeps_every_letter_of_its_prose():
    text = article_bytes().decode()
    bare = re.sub(r"</?sup>|\]\([^)]*\)|^#+ |^- |\[|<(?=http)|(?<=\w)>$", "", text, flags=re.MULTILINE)
    bare = bare.replace("\\\\_", "\\_")

    assert visible(parsed(text).content) == visible(bare)


DOCUMENT = st.lists(
    st.sampled_from(
        [
            "# Heading *x*",
            "Plain words [ref] and [other text][ref2].",
            "Wrapped\nlines *of\nemphasis* here",
            "- one\n- two\n\n  more of two\n- three",
            "* star\n* star\n\n* loose\n  1. inner\n  2. inner",
            "3. three\n4. four\n5. five",
            "- a\n-\n- b\n-\n  late",
            "1. a\n\n   ```\n   code\n\n   still\n   ```\n\n2. b",
            "```py\n# not a heading\n\n- not a list\n```",
            "> quote\n> more\n\n> second quote",
            "    indented code\n\n    goes on",
            "| a | b |\n|---|---|\n| c | d |",
            "A note[^n] here and [^m].",
            "[^n]: The note\n\n    with *more*",
            "[^m]: Other, see [ref]",
            "[ref]: https://example.org/ref",
            "[ref2]: https://example.org/2 'title'",
            "<div>\nhtml\n</div>",
            "Setext\n===",
            "***",
            "نصّ عربيّ  بمسافات<sup>ٌ</sup>",
            "[ref]: https://example.org/second-definition-is-ignored",
        ]
    ),
    min_size=1,
    max_size=14,
).map("\n\n".join)


@settings(max_examples=25, deadline=None)
@given(DOCUMENT, st.sampled_from([1, 40, 90]))
def test_reading_in_slices_gives_the_same_as_reading_at_once(text, size):
    sliced, whole = read_markdown(text, size=size).builder, read_markdown(text).builder

    assert sliced.finish() == whole.finish()
    assert sliced.layout == whole.layout
