"""What changed, as people see it."""

import pytest

from archive.presenters.differences import changes, words_diff


def text(*paragraphs, kind="paragraph"):
    blocks, at = [], 0
    for words in paragraphs:
        blocks.append({"kind": kind, "level": None, "start": at, "end": at + len(words)})
        at += len(words) + 1
    return "\n".join(paragraphs), blocks


def drawn(parts):
    return "".join(
        {"same": "{}", "ins": "[+{}]", "del": "[-{}]", "cut": "…"}[p.kind].format(p.text) for p in parts
    )


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("قال الشيخ", "قال الشيخُ", "قال [-الشيخ][+الشيخُ]"),
        ("بلغ أربعين قرشًا.", "بلغ ثلاثين قرشًا.", "بلغ [-أربعين][+ثلاثين] قرشًا."),
        ("أ\nب", "أ ب", "أ[-⏎ ][+ ]ب"),
        ("كلام", "كلام", "كلام"),
    ],
)
def test_words_are_compared_with_their_vowel_marks(before, after, shown):
    assert drawn(words_diff(before, after)) == shown


def test_paragraphs_that_did_not_change_are_counted_only():
    hunks = changes(text("أ", "ب", "ج"), text("أ", "بب", "ج"))

    assert [(hunk.kind, hunk.count, hunk.number) for hunk in hunks] == [
        ("skip", 1, 0),
        ("change", 0, 2),
        ("skip", 1, 0),
    ]


def test_joined_paragraphs_are_one_change():
    hunks = changes(text("أول", "ثان", "آخر"), text("أول ثان", "آخر"))

    assert [drawn(hunk.parts) for hunk in hunks if hunk.kind == "change"] == ["أول[-⏎ ][+ ]ثان"]


def test_change_of_kind_alone_is_told():
    hunks = changes(text("أ"), text("أ", kind="quote"))

    assert hunks[0].kinds == ("paragraph", "quote")


def test_same_text_has_no_changes():
    assert changes(text("أ"), text("أ")) == []


def test_long_stretches_between_changes_are_cut():
    long = " ".join(["كلمة"] * 500)

    parts = changes(text(f"أ {long} ب"), text(f"ت {long} ث"))[0].parts

    assert sum(len(part.text) for part in parts) < 300
    assert "cut" in [part.kind for part in parts]
