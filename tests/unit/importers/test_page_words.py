"""A text made of the words of a PDF's pages: paragraphs over lines, pages as marks, nothing lost in silence."""

from __future__ import annotations

import json
from typing import Any

import pytest

from archive.enums import BlockKind, MarkKind, ProblemKind
from archive.errors import ImportRefused
from archive.importers.registry import importer, importers
from archive.text.operations import apply_proposal
from archive.text.types import ParsedText

WIDE, HIGH, LETTER = 1000, 1400, 10
Line = list[list[Any]]


def line(text: str, y: int, *, x: int = 100, high: int = 30, letter: int = LETTER, until: int = 0) -> Line:
    """Return a line of words from the left at `x`; `until`: from the right, ending there."""
    words: Line = []
    at = until or x
    for word in text.split():
        wide = len(word) * letter
        words.append([at - wide if until else at, y, wide, high, word])
        at += -(wide + letter) if until else wide + letter
    return words


def page(number: int, *lines: Line) -> dict[str, Any]:
    return {"page": number, "width": WIDE, "height": HIGH, "lines": list(lines)}


def read(*pages: dict[str, Any], language: str = "en") -> ParsedText:
    return importer("pdf").parse(json.dumps({"pages": list(pages)}).encode(), language=language, options={})


def said(parsed: ParsedText) -> list[str]:
    return [parsed.content[block.start : block.end] for block in parsed.blocks]


def breaks(parsed: ParsedText) -> list[tuple[str, str]]:
    return [
        (mark.attrs["n"], parsed.content[mark.start : mark.end])
        for mark in parsed.marks
        if mark.kind == MarkKind.PAGE_BREAK
    ]


#: Each fills its line so that the first word of the next would not fit.
FULL = [
    "the keeper of the canal walked along the water and looked at stones",
    "that had fallen into the bed during the winter and counted each of",
]
REST = "them twice."


def test_lines_of_a_paragraph_are_joined():
    parsed = read(page(1, line(FULL[0], 300), line(FULL[1], 350), line(REST, 400)))

    assert said(parsed) == [f"{FULL[0]} {FULL[1]} {REST}"]
    assert breaks(parsed) == [("1", "the")]


def test_room_between_lines_parts_paragraphs():
    parsed = read(
        page(1, line(FULL[0], 300), line(FULL[1], 350), line(REST, 400), line(FULL[0], 480), line(REST, 530))
    )

    assert said(parsed) == [f"{FULL[0]} {FULL[1]} {REST}", f"{FULL[0]} {REST}"]


def test_an_indented_line_begins_a_paragraph():
    second = "the second begins here and goes on to the very end of this line"
    parsed = read(
        page(1, line(FULL[0], 300), line(FULL[1], 350), line(second, 400, x=130), line(FULL[1], 450))
    )

    assert said(parsed) == [f"{FULL[0]} {FULL[1]}", f"{second} {FULL[1]}"]


def test_a_line_that_was_ended_on_purpose_ends_its_paragraph():
    parsed = read(page(1, line(FULL[0], 300), line("Dear sister,", 350), line(FULL[1], 400)))

    assert said(parsed) == [f"{FULL[0]} Dear sister,", FULL[1]]


def test_larger_letters_are_headings_by_their_size():
    parsed = read(page(
        1, line("The canal", 200, high=60), line("Its keeper", 320, high=44), line(FULL[0], 400), line(FULL[1], 450),
        line("His walk", 560, high=45), line(FULL[0], 640), line(REST, 690),
    ))  # fmt: skip

    assert [(block.kind, block.level) for block in parsed.blocks] == [
        (BlockKind.HEADING, 1), (BlockKind.HEADING, 2), (BlockKind.PARAGRAPH, None), (BlockKind.HEADING, 2),
        (BlockKind.PARAGRAPH, None),
    ]  # fmt: skip
    assert parsed.title == "The canal"


def test_a_paragraph_goes_on_over_the_page_and_the_page_is_a_mark_in_it():
    parsed = read(
        page(1, line(FULL[0], 300), line(FULL[1], 350)), page(2, line(FULL[0], 300), line(REST, 350))
    )

    assert said(parsed) == [f"{FULL[0]} {FULL[1]} {FULL[0]} {REST}"]
    assert breaks(parsed) == [("1", "the"), ("2", "the")]
    second = [mark for mark in parsed.marks if mark.attrs.get("n") == "2"]
    assert second[0].start == len(f"{FULL[0]} {FULL[1]} ")


def test_a_paragraph_that_ended_does_not_go_on_over_the_page():
    ended = FULL[1][:-3] + "it."
    parsed = read(page(1, line(FULL[0], 300), line(ended, 350)), page(2, line(FULL[0], 300), line(REST, 350)))

    assert len(parsed.blocks) == 2


