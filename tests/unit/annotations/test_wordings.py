"""Two wordings compared word by word: every change has its place in both, and every passage is found in the other."""

from __future__ import annotations

import random

import pytest

from annotations.editions.paired_blocks import paired
from annotations.editions.wordings import (
    LONGEST,
    backwards,
    place_before,
    reading,
    runs_between,
    word_changes,
)


def text(*paragraphs: str):
    """Return a content with its blocks."""
    blocks, at = [], 0
    for words in paragraphs:
        blocks.append({"start": at, "end": at + len(words)})
        at += len(words) + 1
    return "\n".join(paragraphs), blocks


def told(old: tuple[str, ...], new: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return (what stood, what stands) of each change."""
    (before, left), (after, right) = text(*old), text(*new)
    changes = word_changes(runs_between(before, left, after, right))
    return [(before[slice(*one.before)], after[slice(*one.after)]) for one in changes]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (("قال الشيخ",), ("قال الشيخ",), []),
        (("بين أشجار الحور.",), ("بين أشجار الزيتون.",), [("الحور", "الزيتون")]),
        (("قال الشيخ رحمه الله",), ("قال الشيخ الإمام رحمه الله",), [("", "الإمام ")]),
        (("قال الشيخ الإمام رحمه الله",), ("قال الشيخ رحمه الله",), [("الإمام ", "")]),
        (("أوّل", "ثالث"), ("أوّل", "ثانٍ", "ثالث"), [("", "ثانٍ\n")]),
        (("أوّل", "ثانٍ", "ثالث"), ("أوّل", "ثالث"), [("ثانٍ\n", "")]),
        (("أوّل",), ("أوّل", "ثانٍ"), [("", "\nثانٍ")]),
        (("أوّل", "ثانٍ"), ("أوّل",), [("\nثانٍ", "")]),
        (("أوّل ثانٍ ثالث",), ("أوّل ثانٍ", "ثالث"), [(" ", "\n")]),
        ((), ("أوّل",), [("", "أوّل")]),
        (("أوّل",), (), [("أوّل", "")]),
    ],
)
def test_what_changed_is_told_with_its_place(old, new, expected):
    assert told(old, new) == expected


def test_long_runs_are_compared_paragraph_by_paragraph():
    many = [f"كلمة {number} ثم كلام طويل عن النهر والطاحونة" for number in range(LONGEST // 12)]
    other = [words.replace("النهر", "البحر") for words in many]
    other[7:7] = ["فقرةٌ زيدت", "وأخرى"]
    del other[100]

    changes = told(tuple(many), tuple(other))

    assert ("", "فقرةٌ زيدت\nوأخرى\n") in changes
    assert (many[98] + "\n", "") in changes
    assert changes.count(("النهر", "البحر")) == len(many) - 1
    assert len(changes) == len(many) + 1


def test_long_texts_that_share_nothing_are_told_as_a_whole():
    old, new = tuple("أ" * n for n in range(1, 150)) * 100, tuple("ب" * n for n in range(1, 150)) * 90

    assert told(old, new) == [("\n".join(old), "\n".join(new))]


def test_blocks_that_belong_together_do_not_cross():
    assert paired(["أول الكلام هنا", "ثم هذا القول", "آخره ما بقي"], ["آخره ما بقي", "أول الكلام هنا", "ثم هذا القول نفسه"]) == [
        (0, 1), (1, 2),
    ]  # fmt: skip
    assert paired(["قال"], ["قال"]) == [(0, 0)]
    assert paired([], ["قال"]) == []


@pytest.mark.parametrize("longest", [LONGEST, 6])
@pytest.mark.parametrize("seed", range(40))
def test_changes_lead_from_one_wording_to_the_other(seed, longest, monkeypatch):
    monkeypatch.setattr("annotations.editions.wordings.LONGEST", longest)
    rng = random.Random(seed)
    words = ["قال", "روى", "حدثنا", "أخبرنا", "الشيخ", "الإمام", "النهر", "،", "."]
    old = [" ".join(rng.choices(words, k=rng.randint(1, 9))) for _ in range(rng.randint(0, 9))]
    new = [_edited(rng, one, words) for one in old if rng.random() > 0.2]
    for _ in range(rng.randint(0, 2)):
        new.insert(rng.randint(0, len(new)), " ".join(rng.choices(words, k=4)))
    (before, left), (after, right) = text(*old), text(*new)

    changes = word_changes(runs_between(before, left, after, right))

    made, at = "", 0
    for change in changes:
        made += before[at : change.before[0]] + after[slice(*change.after)]
        at = change.before[1]
    assert made + before[at:] == after
    for start in range(len(after)):
        if not any(one.after[0] <= start < one.after[1] for one in changes):
            assert before[place_before(changes, start)] == after[start]
            assert after[place_before(backwards(changes), place_before(changes, start))] == after[start]


def _edited(rng: random.Random, words: str, others: list[str]) -> str:
    return " ".join(rng.choice(others) if rng.random() < 0.2 else word for word in words.split(" "))


def test_a_passage_is_read_in_the_other_wording():
    (before, left), (after, right) = text("ضفّة النهر", "بين أشجار الحور."), text("بين أشجار الزيتون العالية.")
    changes = word_changes(runs_between(before, left, after, right))

    same = reading(changes, 0, 9)
    other = reading(changes, 12, 17)

    assert before[slice(*same.before)] == "بين أشجار"
    assert not same.changes
    assert before[slice(*other.before)] == "الحور"
    assert after[slice(*other.after)] == "الزيتون العالية"
    assert other.pieces(before, after) == [("gone", "الحور"), ("new", "الزيتون العالية")]


def test_what_is_new_has_no_words_in_the_other_wording():
    (before, left), (after, right) = text("أوّل", "ثالث"), text("أوّل", "ثانٍ", "ثالث")
    changes = word_changes(runs_between(before, left, after, right))

    found = reading(changes, 5, 9)

    assert found.before == (5, 5)
    assert found.pieces(before, after) == [("new", "ثانٍ\n")]
