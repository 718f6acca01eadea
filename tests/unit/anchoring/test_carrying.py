"""What becomes of a span when its text is revised, drawn in brackets."""

import json
from pathlib import Path

import pytest

from annotations.anchoring import Method, Span, align, carry
from annotations.enums import AnchorStatus
from tests.unit.anchoring.drawn import carried, draw

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "anchoring.json").read_text(encoding="utf-8"))

LINES = [
    "في أول الباب ذكر المؤلف نسب القوم ومنازلهم على النهر.",
    "ثم ذكر خبر السيل الذي غمر الحقول وأتلف الزرع كله.",
    "وختم الباب بقصيدة طويلة في رثاء القلعة القديمة.",
]


@pytest.mark.parametrize("row", [pytest.param(row, id=row["name"]) for row in VECTORS["carried"]])
def test_span_is_found_where_its_words_went(row):
    text = row["after"].replace("[", "").replace("]", "")

    placement = carried(row["before"], row["after"])

    assert draw(text, placement) == row["after"]
    assert placement.status == row["status"]


def test_exact_scores_highest_and_guesses_lowest():
    exact = carried("قال [الشيخ] رحمه الله", "قال الشيخ الإمام رحمه الله")
    folded = carried("خرج [القوم] من المدينة صباحا", "خرج القَوْمُ من المدينة صباحا")
    edited = carried("عبروا [الجسر] القديم عند الفجر", "عبروا الجسور القديم عند الفجر")
    guess = carried("عبروا [الجسر] القديم عند الفجر", "عبروا النهر القديم عند الفجر")

    assert 1.0 == exact.score > folded.score > edited.score > guess.score > 0


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # A word like the last one came right before it, within the passage: which of the two is the last?
        (
            "وصل [إلى القلعة القديمة قبل الغروب عل] الناس في الطريق الطويل",
            "وصل إلى القلعة القديمة قبل الغروب على عل الناس في الطريق الطويل",
        ),
        # The last word stood there twice; one of them stands still, and a line came with one that is like it.
        (
            "رأيت [الجسر ثم النهر الكبير وقفت على على]\nالقلعة من بعيد كالنجم في السماء",
            "رأيت الجسر ثم النهر الكبير وقفت على\nشجرة فوق جبل صعب سعلي في ليل\nالقلعة من بعيد كالنجم في السماء",
        ),
    ],
)
def test_edge_that_has_two_readings_is_uncertain(before, after):
    assert carried(before, after).status is AnchorStatus.UNCERTAIN


def test_uncertain_span_offers_its_guess_first():
    placement = carried("عبروا [الجسر] القديم عند الفجر", "عبروا النهر القديم عند الفجر")

    assert placement.candidates[0] == (placement.start, placement.end, placement.score)


def test_lost_span_offers_where_its_words_stand_still():
    old = "\n".join([*LINES, "وذكر الجسر القديم أيضا."])
    new = "\n".join([LINES[0], LINES[2], "قيل إن خبر السيل مكتوب في كتاب آخر."])
    start = old.index("خبر السيل")

    placement = carry(align(old, new), [Span("note", start, start + 9)])[0]

    assert placement.status is AnchorStatus.LOST
    assert [new[place.start : place.end] for place in placement.candidates] == ["خبر السيل"]


def test_span_whose_halves_went_apart_is_uncertain():
    old = "\n".join(LINES)
    new = "\n".join([LINES[1], "سطر جديد بين السطرين لا صلة له بهما.", LINES[2], LINES[0]])
    start, end = old.index("نسب القوم"), old.index("خبر السيل") + 9

    placement = carry(align(old, new), [Span("note", start, end)])[0]

    assert placement.status is AnchorStatus.UNCERTAIN
    assert placement.method == Method.SPLIT


def test_span_outside_the_text_is_refused():
    with pytest.raises(ValueError, match="not within"):
        carry(align("نص", "نص"), [Span("note", 0, 9)])


def test_text_without_spaces_is_carried_by_its_letters():
    old = "سطربلافراغ" * 30 + "هنا" + "بلافاصلة" * 30
    new = "زيادة" + old
    start = old.index("هنا")

    placement = carry(align(old, new), [Span("note", start, start + 3)])[0]

    assert placement[1:4] == (AnchorStatus.EXACT, start + 5, start + 8)