def test_page_numbers_and_running_titles_are_set_aside_and_told():
    pages = [
        page(n, line(f"The canal {n}", 40), line(FULL[0], 300), line(FULL[1], 350), line(f"– {n} –", 1330))
        for n in range(1, 5)
    ]
    parsed = read(*pages)

    assert "canal 2" not in parsed.content
    assert "–" not in parsed.content
    told = {repair.before for repair in parsed.repairs if repair.kind == "running_line"}
    assert told == {f"{n}: The canal {n}" for n in range(1, 5)} | {f"{n}: – {n} –" for n in range(1, 5)}


def test_a_number_in_the_middle_of_a_page_stays():
    assert "1184" in read(page(1, line(FULL[0], 300), line("1184", 700), line(FULL[1], 900))).content


@pytest.mark.parametrize("hyphen", ["-", "\u00ad", "\u2010"])
def test_a_divided_word_is_proposed_to_be_one(hyphen):
    head = FULL[0][:-6] + f"sto{hyphen}"
    parsed = read(page(1, line(head, 300), line("nes and water. " + FULL[1][:40], 350), line(REST, 400)))

    (problem,) = [one for one in parsed.problems if one.kind == ProblemKind.DIVIDED_WORD]
    assert parsed.content[problem.start : problem.end] == f"{hyphen} "
    assert problem.params == {"before": f"sto{hyphen}", "after": "nes"}
    mended = apply_proposal(parsed, problem)
    assert "looked at stones and water." in mended.content
    assert not [one for one in mended.problems if one.kind == ProblemKind.DIVIDED_WORD]


def test_a_word_divided_over_a_page_keeps_the_mark_of_the_page():
    parsed = read(
        page(1, line(FULL[0], 300), line(FULL[1][:-2] + "ca-", 350)), page(2, line("nal. " + FULL[0], 300))
    )

    (problem,) = [one for one in parsed.problems if one.kind == ProblemKind.DIVIDED_WORD]
    mended = apply_proposal(parsed, problem)
    assert "canal." in mended.content
    assert [n for n, _word in breaks(mended)] == ["1", "2"]


ARABIC = ["وكان ناظر القناة يمشي كل صباح على حافة الماء ثم يعود إلى بيته عند", "الجسر القديم وهو يحصي الحجارة التي سقطت في المجرى أيام الشتاء ثم"]  # fmt: skip


def test_arabic_is_read_from_the_right():
    edge = 900
    parsed = read(
        page(1, line("القناة", 200, high=60, until=edge), line(ARABIC[0], 300, until=edge), line(ARABIC[1], 350, until=edge),
             line("يكتبها.", 400, until=edge), line(ARABIC[0], 450, until=edge - 40), line("داره.", 500, until=edge)),
        language="ar",
    )  # fmt: skip

    assert said(parsed) == ["القناة", f"{ARABIC[0]} {ARABIC[1]} يكتبها.", f"{ARABIC[0]} داره."]
    assert parsed.blocks[0].kind == BlockKind.HEADING
    assert parsed.direction == "rtl"


def columns(left: list[str], right: list[str], *, arabic: bool = False) -> dict[str, Any]:
    lines = []
    for place, (one, other) in enumerate(zip(left, right, strict=True)):
        y = 300 + 50 * place
        lines += [
            line(one, y, until=460) if arabic else line(one, y, x=60),
            line(other, y, until=950) if arabic else line(other, y, x=550),
        ]
    return page(1, *lines)


def test_columns_are_read_one_after_the_other_in_the_direction_of_the_script():
    left = [f"left {word} line that is full of words" for word in ("one", "two", "six", "ten", "end")]
    right = [f"right {word} line that is full of it" for word in ("one", "two", "six", "ten", "end")]
    parsed = read(columns(left, right))
    assert parsed.content.index("left end") < parsed.content.index("right one")

    first = [f"يمين {word} سطر فيه من الكلام" for word in ("أول", "ثان", "ثالث", "رابع", "آخر")]
    then = [f"يسار {word} سطر فيه من الكلام" for word in ("أول", "ثان", "ثالث", "رابع", "آخر")]
    arabic = read(columns(then, first, arabic=True), language="ar")
    assert arabic.content.index("يمين آخر") < arabic.content.index("يسار أول")


def test_a_page_without_words_is_told():
    parsed = read(page(1, line(FULL[0], 300), line(REST, 350)), page(2), page(3, line(FULL[0], 300)), page(4))

    assert {n for n, _word in breaks(parsed)} == {"1", "2", "3"}
    assert [repair.before for repair in parsed.repairs if repair.kind == "empty_page"] == ["page 4"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.7", "not_page_words"), (b"[]", "not_page_words"), (b'{"pages": [{"page": 1}]}', "not_page_words"),
        (b'{"pages": []}', "pdf_without_words"),
        (json.dumps({"pages": [page(1)]}).encode(), "pdf_without_words"),
        (json.dumps({"pages": [page(1, [["x", 0, 0, 0, "w"]])]}).encode(), "not_page_words"),
    ],
)  # fmt: skip
def test_what_holds_no_words_is_refused(data, code):
    with pytest.raises(ImportRefused, match=code):
        importer("pdf").parse(data, language="en", options={})


def test_nobody_is_offered_it_for_a_file():
    assert "pdf" not in {spec.code for spec in importers()}
